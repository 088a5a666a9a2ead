"""A keeper sees to the systems of the own organisation, an administrator to those of all; secrets are shown once."""

from urllib.parse import urlencode
from uuid import UUID, uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts import clients, tokens, webhooks
from accounts.models import ApiToken, ClientKey, SystemClient, Webhook
from accounts.roles import Role
from tests import cast, signed

pytestmark = pytest.mark.django_db

TOKEN = {"name": "Zaaksysteem", "scopes": ["meldingen:lezen"], "days": "90"}
HOOK = {"address": "https://hooks.example/baken", "topics": ["aanlevering"]}


def police() -> UUID:
    return cast.organisation(cast.POLICE)


@pytest.fixture(params=[cast.KEEPER, cast.ADMINISTRATOR], ids=lambda person: person.name)
def somebody(request: pytest.FixtureRequest) -> Client:
    return cast.signed_in(request.param)


@pytest.fixture
def keeper() -> Client:
    return cast.signed_in(cast.KEEPER)


def test_keeper_is_led_to_the_own_organisation(keeper: Client) -> None:
    assert keeper.get("/systems")["Location"] == f"/systems/{police()}"
    assert "/systems" in keeper.get("/").content.decode()


def test_keeper_signs_in_with_a_second_factor() -> None:
    somebody = cast.signed_in(cast.KEEPER, second_factor=False)
    assert somebody.get("/systems")["Location"] == "/second-factor"


def test_token_is_shown_once_and_works(somebody: Client) -> None:
    response = somebody.post(f"/systems/{police()}/tokens/new", TOKEN)
    text = response.context["secret"]
    assert text in response.content.decode()
    assert response["Cache-Control"] == "no-store"
    actor = tokens.verify(text)
    assert actor is not None
    assert (actor.roles, actor.scopes) == ((Role.REPORTER.value,), ("meldingen:lezen",))
    assert text not in somebody.get(f"/systems/{police()}").content.decode()


def test_token_is_withdrawn(somebody: Client) -> None:
    somebody.post(f"/systems/{police()}/tokens/new", TOKEN)
    somebody.post(f"/systems/{police()}/tokens/{ApiToken.objects.get().id}/revoke")
    assert ApiToken.objects.get().revoked is not None


def test_system_is_registered_and_given_a_key(somebody: Client) -> None:
    response = somebody.post(f"/systems/{police()}/clients/new", {"name": "Zaaksysteem", "scopes": ["aanleveringen:indienen"]})
    client = SystemClient.objects.get()
    assert response["Location"] == f"/systems/{police()}/clients/{client.id}/keys/new"
    key = signed.p256_key()
    assert somebody.post(response["Location"], {"key": signed.pem(key), "days": "365"}).status_code == 302
    page = somebody.get(f"/systems/{police()}").content.decode()
    assert str(client.id) in page
    assert ClientKey.objects.get().kid in page


def test_private_key_is_refused_and_not_shown_again(somebody: Client) -> None:
    system = signed.system()
    secret = signed.jwk(signed.ed25519_key(), d="c2VjcmV0LW9mLXRoZS1zeXN0ZW0")
    response = somebody.post(f"/systems/{police()}/clients/{system.id}/keys/new", {"key": secret, "days": "365"})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["key"]
    assert "c2VjcmV0LW9mLXRoZS1zeXN0ZW0" not in response.content.decode()


def test_key_and_system_are_withdrawn(somebody: Client) -> None:
    system = signed.system()
    somebody.post(f"/systems/{police()}/clients/{system.id}/keys/{system.key_id}/revoke")
    assert ClientKey.objects.get().revoked is not None
    somebody.post(f"/systems/{police()}/clients/{system.id}/revoke")
    assert SystemClient.objects.get().revoked is not None


def test_address_is_added_tested_opened_again_and_removed(somebody: Client) -> None:
    response = somebody.post(f"/systems/{police()}/webhooks/new", HOOK)
    secret = response.context["secret"]
    assert secret in response.content.decode()
    (made,) = webhooks.webhooks_of(police())
    page = f"/systems/{police()}/webhooks/{made.id}"
    assert somebody.post(f"{page}/test")["Location"] == page
    assert len(webhooks.log_of(made.id)) == 1
    assert secret not in somebody.get(page).content.decode()
    Webhook.objects.update(disabled=timezone.now())
    assert "/enable" in somebody.get(page).content.decode()
    somebody.post(f"{page}/enable")
    assert Webhook.objects.get().disabled is None
    somebody.post(f"{page}/remove")
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    ("page", "content", "field"),
    [
        ("tokens/new", TOKEN | {"name": ""}, "name"),
        ("tokens/new", TOKEN | {"scopes": []}, "scopes"),
        ("tokens/new", TOKEN | {"scopes": ["leveringen:emm"]}, "scopes"),
        ("tokens/new", TOKEN | {"days": "9000"}, "days"),
        ("clients/new", {"name": "x", "scopes": []}, "scopes"),
        ("webhooks/new", HOOK | {"address": "http://10.0.0.1/"}, "address"),
        ("webhooks/new", HOOK | {"topics": ["test"]}, "topics"),
    ],
)
def test_form_names_the_field_that_is_wrong(keeper: Client, page: str, content: dict[str, object], field: str) -> None:
    response = keeper.post(f"/systems/{police()}/{page}", content)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def pages_of(organisation: UUID, system: signed.System, webhook: UUID, token: UUID) -> dict[str, tuple[str, ...]]:
    here = f"/systems/{organisation}"
    client, hook = f"{here}/clients/{system.id}", f"{here}/webhooks/{webhook}"
    return {
        "get": (here, f"{here}/tokens/new", f"{here}/clients/new", f"{client}/keys/new", f"{here}/webhooks/new", hook),
        "post": (
            f"{here}/tokens/{token}/revoke", f"{client}/revoke", f"{client}/keys/{system.key_id}/revoke", f"{hook}/test",
            f"{hook}/enable", f"{hook}/remove",
        ),
    }  # fmt: skip


def rows() -> list[object]:
    return [list(model.objects.order_by("pk").values()) for model in (ApiToken, SystemClient, ClientKey, Webhook)]


def test_foreign_organisation_does_not_exist_for_a_keeper(keeper: Client) -> None:
    where = cast.organisation(cast.SHELTER_TEAM)
    foreign, hook = signed.system(cast.SHELTER_TEAM), signed.webhook(cast.SHELTER_TEAM)
    before = rows()
    for method, addresses in pages_of(where, foreign, hook, uuid4()).items():
        for address in addresses:
            assert getattr(keeper, method)(address).status_code == 404, address
    assert rows() == before


def test_foreign_objects_do_not_exist_in_the_own_organisation(somebody: Client) -> None:
    foreign, hook = signed.system(cast.SHELTER_TEAM), signed.webhook(cast.SHELTER_TEAM)
    before = rows()
    pages = pages_of(police(), foreign, hook, uuid4())
    for method, address in [("get", page) for page in pages["get"][3:4] + pages["get"][5:]] + [
        ("post", page) for page in pages["post"]
    ]:
        assert getattr(somebody, method)(address).status_code == 404, address
    assert rows() == before


def test_history_says_who_did_what_and_what_was_refused(keeper: Client) -> None:
    by = cast.actor(cast.KEEPER)
    client = clients.register(organisation=police(), name="Zaaksysteem", scopes=signed.BOTH, by=by)
    key = signed.ed25519_key()
    clients.add_key(client=client, text=signed.jwk(key, kid="een"), lifetime=signed.YEAR, by=by)
    system = signed.System(client, "een", key)
    for audience in (signed.audience(), "https://other.example"):
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": system.assertion(aud=audience),
        }
        keeper.post("/api/v1/oauth/token", urlencode(form), content_type="application/x-www-form-urlencoded")
    lines = keeper.get(f"/systems/{police()}").context["history"]
    found = [(line.action.partition(".")[2], line.what, line.who, line.reason) for line, _label in lines]
    assert found == [
        ("client-refused", "Zaaksysteem", "", "audience"),
        ("client-signed-in", "Zaaksysteem", "Zaaksysteem", ""),
        ("key-registered", "Zaaksysteem", "keeper", ""),
        ("client-registered", "Zaaksysteem", "keeper", ""),
    ]


def test_history_shows_nothing_of_another_organisation(keeper: Client) -> None:
    signed.system(cast.SHELTER_TEAM)
    assert keeper.get(f"/systems/{police()}").context["history"] == []


def test_unknown_organisation_is_not_found() -> None:
    assert cast.signed_in(cast.ADMINISTRATOR).get(f"/systems/{uuid4()}").status_code == 404
