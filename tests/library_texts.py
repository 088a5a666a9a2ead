"""What libraries say to our users without (good) Dutch of their own; tests/messages.py adds them to config's catalogue.

Read from the installed packages, so an upgrade that brings a new English sentence shows up as an untranslated text.
"""

import gettext
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import allauth
import django
import rest_framework

Text = str | tuple[str, ...]


@dataclass(frozen=True)
class Library:
    root: Path
    locale: str
    patterns: tuple[str, ...]

    def files(self) -> Iterator[Path]:
        for pattern in self.patterns:
            yield from sorted(path for path in self.root.glob(pattern) if "tests" not in path.parts)

    def dutch(self) -> gettext.NullTranslations:
        found = gettext.translation("django", self.root / self.locale, languages=["nl"])
        found.add_fallback(Absent())
        return found


class Absent(gettext.NullTranslations):
    """Stands behind a catalogue, so that a text it lacks comes out empty."""

    def gettext(self, message: str) -> str:
        return ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return ""

    def pgettext(self, context: str, message: str) -> str:
        return ""


DJANGO = Path(django.__file__).parent
REST_FRAMEWORK = Path(rest_framework.__file__).parent
ALLAUTH = Path(allauth.__file__).parent
REST_MODULES = ("exceptions", "fields", "pagination", "parsers", "permissions", "relations", "serializers", "validators")

LIBRARIES = (
    Library(DJANGO, "conf/locale", ("forms/*.py", "core/validators.py")),
    Library(DJANGO / "contrib" / "auth", "locale", ("password_validation.py", "validators.py")),
    Library(REST_FRAMEWORK, "locale", tuple(f"{name}.py" for name in REST_MODULES)),
    Library(ALLAUTH, "locale", ("account/*.py", "mfa/**/*.py", "core/**/*.py")),
)

# Django REST framework has Dutch for these, with English words in it or hard to understand.
BETTER = (
    "Authentication credentials were not provided.",
    "Date has wrong format. Use one of these formats instead: {format}.",
    "Datetime has wrong format. Use one of these formats instead: {format}.",
    "Ensure this field has at least {min_length} characters.",
    "Ensure this field has no more than {max_length} characters.",
    "Expected a date but got a datetime.",
    "Expected a datetime but got a date.",
    'Expected a dictionary of items but got type "{input_type}".',
    'Expected a list of items but got type "{input_type}".',
    "Invalid data. Expected a dictionary, but got {datatype}.",
    "Invalid token header. Token string should not contain invalid characters.",
    "Malformed request.",
    "Request was throttled.",
    "The submitted data was not a file. Check the encoding type on the form.",
    'This field must be unique for the "{date_field}" year.',
    "This field is required.",
    "This field may not be null.",
    "Time has wrong format. Use one of these formats instead: {format}.",
    "Value must be valid JSON.",
    "You do not have permission to perform this action.",
    'Unsupported media type "{media_type}" in request.',
)


def lacks_dutch(dutch: gettext.NullTranslations, text: Text, context: str | None) -> bool:
    if isinstance(text, tuple):
        return not dutch.ngettext(text[0], text[-1], 1)
    return not (dutch.pgettext(context, text) if context else dutch.gettext(text))
