"""When a session ends: idle, too old, or because the account behind it changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings
from django.test import Client

from accounts import services, sessions
from accounts.models import User
from accounts.roles import Role
from tests import cast
from tests.integration.accounts import steps

pytestmark = pytest.mark.django_db


def shifted(client: Client, **moments: timedelta) -> None:
    session = client.session
    now = datetime.now(UTC)
    for key, ago in moments.items():
        session[f"baken.{key}"] = (now - ago).timestamp()
    session.save()


def works(client: Client) -> bool:
    return bool(client.get("/").status_code == 200)


def test_idle_session_ends() -> None:
    client = cast.signed_in(cast.OWNER)
    shifted(client, seen=settings.BAKEN_IDLE_LIMIT + timedelta(seconds=5))
    response = client.get("/")
    assert (response.status_code, response["Location"]) == (302, "/sign-in?next=/")
    assert not steps.is_signed_in(client)


def test_session_in_use_goes_on() -> None:
    client = cast.signed_in(cast.OWNER)
    shifted(client, seen=settings.BAKEN_IDLE_LIMIT - timedelta(seconds=30))
    assert works(client)


def test_use_extends_the_session() -> None:
    client = cast.signed_in(cast.OWNER)
    shifted(client, seen=timedelta(minutes=15))
    client.get("/")
    assert datetime.now(UTC).timestamp() - client.session[sessions.SEEN] < 5


def test_session_ends_after_a_working_day_however_busy() -> None:
    client = cast.signed_in(cast.OWNER)
    shifted(client, began=settings.BAKEN_SESSION_LIMIT + timedelta(seconds=5))
    assert not works(client)


def test_session_that_no_sign_in_began_is_not_taken() -> None:
    client = cast.signed_in(cast.OWNER)
    session = client.session
    del session[sessions.BEGAN]
    session.save()
    assert not works(client)


def test_limits_are_those_of_the_design() -> None:
    assert timedelta(minutes=15) <= settings.BAKEN_IDLE_LIMIT <= timedelta(minutes=30)
    assert timedelta(hours=8) <= settings.BAKEN_SESSION_LIMIT <= timedelta(hours=12)


def test_session_ends_when_the_account_is_closed() -> None:
    client = cast.signed_in(cast.OWNER)
    assert works(client)
    services.deactivate_user(user=cast.user(cast.OWNER).id, by=cast.actor(cast.ADMINISTRATOR))
    assert not works(client)


def test_session_does_not_come_back_when_the_account_opens_again() -> None:
    client = cast.signed_in(cast.OWNER)
    for change in (services.deactivate_user, services.reactivate_user):
        change(user=cast.user(cast.OWNER).id, by=cast.actor(cast.ADMINISTRATOR))
    assert not works(client)


def test_every_session_ends_when_the_roles_change() -> None:
    browsers = [cast.signed_in(cast.OWNER) for _ in range(2)]
    services.set_roles(
        user=cast.user(cast.OWNER).id,
        organisation=cast.organisation(cast.SHELTER_TEAM),
        roles=frozenset({Role.REPORTER, Role.BATCH_SUBMITTER}),
        by=cast.actor(cast.ADMINISTRATOR),
    )
    assert not any(works(client) for client in browsers)


def test_sessions_of_others_go_on_when_roles_change() -> None:
    colleague = cast.signed_in(cast.COLLEAGUE)
    services.deactivate_user(user=cast.user(cast.OWNER).id, by=cast.actor(cast.ADMINISTRATOR))
    assert works(colleague)


def test_role_is_gone_at_once_when_the_organisation_is_closed() -> None:
    client = cast.signed_in(cast.OWNER)
    services.deactivate_organisation(organisation=cast.organisation(cast.SHELTER_TEAM), by=cast.actor(cast.ADMINISTRATOR))
    assert client.get("/").context["offers"] == ()


def test_other_sessions_end_when_the_password_changes() -> None:
    here, elsewhere = cast.signed_in(cast.OWNER), cast.signed_in(cast.OWNER)
    new = "een heel nieuwe lange zin"
    steps.post(here, "/password/change", {"oldpassword": cast.PASSWORD, "password1": new, "password2": new})
    assert works(here)
    assert not works(elsewhere)


def test_user_signs_out_everywhere() -> None:
    here, elsewhere = cast.signed_in(cast.OWNER), cast.signed_in(cast.OWNER)
    steps.post(here, "/sign-out-everywhere", {})
    assert not works(here)
    assert not works(elsewhere)


def test_start_page_tells_the_sign_in_before_this_one(client: Client) -> None:
    cast.user(cast.OWNER)
    before = datetime(2026, 3, 1, 9, 30, tzinfo=UTC)
    User.objects.filter(email=cast.OWNER.email).update(last_login=before)
    steps.give_password(client, cast.OWNER)
    assert client.get("/").context["previous"] == before


def test_first_sign_in_has_none_before_it(client: Client) -> None:
    steps.give_password(client, cast.OWNER)
    assert client.get("/").context["previous"] is None
