"""Texts of strangers are looked through in one pass: what a pattern took without bound it never gives back to try again."""

import re
from re import _constants as kinds
from re import _parser as parser

import pytest

from intake.notifications import numbers, strict_json


def gives_back(tree):
    """Whether a repetition without bound, at any depth, would be shortened and tried anew."""
    if isinstance(tree, tuple) and tree and tree[0] in (kinds.MAX_REPEAT, kinds.MIN_REPEAT):
        _least, most, repeated = tree[1]
        return most is kinds.MAXREPEAT or gives_back(repeated)
    return isinstance(tree, tuple | list | parser.SubPattern) and any(map(gives_back, tree))


@pytest.mark.parametrize("pattern", [numbers._TELEPHONE, strict_json._STRING], ids=["telephone", "text in JSON"])
def test_pattern_takes_and_keeps(pattern):
    assert not gives_back(parser.parse(pattern.pattern, pattern.flags & ~re.UNICODE))


@pytest.mark.parametrize("written", ["a*b", "(?:a[bc]*d)?", "x|(?:y(?:z+)w){3}", "a*?b"])
def test_pattern_that_gives_back_is_seen(written):
    assert gives_back(parser.parse(written))


@pytest.mark.parametrize("end", [b"", b"\\", b"\n"])
def test_text_without_an_end_reaches_to_the_end(end):
    assert strict_json._STRING.sub(b"", b'[1, "' + b'\\"[' * 1_000 + end) == b"[1, "
