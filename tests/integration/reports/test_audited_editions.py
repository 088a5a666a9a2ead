"""Publishing an edition: it was attacked with all that is out, and is refused where that tells of somebody, in the ledger."""

from functools import partial
from typing import Any

import pytest

from intake import uses
from intake.models.use import DutyToTell
from jobs.services import drain
from reports.editions import auditing, services, storing
from reports.editions.auditing import Changed, changed
from reports.editions.errors import EditionError
from reports.editions.protecting import Rounding
from reports.models import Edition, EditionAudit, LedgerEntry
from safeguards.actors import system
from tests.integration.reports import edited
from tests.integration.reports.edited import frozen, published
from tests.integration.reports.written import remove, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_figures")]


def register(number: int, **said: Any) -> list[Any]:
    usual = {"exploitation_types": ("labour",), "nationalities": ("PL",)} | said
    return [write(day=f"201{5 + n % 5}-01-01", **usual) for n in range(number)]


def refused(edition: Edition) -> EditionError:
    with pytest.raises(EditionError) as error:
        services.publish(edition=edition.id, reason="Late reports", by=edited.APPROVER)
    return error.value


def ledger() -> list[tuple[str, str, str]]:
    rows = LedgerEntry.objects.filter(kind="edition").order_by("number")
    return [(row.what, row.outcome, row.reason) for row in rows]


def test_published_edition_is_in_the_ledger_with_its_digest_and_under_the_id_of_its_uses() -> None:
    reports = register(40)
    edition = published()
    row = LedgerEntry.objects.get(kind="edition")
    assert (row.release, row.what, row.outcome, row.recipient) == (edition.id, "2026-1", "released", "public")
    assert row.digest
    uses.must_be_told(contributions=reports[:1], by=system("tests"))
    assert DutyToTell.objects.get().release == row.release


def test_edition_of_thirty_late_reports_and_three_withdrawals_is_published() -> None:
    reports = register(60)
    published()
    register(30, exploitation_types=("sexual",))
    for report in reports[:3]:
        remove(report)
    published("2026-2", reason="Late reports")
    audits = EditionAudit.objects.filter(edition__name="2026-2").order_by("against")
    assert [(row.against, row.found, row.few) for row in audits] == [(1, 0, False), (2, 0, False)]
    assert all(row.attacked for row in audits)


@pytest.mark.parametrize("withdrawn", [True, False])
def test_edition_that_differs_by_one_person_is_refused_with_a_reason_in_the_ledger(withdrawn: bool) -> None:
    reports = register(40)
    published()
    if withdrawn:
        remove(reports[0])
    else:
        register(1)
    row = frozen("2026-2")
    error = refused(row)
    assert error.code == "few-changed"
    assert ledger() == [("2026-1", "released", ""), ("2026-2", "refused", str(error))]
    assert not row.steps.exists()


def test_edition_in_which_nothing_changed_is_published() -> None:
    register(40)
    published()
    published("2026-2", reason="Corrected texts")
    assert [outcome for _, outcome, _ in ledger()] == ["released", "released"]


def test_edition_of_which_an_input_is_gone_is_refused_in_the_ledger_too() -> None:
    reports = register(40)
    row = frozen()
    remove(reports[0])
    assert refused(row).code == "inputs-gone"
    assert ledger()[0][1] == "refused"


def test_what_subtraction_from_an_edition_reveals_is_refused_and_says_how_much_and_from_which(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Rounded to multiples of one, which is not at all: two late reports of a form are seen by whoever subtracts."""
    monkeypatch.setattr(storing, "Rounding", partial(Rounding, base=1))
    register(40)
    published()
    register(30)
    register(2, exploitation_types=("sexual",))
    row = frozen("2026-2")
    error, found = refused(row), EditionAudit.objects.get(edition=row, against=1).found
    assert found > 0
    assert error.code == "reveals"
    assert f"{found} " in str(error)
    assert "2026-1" in str(error)
    assert ledger()[1] == ("2026-2", "refused", str(error))


def test_edition_is_attacked_again_when_another_is_published_meanwhile() -> None:
    register(40)
    first = frozen()
    register(30)
    second = frozen("2026-2")
    services.publish(edition=first.id, reason="", by=edited.APPROVER)
    assert refused(second).code == "not-audited"
    drain(["reports"])
    services.publish(edition=second.id, reason="Late reports", by=edited.APPROVER)
    assert EditionAudit.objects.filter(edition=second).count() == 2


def test_withdrawn_edition_is_out_all_the_same() -> None:
    register(40)
    first = published()
    services.withdraw(edition=first.id, reason="A mistake", by=edited.APPROVER)
    register(1)
    assert refused(frozen("2026-2")).code == "few-changed"


def test_person_years_that_differ_are_counted_by_what_is_counted_of_them() -> None:
    reports = register(10)
    first = frozen()
    register(4, exploitation_types=("sexual",))
    remove(reports[0])
    second = frozen("2026-2")
    assert changed(second, first) == Changed(least=5, most=5)


def test_attack_of_an_edition_that_is_no_more_asked_for_does_nothing() -> None:
    row = frozen()
    before = EditionAudit.objects.count()
    auditing.go_on(row.id)()
    assert EditionAudit.objects.count() == before == 1


def test_attack_that_two_processes_made_is_kept_once_and_nothing_before_its_effect() -> None:
    register(40)
    first = frozen()
    register(30)
    second = frozen("2026-2")
    services.publish(edition=first.id, reason="", by=edited.APPROVER)
    one, other = auditing.go_on(second.id), auditing.go_on(second.id)
    assert not EditionAudit.objects.filter(edition=second, against=first.number).exists()
    one()
    other()
    assert EditionAudit.objects.filter(edition=second, against=first.number).count() == 1
