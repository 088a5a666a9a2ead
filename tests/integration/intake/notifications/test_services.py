"""Submitting: three ways out, one record for a report that is sent twice, the same answer whoever the person is."""

from dataclasses import replace

import pytest

from accounts.permissions import NotAllowedError
from consent.models import Statement
from intake import events
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.models.stub import Stub
from intake.notifications import services
from intake.notifications.inputs import Problem
from intake.notifications.rules import Invalid
from intake.notifications.services import Receipt
from jobs.models import Job
from safeguards.actors import system
from safeguards.models import AuditEntry, DataKey
from tests import cast, reported
from tests.found import found_in

pytestmark = pytest.mark.django_db


def submit(notification, person=cast.OFFICER, **more):
    by = cast.actor(person)
    return services.submit(notification=notification, organisation=by.organisation, by=by, **more)


def submit_many(notifications, person=cast.OFFICER):
    by = cast.actor(person)
    return services.submit_many(notifications=notifications, organisation=by.organisation, by=by)


def problems_of(call):
    with pytest.raises(Invalid) as refused:
        call()
    return {(problem.field, problem.code) for problem in refused.value.problems}


def columns(model):
    for row in model.objects.values_list():
        for value in row:
            yield bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()


def with_reference(reference, **changes):
    return reported.report(identity=reported.person(own_reference=reference), **changes)


def test_report_with_legal_basis_is_accepted_and_waits_for_linking():
    receipt = submit(reported.report())
    row = Contribution.objects.get()
    assert receipt == Receipt(row.reference, "accepted")
    assert (row.state, row.needs_linking, row.legal_basis, row.age, row.age_band) == ("accepted", True, True, 27, "23-29")
    assert list(Job.objects.values_list("kind", "state")) == [("intake.link", "waiting")]


def test_report_with_consent_is_held_and_not_offered_to_linking():
    receipt = submit(reported.report_with_consent(), cast.OWNER)
    row = Contribution.objects.get()
    assert (receipt.state, row.state, row.needs_linking, row.legal_basis) == ("held", "held", False, False)
    assert Statement.objects.get().notification == row.id
    assert not Job.objects.filter(kind="intake.link").exists()


@pytest.mark.parametrize("answer", ["refused", "not-asked", "impossible"])
def test_report_without_consent_leaves_a_signal_and_nothing_else(answer):
    consent = replace(reported.answer(), answer=answer)
    receipt = submit(reported.report(consent=consent), cast.OWNER)
    assert receipt == Receipt("", "signal")
    signal = AnonymousSignal.objects.values().get()
    del signal["id"]
    assert signal == {
        "year": 2019,
        "quarter": 1,
        "group": "care-coordinators",
        "form": "GO-SU",
        "age_band": "23-29",
        "region": "europe",
        "police_region": "",
    }
    for model in (Contribution, SealedIdentity, DataKey, Statement, Stub):
        assert not model.objects.exists(), model
    assert list(Job.objects.values_list("kind", "object_id")) == [("intake.mix-signals", "")]


def test_audit_entry_of_a_signal_names_no_object():
    submit(reported.report_refused(), cast.OWNER)
    entry = AuditEntry.objects.get(action=events.NOTIFICATION_SIGNAL)
    assert (entry.object_type, entry.object_id, entry.details) == ("", "", {})


def test_silence_about_consent_is_refused():
    assert problems_of(lambda: submit(reported.report(), cast.OWNER)) == {("answer", "required")}
    assert not AnonymousSignal.objects.exists()


def test_identity_stands_nowhere_but_in_the_sealed_blob():
    submit(reported.report())
    stored = b"\n".join(
        column for model in (Contribution, SealedIdentity, DataKey, AuditEntry, Job) for column in columns(model)
    )
    canaries = ("Quirijntje", "Zwaluwenburg", "Qwertella", "1991", "2876543210", "0612349876", "Zonneschijn")
    assert not found_in(stored, canaries)


def test_own_reference_again_by_form_is_refused_and_changes_nothing():
    submit(with_reference("zaak 1"), attempt="first")
    before = Contribution.objects.values().get()
    again = with_reference("zaak 1", date=before["date"].replace(day=15))
    assert problems_of(lambda: submit(again, attempt="second")) == {("own_reference", "already-used")}
    assert problems_of(lambda: submit(with_reference("zaak 1"))) == {("own_reference", "already-used")}
    assert Contribution.objects.values().get() == before


def test_form_posted_twice_gives_one_record_and_the_same_receipt():
    first = submit(reported.report(), attempt="a1")
    second = submit(reported.report(), attempt="a1")
    assert (second.reference, second.outcome) == (first.reference, "unchanged")
    assert Contribution.objects.count() == 1


def test_attempt_with_other_content_is_refused():
    submit(reported.report(), attempt="a1")
    other = reported.report(identity=reported.person(family_name="Anders"))
    assert problems_of(lambda: submit(other, attempt="a1")) == {("own_reference", "already-used")}


def test_refused_form_posted_twice_gives_one_signal():
    for _ in range(2):
        assert submit(reported.report_refused(), cast.OWNER, attempt="a1").state == "signal"
    assert AnonymousSignal.objects.count() == 1
    assert Stub.objects.get().reference == ""


def test_same_own_reference_of_two_organisations_is_two_reports():
    submit(with_reference("zaak 1"))
    refused = reported.report_refused(identity=reported.person(own_reference="zaak 1"))
    submit(refused, cast.OWNER)
    assert (Contribution.objects.count(), AnonymousSignal.objects.count()) == (1, 1)


def test_same_rows_twice_change_nothing():
    rows = [with_reference(f"zaak {number}") for number in range(3)]
    first = submit_many(rows)
    before = list(Contribution.objects.order_by("id").values())
    keys = set(DataKey.objects.values_list("id"))
    assert [receipt.outcome for receipt in first] == ["new"] * 3
    second = submit_many(rows)
    assert [(r.reference, r.outcome) for r in second] == [(r.reference, "unchanged") for r in first]
    assert list(Contribution.objects.order_by("id").values()) == before
    assert set(DataKey.objects.values_list("id")) == keys


def test_changed_row_replaces_characteristics_and_identity_and_is_linked_anew():
    submit_many([with_reference("zaak 1")])
    Contribution.objects.update(needs_linking=False)
    before, key = SealedIdentity.objects.get().blob, DataKey.objects.get().id
    corrected = reported.report(
        identity=reported.person(own_reference="zaak 1", family_name="Anders"),
        characteristics=replace(reported.KNOWN, exploitation_types=("labour",)),
    )
    (receipt,) = submit_many([corrected])
    row = Contribution.objects.get()
    assert (receipt.outcome, receipt.reference, row.needs_linking) == ("changed", row.reference, True)
    assert row.characteristics["exploitation_types"] == ["labour"]
    assert bytes(SealedIdentity.objects.get().blob) != bytes(before)
    assert DataKey.objects.get().id != key
    assert AuditEntry.objects.filter(action=events.NOTIFICATION_CORRECTED, object_id=str(row.id)).count() == 1


def test_bad_row_is_answered_with_its_problems_and_the_others_are_stored():
    answers = submit_many([with_reference("1"), with_reference("2", date=reported.tomorrow()), with_reference("3")])
    assert isinstance(answers[0], Receipt)
    assert answers[1] == (Problem("date", "in-future"),)
    assert isinstance(answers[2], Receipt)
    assert Contribution.objects.count() == 2


def test_second_row_with_the_same_own_reference_is_refused():
    answers = submit_many([with_reference("1"), with_reference("1")])
    assert answers[1] == (Problem("own_reference", "twice-in-file"),)


def test_report_cannot_be_sent_again_as_refused_by_form():
    submit(reported.report_with_consent(identity=reported.person(own_reference="zaak 1", v_number="")), cast.OWNER)
    refused = reported.report_refused(identity=reported.person(own_reference="zaak 1"))
    assert problems_of(lambda: submit(refused, cast.OWNER)) == {("answer", "changed-after-report")}
    assert Contribution.objects.count() == 1


def test_consent_that_came_after_a_signal_is_a_new_report():
    batch_owner = cast.Person("batch-owner", cast.SHELTER_TEAM, cast.Role.BATCH_SUBMITTER)
    submit_many([reported.report_refused(identity=reported.person(own_reference="zaak 1"))], batch_owner)
    consented = reported.report_with_consent(identity=reported.person(own_reference="zaak 1", v_number=""))
    (receipt,) = submit_many([consented], batch_owner)
    assert (receipt.outcome, receipt.state) == ("new", "held")
    assert not Stub.objects.exists()


def test_preview_says_what_would_happen_and_stores_nothing():
    by = cast.actor(cast.OFFICER)
    submit_many([with_reference("1"), with_reference("2")])
    changed = with_reference("2", characteristics=replace(reported.KNOWN, sex="male"))
    rows = [with_reference("1"), changed, with_reference("3"), with_reference("4", date=reported.tomorrow())]
    verdicts = services.preview_many(notifications=rows, organisation=by.organisation)
    assert [verdict.outcome for verdict in verdicts] == ["unchanged", "changed", "new", "error"]
    assert Contribution.objects.count() == 2


def test_nobody_submits_for_another_organisation():
    by = cast.actor(cast.OFFICER)
    with pytest.raises(NotAllowedError):
        services.submit(notification=reported.report(), organisation=cast.organisation(cast.SHELTER_TEAM), by=by)


def test_analyst_cannot_submit():
    with pytest.raises(NotAllowedError):
        submit(reported.report(), cast.ANALYST)


def test_every_row_of_a_bulk_leaves_one_audit_entry():
    submit_many([with_reference(str(number)) for number in range(5)])
    named = set(AuditEntry.objects.filter(action=events.NOTIFICATION_ACCEPTED).values_list("object_id", flat=True))
    assert named == {str(identifier) for identifier in Contribution.objects.values_list("id", flat=True)}


def test_refused_report_leaves_no_audit_entry():
    before = AuditEntry.objects.count() if cast.actor(cast.OFFICER) else 0
    problems_of(lambda: submit(reported.report(date=reported.tomorrow())))
    assert AuditEntry.objects.count() == before


def test_stubs_go_after_their_days():
    submit(reported.report_refused(), cast.OWNER, attempt="a1")
    background = system("tests")
    assert services.expire_stubs(by=background) == 0
    Stub.objects.update(expires=reported.DAY)
    assert services.expire_stubs(by=background) == 1


def test_stubs_go_in_bounded_chunks(monkeypatch):
    monkeypatch.setattr(services, "EXPIRE_CHUNK", 2)
    for attempt in ("a1", "a2", "a3"):
        submit(reported.report_refused(), cast.OWNER, attempt=attempt)
    Stub.objects.update(expires=reported.DAY)
    assert [services.expire_stubs(by=system("tests")) for _ in range(3)] == [2, 1, 0]


def test_police_region_is_asked_of_a_signal_alone():
    known = replace(reported.KNOWN, further=(("police-region", "limburg"),))
    refused = {("police-region", "only-without-consent")}
    assert problems_of(lambda: submit(reported.report(characteristics=known))) == refused
    assert problems_of(lambda: submit(reported.report_with_consent(characteristics=known), cast.OWNER)) == refused
    submit(reported.report_refused(characteristics=known), cast.OWNER)
    assert AnonymousSignal.objects.get().police_region == "limburg"


def test_police_region_of_a_signal_is_a_code_of_the_ten():
    known = replace(reported.KNOWN, further=(("police-region", "landelijk"),))
    assert problems_of(lambda: submit(reported.report_refused(characteristics=known), cast.OWNER)) == {
        ("police-region", "unknown-code")
    }
