"""Makes an organisation from the command line: the first one, before anybody can sign in, or one from a script."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from accounts import services
from accounts.errors import AccountsError
from accounts.inputs import OrganisationInput
from accounts.models import Organisation
from accounts.permissions import operator
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup


class Command(BaseCommand):
    help = "Make an organisation. Without --group and --feed it is the registry, which does not report."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name")
        parser.add_argument("--group", choices=[group.value for group in ReporterGroup])
        parser.add_argument("--kind", choices=[kind.value for kind in OtherReporter], help="Of another reporter.")
        parser.add_argument("--unit", choices=[unit.value for unit in PoliceUnit], help="Of the police.")
        parser.add_argument("--feed", choices=[feed.value for feed in Organisation.Feed], default="")
        parser.add_argument("--public-body", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            made = services.create_organisation(organisation=described(options), by=operator("create_organisation"))
        except AccountsError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(str(made))


def described(options: dict[str, Any]) -> OrganisationInput:
    group = ReporterGroup(options["group"]) if options["group"] else None
    if bool(options["unit"]) != (group == ReporterGroup.POLICE):
        raise CommandError("A police organisation has a --unit, and no other has.")
    if bool(options["kind"]) != (group == ReporterGroup.OTHER):
        raise CommandError("Another reporter has a --kind, and no other has.")
    if group and options["feed"]:
        raise CommandError("An organisation reports or feeds, not both.")
    return OrganisationInput(
        name=options["name"],
        group=group,
        other_kind=OtherReporter(options["kind"]) if options["kind"] else None,
        unit=PoliceUnit(options["unit"]) if options["unit"] else None,
        feed=options["feed"],
        public_body=options["public_body"],
    )
