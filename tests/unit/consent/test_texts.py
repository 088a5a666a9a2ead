"""The texts that people sign: complete, unchanged, and safe to carry."""

import re
from hashlib import sha256

import pytest

from consent import texts

# What the texts must not say, in any of their languages: trafficking, exploitation, victim, prostitution, slavery.
REVEALING = re.compile(
    r"handel|traffick|uitbuit|exploit|slachtoffer|victim|prostitu|slaver"
    r"|traite|esclav|víctima|explota|esclavi|trata de|ofiar|wyzysk|niewol|nierząd"
    r"|trafic|exploat|sclavi|трафик|експлоат|жертв|проститу|робств"
    r"|emberkeresk|kizsákmány|áldozat|rabszolg|اتجار|استغلال|ضحي|ضحاي|دعارة|عبودية",
    re.IGNORECASE,
)
WORD = re.compile(r"\w*[^\W\d_]\w*(?:['’-]\w+)*")
MINUTES = 2


def every_text() -> list[texts.Text]:
    found = [texts.text(version, language) for version in texts.versions() for language in texts.LANGUAGES]
    return [one for one in found if one is not None]


def test_current_version_exists_in_every_language() -> None:
    """Of the versions before the current one as many as there were then."""
    assert {text.language for text in every_text() if text.version == texts.CURRENT} == set(texts.LANGUAGES)
    assert {text.language for text in every_text() if text.version == "1"} == {"nl", "en"}


def test_no_text_that_was_published_has_changed() -> None:
    pinned = dict(reversed(line.split()) for line in (texts.FOLDER / "SHA256SUMS").read_text().splitlines())
    present = {path.name: sha256(path.read_bytes()).hexdigest() for path in texts.FOLDER.glob("*.txt")}
    assert present == pinned
    assert {text.digest for text in every_text()} == set(pinned.values())


@pytest.mark.parametrize("text", every_text(), ids=lambda text: f"{text.version}.{text.language}")
def test_no_word_says_what_it_is_about(text: texts.Text) -> None:
    assert not REVEALING.search(text.content)


@pytest.mark.parametrize("text", every_text(), ids=lambda text: f"{text.version}.{text.language}")
def test_sentences_are_short(text: texts.Text) -> None:
    body = re.sub(r"\n(?=[a-z])", " ", text.content)
    sentences = re.split(r"[.?:;]\s|\n", body)
    assert max(len(sentence.split()) for sentence in sentences) <= 25


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_text_is_read_aloud_in_two_minutes(language: str) -> None:
    text = texts.text(texts.CURRENT, language)
    assert text
    assert len(WORD.findall(text.content)) / texts.BY_LANGUAGE[language].words_per_minute < MINUTES


@pytest.mark.parametrize("text", every_text(), ids=lambda text: f"{text.version}.{text.language}")
def test_text_has_its_headings_and_loses_no_word_on_the_sheet(text: texts.Text) -> None:
    sections = texts.sections_of(text.content)
    shown = [line for section in sections for block in section.blocks for line in block.lines]
    shown += [texts.title_of(text.content), *(section.heading for section in sections)]
    assert sorted(WORD.findall(" ".join(shown))) == sorted(WORD.findall(text.content))


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_every_translation_says_the_same_things_in_the_same_order(language: str) -> None:
    """As many headings, and under each as many points, as the Dutch text; the answer and the other questions come last."""
    dutch, other = (texts.text(texts.CURRENT, code) for code in ("nl", language))
    assert dutch
    assert other
    shapes = [[_shape(section) for section in texts.sections_of(text.content)] for text in (dutch, other)]
    assert shapes[0] == shapes[1]
    assert shapes[1][-1] == [2, 0]


def _shape(section: texts.Section) -> list[int]:
    return [len(block.lines) if block.points else 0 for block in section.blocks]


def test_only_the_dutch_text_is_no_draft() -> None:
    assert {text.language for text in every_text() if not text.is_draft} == {"nl"}


def test_arabic_runs_from_right_to_left() -> None:
    assert [code for code, known in texts.BY_LANGUAGE.items() if known.direction == "rtl"] == ["ar"]
    assert set(texts.LANGUAGE_NAMES) == set(texts.LANGUAGES)


def test_unknown_version_or_language_has_no_text() -> None:
    assert texts.text("0", "nl") is None
    assert texts.text("1", "xx") is None
