"""Every text has its Dutch, and the compiled catalogues are those of the sources. The wording is for a reader to judge."""

import io
import re
from collections import defaultdict
from functools import cache

import pytest
from babel.messages import Message
from babel.messages.pofile import read_po
from django.utils import translation
from django.utils.translation import gettext, pgettext

from tests import messages

# What the sources say is collected once: no test changes a catalogue.
updated = cache(messages.updated)
PLACEHOLDER = re.compile(r"%\(\w+\)[sdif]|%[sd]|\{\w*(?::[^}]*)?\}")


def strings(message: Message) -> tuple[str, ...]:
    return tuple(message.string) if isinstance(message.string, list | tuple) else (message.string or "",)


def sources(message: Message) -> tuple[str, ...]:
    return tuple(message.id) if isinstance(message.id, list | tuple) else (str(message.id),)


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_every_text_has_dutch(package: str) -> None:
    assert messages.untranslated(updated(package)) == []


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_catalogue_holds_what_the_sources_say_and_nothing_else(package: str) -> None:
    path = messages.catalogue_path(package)
    fresh = updated(package)
    assert (path.read_bytes() if path.exists() else b"") == (messages.po_bytes(fresh) if len(fresh) else b"")


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_compiled_catalogue_is_that_of_its_source(package: str) -> None:
    path = messages.catalogue_path(package)
    compiled = path.with_suffix(".mo")
    assert compiled.exists() == path.exists()
    if path.exists():
        assert compiled.read_bytes() == messages.mo_bytes(updated(package))


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_dutch_keeps_the_placeholders(package: str) -> None:
    translated = (message for message in updated(package) if message.id and messages.is_translated(message))
    for message in translated:
        for source, dutch in zip(sources(message), strings(message), strict=True):
            assert sorted(PLACEHOLDER.findall(source)) == sorted(PLACEHOLDER.findall(dutch)), source


def test_one_text_has_one_dutch_everywhere() -> None:
    """Django reads all catalogues as one: of two translations of a text, one would silently disappear."""
    found = defaultdict(set)
    for package in messages.PACKAGES:
        for message in updated(package):
            if message.id and messages.is_translated(message):
                found[(sources(message)[0], message.context)].add(strings(message))
    assert {text: dutch for text, dutch in found.items() if len(dutch) > 1} == {}


def test_collector_finds_texts_in_python() -> None:
    source = b'_("a" "b"); ngettext_lazy("one", "two", n); pgettext("c", "t"); gettext(name); npgettext("c", "x", "y", 3)'
    found = list(messages.python_texts(io.BytesIO(source)))
    assert found == [("ab", None), (("one", "two"), None), ("t", "c"), (("x", "y"), "c")]


def test_collector_finds_texts_in_templates() -> None:
    source = """{% load i18n %}<p class="it's">{% translate "A" context "c" %} {{ _("B") }} {% include "x" with t=_("C") %}
    {% blocktranslate count n=number trimmed %}One {{ n }}
        thing{% plural %}Many {{ n }}{% endblocktranslate %}</p>"""
    assert list(messages.template_texts(source)) == [
        ("A", "c"),
        ("B", None),
        ("C", None),
        (("One %(n)s thing", "Many %(n)s"), None),
    ]


def test_catalogue_names_no_day_or_machine() -> None:
    for package in messages.PACKAGES:
        path = messages.catalogue_path(package)
        for name in ("django.po", "django.mo") if path.exists() else ():
            content = path.with_name(name).read_bytes()
            assert b"-Date:" not in content
            assert str(messages.ROOT).encode() not in content


def test_catalogue_reads_back_as_written() -> None:
    catalogue = updated("config")
    again = read_po(io.BytesIO(messages.po_bytes(catalogue)), locale="nl", charset="utf-8")
    written = {sources(message): strings(message) for message in catalogue if message.id}
    assert {sources(message): strings(message) for message in again if message.id} == written


@pytest.mark.parametrize("package", messages.PACKAGES)
def test_dutch_of_a_library_does_not_replace_ours(package: str) -> None:
    """Django takes the first application in the list that knows a text."""
    shown = {}
    with translation.override("nl"):
        for message in messages.read(package):
            if message.id and messages.is_translated(message):
                source = sources(message)[0]
                shown[source] = (strings(message)[0], pgettext(message.context, source) if message.context else gettext(source))
    assert {source: pair for source, pair in shown.items() if pair[0] != pair[1] and not source.startswith("%")} == {}
