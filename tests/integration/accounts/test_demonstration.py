"""The demonstration: its accounts are made once, one click signs in as any of them, and with production settings not at all."""

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import Settings

from accounts import demonstration, selectors
from accounts.models import Organisation, User
from accounts.permissions import operator
from accounts.web.actors import current_actor
from safeguards.models import AuditEntry
from tests.integration.accounts import steps

pytestmark = pytest.mark.django_db
KEYS = [account.key for account in demonstration.DEMONSTRATION_ACCOUNTS]


@pytest.fixture
def accounts(settings: Settings) -> None:
    settings.BAKEN_DEMONSTRATION = True
    demonstration.create_accounts(by=operator("tests"))


def sign_in(client: Client, key: str = "analist") -> int:
    return int(steps.post(client, "/demonstration/sign-in", {"account": key}).status_code)


def test_command_makes_every_account_and_organisation_once() -> None:
    for _ in range(2):
        call_command("create_demonstration_accounts", verbosity=0)
    assert User.objects.count() == len(demonstration.DEMONSTRATION_ACCOUNTS)
    assert set(Organisation.objects.values_list("name", flat=True)) == {one.name for one in demonstration.ORGANISATIONS}


def test_command_makes_what_is_missing() -> None:
    demonstration.create_organisations(by=operator("tests"))
    assert demonstration.create_accounts(by=operator("tests")) == len(demonstration.DEMONSTRATION_ACCOUNTS)


def test_command_refuses_production_settings(settings: Settings) -> None:
    settings.BAKEN_MODE = "production"
    with pytest.raises(CommandError):
        call_command("create_demonstration_accounts")
    assert not User.objects.exists()


def test_no_account_has_a_password(accounts: None) -> None:
    assert not any(user.has_usable_password() for user in User.objects.all())


@pytest.mark.parametrize("key", KEYS)
def test_one_click_signs_in_with_the_role_of_the_account(accounts: None, client: Client, key: str) -> None:
    account = demonstration.account(key)
    assert account is not None
    assert sign_in(client, key) == 302
    response = client.get("/")
    actor = current_actor(response.wsgi_request)
    assert response.status_code == 200
    assert (actor.roles, actor.strength) == ((account.role.value,), "demonstration")
    assert actor.organisation == selectors.organisation_named(account.organisation).id


def test_sign_in_page_has_a_button_for_every_account(accounts: None, client: Client) -> None:
    page = client.get("/sign-in").content.decode()
    assert all(f'value="{key}"' in page for key in KEYS)


def test_sign_in_goes_on_to_the_page_that_was_asked_for(accounts: None, client: Client) -> None:
    response = steps.post(client, "/demonstration/sign-in", {"account": "beheer", "next": "/users"})
    assert response["Location"] == "/users"


def test_next_click_changes_the_account(accounts: None, client: Client) -> None:
    for key in ("analist", "opvang"):
        sign_in(client, key)
    actor = current_actor(client.get("/").wsgi_request)
    assert (actor.roles, actor.strength) == (("reporter",), "demonstration")


def test_audit_trail_says_that_it_was_a_demonstration(accounts: None, client: Client) -> None:
    sign_in(client)
    assert AuditEntry.objects.latest("sequence").strength == "demonstration"


@pytest.mark.parametrize("key", ["", "nobody", "analist@demonstratie.example"])
def test_unknown_account_is_not_found(accounts: None, client: Client, key: str) -> None:
    assert sign_in(client, key) == 404


def test_click_needs_the_protection_against_forged_requests(accounts: None) -> None:
    assert sign_in(Client(enforce_csrf_checks=True)) == 403


@pytest.mark.parametrize(("switch", "mode"), [(False, "demonstration"), (True, "production"), (False, "production")])
def test_click_does_not_exist_elsewhere(accounts: None, client: Client, settings: Settings, switch: bool, mode: str) -> None:
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = switch, mode
    assert sign_in(client) == 404
    assert not steps.is_signed_in(client)
    assert "demonstration/sign-in" not in client.get("/sign-in").content.decode()


def test_session_of_the_demonstration_is_no_second_factor_in_production(
    accounts: None, client: Client, settings: Settings
) -> None:
    sign_in(client)
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = True, "production"
    assert client.get("/")["Location"] == "/second-factor"
