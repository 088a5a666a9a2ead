"""What reaches a log: counts, codes and places, never a name, number, date or address of a person."""

import io
import logging
from enum import StrEnum
from uuid import UUID

import pytest

from safeguards.log_filter import WITHHELD, IdentityFilter, Plain

# Parallel workers must collect the same tests.
AN_ID = UUID("0c8ff945-2db6-45fd-a6f3-6e8c05b4fd73")

CANARY = "Zephyrine Quillfeather"
CANARIES = {
    "a name": CANARY,
    "a lower-case name": CANARY.lower(),
    "one word": "quillfeather",
    "a joined name": "quillfeather-zephyrine",
    "an e-mail address": "zephyrine.quillfeather@example.org",
    "a name in an address": "/meldingen/quillfeather",
    "a query": "/meldingen?name=quillfeather",
    "a number": 123456782,
    "a number as text": "123456782",
    "an object": {"name": CANARY},
    "a list": [CANARY],
    "bytes": CANARY.encode(),
    "an error": ValueError(CANARY),
    "almost a job kind": "reports quillfeather",
    "almost an error": f"ValueError: {CANARY}",
    "an unknown error": "Quillfeather",
}


class Colour(StrEnum):
    GREEN = "green"


class Written:
    """A logger of its own, with the filter on its handler."""

    def __init__(self, name: str) -> None:
        self.stream = io.StringIO()
        handler = logging.StreamHandler(self.stream)
        handler.addFilter(IdentityFilter())
        self.logger = logging.Logger(name, level=logging.DEBUG)
        self.logger.addHandler(handler)

    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture(params=["intake.notifications.services", "django.request"])
def written(request: pytest.FixtureRequest) -> Written:
    return Written(request.param)


def assert_no_canary(text: str) -> None:
    assert text
    for part in ("zephyrine", "quillfeather", "123456782"):
        assert part not in text.lower()


@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_identity_as_argument_is_withheld(written: Written, canary: object) -> None:
    written.logger.warning("Refused: %s", canary)
    assert_no_canary(written.text())
    assert written.text().startswith("Refused: ")


@pytest.mark.parametrize("canary", CANARIES.values(), ids=CANARIES)
def test_identity_in_a_dictionary_of_arguments_is_withheld(written: Written, canary: object) -> None:
    written.logger.warning("Refused: %(what)s %(count)d", {"what": canary, "count": 3})
    assert_no_canary(written.text())


@pytest.mark.parametrize(
    "safe",
    [7656, 0.25, True, None, AN_ID, str(AN_ID), Colour.GREEN, "intake.link", "files", "Not Found", "POST", Plain("a.csv")],
)
def test_counts_and_codes_stay_readable(written: Written, safe: object) -> None:
    written.logger.warning("Seen: %s", safe)
    assert written.text() == f"Seen: {safe}\n"


@pytest.mark.parametrize("safe", ["ValueError", "ValueError at services.py:12", "SafeguardError"])
def test_class_and_place_of_an_error_stay_readable(written: Written, safe: str) -> None:
    written.logger.error("Failed: %s", safe)
    assert written.text() == f"Failed: {safe}\n"


def test_text_of_an_error_and_its_cause_is_left_out(written: Written) -> None:
    try:
        try:
            raise KeyError(CANARY)
        except KeyError as error:
            raise ValueError(CANARY) from error
    except ValueError:
        written.logger.exception("Failed.")
    assert_no_canary(written.text())
    assert "ValueError" in written.text()
    assert "KeyError" in written.text()
    assert "test_log_filter.py" in written.text()


def test_error_text_that_another_handler_prepared_is_left_out(written: Written) -> None:
    record = logging.LogRecord("x", logging.ERROR, __file__, 1, "Failed.", None, (ValueError, ValueError(CANARY), None))
    record.exc_text = f"ValueError: {CANARY}"
    written.logger.handle(record)
    assert_no_canary(written.text())


@pytest.mark.parametrize(
    "text",
    [
        "Sent to zephyrine.quillfeather@example.org.",
        "Number 123456782 refused",
        "Born 12-3-1991",
        "Born 1991-03-12",
        "Telephone 06 1234 5678",
        "GET /meldingen?name=quillfeather",
    ],
)
def test_numbers_dates_and_addresses_in_a_complete_text_are_withheld(written: Written, text: str) -> None:
    written.logger.warning(text)
    assert WITHHELD in written.text()
    assert not {"zephyrine", "quillfeather", "123456782", "1991", "5678"} & set(written.text().replace("@", " ").split())


@pytest.mark.parametrize("text", [f"Invalid header: '{CANARY}'.", f'Bad "{CANARY}"', f"Key (name)=({CANARY}) exists"])
def test_quoted_values_of_other_libraries_are_withheld(text: str) -> None:
    written = Written("django.security")
    written.logger.error(text)
    assert_no_canary(written.text())


def test_message_that_is_no_text_is_withheld(written: Written) -> None:
    written.logger.error({"name": CANARY})
    written.logger.error(ValueError(CANARY))
    assert_no_canary(written.text())


def test_message_whose_values_do_not_fit_is_withheld_as_a_whole(written: Written) -> None:
    written.logger.error("Row %d of Zephyrine", CANARY)
    assert written.text() == f"{WITHHELD}\n"


def test_filter_that_fails_withholds_the_text(written: Written) -> None:
    class Unprintable:
        @property
        def __class__(self) -> type:
            raise RuntimeError(CANARY)

    written.logger.error("Refused: %s %s", 1, Unprintable())
    assert_no_canary(written.text())
    assert written.text() == f"{WITHHELD}\n"


def test_identifiers_of_rows_stay_readable_in_a_complete_text(written: Written) -> None:
    row = UUID(int=2**127 + 12345)
    written.logger.warning(f"Job {row} waits")
    assert str(row) in written.text()
