"""Corrections, supplements, withdrawals and linking at the same moment: one after the other, and nothing half done."""

from functools import partial

import pytest
from django.test import Client

from intake import outcomes
from intake.codes.characteristics import Characteristics
from intake.errors import IntakeError
from intake.matching import services as matching
from intake.models.contribution import Contribution
from intake.models.history import EarlierVersion
from intake.models.identity import SealedIdentity
from intake.models.matching import PersonContribution
from intake.models.stub import Stub
from intake.notifications import later
from jobs import services as jobs
from safeguards.models import DataKey
from tests import cast, interface, linked, reported
from tests.drafted import Writer
from tests.parallel import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TYPES = ("sexual", "labour", "criminal", "organ")


def told(service, **arguments):
    """The outcome, or the code of the refusal."""
    try:
        return service(**arguments).outcome
    except IntakeError as refused:
        return refused.code


def doing(service, reference, **arguments):
    by = cast.actor(cast.OFFICER)
    return partial(told, service, reference=reference, organisation=by.organisation, by=by, **arguments)


def codes(kind):
    return Characteristics(exploitation_types=(kind,))


def whole():
    """One identity under one key, or nothing at all."""
    rows = Contribution.objects.filter(leaving=False).count()
    return rows == SealedIdentity.objects.count() == DataKey.objects.filter(purpose="identity").count()


def test_corrections_at_once_are_made_one_after_the_other():
    reference = reported.sent()
    done = at_once(*[doing(later.correct_codes, reference, characteristics=codes(kind)) for kind in TYPES])
    assert done == ["changed"] * 4
    assert EarlierVersion.objects.count() == 4
    versions = list(EarlierVersion.objects.order_by("id").values_list("characteristics", flat=True))
    last = Contribution.objects.get().characteristics
    assert sorted(row["exploitation_types"][0] for row in [*versions[1:], last]) == sorted(TYPES)


def test_of_corrections_on_one_page_at_once_one_is_made_and_the_others_are_told():
    reference = reported.sent()
    done = at_once(*[doing(later.correct_codes, reference, characteristics=codes(kind), seen=0) for kind in TYPES])
    assert sorted(done) == ["changed", "changed-meanwhile", "changed-meanwhile", "changed-meanwhile"]


def test_same_correction_posted_at_once_is_made_once():
    reference = reported.sent()
    anew = reported.report(identity=reported.person(family_name="Anders"))
    done = at_once(*[doing(later.correct, reference, notification=anew, attempt="a")] * 4)
    assert sorted(done) == ["changed", "unchanged", "unchanged", "unchanged"]
    assert (EarlierVersion.objects.count(), whole()) == (1, True)


def test_withdrawals_at_once_leave_one_stub_and_give_one_answer():
    reference = reported.sent()
    assert set(at_once(*[doing(later.withdraw, reference)] * 4)) == {"changed"}
    jobs.drain(("vault", "reports"))
    assert (Contribution.objects.count(), Stub.objects.count(), DataKey.objects.count()) == (0, 1, 0)


def test_correction_and_withdrawal_at_once_end_withdrawn():
    reference = reported.sent()
    anew = reported.report(identity=reported.person(family_name="Anders"))
    corrected, withdrawn = at_once(doing(later.correct, reference, notification=anew), doing(later.withdraw, reference))
    assert corrected in ("changed", "withdrawn")
    assert withdrawn == "changed"
    jobs.drain(("vault", "reports"))
    for model in (Contribution, SealedIdentity, DataKey, EarlierVersion, PersonContribution):
        assert not model.objects.exists(), model


def test_correction_while_linking_is_linked_as_corrected():
    first = linked.linked()
    person = Contribution.objects.get(id=first)
    by = cast.actor(cast.OFFICER)
    other = reported.sent()
    anew = reported.report(identity=linked.MARIAMA, characteristics=linked.KNOWN)
    correct = partial(later.correct, reference=other, notification=anew, organisation=by.organisation, by=by)
    at_once(matching.link_waiting, correct, matching.link_waiting)
    jobs.drain(("vault", "reports"))
    assert not Contribution.objects.filter(needs_linking=True).exists()
    assert linked.persons() == {frozenset({person.id, Contribution.objects.get(reference=other).id})}


def test_withdrawal_while_linking_and_removing_leaves_nothing():
    references = [reported.sent() for _ in range(3)]
    work = [doing(later.withdraw, reference) for reference in references]
    at_once(*work, matching.link_waiting, outcomes.remove_leaving)
    jobs.drain(("vault", "reports"))
    for model in (Contribution, SealedIdentity, DataKey, PersonContribution):
        assert not model.objects.exists(), model
    assert Stub.objects.count() == 3


def test_form_posted_twice_at_once_gives_one_report():
    writer = Writer(cast.OFFICER)
    writer.complete()
    session = writer.client.cookies

    def send():
        client = Client()
        client.cookies = session
        return client.post(f"{writer.base}/check")["Location"]

    receipts = at_once(*[send] * 3)
    assert receipts == [f"/notifications/{Contribution.objects.get().reference}"] * 3


def test_report_sent_twice_at_once_by_the_interface_is_one():
    sender = interface.bearer()
    send = partial(interface.send, "/meldingen", interface.REPORT, sender=sender, headers=interface.KEY)
    answers = at_once(*[send] * 3)
    assert Contribution.objects.count() == 1
    told_of = {answer.json()["kenmerk"] for answer in answers if answer.status_code == 201}
    assert told_of == {Contribution.objects.get().reference}
    assert {answer.status_code for answer in answers} <= {201, 409}
