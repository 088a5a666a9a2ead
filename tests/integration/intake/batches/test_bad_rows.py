"""A file with one fault in each of its bad rows: every one is named by row, column and rule, and what is right is stored."""

from typing import Any

import pytest

from intake.batches import selectors
from intake.models.contribution import Contribution
from tests import uploaded

pytestmark = pytest.mark.django_db

HEADERS = (
    "eigen_kenmerk", "meldingsdatum", "voornamen", "achternaam", "geboortedatum", "nationaliteiten", "toelichting",
)  # fmt: skip
RIGHT: dict[str, str] = dict(
    zip(HEADERS, ("", "14-03-2019", "Quirijntje", "Zwaluwenburg", "23-07-1991", "RO", ""), strict=True)
)
LONG = "Wolfeschlegelsteinhausen" * 9
WRONG: tuple[tuple[str, str, str], ...] = (
    ("meldingsdatum", "30-02-2019", "wrong-date"),
    ("meldingsdatum", "14-03-2219", "in-future"),
    ("meldingsdatum", "", "required"),
    ("geboortedatum", "31-04-1991", "impossible-date"),
    ("geboortedatum", "15-03-2019", "birth-after-report"),
    ("nationaliteiten", "ZZ", "unknown-code"),
    ("achternaam", "Zwaluw\u202eenburg", "forbidden-character"),
    ("achternaam", "Z\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308\u0309\u030a", "forbidden-character"),
    ("achternaam", LONG, "name-too-long"),
    ("voornamen", "Quirijntje😀", "forbidden-character"),
    ("toelichting", "\u200bonzichtbaar", "forbidden-character"),
)
GOOD = (
    {"achternaam": "O"},
    {"achternaam": "مریم", "voornamen": "زهرا"},
    {"achternaam": "Ngu\u0303ye\u0302n"},
    {"achternaam": "=1+1 van Dijk"},
    {"toelichting": "Gezien 😀; bij מרים."},
    {"achternaam": "Lo" * 70},
)


def row(number: int, **changes: str) -> str:
    cells = RIGHT | {"eigen_kenmerk": f"zaak {number}"} | changes
    return ";".join(f'"{cells[header]}"' for header in HEADERS)


def errors(batch: Any) -> list[tuple[int, str, str]]:
    return [(one.row, one.field, one.code) for one in selectors.errors(batch=batch, limit=100, after=0)]


def test_each_fault_is_named_and_what_is_right_is_stored() -> None:
    lines = [";".join(HEADERS)]
    lines += [row(number, **{header: value}) for number, (header, value, _) in enumerate(WRONG)]
    lines += [row(100 + number, **changes) for number, changes in enumerate(GOOD)]
    lines += [row(100), row(200) + ";te;veel"]
    batch = uploaded.stored("\r\n".join(lines).encode("utf-8-sig"))
    expected = [(number, header, code) for number, (header, _, code) in enumerate(WRONG, start=2)]
    after = len(WRONG) + len(GOOD) + 2
    assert errors(batch) == [*expected, (after, "eigen_kenmerk", "twice-in-file"), (after + 1, "", "too-many-cells")]
    assert Contribution.objects.count() == len(GOOD)
