"""The ledger of releases: what left and what was refused, numbered, unchangeable, within the budget, found by a withdrawal."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from intake import uses
from intake.errors import GoneMeanwhileError
from intake.models.use import DutyToTell, Use
from reports.models import LedgerEntry
from reports.releases import budget, services
from reports.releases.budget import Budget
from reports.releases.errors import ReleaseError
from reports.releases.services import Kind
from safeguards.actors import system
from safeguards.errors import AppendOnlyError
from safeguards.models import AuditEntry
from tests import cast, linked
from tests.released import leaving, recorded

pytestmark = pytest.mark.django_db


def by():
    return cast.actor(cast.APPROVER)


def test_what_left_and_what_was_refused_are_numbered_one_by_one():
    release = recorded(what="First", parameters={"columns": ["year", "form"]}, kind=Kind.FIGURE)
    services.record_refusal(leaving=leaving(release=release), reason="It would reveal 1 of 3", by=by())
    recorded()
    rows = list(LedgerEntry.objects.order_by("number"))
    assert [row.number for row in rows] == [1, 2, 3]
    assert [row.outcome for row in rows] == ["released", "refused", "released"]
    assert rows[0].parameters == {"columns": ["year", "form"]}
    assert rows[1].reason == "It would reveal 1 of 3"
    actions = AuditEntry.objects.filter(object_id=str(release)).values_list("action", flat=True)
    assert list(actions) == ["releases.recorded", "releases.refused"]


def test_entry_is_written_once():
    recorded()
    row = LedgerEntry.objects.get()
    row.recipient = "somebody else"
    with pytest.raises(AppendOnlyError):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        LedgerEntry.objects.get_queryset()._raw_delete("default")
    assert LedgerEntry.objects.count() == 1


def test_withdrawal_of_what_a_release_used_becomes_a_duty_to_tell_its_recipients():
    used, other = linked.linked(), linked.linked(given_names=("Isatu",))
    release = recorded(contributions=[used, other])
    assert LedgerEntry.objects.get().contributions == 2
    assert set(Use.objects.values_list("release", "contribution")) == {(release, used), (release, other)}
    uses.must_be_told(contributions=[used], by=system("tests"))
    assert set(DutyToTell.objects.values_list("release", "number")) == {(release, 1)}


def test_nothing_is_recorded_of_a_release_with_what_is_here_no_more():
    with pytest.raises(GoneMeanwhileError):
        recorded(contributions=[linked.linked(), uuid4()])
    assert not LedgerEntry.objects.exists()
    assert not Use.objects.exists()


def spending(epsilon: str, **changes):
    return leaving(kind=Kind.SYNTHETIC, budget=Budget(Decimal(epsilon), 1e-6), **changes)


def test_budget_of_five_years_is_twelve_and_a_release_beyond_it_is_refused_in_the_ledger():
    for _ in range(3):
        services.record_release(leaving=spending("4"), by=by())
    assert budget.spent() == Budget(Decimal(12), pytest.approx(3e-6))
    one = spending("0.001")
    with pytest.raises(ReleaseError) as refused, services.refusals_recorded(one, by()):
        services.record_release(leaving=one, by=by())
    assert refused.value.code == "budget"
    row = LedgerEntry.objects.order_by("number").last()
    assert (row.outcome, row.epsilon, row.reason) == ("refused", None, str(refused.value))
    assert budget.left() == 0


def test_release_of_more_than_five_years_ago_spends_no_more():
    row = LedgerEntry(
        number=1,
        release=uuid4(),
        kind=Kind.SYNTHETIC,
        outcome="released",
        at=timezone.now() - timedelta(days=5 * 365 + 2),
        epsilon=Decimal(12),
        delta=1e-6,
    )
    row.save()
    assert budget.left() == 12
    services.record_release(leaving=spending("12"), by=by())
    assert budget.left() == 0


def test_refused_release_spends_nothing():
    services.record_refusal(leaving=spending("4"), reason="The approver said no", by=by())
    assert budget.left() == 12


def test_refusal_has_a_reason():
    with pytest.raises(DatabaseError), transaction.atomic():
        services.record_refusal(leaving=leaving(), reason="", by=by())
    assert not LedgerEntry.objects.exists()


def shown(address: str, person=cast.APPROVER, status: int = 200) -> str:
    response = cast.signed_in(person).get(address, headers={"accept-language": "en"})
    assert response.status_code == status
    return response.content.decode()


def test_page_shows_what_left_and_what_was_refused_and_never_how_many_reports():
    used = [linked.linked(), linked.linked(given_names=("Isatu",))]
    release = recorded(what="Extract for a university", recipient="Universiteit Test", contributions=used)
    services.record_refusal(leaving=leaving(what="All columns"), reason="Too many columns", by=by())
    page = shown("/figures/ledger")
    wanted = ("Extract for a university", "Universiteit Test", "All columns", "Too many columns", "epsilon 12", str(release))
    for text in wanted:
        assert text in page
    assert "All columns" not in shown("/figures/ledger?outcome=released")
    assert "Extract for a university" not in shown("/figures/ledger?kind=chart")
    shown("/figures/ledger?kind=nothing", status=422)


def test_older_entries_are_a_page_further(monkeypatch):
    for number in range(5):
        recorded(what=f"Extract {number}")
    monkeypatch.setattr("reports.web.ledger.SHOWN", 2)
    first = shown("/figures/ledger?kind=extract")
    assert "Extract 4" in first
    assert "Extract 2" not in first
    assert "kind=extract&amp;before=4" in first
    assert "Extract 2" in shown("/figures/ledger?kind=extract&before=4")


def test_page_of_a_release_says_who_has_to_be_told_of_a_withdrawal():
    used = linked.linked()
    release = recorded(contributions=[used], recipient="Universiteit Test")
    recorded(release=release, what="The same once more", recipient="Gemeente Test")
    uses.must_be_told(contributions=[used], by=system("tests"))
    page = shown(f"/figures/ledger/{release}")
    for text in ("Universiteit Test", "Gemeente Test", "still have to be told"):
        assert text in page
    assert "withdrawn since" in shown("/figures/ledger")
    assert f'href="/figures/ledger/{release}"' in shown(reverse("intake:duties"), cast.PRIVACY_OFFICER)
    shown(f"/figures/ledger/{uuid4()}", status=404)
