"""The administrator's pages about users: inviting, roles, closing an account; what is refused is said on the page."""

import re
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.http import HttpResponse
from django.test import Client

from accounts import selectors
from accounts.errors import EmailTakenError
from accounts.models import User
from accounts.roles import Role
from tests import cast
from tests.integration.accounts import steps

pytestmark = pytest.mark.django_db
ADDRESS = re.compile(r"http://testserver:\d+(/password/choose/\S+)")
NEW = {"name": "Nieuw", "email": "nieuw@example.org", "roles": ["reporter"]}


@pytest.fixture
def administrator() -> Client:
    return cast.signed_in(cast.ADMINISTRATOR)


def invite(client: Client, **changes: object) -> HttpResponse:
    address = f"/organisations/{cast.organisation(cast.SHELTER_TEAM)}/users/new"
    return client.post(address, {**NEW, **changes})


def test_list_shows_everybody_with_organisation_and_role(administrator: Client) -> None:
    cast.user(cast.OWNER)
    page = administrator.get("/users").content.decode()
    assert cast.OWNER.name in page
    assert cast.SHELTER_TEAM.name in page


def test_invited_user_gets_a_mail_with_a_link_that_works_once(administrator: Client, client: Client) -> None:
    invite(administrator)
    (message,) = mail.outbox
    found = ADDRESS.search(str(message.body))
    assert found
    form = client.get(found.group(1), follow=True)
    chosen = "een zin voor de eerste keer"
    client.post(form.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    assert User.objects.get(email=NEW["email"]).check_password(chosen)
    again = Client().get(found.group(1))
    assert again.context["token_fail"]


def test_invited_user_signs_in_with_the_chosen_password(administrator: Client, client: Client) -> None:
    invite(administrator)
    user = User.objects.get(email=NEW["email"])
    user.set_password(cast.PASSWORD)
    user.save()
    steps.post(client, "/sign-in", {"login": str(NEW["email"]), "password": cast.PASSWORD})
    assert client.get("/").status_code == 200
    assert EmailAddress.objects.get(user=user).verified


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"name": ""}, "name"), ({"email": ""}, "email"), ({"email": "no"}, "email"), ({"roles": []}, "roles")],
)
def test_form_names_the_field_that_is_wrong(administrator: Client, changes: dict[str, object], field: str) -> None:
    response = invite(administrator, **changes)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_role_of_the_registry_cannot_be_given_to_a_reporter(administrator: Client) -> None:
    assert invite(administrator, roles=["analyst"]).status_code == 422
    assert not User.objects.filter(email=NEW["email"]).exists()


def test_refusal_of_the_service_is_said_on_the_form(administrator: Client) -> None:
    cast.user(cast.OWNER)
    response = invite(administrator, email=cast.OWNER.email)
    assert response.status_code == 422
    assert response.context["form"].non_field_errors() == [EmailTakenError.sentence]


def test_roles_are_changed(administrator: Client) -> None:
    owner, where = cast.user(cast.OWNER), cast.organisation(cast.SHELTER_TEAM)
    response = administrator.post(f"/users/{owner.id}/roles/{where}", {"roles": ["batch-submitter"]})
    assert response.status_code == 302
    assert selectors.roles_anywhere(owner.id) == {Role.BATCH_SUBMITTER}


def test_form_of_roles_starts_with_those_of_now(administrator: Client) -> None:
    owner, where = cast.user(cast.OWNER), cast.organisation(cast.SHELTER_TEAM)
    form = administrator.get(f"/users/{owner.id}/roles/{where}").context["form"]
    assert form.initial["roles"] == ["reporter"]


def test_own_roles_are_refused_on_the_form(administrator: Client) -> None:
    own, where = cast.user(cast.ADMINISTRATOR), cast.organisation(cast.REGISTRY)
    response = administrator.post(f"/users/{own.id}/roles/{where}", {"roles": ["analyst"]})
    assert response.status_code == 422
    assert selectors.roles_anywhere(own.id) == {Role.SYSTEM_ADMINISTRATOR}


def test_account_is_closed_and_opened(administrator: Client) -> None:
    owner = cast.user(cast.OWNER)
    administrator.post(f"/users/{owner.id}/deactivate")
    assert not User.objects.get(pk=owner.pk).is_active
    administrator.post(f"/users/{owner.id}/reactivate")
    assert User.objects.get(pk=owner.pk).is_active


def test_invitation_is_sent_again(administrator: Client) -> None:
    owner = cast.user(cast.OWNER)
    administrator.post(f"/users/{owner.id}/invite")
    assert [message.to for message in mail.outbox] == [[cast.OWNER.email]]


def test_mail_server_that_is_down_is_said_and_breaks_nothing(administrator: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", refuse)
    assert invite(administrator).status_code == 302
    assert User.objects.filter(email=NEW["email"]).exists()


@pytest.mark.parametrize("page", ["", "/deactivate", "/reactivate", "/invite"])
def test_unknown_user_is_not_found(administrator: Client, page: str) -> None:
    address = f"/users/{uuid4()}{page}"
    response = administrator.post(address) if page else administrator.get(address)
    assert response.status_code == 404
