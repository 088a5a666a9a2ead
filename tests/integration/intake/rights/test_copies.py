"""The copy for the person holds all that is kept and who looked and why; what was put right is linked anew."""

import json
from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from consent import confirmations, documents, reviews
from consent import services as consent
from consent.models import Statement, StatementDocument
from intake import unlock
from intake.errors import CaseStepError, UnknownUnlockError
from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from intake.models.identity import SealedIdentity
from intake.models.use import Use
from intake.notifications import later, members
from intake.notifications.inputs import Attachment, Identity, PartialDate
from intake.notifications.rules import Invalid
from intake.rights import copies, rectifications, services
from intake.rights.grounds import Outcome, Right
from safeguards import data_keys
from safeguards.models import AuditEntry, DataKey
from tests import cast, confirmed, handled, linked, reported, reviewed, unlocked
from tests.handled import about, officer, opened
from tests.statements import administrator

pytestmark = pytest.mark.django_db


def full() -> Contribution:
    """A report with everything that can stand in one."""
    reference = reported.sent(reported.report(attachments=(unlocked.FILE,)))
    return Contribution.objects.get(reference=reference)


def copy_of(*contributions: Contribution) -> copies.Copy:
    for contribution in contributions:
        opened(contribution.id)
    return copies.make(case=about(*(one.id for one in contributions)), by=officer())


def test_copy_holds_the_person_the_circumstances_and_the_files() -> None:
    (report,) = copy_of(full()).reports
    assert report.identity == replace(reported.CANARY)
    assert report.content.characteristics == reported.KNOWN
    assert [(file.name, file.type) for file in report.files] == [(unlocked.FILE.name, unlocked.FILE.type)]
    assert report.organisation == cast.POLICE.name


def test_copy_for_machines_is_read_back_by_the_published_form() -> None:
    made = copy_of(full())
    said = json.loads(json.dumps(made.to_json(), ensure_ascii=False))
    values, problems = members.read(said["meldingen"][0]["melding"])
    assert problems == ()
    assert values.notification().identity == reported.CANARY


def test_copy_says_who_looked_and_why_and_names_no_colleague() -> None:
    row = full()
    made = copy_of(row)
    looks = [(look.action, look.organisation, look.role, look.reason) for look in made.looks]
    assert ("unlock.identity-shown", cast.REGISTRY.name, "privacy-officer", "rights-of-person") in looks
    assert ("unlock.granted", cast.REGISTRY.name, "release-approver", "rights-of-person") in looks
    assert looks[0][0] == "notification.accepted"
    assert "privacy-officer@example.org" not in str(made.to_json())


def test_report_that_waits_for_review_says_what_was_said_of_consent() -> None:
    (report,) = copy_of(Contribution.objects.get(id=unlocked.held())).reports
    assert report.held
    assert report.consent is not None
    assert report.consent.signed_on == reported.answer().signed_on


def with_a_sheet() -> Contribution:
    """Held, with a signed sheet that a reviewer looked at before the approval."""
    sheet = Attachment("verklaring.png", "image/png", b"\x89PNG Zwaluwenburg")
    row = Contribution.objects.get(id=unlocked.held(scans=(sheet,)))
    document, reviewer = StatementDocument.objects.get(), administrator()
    documents.show(document=document.pk, by=reviewer)
    consent.approve(statement=document.statement_id, by=reviewer)
    return row


def test_copy_says_what_the_ledger_keeps_of_the_consent() -> None:
    row = with_a_sheet()
    made = copy_of(row)
    (kept,) = made.reports[0].statements
    assert (kept.purpose, kept.state, kept.method, kept.sheets) == ("registration", "approved", "written", 1)
    assert kept.signed_on == reported.answer().signed_on
    assert [event.kind for event in kept.events] == ["given", "approved"]
    said = made.to_json()["meldingen"][0]["verklaringen"][0]
    assert (said["wijze"], said["getekendeBladen"], said["getekendOp"]) == ("written", 1, str(kept.signed_on))
    assert [event["soort"] for event in said["gebeurtenissen"]] == ["given", "approved"]
    assert {"dag", "moment", "reden"} < said["gebeurtenissen"][0].keys()


def test_copy_says_who_looked_at_the_signed_sheet_and_why() -> None:
    row = with_a_sheet()
    looks = [look for look in copy_of(row).looks if look.action == "consent.document-shown"]
    (look,) = looks
    assert (look.reference, look.organisation, look.role, look.reason) == (
        row.reference,
        cast.REGISTRY.name,
        "consent-administrator",
        "review-of-consent",
    )


def test_events_of_a_statement_that_was_corrected_are_kept_and_in_the_copy() -> None:
    by = cast.actor(cast.OWNER)
    row = Contribution.objects.get(id=unlocked.held())
    anew = reported.report_with_consent(consent=reported.answer(language="en"))
    later.correct(reference=row.reference, notification=anew, organisation=by.organisation, by=by)
    (report,) = copy_of(row).reports
    assert [kept.state for kept in report.statements] == ["superseded", "given"]
    assert [event.kind for kept in report.statements for event in kept.events] == ["given", "superseded", "given"]


def test_report_by_law_has_no_consent_in_its_copy() -> None:
    (report,) = copy_of(full()).reports
    assert report.statements == ()


def page_of_the_copy(contribution: UUID) -> str:
    opened(contribution)
    desk = cast.signed_in(cast.PRIVACY_OFFICER)
    return str(desk.post(f"/rights/{about(contribution)}/copy").content.decode())


def test_page_of_the_copy_tells_it_in_words() -> None:
    page = page_of_the_copy(with_a_sheet().id)
    assert "Er ligt 1 getekend blad verzegeld bij." in page
    assert "Getekend blad" in page or "blad getoond" in page
    assert "Om de toestemming te beoordelen" in page
    assert "consent." not in page


def test_page_says_in_words_what_was_asked_and_how_the_signature_is_known() -> None:
    contribution, by = unlocked.held(), administrator()
    statement = Statement.objects.get().pk
    reviews.ask_back(statement=statement, reason="scan-missing", by=by)
    reviews.reply(notification=contribution, answer="as-it-stands", by=cast.actor(cast.OWNER))
    reviews.approve(statement=statement, checked=reviewed.POINTS, without_sheet="seen-on-paper", by=by)
    page = page_of_the_copy(contribution)
    for said in ("Er is geen scan van de verklaring", "Het klopt zoals het er staat", "Ik heb het getekende papier gezien"):
        assert page.count(said) == 2, said  # With what happened to the consent, and with who did it.
    assert not [code for code in ("scan-missing", "as-it-stands", "seen-on-paper") if code in page]


def test_copy_holds_what_the_person_confirmed_at_sixteen_beside_what_was_signed_before() -> None:
    said = replace(confirmed.SAID, method="oral", language="en", interpreter="by-telephone", witness="colleague")
    statement = confirmed.sent(said=said, sheets=())
    contribution = Statement.objects.get(pk=statement).notification
    opened(contribution)
    (waiting,) = copies.make(case=about(contribution), by=officer()).reports[0].statements
    assert waiting.confirmation is None
    confirmations.accept(statement=statement, checked=reviewed.POINTS, by=administrator())
    made = copies.make(case=about(contribution), by=officer())
    (kept,) = made.to_json()["meldingen"][0]["verklaringen"]
    assert kept["wijze"] == "written"
    known = {name: value for name, value in kept["zelfBevestigd"].items() if name != "sha256"}
    assert known == {
        "tekstversie": said.notice_version,
        "taal": "en",
        "wijze": "oral",
        "getekendOp": "2024-05-02",
        "tolk": "by-telephone",
        "getuige": "colleague",
    }
    assert len(kept["zelfBevestigd"]["sha256"]) == 64
    page = page_of_the_copy(contribution)
    for text in ("Door u zelf bevestigd op", "Mondeling", "Engels (", "Een tolk via telefoon of beeldscherm", "Een collega"):
        assert text in page, text


def test_no_copy_is_made_of_a_case_that_is_decided() -> None:
    """Nor is it offered, though somebody may look at the report for another case."""
    row = full()
    case = about(row.id)
    opened(row.id)
    desk = cast.signed_in(cast.PRIVACY_OFFICER)
    assert f"/rights/{case}/copy" in desk.get(f"/rights/{case}").content.decode()
    services.decide(case=case, outcome=Outcome.GRANTED, by=officer())
    opened(row.id)
    with pytest.raises(CaseStepError) as refused:
        copies.make(case=case, by=officer())
    assert refused.value.code == "not-open"
    assert f"/rights/{case}/copy" not in desk.get(f"/rights/{case}").content.decode()


def test_every_copy_is_a_look_and_a_step_of_the_case() -> None:
    row = full()
    copy_of(row)
    assert AuditEntry.objects.filter(action="unlock.identity-shown", object_id=str(row.id)).count() == 1
    assert AuditEntry.objects.filter(action="rights.copy-shown").count() == 1


def test_no_copy_is_made_without_an_unlock_of_every_report() -> None:
    first, second = full(), full()
    opened(first.id)
    with pytest.raises(CaseStepError) as refused:
        copies.make(case=about(first.id, second.id), by=officer())
    assert refused.value.code == "not-opened"
    assert not AuditEntry.objects.filter(action="unlock.identity-shown").exists()


@pytest.mark.parametrize("right", [right for right in Right if right is not Right.ACCESS])
def test_no_copy_is_made_for_another_right(right: Right) -> None:
    row = full()
    opened(row.id)
    with pytest.raises(CaseStepError):
        copies.make(case=about(row.id, right=right), by=officer())


def test_report_whose_identity_was_erased_is_in_the_copy_by_its_circumstances() -> None:
    row, other = full(), full()
    data_keys.destroy([other.id], [DataKey.Purpose.IDENTITY])
    SealedIdentity.objects.filter(contribution=other.id).delete()
    opened(row.id)
    made = copies.make(case=about(row.id, other.id), by=officer())
    said = {report.reference: report.identity for report in made.reports}
    assert said == {row.reference: reported.CANARY, other.reference: Identity()}
    assert all(report.content.characteristics == reported.KNOWN for report in made.reports)


def test_deliveries_that_a_report_went_into_stand_in_the_copy() -> None:
    row, release = full(), uuid4()
    Use.objects.create(contribution=row, release=release)
    (report,) = copy_of(row).reports
    assert report.releases == (str(release),)


def rectified(contribution: Contribution, identity: Identity) -> None:
    opened(contribution.id)
    case = about(contribution.id, right=Right.RECTIFICATION)
    rectifications.rectify_person(case=case, contribution=contribution.id, identity=identity, by=officer())


def test_person_that_is_put_right_is_linked_anew() -> None:
    wrong, other = linked.linked(given_names=("Ottilie",), family_name="Wessum"), linked.linked()
    assert linked.persons() == {frozenset({wrong}), frozenset({other})}
    rectified(Contribution.objects.get(id=wrong), linked.MARIAMA)
    linked.link_all()
    assert linked.persons() == {frozenset({wrong, other})}


def test_files_contact_and_explanation_stay_when_a_name_is_put_right() -> None:
    row = full()
    before = set(DataKey.objects.filter(owner=row.id).values_list("id", flat=True))
    rectified(row, replace(reported.CANARY, family_name="Anders", contact="", narrative=""))
    look = opened(row.id)
    assert unlock.identity(unlock=look, by=officer()) == replace(reported.CANARY, family_name="Anders")
    assert [one.file for one in unlock.attachments(unlock=look, by=officer())] == [unlocked.FILE]
    assert not DataKey.objects.filter(id__in=before, purpose=DataKey.Purpose.IDENTITY).exists()


def test_what_was_said_before_stands_in_the_history_without_the_person() -> None:
    row = full()
    rectified(row, replace(reported.CANARY, birth=PartialDate(1989, 7, 23)))
    version = EarlierVersion.objects.get(contribution=row.id)
    assert (version.person_replaced, version.actor_id) == (True, officer().id)
    assert Contribution.objects.get(id=row.id).age == row.age + 2  # type: ignore[operator]


def test_file_that_is_sent_again_does_not_bring_the_wrong_person_back() -> None:
    row = Contribution.objects.get(id=linked.linked(own_reference="zaak 1"))
    linked.sent_again(own_reference="zaak 1")
    linked.link_all()
    rectified(row, replace(linked.MARIAMA, family_name="Wessum"))
    linked.sent_again(own_reference="zaak 1")
    assert unlock.identity(unlock=opened(row.id), by=officer()).family_name == "Wessum"


def test_impossible_person_is_refused_and_nothing_is_changed() -> None:
    row = full()
    with pytest.raises(Invalid) as refused:
        rectified(row, replace(reported.CANARY, birth=PartialDate(2031, 1, 1)))
    assert [problem.field for problem in refused.value.problems] == ["birth"]
    assert unlock.identity(unlock=opened(row.id), by=officer()) == reported.CANARY


def test_person_is_put_right_only_in_a_case_of_rectification_with_the_report_opened() -> None:
    row = full()
    case = about(row.id, right=Right.RECTIFICATION)
    with pytest.raises(CaseStepError) as refused:
        rectifications.current(case=case, contribution=row.id, by=officer())
    assert refused.value.code == "not-opened"
    opened(row.id)
    with pytest.raises(CaseStepError):
        rectifications.current(case=about(row.id), contribution=row.id, by=officer())
    with pytest.raises(CaseStepError):
        rectifications.current(case=handled.identified(Right.RECTIFICATION), contribution=row.id, by=officer())


def test_circumstances_are_put_right_and_counted_anew() -> None:
    contribution = linked.linked()
    case = about(contribution, right=Right.RECTIFICATION)
    known = replace(linked.KNOWN, exploitation_types=("labour",))
    rectifications.rectify_codes(case=case, contribution=contribution, characteristics=known, by=officer())
    row = Contribution.objects.get()
    assert row.characteristics["exploitation_types"] == ["labour"]
    assert row.needs_linking


def test_unlock_of_another_officer_opens_nothing_here() -> None:
    row = full()
    look = opened(row.id)
    with pytest.raises(UnknownUnlockError):
        unlock.identity(unlock=look, by=cast.actor(cast.SECOND_PRIVACY_OFFICER))
