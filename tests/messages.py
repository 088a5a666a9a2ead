"""Collects every text that is to be translated and keeps the Dutch catalogues; it translates nothing itself.

Run: `make messages`, or `.venv/bin/python -m tests.messages [package ...]`. For each own package it reads the Python and
template files, brings <package>/locale/nl/LC_MESSAGES/django.po up to date (kept: what is translated; new: empty; gone:
what nobody uses) and compiles the .mo beside it. Then fill in the empty ones and run it again. Nothing in the files depends
on the day or the machine. tests/architecture/test_translations.py fails on what is left out.
"""

import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from babel.messages import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from tests import library_texts as library

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("config", "safeguards", "jobs", "accounts", "consent", "intake", "reports")
WITH_CONTEXT = frozenset({"pgettext", "pgettext_lazy", "npgettext", "npgettext_lazy"})
WITH_PLURAL = frozenset({"ngettext", "ngettext_lazy", "npgettext", "npgettext_lazy"})
PLAIN = frozenset({"_", "gettext", "gettext_lazy", "gettext_noop"})
# The value None tells Babel to hand over all arguments.
KEYWORDS: dict[str, None] = dict.fromkeys(WITH_CONTEXT | WITH_PLURAL | PLAIN)
HEADERS = [
    ("Language", "nl"),
    ("MIME-Version", "1.0"),
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Transfer-Encoding", "8bit"),
    ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
]

Text = str | tuple[str, ...]


class Neutral(Catalog):
    """A catalogue whose header names no day, no person and no programme."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        return HEADERS

    @mime_headers.setter
    def mime_headers(self, headers: object) -> None:
        """What a file's header says is not taken over."""


def catalogue_path(package: str) -> Path:
    return ROOT / package / "locale" / "nl" / "LC_MESSAGES" / "django.po"


def sources(package: str, *suffixes: str) -> Iterator[Path]:
    for path in sorted((ROOT / package).rglob("*")):
        if path.suffix in suffixes and "migrations" not in path.parts and path.is_file():
            yield path


def python_texts(source: IO[bytes]) -> Iterator[tuple[Text, str | None]]:
    for _line, function, found, _comments in extract_python(source, KEYWORDS, [], {}):
        yield from wanted(str(function), tuple(found) if isinstance(found, list | tuple) else (found,))


def wanted(function: str, arguments: tuple[str | None, ...]) -> Iterator[tuple[Text, str | None]]:
    """The message (a pair when it has a plural) and its context; a call whose argument is no literal has none."""
    first = 1 if function in WITH_CONTEXT else 0
    picked = arguments[first : first + (2 if function in WITH_PLURAL else 1)]
    literals = tuple(text for text in picked if text)
    if literals and literals == picked:
        yield (literals[0] if len(literals) == 1 else literals), (arguments[0] if first else None)


def template_texts(source: str) -> Iterator[tuple[Text, str | None]]:
    """Django writes each gettext call on one line, among blanked text that Python could not read as a whole."""
    for line in templatize(source).splitlines():
        yield from python_texts(io.BytesIO(line.strip().encode()))


def texts(package: str) -> Iterator[tuple[Text, str | None]]:
    for path in sources(package, ".py"):
        with path.open("rb") as source:
            yield from python_texts(source)
    for path in sources(package, ".html", ".txt"):
        if "templates" in path.parts:
            yield from template_texts(path.read_text(encoding="utf-8"))


def empty() -> Neutral:
    return Neutral(locale="nl", charset="utf-8", fuzzy=False)


def collect(package: str) -> Neutral:
    found = empty()
    for text, context in texts(package):
        found.add(text, context=context, flags=flags(text))
    if package == "config":
        for text, context in library_texts():
            found.add(text, context=context, flags=flags(text))
    return found


def flags(text: Text) -> set[str]:
    return {"python-format"} if Message(text).python_format else set()


def library_texts() -> Iterator[tuple[Text, str | None]]:
    yield from ((text, None) for text in library.BETTER)
    for source in library.LIBRARIES:
        dutch = source.dutch()
        for path in source.files():
            with path.open("rb") as opened:
                yield from (found for found in python_texts(opened) if library.lacks_dutch(dutch, *found))


def read(package: str) -> Catalog:
    path = catalogue_path(package)
    if not path.exists():
        return empty()
    with path.open("rb") as source:
        return read_po(source, locale="nl", charset="utf-8")


def updated(package: str) -> Neutral:
    known = read(package)
    fresh = collect(package)
    for message in fresh:
        old = known.get(message.id, message.context) if message.id else None
        if old is not None and is_translated(old):
            message.string = old.string
    return fresh


def fill_from_others(package: str, catalogue: Catalog) -> None:
    """A text that another package has in Dutch gets the same: Django reads all catalogues as one."""
    others = [read(other) for other in PACKAGES if other != package]
    for message in catalogue:
        if message.id and not is_translated(message):
            found = (other.get(message.id, message.context) for other in others)
            message.string = next((other.string for other in found if other and is_translated(other)), message.string)


def is_translated(message: Message) -> bool:
    return all(message.string) if isinstance(message.string, tuple | list) else bool(message.string)


def po_bytes(catalogue: Catalog) -> bytes:
    target = io.BytesIO()
    catalogue.header_comment = "# Dutch texts; kept by tests/messages.py."
    write_po(target, catalogue, sort_output=True, no_location=True, width=110)
    return target.getvalue()


def mo_bytes(catalogue: Catalog) -> bytes:
    target = io.BytesIO()
    write_mo(target, catalogue)
    return target.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    return [str(message.id) for message in catalogue if message.id and not is_translated(message)]


def update(package: str) -> list[str]:
    catalogue = updated(package)
    fill_from_others(package, catalogue)
    path = catalogue_path(package)
    if len(catalogue):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(po_bytes(catalogue))
        path.with_suffix(".mo").write_bytes(mo_bytes(catalogue))
    return untranslated(catalogue)


def main(packages: list[str]) -> int:
    for package in packages or PACKAGES:
        missing = update(package)
        sys.stdout.write(f"{package}: {len(missing)} without Dutch\n")
        for text in missing:
            sys.stdout.write(f"    {text}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
