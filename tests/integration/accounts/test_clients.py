"""A unit registers its own systems and their public keys, and nobody else's."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from accounts import clients, errors
from accounts.models import ClientKey, SystemClient
from accounts.permissions import NotAllowedError
from accounts.roles import Role
from accounts.scopes import Scope
from tests import cast, signed

pytestmark = pytest.mark.django_db
YEAR = timedelta(days=365)


def registered(*scopes: Scope) -> UUID:
    wanted = frozenset(scopes or {Scope.READ_REPORTS})
    where = cast.organisation(cast.POLICE)
    return clients.register(organisation=where, name="zaaksysteem", scopes=wanted, by=cast.actor(cast.KEEPER))


def add(text: str, client: UUID | None = None) -> ClientKey:
    client = client or registered()
    return ClientKey.objects.get(pk=clients.add_key(client=client, text=text, lifetime=YEAR, by=cast.actor(cast.KEEPER)))


@pytest.mark.parametrize(
    ("scopes", "role"),
    [
        ({Scope.READ_REPORTS}, Role.REPORTER),
        ({Scope.SUBMIT_REPORTS, Scope.READ_REPORTS}, Role.REPORTER),
        ({Scope.SUBMIT_BATCHES}, Role.BATCH_SUBMITTER),
    ],
)
def test_system_has_the_least_role_that_its_scopes_need(scopes: set[Scope], role: Role) -> None:
    registered(*scopes)
    assert SystemClient.objects.get().role == role


@pytest.mark.parametrize("scopes", [frozenset(), frozenset({Scope.DELIVER_EMM})])
def test_scope_of_another_kind_of_organisation_is_refused(scopes: frozenset[Scope]) -> None:
    where, by = cast.organisation(cast.POLICE), cast.actor(cast.KEEPER)
    with pytest.raises(errors.ScopeNotPossibleError):
        clients.register(organisation=where, name="zaaksysteem", scopes=scopes, by=by)


def test_feed_has_a_system_with_its_own_scope() -> None:
    where, by = cast.organisation(cast.EMM), cast.actor(cast.ADMINISTRATOR)
    clients.register(organisation=where, name="emm", scopes=frozenset({Scope.DELIVER_EMM}), by=by)
    assert SystemClient.objects.get().role == Role.FEED


def test_key_is_read_from_pem_and_from_jwk_alike() -> None:
    key, client = signed.ed25519_key(), registered()
    from_pem = add(signed.pem(key), client)
    from_jwk = add(signed.jwk(key, kid="2026-november", use="sig", alg="EdDSA"), client)
    assert from_pem.public == from_jwk.public
    assert (from_pem.algorithm, from_jwk.kid) == ("EdDSA", "2026-november")


def test_name_of_a_key_without_one_is_its_thumbprint() -> None:
    """The example of RFC 8037, appendix A.3."""
    text = json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
    assert add(text).kid == "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k"


def private_pem() -> str:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return signed.p256_key().private_bytes(*form).decode()


def rsa_pem() -> str:
    public = rsa.generate_private_key(65537, 2048).public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


UNUSABLE: dict[str, Callable[[], str]] = {
    "empty": lambda: " ",
    "words": lambda: "my key",
    "too long": lambda: "x" * 5000,
    "pem cut off": lambda: signed.pem(signed.p256_key())[:90],
    "rsa": rsa_pem,
    "another curve": lambda: signed.pem(ec.generate_private_key(ec.SECP384R1())),
    "point that is not on the curve": lambda: json.dumps({"kty": "EC", "crv": "P-256", "x": "AQ", "y": "AQ"}),
    "x missing": lambda: json.dumps({"kty": "OKP", "crv": "Ed25519"}),
    "x a number": lambda: json.dumps({"kty": "OKP", "crv": "Ed25519", "x": 1}),
    "x too short": lambda: json.dumps({"kty": "OKP", "crv": "Ed25519", "x": "AQ"}),
    "list": lambda: "[]",
    "nested": lambda: "[" * 3999,
    "kid with a space": lambda: signed.jwk(signed.ed25519_key(), kid="a b"),
    "kid too long": lambda: signed.jwk(signed.ed25519_key(), kid="a" * 65),
}


@pytest.mark.parametrize("name", UNUSABLE)
def test_key_that_cannot_be_used_is_refused(name: str) -> None:
    with pytest.raises(errors.KeyNotReadableError):
        add(UNUSABLE[name]())
    assert not ClientKey.objects.exists()


@pytest.mark.parametrize(
    "text", [private_pem, lambda: signed.jwk(signed.ed25519_key(), d="AQ"), lambda: '{"kty":"oct","k":"AQ"}']
)
def test_private_key_is_refused_and_not_kept(text: Callable[[], str]) -> None:
    with pytest.raises(errors.PrivateKeyGivenError):
        add(text())
    assert not ClientKey.objects.exists()


def test_two_keys_of_one_name_are_refused() -> None:
    key, client = signed.pem(signed.p256_key()), registered()
    add(key, client)
    with pytest.raises(errors.KeyTakenError):
        add(key, client)


def test_system_has_five_valid_keys_at_most() -> None:
    client = registered()
    keys = [add(signed.pem(signed.ed25519_key()), client) for _ in range(5)]
    with pytest.raises(errors.TooManyKeysError):
        add(signed.pem(signed.ed25519_key()), client)
    clients.revoke_key(client=client, key=keys[0].id, by=cast.actor(cast.KEEPER))
    add(signed.pem(signed.ed25519_key()), client)


def test_key_lives_two_years_at_most() -> None:
    by = cast.actor(cast.KEEPER)
    clients.add_key(client=registered(), text=signed.pem(signed.p256_key()), lifetime=timedelta(days=9000), by=by)
    (view,) = clients.clients_of(cast.organisation(cast.POLICE))
    assert view.keys[0].expires - view.keys[0].created < timedelta(days=732)


ACTS: dict[str, Callable[[UUID, UUID, Any], object]] = {
    "register": lambda client, _key, by: clients.register(
        organisation=SystemClient.objects.get(pk=client).organisation_id, name="x", scopes=frozenset(Scope), by=by
    ),
    "add_key": lambda client, _key, by: clients.add_key(
        client=client, text=signed.pem(signed.p256_key()), lifetime=YEAR, by=by
    ),
    "revoke_key": lambda client, key, by: clients.revoke_key(client=client, key=key, by=by),
    "revoke": lambda client, _key, by: clients.revoke(client=client, by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", [cast.OFFICER, cast.KEEPER, cast.ANALYST], ids=lambda person: person.name)
def test_only_the_keeper_of_the_organisation_changes_its_systems(act: str, person: cast.Person) -> None:
    foreign = signed.system(cast.SHELTER_TEAM)
    before = list(ClientKey.objects.values()), list(SystemClient.objects.values())
    with pytest.raises(NotAllowedError):
        ACTS[act](foreign.id, foreign.key_id, cast.actor(person))
    assert (list(ClientKey.objects.values()), list(SystemClient.objects.values())) == before


def test_what_is_not_there_cannot_be_withdrawn() -> None:
    client, by = registered(), cast.actor(cast.KEEPER)
    with pytest.raises(errors.UnknownKeyError):
        clients.revoke_key(client=client, key=uuid4(), by=by)
    clients.revoke(client=client, by=by)
    with pytest.raises(errors.UnknownClientError):
        clients.revoke(client=client, by=by)
