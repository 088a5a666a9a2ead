"""What every template keeps to: no words outside a translation, nothing that the security policy refuses."""

import re
from pathlib import Path

import pytest

from tests import messages
from tests.template_text import untranslated

TEMPLATES = [
    path
    for package in messages.PACKAGES
    for path in messages.sources(package, ".html", ".txt")
    if "templates" in path.parts and path.name != "README.md"
]
INLINE = re.compile(
    r"""\sstyle\s*=|\son[a-z]+\s*=\s*["']|<style|javascript:|<script(?![^>]*\bsrc=)(?![^>]*application/json)""", re.IGNORECASE
)
DATE, CELL, CELL_END = re.compile(r'\|date:"([^"]*)"'), re.compile(r"<t[dh][ >]"), re.compile(r"</t[dh]>")
SCROLLS = re.compile(r'<div class="baken-scroll" tabindex="0" role="region" aria-label(?:ledby)?="[^"]+"[^>]*>\s*<table')
LONG = ("DATE_FORMAT", "DATETIME_FORMAT")
SHORT = tuple(f"SHORT_{form}" for form in LONG)
FOREIGN = re.compile(r"""(?:src|<link[^>]*href|action)\s*=\s*["'](?:https?:)?//""", re.IGNORECASE)


def name(path: Path) -> str:
    return str(path.relative_to(messages.ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_has_no_words_outside_a_translation(path: Path) -> None:
    assert untranslated(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_has_nothing_that_the_security_policy_refuses(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert INLINE.findall(source) == []
    assert FOREIGN.findall(source) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_date_has_its_short_form_in_cells_of_tables_alone(path: Path) -> None:
    """config/formats says why. The period stands in a table of its includers."""
    if path.name != "_period.html":
        assert misplaced_dates(path.read_text(encoding="utf-8")) == []


def misplaced_dates(source: str) -> list[str]:
    found = []
    for match in DATE.finditer(source):
        before = source[: match.start()]
        in_cell = len(CELL.findall(before)) > len(CELL_END.findall(before))
        if match[1] not in (SHORT if in_cell else LONG):
            found.append(match[0])
    return found


def test_misplaced_dates_are_found() -> None:
    cell = '<td class="x">{{ day|date:"%s" }}</td>'
    assert misplaced_dates(cell % "DATE_FORMAT" + '<p>{{ day|date:"SHORT_DATE_FORMAT" }}{{ day|date:"d M" }}</p>')[2:] != []
    assert misplaced_dates(cell % "SHORT_DATETIME_FORMAT" + '<p>{{ day|date:"DATE_FORMAT" }}</p>') == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_table_scrolls_in_a_region_that_the_keyboard_reaches(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(SCROLLS.findall(source)) == source.count("<table")


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_form_that_posts_is_protected(path: Path) -> None:
    forms = re.findall(
        r"<form[^>]*method=[\"']post[\"'].*?</form>", path.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE
    )
    assert [form[:80] for form in forms if "{% csrf_token %}" not in form] == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Left over</p>",
        "{% if a %}Words{% endif %}",
        '<img alt="A picture" src="x">',
        '<input type="submit" value="Send">',
        '{% include "x.html" with text="Two words" only %}',
        '{{ name|default:"Nobody" }}',
    ],
)
def test_words_outside_a_translation_are_found(source: str) -> None:
    assert untranslated(source)


@pytest.mark.parametrize(
    "source",
    [
        '<p>{% translate "Left over" %}</p>',
        "{% blocktranslate %}Words{% endblocktranslate %}",
        '<input type="text" value="nl" class="some words">',
        "{# a remark #}{% comment %}more of it{% endcomment %}",
        "<p>Baken - {{ number }} %</p>",
    ],
)
def test_translated_words_pass(source: str) -> None:
    assert untranslated(source) == []
