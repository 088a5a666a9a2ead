"""Requests to be called: sealed under the draft key, opened by the one who takes them, and gone after the call or in time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.permissions import NotAllowedError
from intake.errors import UnknownCallbackError
from intake.models.visitors import Allowance, CallbackRequest, UsedChallenge
from intake.public import callbacks, expiry, limits
from intake.public.callbacks import Reason, Result
from safeguards.actors import system
from safeguards.models import AuditEntry, DataKey
from tests import cast, visitors

pytestmark = pytest.mark.django_db

PAGE = "/without-account/call"
WORK = system("tests")


def actions() -> list[str]:
    return [entry.action for entry in AuditEntry.objects.order_by("sequence") if entry.action.startswith("callback.")]


def test_request_is_kept_without_a_readable_word() -> None:
    client = Client()
    assert visitors.sent(PAGE, visitors.CALLBACK, client).status_code == 302
    row = CallbackRequest.objects.get()
    assert (row.region, row.language, row.taken_by) == ("limburg", "ro", "")
    assert row.expires - row.made > timedelta(days=13)
    assert set(client.cookies) == {"csrftoken"}
    assert b"0612349876" not in bytes(row.content)


@pytest.mark.parametrize("missing", ["name", "contact"])
def test_request_needs_a_name_and_a_contact(missing: str) -> None:
    assert visitors.sent(PAGE, visitors.CALLBACK | {missing: ""}).status_code == 422
    assert not CallbackRequest.objects.exists()


@pytest.mark.parametrize(("field", "value"), [("name", "x" * 81), ("contact", "0\0"), ("spoken", "xx"), ("region", "xx")])
def test_what_does_not_fit_is_refused(field: str, value: str) -> None:
    page = visitors.sent(PAGE, visitors.CALLBACK | {field: value})
    assert page.status_code == 422
    assert not CallbackRequest.objects.exists()


def test_language_switch_keeps_what_was_filled_in_and_stores_nothing() -> None:
    page = visitors.sent(PAGE, visitors.CALLBACK | {"site-language": "en"})
    assert page.status_code == 200
    assert 'value="Quirijntje"' in page.content.decode()
    assert not CallbackRequest.objects.exists()


def test_work_list_shows_region_and_age_and_nobody() -> None:
    visitors.a_callback()
    text = cast.signed_in(cast.CARE_COORDINATOR).get("/callbacks").content.decode()
    assert "Limburg" in text
    assert "Quirijntje" not in text
    assert actions() == ["callback.asked"]


def test_care_coordinator_takes_looks_and_is_done() -> None:
    request, client = visitors.a_callback(), cast.signed_in(cast.CARE_COORDINATOR)
    assert "0612349876" not in client.get(f"/callbacks/{request}").content.decode()
    assert client.post(f"/callbacks/{request}/take", {"reason": ""}).status_code == 422
    assert client.post(f"/callbacks/{request}/take", {"reason": "language"}).status_code == 302
    assert "0612349876" in client.get(f"/callbacks/{request}").content.decode()
    assert client.post(f"/callbacks/{request}/done", {"result": "reached"}).status_code == 302
    assert actions() == ["callback.asked", "callback.taken", "callback.shown", "callback.done"]
    assert AuditEntry.objects.get(action="callback.taken").details == {"reason": "language"}
    assert not CallbackRequest.objects.exists()
    assert not DataKey.objects.filter(owner=request).exists()


def test_taken_request_is_hidden_from_colleagues_until_it_is_given_back() -> None:
    request, second = visitors.a_taken_callback(), cast.signed_in(cast.SECOND_COORDINATOR)
    assert second.get(f"/callbacks/{request}").status_code == 404
    assert second.post(f"/callbacks/{request}/done", {"result": "reached"}).status_code == 404
    assert str(request) not in second.get("/callbacks").content.decode()
    callbacks.give_back(callback=request, by=cast.actor(cast.CARE_COORDINATOR))
    assert second.get(f"/callbacks/{request}").status_code == 200


def test_second_to_take_it_is_told_so() -> None:
    request = visitors.a_taken_callback()
    with pytest.raises(UnknownCallbackError):
        callbacks.take(callback=request, reason=Reason.REGION, by=cast.actor(cast.SECOND_COORDINATOR))
    answer = cast.signed_in(cast.SECOND_COORDINATOR).post(f"/callbacks/{request}/take", {"reason": "language"})
    assert (answer.status_code, answer["Location"]) == (302, "/callbacks")


def test_request_that_was_taken_and_forgotten_is_free_again() -> None:
    request, second = visitors.a_taken_callback(), cast.actor(cast.SECOND_COORDINATOR)
    CallbackRequest.objects.update(taken=timezone.now() - callbacks.HELD - timedelta(minutes=1))
    callbacks.take(callback=request, reason=Reason.AGREED, by=second)
    assert callbacks.show(callback=request, by=second).name == "Quirijntje"
    with pytest.raises(UnknownCallbackError):
        callbacks.show(callback=request, by=cast.actor(cast.CARE_COORDINATOR))


def test_untaken_request_shows_nobody() -> None:
    request, by = visitors.a_callback(), cast.actor(cast.CARE_COORDINATOR)
    with pytest.raises(UnknownCallbackError):
        callbacks.show(callback=request, by=by)
    with pytest.raises(UnknownCallbackError):
        callbacks.finish(callback=request, result=Result.REACHED, by=by)


@pytest.mark.parametrize("person", [cast.OWNER, cast.OFFICER, cast.PRIVACY_OFFICER], ids=lambda person: person.name)
def test_only_care_coordinators_may(person: cast.Person) -> None:
    request = visitors.a_taken_callback()
    with pytest.raises(NotAllowedError):
        callbacks.show(callback=request, by=cast.actor(person))


def test_requests_go_in_time_and_are_counted() -> None:
    old, new = visitors.a_taken_callback(), visitors.a_callback()
    CallbackRequest.objects.filter(id=old).update(expires=timezone.now())
    assert expiry.expire(by=WORK) == 1
    assert list(CallbackRequest.objects.values_list("id", flat=True)) == [new]
    assert not DataKey.objects.filter(owner=old).exists()
    assert AuditEntry.objects.get(action="visitor.expired").details == {"callbacks": 1, "links": 0}


def test_expired_request_is_closed_before_it_is_deleted() -> None:
    request = visitors.a_taken_callback()
    CallbackRequest.objects.update(expires=timezone.now())
    with pytest.raises(UnknownCallbackError):
        callbacks.show(callback=request, by=cast.actor(cast.CARE_COORDINATOR))


def test_counts_and_challenges_go_with_their_window() -> None:
    visitors.a_callback()
    assert Allowance.objects.exists()
    assert UsedChallenge.objects.exists()
    for model in (Allowance, UsedChallenge):
        model.objects.update(expires=timezone.now())
    expiry.expire(by=WORK)
    assert not Allowance.objects.exists()
    assert not UsedChallenge.objects.exists()


def test_requests_from_one_network_have_an_end() -> None:
    visitors.spend(limits.SENDINGS, limits.network_of("127.0.0.1"))
    assert visitors.sent(PAGE, visitors.CALLBACK).status_code == 429
    assert not CallbackRequest.objects.exists()
