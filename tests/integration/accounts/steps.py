"""Steps that several sign-in tests take: give the password, set up an app, give a code. They assert nothing."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from tests import cast

PERIOD = 30


def give_password(client: Client, person: cast.Person, password: str = cast.PASSWORD) -> HttpResponse:
    cast.user(person)
    return post(client, "/sign-in", {"login": person.email, "password": password})


def give_code(client: Client, code: str) -> HttpResponse:
    return post(client, "/sign-in/code", {"code": code})


def set_up_app(user: User) -> str:
    seed = generate_totp_secret()
    TOTP.activate(user, seed)
    return seed


def set_up_recovery_codes(user: User) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(user).generate_codes()
    return codes


def app_code(seed: str, *, steps_ahead: int = 0) -> str:
    code: str = format_hotp_value(hotp_value(seed, int(time.time()) // PERIOD + steps_ahead))
    return code


def wrong_code(seed: str) -> str:
    return f"{(int(app_code(seed)) + 1) % 1_000_000:06}"


def stored_seed(user: User) -> str:
    data: dict[str, str] = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP).data
    return data["secret"]


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def post(client: Client, address: str, content: dict[str, str]) -> HttpResponse:
    response: HttpResponse = client.post(address, content)
    return response
