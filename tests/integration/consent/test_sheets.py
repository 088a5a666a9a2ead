"""The sheet that people sign: open to everybody, in every language, without a mark of the site or a word that says too much."""

import re

import pytest
from django.test import Client
from django.utils.html import strip_tags

from consent import texts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_sheet_has_the_whole_text_in_its_own_direction(client: Client, language: str) -> None:
    found = texts.text(texts.CURRENT, language)
    page = client.get(f"/sheet/{language}").content.decode()
    assert found
    assert f'lang="{language}" dir="{texts.BY_LANGUAGE[language].direction}"' in page
    shown = " ".join(strip_tags(page).replace("&#x27;", "'").split())
    assert [line for line in pieces(found.content) if line not in shown] == []


def pieces(content: str) -> list[str]:
    blocks = [block for section in texts.sections_of(content) for block in section.blocks]
    return [texts.title_of(content), *(line for block in blocks for line in block.lines)]


def test_sheet_says_not_whose_it_is_nor_what_it_is_about(client: Client) -> None:
    page = client.get("/sheet/nl").content.decode()
    sheet = page[page.index("<article") : page.index("</article")]
    assert not re.search(r"handel|slachtoffer|uitbuit|exploit", page, re.IGNORECASE)
    assert not re.search(r"Baken\b|<img|href", sheet)
    assert "<title>Mogen wij uw gegevens bewaren?</title>" in page
    assert "govuk-template__header" not in page


@pytest.mark.parametrize("language", ["xx", "ti"])
def test_language_without_a_text_has_no_sheet(client: Client, language: str) -> None:
    assert client.get(f"/sheet/{language}").status_code == 404


def test_languages_stand_in_their_own_letters(client: Client) -> None:
    page = client.get("/sheet").content.decode()
    assert all(f"/sheet/{code}" in page and known.own_name in page for code, known in texts.BY_LANGUAGE.items())


def test_draft_is_marked_as_one_and_the_source_is_not(client: Client) -> None:
    client.cookies["django_language"] = "nl"
    assert "beëdigd vertaler" in client.get("/sheet/pl").content.decode()
    assert "beëdigd vertaler" not in client.get("/sheet/nl").content.decode()
