"""A request under its key has one effect and one answer: repeated, at the same moment, and after a crash half-way."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from django.utils import timezone

from intake import idempotency, tasks
from intake.idempotency import Answer, KeyInUseError, KeyReusedError, Request, once
from intake.models.contribution import Contribution
from intake.models.idempotency import IdempotencyKey
from intake.notifications import services
from jobs import services as jobs
from tests import cast, reported
from tests.parallel import at_once

pytestmark = pytest.mark.django_db
SENDERS = 4
TOLD = Answer(201, "ABCDEFGHJKMN", "accepted")


class CrashError(Exception):
    pass


def request(**changes):
    made = Request(cast.organisation(cast.POLICE), "0123456789abcdef", "POST /api/v1/meldingen", b"{}")
    return replace(made, **changes)


def submitted(by):
    done = services.submit(notification=reported.report(), organisation=by.organisation, by=by)
    return Answer(201, done.reference, done.state)


def never():
    raise AssertionError("carried out twice")


def test_second_time_has_the_first_answer():
    assert once(request(), lambda: TOLD) == once(request(), never) == TOLD


@pytest.mark.parametrize("change", [{"body": b"[]"}, {"address": "POST /api/v1/aanleveringen"}])
def test_key_with_another_body_or_address_is_refused(change):
    once(request(), lambda: TOLD)
    with pytest.raises(KeyReusedError):
        once(request(**change), never)


def test_key_of_another_organisation_is_another_key():
    once(request(), lambda: TOLD)
    other = replace(TOLD, reference="X")
    assert once(request(organisation=cast.organisation(cast.SHELTER_TEAM)), lambda: other) == other


def test_request_that_was_refused_leaves_no_key():
    def refused():
        raise CrashError

    with pytest.raises(CrashError):
        once(request(), refused)
    assert once(request(body=b"[]"), lambda: TOLD) == TOLD


def test_request_waits_while_the_first_is_at_work():
    def first():
        with pytest.raises(KeyInUseError):
            once(request(), never)
        return TOLD

    assert once(request(), first) == TOLD


def test_request_of_a_process_that_died_is_taken_over_after_a_while():
    idempotency._claim(request())  # A process that was killed between claim and effect leaves this.
    with pytest.raises(KeyInUseError):
        once(request(), never)
    IdempotencyKey.objects.update(claimed=timezone.now() - idempotency.LEASE)
    assert once(request(), lambda: TOLD) == TOLD


def test_first_that_was_taken_over_cannot_commit_any_more():
    by = cast.actor(cast.OFFICER)

    def slow():
        answer = submitted(by)
        IdempotencyKey.objects.update(claimed=timezone.now() - idempotency.LEASE)
        idempotency._claim(request())
        return answer

    with pytest.raises(KeyInUseError):
        once(request(), slow)
    assert not Contribution.objects.exists()


def test_row_holds_neither_key_nor_body():
    once(request(body=b"Zwaluwenburg"), lambda: TOLD)
    stored = repr(IdempotencyKey.objects.values().get())
    assert "Zwaluwenburg" not in stored
    assert "0123456789abcdef" not in stored


def test_guessed_body_cannot_be_tried_out_without_the_key():
    once(request(body=b"Zwaluwenburg"), lambda: TOLD)
    kept = bytes(IdempotencyKey.objects.get().body_digest)
    assert kept in request(body=b"Zwaluwenburg").body_digests()
    assert kept not in request(body=b"Zwaluwenburg", key="fedcba9876543210").body_digests()


def test_keys_go_after_thirty_days_and_not_before():
    once(request(), lambda: TOLD)
    assert idempotency.expire() == 0
    IdempotencyKey.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert idempotency.expire() == 1
    assert timedelta(days=30) == idempotency.KEPT


def test_nightly_work_removes_them():
    once(request(), lambda: TOLD)
    IdempotencyKey.objects.update(expires=timezone.now() - timedelta(seconds=1))
    jobs.record(tasks.EXPIRE)
    jobs.drain(("files",))
    assert not IdempotencyKey.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_at_the_same_moment_it_is_carried_out_once():
    by = cast.actor(cast.OFFICER)

    def send():
        try:
            return once(request(), partial(submitted, by))
        except KeyInUseError:
            return None

    told = [answer for answer in at_once(*[send] * SENDERS) if answer]
    assert Contribution.objects.count() == 1
    assert {answer.reference for answer in told} == {Contribution.objects.get().reference}
