"""The confirmation at sixteen: who is to be asked, what counts, what its reviewer finds, and that nothing before it changes."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.permissions import NotAllowedError
from accounts.reporters import Purpose, ReporterGroup
from consent import confirmations, documents, gate, rules, services
from consent.errors import ConfirmationError, NoSheetError, OwnOrganisationError, UncheckedError, UnknownDocumentError
from consent.models import Confirmation, Statement, StatementDocument, StatementEvent
from intake import outcomes, unlock
from intake.errors import NotForReviewError
from intake.notifications.inputs import PartialDate
from intake.unlock import Motive
from safeguards.models import DataKey
from tests import cast, confirmed, consent_acts
from tests.confirmed import CONFIRMED, SAID
from tests.reviewed import FOR_TWO, POINTS
from tests.statements import REPORTED, administrator, given

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def turning(reference: str) -> gate.Turning | None:
    notification = confirmed.contribution_of(reference)
    return gate.turning_sixteen([notification]).get(notification)


def kinds(statement: UUID) -> list[str]:
    return list(StatementEvent.objects.filter(statement=statement).order_by("pk").values_list("kind", flat=True))


def test_who_turned_sixteen_is_known_by_the_quarter_alone() -> None:
    found = turning(confirmed.turned())
    assert found is not None
    assert (found.since, found.until, found.year_only, found.reached) == (date(2024, 1, 1), date(2024, 4, 1), False, True)


def test_of_whom_only_the_year_is_known_may_be_sixteen_all_this_year() -> None:
    found = turning(confirmed.turned(confirmed.this_year()))
    assert found is not None
    assert (found.year_only, found.reached, found.since) == (True, False, date(TODAY().year, 1, 1))


def test_who_turns_sixteen_later_is_not_listed() -> None:
    assert turning(confirmed.turned(PartialDate(TODAY().year - 15))) is None


@pytest.mark.parametrize("birth", [PartialDate(), PartialDate(2008, estimated=True)])
def test_unknown_or_estimated_birth_lists_nobody(birth: PartialDate) -> None:
    assert turning(confirmed.turned(birth)) is None


@pytest.mark.parametrize(
    ("certainly", "year_only", "since"),
    [
        (date(2024, 4, 1), False, date(2024, 1, 1)),
        (date(2025, 1, 1), False, date(2024, 10, 1)),
        (date(2025, 1, 1), True, date(2024, 1, 1)),
    ],
)
def test_first_day_of_being_sixteen_is_as_coarse_as_the_last(certainly: date, year_only: bool, since: date) -> None:
    assert rules.sixteen_from(certainly, year_only=year_only) == since


def test_accepted_confirmation_stands_beside_what_the_representative_signed() -> None:
    reference = confirmed.turned()
    statement = confirmed.sent(reference)
    confirmations.accept(statement=statement, checked=POINTS, by=administrator())
    row = Statement.objects.get(pk=statement)
    assert (row.state, row.signer, row.method, row.signed_on) == ("approved", "guardian", "written", date(2019, 3, 13))
    assert (row.confirmation.signed_on, row.confirmation.waits) == (CONFIRMED, False)
    assert kinds(statement)[-2:] == ["confirm-sent", "reconfirmed"]
    event = StatementEvent.objects.get(kind="reconfirmed")
    assert (event.legal_date, event.reason) == (CONFIRMED, "written")
    assert turning(reference) is None


def test_what_was_said_of_other_purposes_is_confirmed_with_it() -> None:
    who, by = cast.organisation(cast.SHELTER_TEAM), cast.actor(cast.OWNER)
    report = gate.NewStatement(uuid4(), who, ReporterGroup.OTHER, FOR_TWO, REPORTED)
    registration, beside = gate.open_statements(statements=[report, replace(report, purpose=Purpose.HELP)], by=by)
    Statement.objects.update(state="approved", reconfirm_from=date(2020, 1, 1))
    said = replace(SAID, signed_on=date(2020, 2, 1))
    gate.send_confirmation(notification=report.notification, said=said, sheets=(), by=by)
    with pytest.raises(NoSheetError):
        confirmations.accept(statement=registration, checked=POINTS, by=administrator())
    confirmations.accept(statement=registration, checked=POINTS, without_sheet="seen-on-paper", by=administrator())
    assert set(StatementEvent.objects.filter(kind="reconfirmed").values_list("statement", flat=True)) == {registration, beside}
    assert set(Statement.objects.values_list("signer", "reconfirm_from")) == {("mentor", None)}


def test_refused_confirmation_goes_with_its_sheet_and_what_was_signed_stands() -> None:
    reference = confirmed.turned()
    statement = confirmed.sent(reference)
    keys = DataKey.objects.count()
    confirmations.refuse(statement=statement, reason="not-signed", by=administrator())
    assert not Confirmation.objects.exists()
    assert not StatementDocument.objects.exists()
    assert DataKey.objects.count() == keys - 1
    assert gate.consent_on(confirmed.contribution_of(reference), Purpose.REGISTRATION, TODAY())
    found = turning(reference)
    assert found is not None
    assert found.refused == "not-signed"
    confirmed.sent(reference)
    again = turning(reference)
    assert again is not None
    assert (again.refused, again.sent is None) == ("", False)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"signed_on": None}, "signed-on-missing"),
        ({"signed_on": date(2023, 12, 31)}, "signed-before-sixteen"),
        ({"signed_on": date(9999, 1, 1)}, "signed-in-future"),
        ({"method": "Kanarie"}, "method-unknown"),
        ({"witness": "colleague"}, "witness-not-oral"),
        ({"method": "oral"}, "witness-missing"),
        ({"witness": "Kanarie", "method": "oral"}, "witness-unknown"),
        ({"interpreter": "Kanarie"}, "interpreter-unknown"),
        ({"language": "xx"}, "notice-unknown"),
    ],
)
def test_confirmation_that_breaks_a_rule_is_refused(changes: dict[str, object], code: str) -> None:
    notification = confirmed.contribution_of(confirmed.turned())
    assert gate.confirmation_problems(notification, replace(SAID, **changes)) == (code,)


def test_day_before_the_first_signature_is_told_apart_from_not_being_sixteen() -> None:
    notification = confirmed.contribution_of(confirmed.turned())
    Statement.objects.update(reconfirm_from=date(2019, 1, 1))  # Sixteen since 1 October 2018, and signed for on 13 March 2019.
    found = [
        gate.confirmation_problems(notification, replace(SAID, signed_on=date(*day))) for day in ((2018, 9, 30), (2019, 3, 12))
    ]
    assert found == [("signed-before-sixteen",), ("confirmed-before-signing",)]


def test_reviewer_is_told_how_roughly_it_is_known_when_the_person_turns_sixteen() -> None:
    statement = confirmed.sent()
    page = cast.signed_in(cast.CONSENT_ADMINISTRATOR).get(f"/consent/{statement}/confirmation").content.decode()
    assert "op of na 1 januari 2024 en vóór 1 april 2024" in page
    assert "inmiddels 16" not in page


def test_nothing_is_to_be_confirmed_twice_or_of_who_signed_personally() -> None:
    confirmed_already = confirmed.turned()
    confirmed.sent(confirmed_already)
    notification = uuid4()
    services.approve(statement=given(notification=notification), by=administrator())
    for one in (confirmed.contribution_of(confirmed_already), notification):
        assert gate.confirmation_problems(one, SAID) is None
        with pytest.raises(ConfirmationError), transaction.atomic():
            gate.send_confirmation(notification=one, said=SAID, sheets=(), by=cast.actor(cast.OWNER))


def test_that_nobody_asked_ends_nothing() -> None:
    notification = confirmed.contribution_of(confirmed.turned())
    assert gate.consent_on(notification, Purpose.REGISTRATION, TODAY())


def test_accepting_is_for_who_looked_at_every_point() -> None:
    statement = confirmed.sent()
    with pytest.raises(UncheckedError):
        confirmations.accept(statement=statement, checked=POINTS[1:], by=administrator())
    assert kinds(statement)[-1] == "confirm-sent"


def test_nobody_looks_at_a_confirmation_of_the_own_organisation() -> None:
    statement = confirmed.sent()
    own = replace(administrator(), organisation=cast.organisation(cast.SHELTER_TEAM))
    assert confirmations.waiting(by=own) == ()
    with pytest.raises(OwnOrganisationError):
        confirmations.accept(statement=statement, checked=POINTS, by=own)


@pytest.mark.parametrize("person", [cast.OWNER, cast.ANALYST, cast.PRIVACY_OFFICER])
def test_nobody_without_the_right_decides_about_it(person: cast.Person) -> None:
    statement, by = confirmed.sent(), cast.actor(person)
    with pytest.raises(NotAllowedError):
        confirmations.accept(statement=statement, checked=POINTS, by=by)
    with pytest.raises(NotAllowedError):
        confirmations.refuse(statement=statement, reason="not-signed", by=by)


def test_identity_and_sheet_open_while_it_waits_and_close_with_the_decision() -> None:
    reference = confirmed.turned()
    contribution, by = confirmed.contribution_of(reference), administrator()
    with pytest.raises(NotForReviewError):
        unlock.open_for_review(contribution=contribution, motive=Motive.COMPARE_NAME, by=by)
    statement = confirmed.sent(reference)
    made = unlock.open_for_review(contribution=contribution, motive=Motive.COMPARE_NAME, by=by)
    assert unlock.identity(unlock=made, by=by).family_name == "Zwaluwenburg"
    (sheet,) = documents.of_confirmation(Confirmation.objects.get().pk)
    assert documents.of_statement(statement) == []
    assert documents.show(document=sheet, by=by).content == confirmed.SHEET.content
    confirmations.accept(statement=statement, checked=POINTS, by=by)
    assert unlock.open_now(contribution=contribution, by=by) is None
    with pytest.raises(UnknownDocumentError):
        documents.show(document=sheet, by=by)


def test_withdrawal_takes_a_confirmation_along() -> None:
    reference = confirmed.turned()
    statement = confirmed.sent(reference)
    services.withdraw(statement=statement, on=TODAY(), by=administrator())
    assert confirmations.waiting(by=administrator()) == ()
    outcomes.carry_out()
    assert not Confirmation.objects.exists()
    assert not StatementDocument.objects.exists()
    assert kinds(statement)[-1] == "withdrawn"


def test_only_what_was_approved_can_be_confirmed() -> None:
    statement = consent_acts.approved()
    Statement.objects.filter(pk=statement).update(state="given", reconfirm_from=TODAY() - timedelta(days=1))
    assert gate.confirmation_problems(Statement.objects.get(pk=statement).notification, SAID) is None
