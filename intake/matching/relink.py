"""A full relink of the register by another engine, compared with the persons that are stored. It changes none of them.

The engine is given keyed comparison features and row numbers; decisions and clusters stay here.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.linkage import clusters, engine
from intake.linkage.clusters import Difference
from intake.linkage.columns import Columns
from intake.matching import features, in_force
from intake.matching.portions import in_portions
from intake.matching.services import LINK
from intake.models.contribution import Contribution
from intake.models.matching import MatchingFeatures, Pair, PersonContribution, Two
from intake.relinking import databases
from intake.relinking.spill import spill_folder
from jobs import services as jobs
from safeguards import audit
from safeguards.actors import Actor

AT_ONCE = 2_000


@dataclass(frozen=True)
class Found:
    """contributions: how many were relinked. compared: pairs that shared a token. queued: how many are linked anew."""

    contributions: int
    compared: int
    difference: Difference[UUID]
    queued: int = 0


def relink(*, engine_name: str, master: str, folder: Path, apply: bool, by: Actor) -> Found:
    """Relink all and compare. With apply, whoever differs is linked anew by the usual job; else nothing changes.

    Read first and compared outside a transaction: what is linked meanwhile may show as a difference. Errors:
    EngineMissingError, OSError for a folder that cannot be used.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    running, database = databases.loaded(engine_name)
    opening = database.opened_at(master) if engine_name == "spark" else database.opened
    columns, used = Columns(), in_force.parameters()
    members: list[UUID] = []
    for portion in _portions():
        records = features.load(portion)
        columns.add(records.values())
        members += records
    persons = _persons(members)
    with spill_folder(folder) as spill:
        found = running.relink(columns.frozen(), opening, spill, used)
    grouped = engine.unite(members, found.scored, *_decisions(members), used)
    differs = clusters.difference(persons, grouped.groups)
    return _record(Found(len(members), found.compared, differs), engine_name, apply, by)


def _record(found: Found, engine_name: str, apply: bool, by: Actor) -> Found:
    with transaction.atomic():
        queued = _queue(found.difference.differing) if apply else 0
        counts = {"same": found.difference.same, "differing": len(found.difference.differing), "queued": queued}
        details: dict[str, audit.Detail] = {"engine": engine_name, "parameters": in_force.parameters().version}
        details |= {"contributions": found.contributions} | counts
        audit.record(events.LINKAGE_RELINKED, by=by, details=details)
        if queued:
            jobs.record(LINK, key=LINK)
    return Found(found.contributions, found.compared, found.difference, queued)


def _portions() -> Iterator[list[UUID]]:
    """Who is linked and has features still; in the order of ids, so that the row numbers say nothing of when."""
    linked = MatchingFeatures.objects.filter(contribution__in=PersonContribution.objects.values("contribution"))
    rows = linked.order_by("contribution").values_list("contribution", flat=True).iterator(AT_ONCE)
    while portion := list(islice(rows, AT_ONCE)):
        yield portion


def _persons(members: Sequence[UUID]) -> list[frozenset[UUID]]:
    groups: defaultdict[UUID, set[UUID]] = defaultdict(set)
    for portion in in_portions(members):
        rows = PersonContribution.objects.filter(contribution__in=portion)
        for contribution, person in rows.values_list("contribution", "person"):
            groups[person].add(contribution)
    return [frozenset(group) for group in groups.values()]


def _decisions(members: Sequence[UUID]) -> tuple[frozenset[Two], frozenset[Two]]:
    known = set(members)
    same: set[Two] = set()
    different: set[Two] = set()
    rows = Pair.objects.exclude(decision="").filter(set_aside=False).values_list("first", "second", "decision")
    for first, second, decision in rows.iterator():
        if first in known and second in known:
            (same if decision == Pair.Decision.SAME else different).add((first, second))
    return frozenset(same), frozenset(different)


def _queue(differing: Sequence[frozenset[UUID]]) -> int:
    ids = {contribution for part in differing for contribution in part}
    return sum(Contribution.objects.filter(id__in=portion).update(needs_linking=True) for portion in in_portions(ids))
