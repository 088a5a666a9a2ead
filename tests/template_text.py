"""Finds words in a template that stand outside any translation. It does not see what a variable brings."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

# Names, the same in every language.
NAMES = frozenset({"Baken"})
SPOKEN = frozenset({"alt", "aria-label", "aria-description", "content", "label", "placeholder", "summary", "title"})
SILENT = frozenset({"script", "style"})

COMMENTS = re.compile(r"\{#.*?#\}|\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}", re.DOTALL)
TRANSLATED = re.compile(r"\{%\s*blocktrans(?:late)?\b.*?%\}.*?\{%\s*endblocktrans(?:late)?\s*%\}", re.DOTALL)
VERBATIM_TEXT_IN_TAG = re.compile(r"""\{%\s*(?:include|with|firstof)\b[^%]*?=\s*(["'])(?P<text>[^"']* [^"']*)\1""")
DEFAULT_IN_VARIABLE = re.compile(r"""\|default(?:_if_none)?:(["'])(?P<text>[^"']*[A-Za-z]{2}[^"']*)\1""")
TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
WORD = re.compile(r"[^\W\d_]{2,}")


class Spoken(HTMLParser):
    """Keeps what is read out or shown: text, and the attributes that carry text."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.silent = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.silent = tag if tag in SILENT else ""
        values = dict(attrs)
        spoken = SPOKEN - ({"content"} if tag == "meta" and values.get("name") != "description" else set())
        button = {"value"} if tag == "input" and values.get("type") in {"submit", "button", "reset"} else set()
        self.texts.extend(value for name, value in attrs if value and name in spoken | button)

    def handle_endtag(self, tag: str) -> None:
        self.silent = ""

    def handle_data(self, data: str) -> None:
        if not self.silent:
            self.texts.append(data)


def literal_texts(source: str) -> Iterator[str]:
    source = TRANSLATED.sub("", COMMENTS.sub("", source))
    yield from (match["text"] for match in VERBATIM_TEXT_IN_TAG.finditer(source))
    yield from (match["text"] for match in DEFAULT_IN_VARIABLE.finditer(source))
    parser = Spoken()
    parser.feed(TAGS.sub("", source))
    parser.close()
    yield from parser.texts


def untranslated(source: str) -> list[str]:
    return [text.strip() for text in literal_texts(source) if set(WORD.findall(text)) - NAMES]
