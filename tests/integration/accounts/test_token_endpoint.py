"""OAuth by private_key_jwt: who signs as asked gets a token of some minutes, and every attack the same refusal and a trace."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from accounts import clients, events, grants, services, tokens
from accounts.models import ApiToken, ClientKey, SystemClient, UsedAssertion
from safeguards.models import AuditEntry
from tests import cast, signed
from tests.parallel import at_once
from tests.signed import System, part

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/oauth/token"
TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
FORM = "application/x-www-form-urlencoded"


def ask(assertion: str, **changes: str) -> HttpResponse:
    form = {"grant_type": "client_credentials", "client_assertion_type": TYPE, "client_assertion": assertion} | changes
    return Client().post(ADDRESS, urlencode(form), content_type=FORM)


def refusals() -> list[str]:
    return [entry.details["reason"] for entry in AuditEntry.objects.filter(action=events.CLIENT_REFUSED)]


@pytest.mark.parametrize("make", [signed.ed25519_key, signed.p256_key])
def test_signed_request_gives_a_token_of_a_quarter_of_an_hour(make: Callable[[], Any]) -> None:
    answer = ask(signed.system(key=make()).assertion())
    assert answer.status_code == 200
    given = answer.json()
    assert (given["token_type"], given["scope"]) == ("Bearer", "meldingen:indienen meldingen:lezen")
    assert 890 <= given["expires_in"] <= 900
    assert answer["Cache-Control"] == "no-store"


def test_token_is_the_systems_own() -> None:
    system = signed.system()
    actor = tokens.verify(ask(system.assertion()).json()["access_token"])
    assert actor is not None
    assert (actor.kind, actor.id, actor.strength) == ("client", str(system.id), "key")
    assert (actor.organisation, actor.roles) == (cast.organisation(cast.POLICE), ("reporter",))


def test_token_is_stored_as_a_digest_alone() -> None:
    text = ask(signed.system().assertion()).json()["access_token"]
    row = ApiToken.objects.get()
    assert text not in str(row.__dict__)
    assert bytes(row.digest) != hashlib.sha256(text.encode()).digest()


def test_newer_name_of_the_algorithm_is_understood() -> None:
    assert ask(signed.system().assertion(header={"alg": "Ed25519"})).status_code == 200


def test_system_may_ask_for_less_than_it_has() -> None:
    answer = ask(signed.system().assertion(), scope="meldingen:lezen").json()
    assert answer["scope"] == "meldingen:lezen"
    actor = tokens.verify(answer["access_token"])
    assert actor is not None
    assert actor.scopes == ("meldingen:lezen",)


@pytest.mark.parametrize("scope", ["aanleveringen:indienen", "meldingen:lezen leveringen:emm", "alles"])
def test_system_may_not_ask_for_more_than_it_has(scope: str) -> None:
    answer = ask(signed.system().assertion(), scope=scope)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_scope"})
    assert not ApiToken.objects.exists()


def test_sign_in_is_recorded_with_the_key_that_was_used() -> None:
    system = signed.system()
    ask(system.assertion())
    entry = AuditEntry.objects.latest("sequence")
    assert (entry.action, entry.actor_id, entry.details) == (events.CLIENT_SIGNED_IN, str(system.id), {"kid": system.kid})
    assert SystemClient.objects.get().last_used is not None


def hs256(system: System) -> str:
    """Signed with the public key as if it were a shared secret."""
    header = {"alg": "HS256", "kid": system.kid}
    message = f"{part(json.dumps(header).encode())}.{part(json.dumps(system.claims()).encode())}"
    secret = signed.pem(system.key).encode()
    return f"{message}.{part(hmac.digest(secret, message.encode(), hashlib.sha256))}"


def unsigned(system: System, algorithm: str) -> str:
    header = {"alg": algorithm, "kid": system.kid}
    return f"{part(json.dumps(header).encode())}.{part(json.dumps(system.claims()).encode())}."


def altered(system: System) -> str:
    """Other claims under a signature that was good."""
    header, _claims, signature = system.assertion().split(".")
    return f"{header}.{part(json.dumps(system.claims()).encode())}.{signature}"


def twice_in_header(system: System) -> str:
    header = part(b'{"alg":"none","alg":"EdDSA","kid":"%s"}' % system.kid.encode())
    message = f"{header}.{part(json.dumps(system.claims()).encode())}"
    return f"{message}.{part(signed.signature(message.encode(), system.key))}"


def now() -> int:
    return int(time.time())


ATTACKS: dict[str, tuple[Callable[[System], str], str]] = {
    "alg none": (lambda s: unsigned(s, "none"), "algorithm"),
    "alg None": (lambda s: unsigned(s, "None"), "algorithm"),
    "alg right, no signature": (lambda s: unsigned(s, "EdDSA"), "signature"),
    "alg HS256 with the public key": (hs256, "algorithm"),
    "alg of another kind of key": (lambda s: s.assertion(header={"alg": "ES256"}), "algorithm"),
    "alg missing": (lambda s: s.assertion(header={"alg": None}), "algorithm"),
    "key of another": (lambda s: s.assertion(key=signed.ed25519_key()), "signature"),
    "key of another kind": (lambda s: s.assertion(key=signed.p256_key(), header={"alg": "EdDSA"}), "signature"),
    "kid of nobody": (lambda s: s.assertion(header={"kid": "nobody"}), "unknown-key"),
    "key brought along": (
        lambda s: s.assertion(key=(k := signed.ed25519_key()), header={"jwk": json.loads(signed.jwk(k))}),
        "signature",
    ),
    "claims altered": (altered, "signature"),
    "member twice": (twice_in_header, "malformed"),
    "critical extension": (lambda s: s.assertion(header={"crit": ["b64"], "b64": False}), "malformed"),
    "aud of another server": (lambda s: s.assertion(aud="https://other.example/token"), "audience"),
    "aud of the site": (lambda s: s.assertion(aud="http://testserver"), "audience"),
    "aud of several": (lambda s: s.assertion(aud=[signed.audience(), "https://other.example"]), "audience"),
    "aud missing": (lambda s: s.assertion(aud=None), "audience"),
    "expired": (lambda s: s.assertion(exp=now() - 31), "expired"),
    "exp missing": (lambda s: s.assertion(exp=None), "expired"),
    "exp a text": (lambda s: s.assertion(exp=str(now() + 60)), "malformed"),
    "exp beyond the calendar": (lambda s: s.assertion(exp=10**300), "malformed"),
    "valid for an hour": (lambda s: s.assertion(exp=now() + 3600), "too-long"),
    "made tomorrow": (lambda s: s.assertion(iat=now() + 86400), "not-yet"),
    "not before later": (lambda s: s.assertion(nbf=now() + 120), "not-yet"),
    "no number": (lambda s: s.assertion(jti=None), "number"),
    "number too short": (lambda s: s.assertion(jti="1"), "number"),
    "number too long": (lambda s: s.assertion(jti="1" * 129), "number"),
    "number with a NUL": (lambda s: s.assertion(jti="12345678\0"), "number"),
    "other subject": (lambda s: s.assertion(sub="00000000-0000-4000-8000-000000000000"), "subject"),
    "unknown client": (
        lambda s: s.assertion(iss="00000000-0000-4000-8000-000000000000", sub="00000000-0000-4000-8000-000000000000"),
        "unknown-client",
    ),
    "client that is no number": (lambda s: s.assertion(iss="police", sub="police"), "unknown-client"),
    "two parts": (lambda s: s.assertion().rpartition(".")[0], "malformed"),
    "not base64": (lambda s: "a!.b!.c!", "malformed"),
    "not an object": (lambda s: f"{part(b'[]')}.{part(b'[]')}.{part(b'x')}", "malformed"),
    "nested deep": (lambda s: f"{part(b'[' * 1000)}.{part(b'{}')}.{part(b'x')}", "malformed"),
    "endless": (lambda s: f"{part(b'{}')}.{'a' * 5000}.{part(b'x')}", "malformed"),
    "empty": (lambda s: "", "malformed"),
}


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_refused_and_recorded(name: str) -> None:
    make, reason = ATTACKS[name]
    answer = ask(make(signed.system()))
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_client"})
    assert refusals() == [reason]
    assert not ApiToken.objects.exists()


def test_request_is_good_for_one_time() -> None:
    assertion = signed.system().assertion()
    assert [ask(assertion).status_code for _ in range(3)] == [200, 401, 401]
    assert refusals() == ["replayed", "replayed"]


@pytest.mark.django_db(transaction=True)
def test_request_sent_twice_at_once_gives_one_token() -> None:
    assertion = signed.system().assertion()
    answers = at_once(*[partial(ask, assertion)] * 4)
    assert sorted(answer.status_code for answer in answers) == [200, 401, 401, 401]
    assert ApiToken.objects.count() == 1


def test_two_clients_may_use_the_same_number() -> None:
    for system in (signed.system(), signed.system(cast.SHELTER_TEAM)):
        assert ask(system.assertion(jti="12345678")).status_code == 200


def test_other_clients_key_is_refused() -> None:
    mine, other = signed.system(), signed.system(cast.SHELTER_TEAM)
    answer = ask(mine.assertion(key=other.key, header={"kid": other.kid}))
    assert answer.status_code == 401
    assert refusals() == ["unknown-key"]


def test_revoked_key_is_refused_and_ends_what_was_given_on_it() -> None:
    system = signed.system()
    text = ask(system.assertion()).json()["access_token"]
    clients.revoke_key(client=system.id, key=system.key_id, by=cast.actor(cast.KEEPER))
    assert ask(system.assertion()).status_code == 401
    assert refusals() == ["revoked-key"]
    assert tokens.verify(text) is None


def test_revoked_client_is_refused_and_ends_what_was_given_to_it() -> None:
    system = signed.system()
    text = ask(system.assertion()).json()["access_token"]
    clients.revoke(client=system.id, by=cast.actor(cast.KEEPER))
    assert ask(system.assertion()).status_code == 401
    assert refusals() == ["revoked-client"]
    assert tokens.verify(text) is None


def test_key_that_has_run_out_is_refused() -> None:
    system = signed.system()
    ClientKey.objects.update(expires=timezone.now())
    assert ask(system.assertion()).status_code == 401
    assert refusals() == ["expired-key"]


def test_system_of_a_closed_organisation_is_refused() -> None:
    system = signed.system()
    text = ask(system.assertion()).json()["access_token"]
    services.deactivate_organisation(organisation=cast.organisation(cast.POLICE), by=cast.actor(cast.ADMINISTRATOR))
    assert ask(system.assertion()).status_code == 401
    assert refusals() == ["organisation-closed"]
    assert tokens.verify(text) is None


def test_two_keys_are_valid_while_one_takes_over_from_the_other() -> None:
    old, new = signed.system(), signed.p256_key()
    keeper = cast.actor(cast.KEEPER)
    clients.add_key(client=old.id, text=signed.pem(new), lifetime=signed.YEAR, by=keeper)
    kid = ClientKey.objects.get(algorithm="ES256").kid
    for assertion in (old.assertion(), old.assertion(key=new, header={"kid": kid})):
        assert ask(assertion).status_code == 200
    clients.revoke_key(client=old.id, key=old.key_id, by=keeper)
    assert ask(old.assertion(key=new, header={"kid": kid})).status_code == 200


def test_address_that_the_request_names_is_not_believed(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assertion = signed.system().assertion(aud=f"http://evil.example{ADDRESS}")
    form = {"grant_type": "client_credentials", "client_assertion_type": TYPE, "client_assertion": assertion}
    answer = Client(HTTP_HOST="evil.example").post(ADDRESS, urlencode(form), content_type=FORM)
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"grant_type": "password"}, "unsupported_grant_type"),
        ({"grant_type": ""}, "unsupported_grant_type"),
        ({"client_assertion_type": "secret"}, "invalid_request"),
    ],
)
def test_other_form_is_refused_by_name(changes: dict[str, str], error: str) -> None:
    answer = ask(signed.system().assertion(), **changes)
    assert (answer.status_code, answer.json()) == (400, {"error": error})


@pytest.mark.parametrize(
    "body", ["", "grant_type=client_credentials", "grant_type=client_credentials&grant_type=client_credentials", "x" * 20_000]
)
def test_form_that_is_not_whole_is_refused(body: str) -> None:
    answer = Client().post(ADDRESS, body, content_type=FORM)
    assert (answer.status_code, answer.json()) == (400, {"error": "invalid_request"})


def test_json_is_refused() -> None:
    assert Client().post(ADDRESS, "{}", content_type="application/json").status_code == 400


def test_page_is_not_read() -> None:
    assert Client().get(ADDRESS).status_code == 405


def test_client_number_beside_the_request_must_be_the_same() -> None:
    system = signed.system()
    assert ask(system.assertion(), client_id=str(system.id)).status_code == 200
    assert ask(system.assertion(), client_id="somebody-else").status_code == 401


def test_too_many_requests_are_turned_away_before_a_signature_is_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.web.token_endpoint.MOST", 3)
    assert [ask("").status_code for _ in range(4)] == [401, 401, 401, 429]


def test_system_that_asks_without_end_is_slowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grants, "MOST", 2)
    system = signed.system()
    answers = [ask(system.assertion()) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2]["Retry-After"]


def test_log_cannot_be_flooded() -> None:
    system = signed.system()
    for _ in range(12):
        ask(system.assertion(aud="https://other.example"))
    assert len(refusals()) == 5


def test_used_numbers_and_short_tokens_are_forgotten_when_they_are_over() -> None:
    system = signed.system()
    ask(system.assertion())
    assert grants.forget_used() == 0
    UsedAssertion.objects.update(expires=timezone.now() - timedelta(seconds=1))
    ApiToken.objects.update(expires=timezone.now() - timedelta(days=2))
    assert grants.forget_used() == 1
    assert not UsedAssertion.objects.exists()
    assert not ApiToken.objects.exists()
