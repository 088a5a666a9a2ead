"""Signing in by password: lock-out that holds and does not hash, no way to learn who has an account, no sign-up."""

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts import events
from accounts.adapters import AccountAdapter
from safeguards.models import AuditEntry
from tests import cast
from tests.integration.accounts import steps

pytestmark = pytest.mark.django_db
WRONG = "een andere lange zin dan deze"
ATTEMPTS = 5


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every hash that is really computed."""
    made: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(self: MD5PasswordHasher, password: str, salt: str) -> str:
        made.append(salt)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    return made


def text(response: HttpResponse) -> str:
    """The page without what differs at every request."""
    plain = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", response.content.decode())
    return re.sub(r'value="[^"]*@[^"]*"', "", plain)


def fail(client: Client, times: int, person: cast.Person = cast.OWNER) -> None:
    for _ in range(times):
        steps.give_password(client, person, WRONG)


def test_right_password_signs_in_and_leads_to_the_start_page(client: Client) -> None:
    response = steps.give_password(client, cast.OWNER)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_wrong_password_does_not_sign_in(client: Client) -> None:
    response = steps.give_password(client, cast.OWNER, WRONG)
    assert response.status_code == 200
    assert not steps.is_signed_in(client)


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client: Client) -> None:
    cast.user(cast.OWNER)
    content = {"login": cast.OWNER.email, "password": cast.PASSWORD, "next": "/security"}
    assert steps.post(client, "/sign-in", content)["Location"] == "/security"


def test_sign_in_leads_to_no_other_site(client: Client) -> None:
    cast.user(cast.OWNER)
    content = {"login": cast.OWNER.email, "password": cast.PASSWORD, "next": "https://elsewhere.example/"}
    assert steps.post(client, "/sign-in", content)["Location"] == "/"


def test_sign_in_makes_a_new_session_key(client: Client) -> None:
    client.get("/sign-in")
    session = client.session
    session["planted"] = True
    session.save()
    steps.give_password(client, cast.OWNER)
    assert client.session.session_key != session.session_key


def test_account_is_locked_after_some_failures_even_for_the_right_password(client: Client) -> None:
    fail(client, ATTEMPTS)
    response = steps.give_password(client, cast.OWNER)
    assert not steps.is_signed_in(client)
    assert response.context["form"].non_field_errors() == [AccountAdapter.error_messages["too_many_login_attempts"]]


def test_locked_account_costs_no_hash(client: Client, hashes: list[str]) -> None:
    fail(client, ATTEMPTS)
    hashes.clear()
    steps.give_password(client, cast.OWNER)
    assert hashes == []


def test_lock_holds_from_another_address(client: Client) -> None:
    fail(client, ATTEMPTS)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    steps.give_password(elsewhere, cast.OWNER)
    assert not steps.is_signed_in(elsewhere)


def test_lock_holds_for_another_port_in_the_host_header(client: Client) -> None:
    fail(client, ATTEMPTS)
    other_port = Client(HTTP_HOST="localhost:4321")
    steps.give_password(other_port, cast.OWNER)
    assert not steps.is_signed_in(other_port)


def test_lock_holds_for_another_case_of_the_address(client: Client) -> None:
    fail(client, ATTEMPTS)
    steps.post(client, "/sign-in", {"login": cast.OWNER.email.upper(), "password": cast.PASSWORD})
    assert not steps.is_signed_in(client)


def test_lock_of_one_account_leaves_others_open(client: Client) -> None:
    fail(client, ATTEMPTS)
    steps.give_password(client, cast.STRANGER)
    assert steps.is_signed_in(client)


def test_successes_between_do_not_wipe_the_count_of_failures() -> None:
    attacker, owner = Client(REMOTE_ADDR="203.0.113.9"), Client()
    fail(attacker, ATTEMPTS - 1)
    steps.give_password(owner, cast.OWNER)
    fail(attacker, 1)
    steps.give_password(attacker, cast.OWNER)
    assert not steps.is_signed_in(attacker)


def test_password_cannot_be_guessed_through_the_confirmation_page(client: Client) -> None:
    steps.give_password(client, cast.OWNER)
    for _ in range(ATTEMPTS):
        steps.post(client, "/confirm", {"password": WRONG})
    steps.post(client, "/confirm", {"password": cast.PASSWORD})
    records = client.session["account_authentication_methods"]
    assert not any(record.get("reauthenticated") for record in records)


def test_one_address_cannot_try_many_accounts(client: Client, hashes: list[str]) -> None:
    for number in range(30):
        steps.post(client, "/sign-in", {"login": f"nobody{number}@example.org", "password": WRONG})
    assert len(hashes) == 20


def test_answer_is_the_same_for_an_unknown_account(client: Client) -> None:
    cast.user(cast.OWNER)
    known = steps.post(client, "/sign-in", {"login": cast.OWNER.email, "password": WRONG})
    unknown = steps.post(client, "/sign-in", {"login": "nobody@example.org", "password": WRONG})
    assert (known.status_code, text(known)) == (unknown.status_code, text(unknown))


def test_unknown_account_costs_as_many_hashes_as_a_known_one(client: Client, hashes: list[str]) -> None:
    cast.user(cast.OWNER)
    hashes.clear()
    steps.post(client, "/sign-in", {"login": cast.OWNER.email, "password": WRONG})
    known = len(hashes)
    steps.post(client, "/sign-in", {"login": "nobody@example.org", "password": WRONG})
    assert (known, len(hashes) - known) == (1, 1)


def test_unknown_account_is_locked_like_a_known_one(client: Client) -> None:
    cast.user(cast.OWNER)
    for email in (cast.OWNER.email, "nobody@example.org"):
        for _ in range(ATTEMPTS):
            steps.post(client, "/sign-in", {"login": email, "password": WRONG})
    known = steps.post(client, "/sign-in", {"login": cast.OWNER.email, "password": WRONG})
    unknown = steps.post(client, "/sign-in", {"login": "nobody@example.org", "password": WRONG})
    assert text(known) == text(unknown)


def test_forgotten_password_answers_the_same_for_an_unknown_account(client: Client) -> None:
    cast.user(cast.OWNER)
    known = steps.post(client, "/password/forgotten", {"email": cast.OWNER.email})
    unknown = steps.post(client, "/password/forgotten", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mail.outbox] == [[cast.OWNER.email], ["nobody@example.org"]]


def test_closed_account_with_a_wrong_password_looks_like_any_other(client: Client) -> None:
    user = cast.user(cast.OWNER)
    user.is_active = False
    user.save()
    closed = steps.post(client, "/sign-in", {"login": cast.OWNER.email, "password": WRONG})
    unknown = steps.post(client, "/sign-in", {"login": "nobody@example.org", "password": WRONG})
    assert text(closed) == text(unknown)


def test_closed_account_cannot_sign_in(client: Client) -> None:
    user = cast.user(cast.OWNER)
    user.is_active = False
    user.save()
    steps.give_password(client, cast.OWNER)
    assert not steps.is_signed_in(client)


@pytest.mark.parametrize("name", ["account_signup", "account_email", "account_confirm_login_code"])
def test_there_is_no_sign_up_and_no_change_of_address(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


def test_failures_and_refusals_are_recorded_without_what_was_typed(client: Client) -> None:
    fail(client, ATTEMPTS + 1)
    steps.post(client, "/sign-in", {"login": "nobody@example.org", "password": WRONG})
    entries = AuditEntry.objects.filter(action__in=[events.SIGN_IN_FAILED, events.SIGN_IN_LOCKED]).order_by("sequence")
    assert [entry.action for entry in entries] == [events.SIGN_IN_FAILED] * ATTEMPTS + [
        events.SIGN_IN_LOCKED,
        events.SIGN_IN_FAILED,
    ]
    assert [entry.object_id for entry in entries] == [str(cast.user(cast.OWNER).id)] * (ATTEMPTS + 1) + [""]
    assert not any("example.org" in str(entry.__dict__) or WRONG in str(entry.__dict__) for entry in entries)


def test_sign_in_and_sign_out_are_recorded_with_their_strength(client: Client) -> None:
    steps.give_password(client, cast.OWNER)
    steps.post(client, "/sign-out", {})
    entries = AuditEntry.objects.filter(action__in=[events.SIGNED_IN, events.SIGNED_OUT]).order_by("sequence")
    assert [(entry.action, entry.strength) for entry in entries] == [
        (events.SIGNED_IN, "password"),
        (events.SIGNED_OUT, "password"),
    ]


def test_sign_out_ends_the_session_on_the_server(client: Client) -> None:
    steps.give_password(client, cast.OWNER)
    key = client.session.session_key
    steps.post(client, "/sign-out", {})
    again = Client()
    again.cookies["sessionid"] = str(key)
    assert again.get("/").status_code == 302
