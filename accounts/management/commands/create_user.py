"""Makes a user from the command line, such as the first administrator, and prints the address to choose a password."""

from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from accounts import selectors, services
from accounts.errors import AccountsError
from accounts.inputs import UserInput
from accounts.models import User
from accounts.permissions import operator
from accounts.roles import Role
from accounts.web import invitations


class Command(BaseCommand):
    help = "Make a user; print the address at which the password is chosen. It works once, for two days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", required=True)
        parser.add_argument("--organisation", required=True, help="Its name.")
        parser.add_argument("--role", required=True, action="append", choices=[role.value for role in Role])

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = _make(options)
        except AccountsError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(invitations.address(User.objects.get(pk=made)))


def _make(options: dict[str, Any]) -> UUID:
    where = selectors.organisation_named(options["organisation"])
    roles = frozenset(Role(role) for role in options["role"])
    user = UserInput(email=options["email"], name=options["name"], organisation=where.id, roles=roles)
    return services.create_user(user=user, by=operator("create_user"))
