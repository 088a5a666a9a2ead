"""A receipt tells nobody what it is about."""

from datetime import date

import pytest

from consent import texts
from consent.receipts import ALPHABET, LENGTH, new_code, receipt
from tests.unit.consent.test_texts import REVEALING


@pytest.mark.parametrize("language", texts.LANGUAGES)
def test_receipt_has_code_day_and_how_to_stop_and_nothing_revealing(language: str) -> None:
    made = receipt(code="ABCDE12345", signed_on=date(2019, 6, 1), language=language)
    assert made.code == "ABCDE-12345"
    assert made.code in made.text
    assert "01-06-2019" in made.text
    assert made.direction == texts.BY_LANGUAGE[language].direction
    assert not REVEALING.search(made.text)


def test_codes_are_long_random_and_free_of_letters_that_look_like_digits() -> None:
    codes = {new_code() for _ in range(1000)}
    assert len(codes) == 1000
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)
    assert not set("ILOU") & set(ALPHABET)
