"""Who a request is made by: organisation, roles and strength, and the choice of somebody with several memberships."""

from uuid import UUID

import pytest
from django.test import Client, RequestFactory

from accounts import services, sessions
from accounts.models import Membership
from accounts.roles import Role
from accounts.web.actors import current_actor
from tests import cast
from tests.integration.accounts import steps

pytestmark = pytest.mark.django_db


def with_two_memberships() -> tuple[Client, UUID, UUID]:
    user, first, second = cast.user(cast.OWNER), cast.organisation(cast.SHELTER_TEAM), cast.organisation(cast.POLICE)
    roles = frozenset({Role.BATCH_SUBMITTER})
    services.set_roles(user=user.id, organisation=second, roles=roles, by=cast.actor(cast.ADMINISTRATOR))
    return cast.signed_in(cast.OWNER), first, second


def test_actor_has_the_organisation_and_roles_of_the_membership() -> None:
    actor = current_actor(cast.signed_in(cast.OWNER, second_factor=False).get("/").wsgi_request)
    assert (actor.kind, actor.id) == ("user", str(cast.user(cast.OWNER).id))
    assert (actor.organisation, actor.roles) == (cast.organisation(cast.SHELTER_TEAM), ("reporter",))
    assert actor.strength == "password"


def test_actor_carries_the_number_of_the_request() -> None:
    response = cast.signed_in(cast.OWNER).get("/")
    assert current_actor(response.wsgi_request).request == response["X-Request-Id"]


def test_visitor_has_nothing() -> None:
    actor = current_actor(RequestFactory().get("/"))
    assert (actor.kind, actor.organisation, actor.roles) == ("visitor", None, ())


def test_user_with_several_memberships_chooses_before_anything_else() -> None:
    client, _first, _second = with_two_memberships()
    assert client.get("/")["Location"] == "/organisation"
    assert current_actor(client.get("/organisation").wsgi_request).roles == ()


def test_chosen_organisation_is_the_actors_and_brings_its_own_roles_only() -> None:
    client, _first, second = with_two_memberships()
    steps.post(client, "/organisation", {"organisation": str(second)})
    actor = current_actor(client.get("/").wsgi_request)
    assert (actor.organisation, actor.roles) == (second, ("batch-submitter",))


def test_choice_can_be_changed() -> None:
    client, first, second = with_two_memberships()
    for organisation in (second, first):
        steps.post(client, "/organisation", {"organisation": str(organisation)})
    assert current_actor(client.get("/").wsgi_request).organisation == first


@pytest.mark.parametrize("choice", ["", "nonsense", "25203a46-c3fd-41c8-8bd8-e43a0630e0d5"])
def test_organisation_of_others_cannot_be_chosen(choice: str) -> None:
    client, _first, _second = with_two_memberships()
    assert steps.post(client, "/organisation", {"organisation": choice}).status_code == 422
    assert client.get("/").status_code == 302


def test_planted_choice_of_a_foreign_organisation_gives_nothing() -> None:
    client, _first, _second = with_two_memberships()
    session = client.session
    session[sessions.ORGANISATION] = str(cast.organisation(cast.OTHER_TEAM))
    session.save()
    assert client.get("/")["Location"] == "/organisation"


def test_second_factor_is_asked_for_a_strong_role_in_any_organisation() -> None:
    Membership.objects.create(user=cast.user(cast.OWNER), organisation_id=cast.organisation(cast.REGISTRY), role=Role.ANALYST)
    client = cast.signed_in(cast.OWNER, second_factor=False)
    assert client.get("/")["Location"] == "/second-factor"


def test_user_without_any_role_sees_a_start_page_with_nothing_to_do() -> None:
    owner, where = cast.user(cast.OWNER), cast.organisation(cast.SHELTER_TEAM)
    services.set_roles(user=owner.id, organisation=where, roles=frozenset(), by=cast.actor(cast.ADMINISTRATOR))
    response = cast.signed_in(cast.OWNER).get("/")
    assert (response.status_code, response.context["offers"]) == (200, ())
