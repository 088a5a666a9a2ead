"""What is restricted rests: its reporter and its feed are refused with their own code, and the person can still withdraw."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone, translation

from consent import services as consent
from consent.models import Statement
from intake.enrichment.envelopes import Standing
from intake.errors import ReportRestrictedError
from intake.models.batch import BatchError
from intake.models.contribution import Contribution
from intake.notifications import later, restrictions, sentences, services
from intake.notifications.later import Withdrawal
from intake.rights import services as cases
from intake.rights.grounds import Ground, Right
from jobs import services as jobs
from tests import cast, delivered, handled, interface, reported, unlocked, uploaded
from tests.statements import administrator

pytestmark = pytest.mark.django_db
OTHER = replace(reported.KNOWN, sex="male")
MORE = replace(reported.KNOWN, platforms=("dating-app",))


def sent() -> str:
    by = cast.actor(cast.OFFICER)
    report = reported.report(identity=reported.person(own_reference="zaak 1"))
    return services.submit(notification=report, organisation=by.organisation, by=by).reference


def rests() -> UUID:
    contribution = Contribution.objects.get().id
    return handled.granted(contribution, right=Right.RESTRICTION, ground=Ground.CLAIMS_OF_PERSON)


def own(**more: Any) -> dict[str, Any]:
    by = cast.actor(cast.OFFICER)
    return {"organisation": by.organisation, "by": by} | more


def content() -> Any:
    return Contribution.objects.values("leaving", "characteristics", "row_digest", "own_reference_digest").get()


CHANGES: dict[str, Callable[[str], object]] = {
    "withdraw": lambda reference: later.withdraw(**own(reference=reference)),
    "correct": lambda reference: later.correct(**own(reference=reference, notification=reported.report(characteristics=OTHER))),
    "codes": lambda reference: later.correct_codes(**own(reference=reference, characteristics=OTHER)),
    "supplement": lambda reference: later.supplement(**own(reference=reference, characteristics=MORE)),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_reporter_waits_until_the_restriction_ends(change: Callable[[str], object]) -> None:
    reference = sent()
    case, before = rests(), content()
    with pytest.raises(ReportRestrictedError):
        change(reference)
    assert content() == before
    cases.lift(case=case, by=handled.officer())
    change(reference)
    assert content() != before


def test_row_of_a_file_that_changes_it_is_refused_and_an_equal_one_is_not() -> None:
    reference = sent()
    by = cast.actor(cast.OFFICER)
    report = reported.report(identity=reported.person(own_reference="zaak 1"))
    services.submit_many(notifications=[report], organisation=by.organisation, by=by)
    rests()
    before = content()
    (same,) = services.submit_many(notifications=[report], **own())
    assert (same.reference, same.outcome) == (reference, "unchanged")
    changed = replace(report, characteristics=OTHER)
    assert services.submit_many(notifications=[changed], **own()) == ((restrictions.RESTRICTED,),)
    (verdict,) = services.preview_many(notifications=[changed], organisation=by.organisation)
    assert verdict.problems == (restrictions.RESTRICTED,)
    assert content() == before


def test_row_of_a_file_that_withdraws_it_is_refused() -> None:
    sent()
    rests()
    by = cast.actor(cast.OFFICER)
    known = {"own_references": ["zaak 1", "zaak 9"], "organisation": by.organisation}
    said = (Withdrawal.RESTRICTED, Withdrawal.UNKNOWN)
    assert later.preview_withdrawals(**known) == later.withdraw_many(**known, by=by) == said
    assert not Contribution.objects.get().leaving


def test_whole_file_is_told_by_row_and_code() -> None:
    sent()
    rests()
    report = reported.report(identity=reported.person(own_reference="zaak 1"), characteristics=OTHER)
    uploaded.checked([report])
    assert list(BatchError.objects.values_list("row", "code")) == [(2, "restricted")]


def test_system_is_told_what_it_waits_for() -> None:
    reference = sent()
    rests()
    answer = interface.send(f"/meldingen/{reference}/intrekkingen", {}, sender=interface.bearer(cast.POLICE))
    assert (answer.status_code, answer.json()["code"]) == (409, "restricted")


def test_feed_neither_replaces_nor_undoes_its_record() -> None:
    delivered.delivered(delivered.record())
    case, before = rests(), content()
    for changed in (
        delivered.record(characteristics=OTHER),
        delivered.record(standing=Standing.WITHDRAWN),
        delivered.record(role="getuige"),
    ):
        found = delivered.delivered(changed)
        assert (found.errors, found.changed, found.removed, found.taken_back, found.not_victims) == (1, 0, 0, 0, 0)
    assert set(BatchError.objects.values_list("row", "column", "code")) == {(1, "own_reference", "restricted")}
    assert content() == before
    cases.lift(case=case, by=handled.officer())
    assert delivered.delivered(delivered.record(standing=Standing.WITHDRAWN)).removed == 1


def test_person_withdraws_consent_of_what_is_restricted() -> None:
    contribution = unlocked.held()
    rests()
    statement = Statement.objects.get(notification=contribution)
    consent.withdraw(statement=statement.pk, on=timezone.localdate(), by=administrator())
    jobs.drain(("files", "vault", "reports"))
    assert not Contribution.objects.exists()


def test_page_says_that_it_rests_and_offers_no_change() -> None:
    reference = sent()
    rests()
    reporter = cast.signed_in(cast.OFFICER)
    page = reporter.get(f"/notifications/{reference}/report").content.decode()
    assert "beperkt" in page
    assert f"/notifications/{reference}/withdraw" not in page
    for name in ("withdraw", "correct", "supplement"):
        assert reporter.get(f"/notifications/{reference}/{name}").status_code == 302
    assert reporter.post(f"/notifications/{reference}/withdraw").status_code == 302
    assert not Contribution.objects.get().leaving


@pytest.mark.parametrize(("language", "word"), [("nl", "beperkt"), ("en", "restricted")])
def test_sentence_says_that_it_waits(language: str, word: str) -> None:
    with translation.override(language):
        assert word in sentences.sentence(restrictions.RESTRICTED)
