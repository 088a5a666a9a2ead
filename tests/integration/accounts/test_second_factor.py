"""The second factor: forced where a role needs it, a code once, a recovery code once, seeds sealed wherever they are stored."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from accounts import events
from accounts.roles import ROLES_WITH_SECOND_FACTOR, Role
from accounts.web.actors import current_actor
from safeguards import fields
from safeguards.models import AuditEntry
from tests import cast
from tests.integration.accounts import steps

pytestmark = pytest.mark.django_db
ANALYST = cast.ANALYST


@pytest.fixture(autouse=True)
def middle_of_a_half_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that is made just before the half minute ends is rightly refused just after it."""
    moment = time.time() // steps.PERIOD * steps.PERIOD + steps.PERIOD / 2
    monkeypatch.setattr("time.time", lambda: moment)


def signed_in_with_app(client: Client, person: cast.Person = ANALYST) -> str:
    """Gives the seed; the code of this half minute is used."""
    seed = steps.set_up_app(cast.user(person))
    steps.give_password(client, person)
    steps.give_code(client, steps.app_code(seed))
    return seed


def shown_seed(client: Client) -> str:
    page = client.get("/security/app").content.decode()
    found = re.search(r"<code>([A-Z2-7]+)</code>", page)
    assert found
    return found.group(1)


@pytest.mark.parametrize("role", sorted(ROLES_WITH_SECOND_FACTOR))
def test_role_that_needs_it_reaches_nothing_before_setting_one_up(role: Role) -> None:
    client = cast.signed_in(cast.BY_ROLE[role], second_factor=False)
    for address in ("/", "/users", "/organisation", "/security", "/security/recovery-codes", "/password/change"):
        response = client.get(address)
        assert (response.status_code, response["Location"]) == (302, "/second-factor")
    assert client.get("/second-factor").status_code == 200


@pytest.mark.parametrize("role", sorted(set(cast.BY_ROLE) - ROLES_WITH_SECOND_FACTOR))
def test_reporter_may_do_without(role: Role) -> None:
    client = cast.signed_in(cast.BY_ROLE[role], second_factor=False)
    assert client.get("/").status_code == 200


def test_roles_are_withheld_even_where_a_page_is_reached_without_it() -> None:
    client = cast.signed_in(ANALYST, second_factor=False)
    request = client.get("/second-factor").wsgi_request
    assert current_actor(request).roles == ()


def test_roles_are_there_with_it() -> None:
    request = cast.signed_in(ANALYST).get("/").wsgi_request
    actor = current_actor(request)
    assert (actor.roles, actor.strength) == (("analyst",), "password+totp")


def test_password_alone_does_not_sign_in_who_has_an_app(client: Client) -> None:
    steps.set_up_app(cast.user(ANALYST))
    response = steps.give_password(client, ANALYST)
    assert response["Location"] == "/sign-in/code"
    assert not steps.is_signed_in(client)


def test_code_from_the_app_completes_the_sign_in(client: Client) -> None:
    signed_in_with_app(client)
    response = client.get("/")
    assert response.status_code == 200
    assert current_actor(response.wsgi_request).strength == "password+totp"


def test_wrong_code_does_not(client: Client) -> None:
    seed = steps.set_up_app(cast.user(ANALYST))
    steps.give_password(client, ANALYST)
    steps.give_code(client, steps.wrong_code(seed))
    assert not steps.is_signed_in(client)
    assert AuditEntry.objects.latest("sequence").action == events.SECOND_FACTOR_FAILED


@pytest.mark.parametrize("steps_away", [-1, 1])
def test_code_of_another_half_minute_does_not(client: Client, steps_away: int) -> None:
    """A longer validity would outlive the memory of used codes."""
    seed = steps.set_up_app(cast.user(ANALYST))
    steps.give_password(client, ANALYST)
    steps.give_code(client, steps.app_code(seed, steps_ahead=steps_away))
    assert not steps.is_signed_in(client)


def test_code_is_refused_the_second_time(client: Client) -> None:
    seed = signed_in_with_app(client)
    assert steps.is_signed_in(client)
    thief = Client()
    steps.give_password(thief, ANALYST)
    steps.give_code(thief, steps.app_code(seed))
    assert not steps.is_signed_in(thief)


def test_used_codes_and_limits_are_kept_where_all_processes_look() -> None:
    """With a process's own memory each further process would take the same code again."""
    assert settings.CACHES["default"]["BACKEND"].rsplit(".", 1)[-1] in {"DatabaseCache", "RedisCache"}


def test_many_attempts_on_others_do_not_wipe_the_count_of_one(client: Client) -> None:
    seed = signed_in_with_app(client)
    for number in range(400):
        cache.set(f"attempt-{number}", [], 60)
    thief = Client()
    steps.give_password(thief, ANALYST)
    steps.give_code(thief, steps.app_code(seed))
    assert not steps.is_signed_in(thief)


def test_guessing_codes_is_locked(client: Client) -> None:
    seed = steps.set_up_app(cast.user(ANALYST))
    steps.give_password(client, ANALYST)
    for _ in range(5):
        steps.give_code(client, steps.wrong_code(seed))
    steps.give_code(client, steps.app_code(seed))
    assert not steps.is_signed_in(client)


def test_recovery_code_works_once(client: Client) -> None:
    user = cast.user(ANALYST)
    steps.set_up_app(user)
    code = steps.set_up_recovery_codes(user)[0]
    steps.give_password(client, ANALYST)
    steps.give_code(client, code)
    assert current_actor(client.get("/").wsgi_request).strength == "password+recovery-code"
    thief = Client()
    steps.give_password(thief, ANALYST)
    steps.give_code(thief, code)
    assert not steps.is_signed_in(thief)


def test_seed_and_recovery_codes_are_stored_sealed() -> None:
    user = cast.user(ANALYST)
    seed = steps.set_up_app(user)
    codes = steps.set_up_recovery_codes(user)
    stored = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert seed not in stored
    assert not any(code in stored for code in codes)
    assert fields.open_secret(steps.stored_seed(user)) == seed


def test_seed_that_is_being_set_up_is_sealed_in_the_session() -> None:
    client = cast.signed_in(cast.OWNER)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 9e12, "reauthenticated": True}]
    session.save()
    seed = shown_seed(client)
    kept = Session.objects.get(pk=client.session.session_key).get_decoded()
    assert kept["mfa.totp.secret"].startswith("sealed:")
    assert seed not in str(kept)


def test_first_app_is_set_up_straight_after_the_password(client: Client) -> None:
    steps.give_password(client, ANALYST)
    seed = shown_seed(client)
    response = steps.post(client, "/security/app", {"code": steps.app_code(seed)})
    assert response["Location"] == "/security/recovery-codes"
    assert fields.open_secret(steps.stored_seed(cast.user(ANALYST))) == seed


@pytest.mark.django_db(transaction=True)
def test_setting_up_counts_in_that_session_and_shows_the_recovery_codes_once(client: Client) -> None:
    steps.give_password(client, ANALYST)
    steps.post(client, "/security/app", {"code": steps.app_code(shown_seed(client))})
    codes = client.get("/security/recovery-codes").context["unused_codes"]
    assert len(codes) == 10
    assert all(code.isdigit() for code in codes)
    again = client.get("/security/recovery-codes")
    assert not again.context["can_view_codes"]
    assert not any(code in again.content.decode() for code in codes)
    assert current_actor(client.get("/").wsgi_request).strength == "password+totp"


def test_setting_up_is_recorded(client: Client) -> None:
    steps.give_password(client, ANALYST)
    steps.post(client, "/security/app", {"code": steps.app_code(shown_seed(client))})
    added = AuditEntry.objects.filter(action=events.SECOND_FACTOR_ADDED).values_list("details", flat=True)
    assert {"factor": "totp"} in list(added)


def test_other_sessions_have_to_use_the_new_factor_first(client: Client) -> None:
    elsewhere = Client()
    for browser in (client, elsewhere):
        steps.give_password(browser, ANALYST)
    seed = shown_seed(client)
    steps.post(client, "/security/app", {"code": steps.app_code(seed)})
    assert elsewhere.get("/")["Location"] == "/second-factor"
    page = elsewhere.get("/second-factor").content.decode()
    assert "/confirm/code" in page
    assert "/security/app" not in page


def test_later_changes_ask_for_a_confirmation(client: Client) -> None:
    signed_in_with_app(client)
    response = client.get("/security/passkeys/add")
    assert response.status_code == 302
    assert response["Location"].startswith("/confirm")


def test_last_factor_of_a_role_that_needs_one_cannot_be_removed(client: Client) -> None:
    signed_in_with_app(client)
    steps.post(client, "/confirm", {"password": cast.PASSWORD})
    response = steps.post(client, "/security/app/remove", {})
    assert response.status_code == 200
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).exists()


def test_reporter_may_remove_the_app(client: Client) -> None:
    signed_in_with_app(client, cast.OWNER)
    steps.post(client, "/confirm", {"password": cast.PASSWORD})
    steps.post(client, "/security/app/remove", {})
    assert not Authenticator.objects.exists()
    assert AuditEntry.objects.filter(action=events.SECOND_FACTOR_REMOVED).exists()


def test_new_password_does_not_replace_the_second_factor(client: Client) -> None:
    seed = steps.set_up_app(cast.user(ANALYST))
    assert seed
    steps.give_password(client, ANALYST)
    assert client.get("/").status_code == 302
    assert not steps.is_signed_in(client)
