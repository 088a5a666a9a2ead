"""After sending: correcting re-links, supplementing replaces nothing, withdrawing leaves no trace, and history holds codes."""

from dataclasses import replace

import pytest

from consent import services as consent
from consent.models import Statement
from intake.codes.characteristics import Characteristics
from intake.errors import ReportEndedError, UnknownReportError
from intake.models.anonymous_signal import AnonymousSignal
from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from intake.models.identity import SealedIdentity
from intake.models.matching import MatchingFeatures, PersonContribution, Token
from intake.models.stub import Stub
from intake.notifications import history, later, selectors, services
from intake.notifications.inputs import Identity, PartialDate, Problem
from intake.notifications.rules import Invalid
from jobs import services as jobs
from safeguards.models import AuditEntry, DataKey
from tests import cast, linked, reported
from tests.statements import administrator

pytestmark = pytest.mark.django_db

ANDERS = Identity(given_names=("Mariama",), family_name="Kabiru", birth=PartialDate(1994, 5, 17))
LABOUR = Characteristics(exploitation_types=("labour",))


def sent(person=cast.OFFICER, notification=None, **more):
    by = cast.actor(person)
    notification = notification or reported.report()
    return services.submit(notification=notification, organisation=by.organisation, by=by, **more).reference


def do(service, reference, person=cast.OFFICER, **arguments):
    by = cast.actor(person)
    return service(reference=reference, organisation=by.organisation, by=by, **arguments)


def work():
    jobs.drain(("files", "vault", "reports"))


def row():
    return Contribution.objects.get()


def problems_of(call):
    with pytest.raises(Invalid) as refused:
        call()
    return refused.value.problems


def test_correction_replaces_person_and_codes_under_the_same_reference():
    reference = sent()
    work()
    blob, key = bytes(SealedIdentity.objects.get().blob), DataKey.objects.get(purpose="identity").id
    done = do(later.correct, reference, notification=reported.report(identity=ANDERS, characteristics=LABOUR))
    assert (done.reference, done.state, done.outcome, row().needs_linking) == (reference, "accepted", "changed", True)
    assert row().characteristics == {"exploitation_types": ["labour"]}
    assert bytes(SealedIdentity.objects.get().blob) != blob
    assert not DataKey.objects.filter(id=key).exists()


def test_correction_is_linked_anew():
    first, second = sent(), sent(notification=reported.report(identity=ANDERS))
    work()
    assert len(linked.persons()) == 2
    do(later.correct, second, notification=reported.report())
    work()
    assert len(linked.persons()) == 1
    do(later.correct, first, notification=reported.report(identity=ANDERS))
    work()
    assert len(linked.persons()) == 2


def test_supplement_adds_and_keeps_the_person():
    reference = sent()
    blob = bytes(SealedIdentity.objects.get().blob)
    done = do(later.supplement, reference, characteristics=LABOUR)
    assert (done.outcome, row().characteristics["exploitation_types"]) == ("changed", ["labour", "sexual"])
    assert bytes(SealedIdentity.objects.get().blob) == blob


def test_supplement_never_replaces_a_known_value():
    reference = sent()
    found = problems_of(lambda: do(later.supplement, reference, characteristics=Characteristics(sex="male")))
    assert found == (Problem("sex", "known-already"),)
    assert row().characteristics["sex"] == "female"


def test_withdrawn_report_leaves_a_stub_alone():
    reference = sent()
    work()
    first, second = do(later.withdraw, reference), do(later.withdraw, reference)
    assert first == second
    assert (first.reference, first.state) == (reference, "withdrawn")
    work()
    assert do(later.withdraw, reference) == first
    for model in (Contribution, SealedIdentity, DataKey, MatchingFeatures, Token, PersonContribution, AnonymousSignal):
        assert not model.objects.exists(), model
    assert (Stub.objects.get().state, Stub.objects.get().reference) == ("withdrawn", reference)


def test_withdrawn_report_cannot_be_corrected():
    reference = sent()
    do(later.withdraw, reference)
    with pytest.raises(ReportEndedError) as refused:
        do(later.correct, reference, notification=reported.report())
    assert refused.value.code == "withdrawn"


@pytest.mark.parametrize(
    ("service", "arguments"),
    [
        (later.correct, {"notification": reported.report_with_consent()}),
        (later.correct_codes, {"characteristics": LABOUR}),
        (later.supplement, {"characteristics": LABOUR}),
        (later.withdraw, {}),
    ],
)
def test_report_of_another_organisation_does_not_exist(service, arguments):
    reference = sent()
    with pytest.raises(UnknownReportError):
        do(service, reference, cast.OWNER, **arguments)


def test_history_holds_the_codes_before_and_nobody():
    reference = sent()
    do(later.correct_codes, reference, characteristics=LABOUR)
    do(later.correct, reference, notification=reported.report(identity=ANDERS, characteristics=LABOUR))
    person, codes = history.versions_of(row().id)
    assert (codes.characteristics, codes.person_replaced, codes.recorded) == (reported.KNOWN, False, row().recorded)
    assert (person.characteristics, person.person_replaced, person.recorded) == (LABOUR, True, codes.replaced)


def test_history_goes_with_the_report():
    reference = sent()
    do(later.correct_codes, reference, characteristics=LABOUR)
    do(later.withdraw, reference)
    work()
    assert not EarlierVersion.objects.exists()


def test_withdrawal_by_own_reference_says_what_became_of_each():
    by = cast.actor(cast.OFFICER)
    sent(notification=reported.report(identity=reported.person(own_reference="zaak 1")))
    ask = {"own_references": ["zaak 1", "zaak 2", "zaak 1"], "organisation": by.organisation, "by": by}
    assert later.withdraw_many(**ask) == ("done", "unknown-reference", "already")
    assert later.withdraw_many(**ask) == ("already", "unknown-reference", "already")
    assert AuditEntry.objects.filter(action="notification.withdrawn").count() == 1


def test_same_content_is_no_correction():
    reference = sent()
    assert do(later.correct_codes, reference, characteristics=reported.KNOWN).outcome == "unchanged"
    again = replace(reported.report(), identity=ANDERS)
    assert do(later.correct, reference, notification=again, attempt="b").outcome == "changed"
    assert do(later.correct, reference, notification=again, attempt="b").outcome == "unchanged"
    assert EarlierVersion.objects.count() == 1


def held():
    return sent(cast.OWNER, reported.report_with_consent())


def test_held_report_can_be_corrected_and_its_statement_with_it():
    reference = held()
    anew = reported.report_with_consent(consent=reported.answer(method="oral"))
    done = do(later.correct, reference, cast.OWNER, notification=anew)
    assert (done.state, done.outcome) == ("held", "changed")
    assert list(Statement.objects.order_by("state").values_list("state", "method")) == [("given", "oral"), ("superseded", "")]


def test_rejected_report_became_a_signal_and_cannot_be_corrected_or_withdrawn():
    reference = held()
    consent.reject(statement=Statement.objects.get().id, reason="unreadable", by=administrator())
    for _ in range(2):
        for service, arguments in ((later.correct, {"notification": reported.report_with_consent()}), (later.withdraw, {})):
            with pytest.raises(ReportEndedError) as refused:
                do(service, reference, cast.OWNER, **arguments)
            assert refused.value.code == "became-signal"
        work()
    assert AnonymousSignal.objects.count() == 1


@pytest.mark.parametrize("approved", [False, True])
def test_report_with_consent_is_withdrawn_through_the_ledger_and_leaves_no_signal(approved):
    reference = held()
    if approved:
        consent.approve(statement=Statement.objects.get().id, by=administrator())
    first = do(later.withdraw, reference, cast.OWNER)
    assert (first.state, Statement.objects.get().state) == ("withdrawn", "withdrawn")
    work()
    assert do(later.withdraw, reference, cast.OWNER) == first
    for model in (Contribution, SealedIdentity, DataKey, Token, AnonymousSignal):
        assert not model.objects.exists(), model


def test_consent_that_turns_out_to_be_missing_after_review_ends_in_a_withdrawal():
    reference = held()
    consent.approve(statement=Statement.objects.get().id, by=administrator())
    assert do(later.correct, reference, cast.OWNER, notification=reported.report_refused()).state == "withdrawn"
    work()
    assert not Contribution.objects.exists()


def test_report_under_the_own_reference_of_a_withdrawn_one_is_new():
    named = reported.report(identity=reported.person(own_reference="zaak 1"))
    first = sent(notification=named)
    do(later.withdraw, first)
    second = sent(notification=named)
    assert second != first
    assert do(later.withdraw, first).state == "withdrawn"
    assert Contribution.objects.get(leaving=False).reference == second


def test_form_that_is_posted_again_after_the_withdrawal_makes_no_new_report():
    reference = sent(attempt="a1")
    do(later.withdraw, reference)
    by = cast.actor(cast.OFFICER)
    again = services.submit(notification=reported.report(), organisation=by.organisation, by=by, attempt="a1")
    assert (again.reference, again.state, again.outcome) == (reference, "withdrawn", "unchanged")


def test_same_file_after_a_supplement_changes_nothing():
    by = cast.actor(cast.OFFICER)
    rows = [reported.report(identity=reported.person(own_reference="zaak 1"))]
    (receipt,) = services.submit_many(notifications=rows, organisation=by.organisation, by=by)
    do(later.supplement, receipt.reference, characteristics=LABOUR)
    (again,) = services.submit_many(notifications=rows, organisation=by.organisation, by=by)
    assert (again.outcome, row().characteristics["exploitation_types"]) == ("unchanged", ["labour", "sexual"])


def test_row_of_a_file_that_corrects_leaves_its_earlier_version():
    by = cast.actor(cast.OFFICER)
    named = reported.person(own_reference="zaak 1")
    for known in (reported.KNOWN, LABOUR):
        rows = [reported.report(identity=named, characteristics=known)]
        services.submit_many(notifications=rows, organisation=by.organisation, by=by)
    (version,) = history.versions_of(row().id)
    assert (version.characteristics, version.person_replaced) == (reported.KNOWN, True)


def test_own_reference_of_another_report_cannot_be_taken_over():
    sent(notification=reported.report(identity=reported.person(own_reference="zaak 1")))
    other = sent()
    taken = reported.report(identity=reported.person(own_reference="zaak 1"))
    assert problems_of(lambda: do(later.correct, other, notification=taken)) == (Problem("own_reference", "already-used"),)


def test_report_keeps_its_own_reference():
    reference = sent(notification=reported.report(identity=reported.person(own_reference="zaak 1")))
    anew = reported.report(identity=reported.person(own_reference="zaak 2"))
    for attempt in ("", "a"):
        refused = problems_of(lambda attempt=attempt: do(later.correct, reference, notification=anew, attempt=attempt))
        assert refused == (Problem("own_reference", "has-another"),)


@pytest.mark.parametrize("attempt", ["", "a"])
def test_report_that_has_no_own_reference_may_be_given_one_and_keeps_it(attempt):
    by = cast.actor(cast.OFFICER)
    reference = sent(attempt=attempt)
    anew = reported.report(identity=reported.person(own_reference="zaak 1"))
    do(later.correct, reference, notification=anew, attempt="b")
    assert selectors.reference_of(organisation=by.organisation, own_reference="zaak 1", by=by) == reference
    do(later.correct, reference, notification=reported.report(), attempt="c")
    other = reported.report(identity=reported.person(own_reference="zaak 2"))
    assert problems_of(lambda: do(later.correct, reference, notification=other)) == (Problem("own_reference", "has-another"),)


def test_correction_without_an_own_reference_keeps_the_one_it_has():
    by = cast.actor(cast.OFFICER)
    reference = sent(notification=reported.report(identity=reported.person(own_reference="zaak 1")))
    do(later.correct, reference, notification=reported.report())
    assert selectors.reference_of(organisation=by.organisation, own_reference="zaak 1", by=by) == reference
