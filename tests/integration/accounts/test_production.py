"""What production settings give, read from a process of their own; and the demonstration, which they never give."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from tests import cast
from tests.integration.accounts import steps

HERE = Path(__file__).resolve().parents[3]
READ = """
import json, django
from django.conf import settings
django.setup()
from accounts import demonstration, checks
allowed = [demonstration.allowed()]
settings.BAKEN_DEMONSTRATION = True
allowed.append(demonstration.allowed())
names = ("BAKEN_MODE SESSION_COOKIE_NAME CSRF_COOKIE_NAME SESSION_COOKIE_SECURE CSRF_COOKIE_SECURE SESSION_COOKIE_HTTPONLY "
         "SESSION_COOKIE_SAMESITE SESSION_COOKIE_DOMAIN SESSION_COOKIE_PATH PASSWORD_HASHERS DEBUG")
found = {name: getattr(settings, name) for name in names.split()}
errors = [error.id for error in checks.demonstration_only_where_allowed()]
print(json.dumps(found | {"allowed": allowed, "errors": errors}))
"""


def production(**changes: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "BAKEN_SECRET_KEY": "".join(chr(33 + 7 * number % 90) for number in range(90)),
        "BAKEN_HOSTS": "baken.example",
        "DATABASE_URL": "postgres://nobody@127.0.0.1/nowhere",
        **changes,
    }
    command = [sys.executable, "-c", READ]
    return subprocess.run(command, cwd=HERE, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    answer = production()
    assert answer.returncode == 0, answer.stderr
    read: dict[str, object] = json.loads(answer.stdout)
    return read


def test_cookies_belong_to_this_host_and_https_alone(found: dict[str, object]) -> None:
    assert (found["SESSION_COOKIE_NAME"], found["CSRF_COOKIE_NAME"]) == ("__Host-session", "__Host-csrf")
    assert found["SESSION_COOKIE_SECURE"]
    assert found["CSRF_COOKIE_SECURE"]
    assert (found["SESSION_COOKIE_DOMAIN"], found["SESSION_COOKIE_PATH"]) == (None, "/")
    assert (found["SESSION_COOKIE_HTTPONLY"], found["SESSION_COOKIE_SAMESITE"]) == (True, "Lax")


def test_passwords_are_hashed_with_argon2_alone(found: dict[str, object]) -> None:
    assert found["PASSWORD_HASHERS"] == ["accounts.hashers.LimitedArgon2Hasher"]


def test_demonstration_is_not_allowed_even_when_the_switch_is_on(found: dict[str, object]) -> None:
    assert found["BAKEN_MODE"] == "production"
    assert found["allowed"] == [False, False]
    assert found["errors"] == ["baken.E110"]


def test_switch_in_the_environment_stops_the_start() -> None:
    answer = production(BAKEN_DEMONSTRATION="yes")
    assert answer.returncode != 0
    assert "BAKEN_DEMONSTRATION" in answer.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(("proxies", "locked"), [(1, False), (0, True)])
def test_address_behind_the_proxy_is_counted_only_where_a_proxy_is_trusted(
    settings: Settings, proxies: int, locked: bool
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    attacker, owner = Client(HTTP_X_FORWARDED_FOR="203.0.113.9"), Client(HTTP_X_FORWARDED_FOR="198.51.100.7")
    for number in range(20):
        steps.post(attacker, "/sign-in", {"login": f"nobody{number}@example.org", "password": "een lange zin"})
    steps.give_password(owner, cast.OWNER)
    assert steps.is_signed_in(owner) is not locked
