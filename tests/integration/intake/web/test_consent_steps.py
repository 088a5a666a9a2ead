"""The steps of the form about consent: what is asked only when it is needed, and what must be settled before a name."""

from datetime import date

import pytest

from accounts.reporters import Purpose
from consent import gate
from consent.models import AnswerCount, Statement
from intake.models.contribution import Contribution
from tests.drafted import STATEMENT, Writer, opened

pytestmark = pytest.mark.django_db
BY_PARENT = STATEMENT | {"capacity": "under-sixteen", "signer": "parent"}
PARENT = {"representative_independent": "independent", "view_of_person": "agrees"}


def begun(statement: dict[str, str]) -> Writer:
    writer = Writer()
    writer.fill("report", {"date": "14-03-2019"})
    writer.fill("consent", {"answer": "given"}, 1)
    writer.fill("statement", statement, 1)
    return writer


def fields(writer: Writer, name: str) -> set[str]:
    found = writer.look(name, 1)
    return set(found.context["form"].fields) if found.status_code == 200 else set()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statement", "asked"),
    [
        (STATEMENT, set()),
        (STATEMENT | {"method": "oral"}, {"witness"}),
        (BY_PARENT, {"representative_independent", "view_of_person"}),
        (BY_PARENT | {"method": "oral"}, {"representative_independent", "view_of_person", "witness"}),
        (
            STATEMENT | {"capacity": "adult-represented", "signer": "curator"},
            {"proof", "representative_independent", "view_of_person"},
        ),
    ],
)
def test_further_questions_are_asked_only_where_they_are_needed(statement: dict[str, str], asked: set[str]) -> None:
    assert fields(begun(statement), "signing") == asked


def test_no_name_is_asked_before_it_is_settled_who_signed() -> None:
    writer = begun(BY_PARENT)
    assert writer.look("person", 1)["Location"] == writer.base
    writer.autosave("person", {"family_name": "Zwaluwenburg"}, 1)
    writer.fill("person", {"family_name": "Zwaluwenburg"}, 1)
    assert "person" not in opened(writer.draft).persons[0].sections
    writer.fill("signing", PARENT, 1)
    assert writer.look("person", 1).status_code == 200


@pytest.mark.parametrize("declared", ["suspect", "conflict-of-interest"])
def test_representative_who_is_not_independent_cannot_sign(declared: str) -> None:
    writer = begun(BY_PARENT)
    answer = writer.fill("signing", PARENT | {"representative_independent": declared}, 1)
    assert answer.status_code == 422
    assert writer.look("person", 1)["Location"] == writer.base


def test_everything_that_was_said_stands_in_the_ledger() -> None:
    writer = begun(BY_PARENT | {"interpreter": "professional", "requested_on": "12-03-2019", "language": "pl"})
    writer.fill("signing", PARENT, 1)
    writer.fill("purposes", {"help": "given", "research_extract": "refused"}, 1)
    writer.fill("person", {"family_name": "Zwaluwenburg", "birth": "2007"}, 1)
    writer.fill("exploitation", {"exploitation_types": ["labour"]})
    assert writer.send().status_code == 302
    row = Statement.objects.get(purpose=Purpose.REGISTRATION)
    assert (row.interpreter, row.view_of_person, row.representative_independent) == ("professional", "agrees", "independent")
    assert (row.requested_on, row.notice.version, row.notice.language) == (date(2019, 3, 12), "2", "pl")
    beside = dict(Statement.objects.exclude(pk=row.pk).values_list("purpose", "state"))
    assert beside == {"help": "given", "research-extract": "refused"}


def test_refusal_of_another_purpose_does_not_hold_up_the_report() -> None:
    writer = Writer()
    writer.complete()
    writer.fill("purposes", {"help": "refused", "research_extract": "refused"}, 1)
    assert writer.send().status_code == 302
    assert Contribution.objects.get().state == "held"


@pytest.mark.parametrize(("answer", "asked"), [("refused", False), ("not-asked", True), ("impossible", True)])
def test_reason_is_asked_only_where_nobody_was_asked(answer: str, asked: bool) -> None:
    writer = Writer()
    writer.settle(answer={"answer": answer})
    assert ("reason" in fields(writer, "signal")) is asked


def test_reason_is_counted_and_nothing_else_of_it_is_kept() -> None:
    writer = Writer()
    writer.settle(answer={"answer": "not-asked"})
    writer.fill("signal", {"reason": "unsafe-to-ask", "exploitation_types": ["labour"]}, 1)
    assert writer.send().status_code == 302
    assert AnswerCount.objects.get().reason == gate.NoConsentReason.UNSAFE_TO_ASK
