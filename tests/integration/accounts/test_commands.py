"""The operator's commands: the first organisation and the first administrator of a new register."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts import selectors
from accounts.models import Organisation, User
from accounts.reporters import PoliceUnit
from accounts.roles import Role
from safeguards.models import AuditEntry
from tests import cast

pytestmark = pytest.mark.django_db


def run(*arguments: str) -> str:
    out = StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue().strip()


def first_administrator() -> str:
    run("create_organisation", "Registratiehuis")
    name = ("--name", "Eerste", "--organisation", "Registratiehuis", "--role", "system-administrator")
    return run("create_user", "eerste@example.org", *name)


def test_first_administrator_chooses_a_password_at_the_printed_address(client: Client) -> None:
    page = client.get(first_administrator(), follow=True)
    client.post(page.redirect_chain[-1][0], {"password1": cast.PASSWORD, "password2": cast.PASSWORD})
    user = User.objects.get()
    assert user.check_password(cast.PASSWORD)
    assert selectors.roles_anywhere(user.id) == {Role.SYSTEM_ADMINISTRATOR}


def test_command_is_recorded_as_who_acted() -> None:
    first_administrator()
    recorded = AuditEntry.objects.order_by("sequence").values_list("actor_kind", "actor_id", "strength")
    assert list(recorded) == [
        ("system", "create_organisation", "command-line"),
        ("system", "create_user", "command-line"),
    ]


def test_police_organisation_has_its_unit() -> None:
    run("create_organisation", "Politie Limburg", "--group", "police", "--unit", "limburg", "--public-body")
    assert selectors.organisation_named("Politie Limburg").unit == PoliceUnit.LIMBURG


@pytest.mark.parametrize(
    "arguments",
    [
        ("--group", "police"),
        ("--group", "kmar", "--unit", "limburg"),
        ("--group", "other-reporters"),
        ("--kind", "ngo"),
        ("--group", "kmar", "--feed", "emm"),
    ],
    ids=" ".join,
)
def test_impossible_organisation_is_refused_in_one_sentence(arguments: tuple[str, ...]) -> None:
    with pytest.raises(CommandError, match=r"^[^\n]+\.$"):
        run("create_organisation", "Nieuw", *arguments)
    assert not Organisation.objects.exists()


def test_name_that_is_taken_is_refused() -> None:
    run("create_organisation", "Registratiehuis")
    with pytest.raises(CommandError):
        run("create_organisation", "Registratiehuis")


def test_user_of_an_unknown_organisation_is_refused() -> None:
    with pytest.raises(CommandError):
        run("create_user", "a@example.org", "--name", "A", "--organisation", "Nergens", "--role", "analyst")
