"""JSON from outside is read strictly: each way of being wrong has its code."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as some

from intake.notifications import strict_json
from intake.notifications.strict_json import MalformedJsonError


def code(content):
    with pytest.raises(MalformedJsonError) as refused:
        strict_json.loads(content)
    return refused.value.code


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "not-json"),
        (b"{", "not-json"),
        (b"[" * 100_000, "too-deep"),
        (b'{"a":' * 9 + b"1" + b"}" * 9, "too-deep"),
        (b'{"a":1,"a":2}', "member-twice"),
        (b'{"a":{"b":1,"b":1}}', "member-twice"),
        (b"[NaN]", "not-a-number"),
        (b"[-Infinity]", "not-a-number"),
        (b"[" + b"9" * 5_000 + b"]", "not-json"),
        (b'"\xff"', "not-utf-8"),
        (b'"a\nb"', "not-json"),
        (b"{'a': 1}", "not-json"),
        (b"\xef\xbb\xbf{}", "not-json"),
    ],
)
def test_wrong_document_has_its_code(content, expected):
    assert code(content) == expected


def test_brackets_within_texts_do_not_count_as_depth():
    assert strict_json.loads(b'{"a":"[[[[[[[[[[[[\\"[[[["}') == {"a": '[[[[[[[[[[[["[[[['}


def test_depth_that_is_needed_is_allowed():
    assert strict_json.loads(b"[[[[[[[[1]]]]]]]]") == [[[[[[[[1]]]]]]]]


@given(some.binary(max_size=200))
def test_no_bytes_give_another_error(content):
    with suppress(MalformedJsonError):
        strict_json.loads(content)
