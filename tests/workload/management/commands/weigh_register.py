"""Reports people in families, twice each, linked by this process alone; with --anew all of it is lost and asked for again.

What that asks for is left to the workers.
"""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from intake.matching import by_tokens, whole
from intake.matching.services import LINKER
from intake.models.matching import Pair, Person, PersonContribution
from tests import linked

NAMES = ("Blessing", "Dragana", "Elif", "Fatoumata", "M.", "Mariama")


class Command(BaseCommand):
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anew", action="store_true")

    def handle(self, *args: Any, anew: bool, **options: Any) -> None:
        if anew:
            _lose()
            by_tokens.CONTRIBUTIONS = 5
            whole.weigh(by=LINKER)
            return
        for family_name in linked.FAMILIES:
            for name in NAMES * 2:
                linked.sent(given_names=(name,), family_name=family_name)
        linked.link_all()


def _lose() -> None:
    """Every pair is a question, a third are gone, and nobody is anybody else."""
    Pair.objects.update(weight=1.0, band=Pair.Band.QUESTION, held_back=False)
    Pair.objects.filter(id__in=list(Pair.objects.order_by("first", "second").values_list("id", flat=True))[::3]).delete()
    for row in PersonContribution.objects.all():
        PersonContribution.objects.filter(pk=row.pk).update(person=Person.objects.create())
