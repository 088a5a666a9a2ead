"""What is restricted at its person's request rests: until that ends its reporter or feed neither changes it nor takes it back.

The person can still withdraw consent, which consent carries out.
"""

from collections.abc import Collection
from uuid import UUID

from consent import gate
from intake.errors import ChangedMeanwhileError
from intake.models.contribution import Contribution
from intake.models.restriction import Restriction
from intake.notifications.inputs import Problem

RESTRICTED = Problem("own_reference", "restricted")


def among(contributions: Collection[UUID]) -> set[UUID]:
    return set(Restriction.objects.filter(contribution__in=contributions).values_list("contribution", flat=True))


gate.tells_resting(among)


def hold(contributions: Collection[UUID]) -> None:
    """Locks what is about to be changed. ChangedMeanwhileError where one went or was restricted since it was looked at."""
    rows = Contribution.objects.select_for_update(no_key=True).filter(id__in=contributions, leaving=False).order_by("id")
    if len(rows.values_list("id", flat=True)) < len(set(contributions)) or among(contributions):
        raise ChangedMeanwhileError
