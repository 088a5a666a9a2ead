"""Pairs as they are stored: scores with their explanation, and the links that they are. It decides and groups nothing."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q

from intake.linkage import decisions
from intake.linkage.clusters import Links
from intake.linkage.decisions import Band, Caution
from intake.linkage.engine import Record, ScoredPair, score_pairs
from intake.matching import in_force, sampling
from intake.matching.portions import chosen, in_portions
from intake.models.contribution import Contribution
from intake.models.matching import Pair, Two
from intake.models.restriction import Restriction
from safeguards import bulk

# Of two records of which one cannot be opened.
NOTHING: dict[str, Any] = {"evidence": [], "cautions": []}
# Not where one of the two is restricted, or withdrawn and about to be removed.
LEAVING = Contribution.objects.filter(leaving=True).values("id")
READABLE = Q(set_aside=False) & ~Q(first__in=LEAVING) & ~Q(second__in=LEAVING)
# No candidate today: were it not decided, there would be no row.
KEPT_FOR_ITS_DECISION = Q(band=Pair.Band.BELOW, draw=None)
BANDS = {Band.AUTOMATIC: Pair.Band.AUTOMATIC, Band.QUESTION: Pair.Band.QUESTION, Band.NONE: Pair.Band.BELOW}


_TABLE = Pair._meta.db_table
DECIDED = f"""
    SELECT first_id, second_id, id FROM {_TABLE} WHERE first_id IN ({{ids}}) AND decision <> ''
    UNION ALL SELECT first_id, second_id, id FROM {_TABLE} WHERE second_id IN ({{ids}}) AND decision <> ''
"""  # noqa: S608
_GROUPED = f"SELECT id, first_id, second_id, weight, band, held_back, decision, explanation FROM {_TABLE} WHERE"  # noqa: S608
_TAKING_PART = f"NOT set_aside AND (band <> '{Pair.Band.BELOW}' OR decision <> '')"
_LINKS = f"{_TAKING_PART} AND (band = '{Pair.Band.AUTOMATIC}' OR held_back OR decision = '{Pair.Decision.SAME}')"
OF_FIRST = f"{_GROUPED} first_id IN ({{ids}}) AND {_TAKING_PART}"
JOINING = f"{_GROUPED} first_id IN ({{ids}}) AND {_LINKS} UNION ALL {_GROUPED} second_id IN ({{ids}}) AND {_LINKS}"

Kept = tuple[float, str]
"""The weight, and the band as linking makes it: of a link that is held back it is automatic still."""


@dataclass(frozen=True)
class Stored:
    """One pair row as far as grouping needs it."""

    id: UUID
    ends: Two
    weight: float
    automatic: bool
    held_back: bool
    decision: str
    sets_apart: bool
    conflicting: bool


def score_and_store(wanted: set[Two], records: Mapping[UUID, Record], decided: Mapping[Two, UUID]) -> dict[Two, ScoredPair]:
    """Score the pairs of which both records can be read; keep those that are linked or asked about, and a sample below.

    decided: the stored ones that people answered about, by id. They are scored again and stay, also where they are not wanted.
    """
    readable = sorted(pair for pair in wanted | decided.keys() if pair[0] in records and pair[1] in records)
    ends = dict.fromkeys(end for pair in readable for end in pair)
    used = in_force.parameters()
    scored = score_pairs({end: records[end] for end in ends}, readable, used)
    kept = {pair: found for pair, found in scored.items() if pair in wanted and is_kept(pair, found)}
    _score_again(decided, scored, kept.keys(), used.version)
    Pair.objects.bulk_create(_row(pair, found, used.version) for pair, found in kept.items() if pair not in decided)
    return kept


def is_kept(pair: Two, found: ScoredPair) -> bool:
    return found.band is not Band.NONE or sampling.kept_below(pair, found.weight)


def decided_about(contributions: Iterable[UUID]) -> dict[Two, UUID]:
    """The stored pairs with one of these that people decided, with their ids."""
    return {
        (bulk.as_uuid(first), bulk.as_uuid(second)): bulk.as_uuid(identifier)
        for first, second, identifier in chosen(DECIDED, contributions)
    }


def explanation(found: ScoredPair) -> dict[str, Any]:
    return {
        "evidence": [[part.field, part.level, round(part.weight, 2)] for part in found.evidence],
        "cautions": list(found.cautions),
    }


def joining(contributions: Iterable[UUID]) -> dict[Two, Stored]:
    """Every pair that links one of these, or would if it were not held back."""
    return _stored(JOINING, contributions)


def within(contributions: Iterable[UUID]) -> dict[Two, Stored]:
    """Every pair among these: what keeps them apart, and how well groups of them agree on the whole."""
    members = set(contributions)
    return {pair: row for pair, row in _stored(OF_FIRST, members).items() if pair[1] in members}


def partners(contributions: Iterable[UUID], **condition: str) -> set[UUID]:
    """Whoever shares a pair with one of these, but for what is set aside: that takes no part in any grouping."""
    found: set[UUID] = set()
    for portion in in_portions(contributions):
        rows = Pair.objects.filter(Q(first__in=portion) | Q(second__in=portion), set_aside=False, **condition)
        found |= {end for pair in rows.values_list("first", "second") for end in pair}
    return found


def among(contributions: Iterable[UUID], *, decided: bool | None = None) -> dict[Two, UUID]:
    """The stored pairs of which both ends are among these, with their ids."""
    members = set(contributions)
    wanted = Q() if decided is None else ~Q(decision="") if decided else Q(decision="")
    rows = (Pair.objects.filter(wanted, first__in=portion) for portion in in_portions(members))
    stored = [row for found in rows for row in found.values_list("first", "second", "id")]
    return {(first, second): identifier for first, second, identifier in stored if second in members}


def kept_as(found: ScoredPair) -> Kept:
    return found.weight, str(BANDS[found.band])


def stored_as(wanted: Iterable[Two]) -> dict[Two, Kept]:
    """Those of these pairs that are stored and that nobody decided about, as linking keeps them."""
    asked = set(wanted)
    found: dict[Two, Kept] = {}
    for portion in in_portions(first for first, _ in asked):
        rows = Pair.objects.filter(first__in=portion, decision="", set_aside=False)
        for first, second, weight, band, held_back in rows.values_list("first", "second", "weight", "band", "held_back"):
            if (first, second) in asked:
                found[first, second] = weight, str(Pair.Band.AUTOMATIC if held_back else band)
    return found


def undecided(contributions: Iterable[UUID]) -> set[Two]:
    """The pairs of which the first is one of these that nobody decided about."""
    rows = (Pair.objects.filter(first__in=portion, decision="", set_aside=False) for portion in in_portions(contributions))
    return {two for found in rows for two in found.values_list("first", "second")}


def decided_among(pairs: Iterable[Two]) -> set[Two]:
    """Those of these pairs that people decided about."""
    asked = set(pairs)
    rows = (Pair.objects.filter(first__in=portion) for portion in in_portions(first for first, _ in asked))
    return asked & {two for found in rows for two in found.exclude(decision="").values_list("first", "second")}


def weigh_anew(wanted: set[Two], records: Mapping[UUID, Record]) -> None:
    """Candidates, decided or not, as they would be kept if they were made now; what is stored keeps its row."""
    ends = {end for pair in wanted for end in pair}
    stored = {pair: identifier for pair, identifier in among(ends).items() if pair in wanted}
    score_and_store(wanted, records, stored)
    delete_undecided(stored.values())


def end(identifiers: Iterable[UUID]) -> None:
    """They are candidates no more: what is undecided goes, a decision stays."""
    for portion in in_portions(identifiers):
        Pair.objects.filter(id__in=portion, decision="").delete()
        Pair.objects.filter(id__in=portion).update(band=Pair.Band.BELOW, held_back=False, draw=None)


def delete_undecided(identifiers: Iterable[UUID]) -> None:
    """Of these, what was kept for its decision alone and is decided no more."""
    for portion in in_portions(identifiers):
        Pair.objects.filter(KEPT_FOR_ITS_DECISION, id__in=portion, decision="").delete()


def set_aside(contributions: Iterable[UUID]) -> None:
    """What was decided about them is kept, and joins or separates nobody."""
    for portion in in_portions(contributions):
        Pair.objects.filter(Q(first__in=portion) | Q(second__in=portion)).update(set_aside=True)


def bring_back(contributions: Iterable[UUID]) -> None:
    """But for a pair whose other end is restricted still."""
    restricted = Restriction.objects.values("contribution")
    for portion in in_portions(contributions):
        rows = Pair.objects.filter(Q(first__in=portion) | Q(second__in=portion))
        rows.exclude(first__in=restricted).exclude(second__in=restricted).update(set_aside=False)


def links_of(found: Mapping[Two, Stored]) -> Links[UUID]:
    return Links(
        weights={pair: row.weight for pair, row in found.items() if not row.decision},
        automatic=frozenset(pair for pair, row in found.items() if not row.decision and (row.automatic or row.held_back)),
        same=frozenset(pair for pair, row in found.items() if row.decision == Pair.Decision.SAME),
        different=frozenset(pair for pair, row in found.items() if row.decision == Pair.Decision.DIFFERENT),
        apart=frozenset(pair for pair, row in found.items() if row.sets_apart and row.decision != Pair.Decision.DIFFERENT),
        conflicting=frozenset(pair for pair, row in found.items() if row.conflicting),
    )


def mark_held_back(found: Mapping[Two, Stored], held_back: frozenset[Two]) -> None:
    """A link that is held back becomes a question; one that no longer is, or was decided about, is automatic again."""
    waiting = {pair for pair in held_back if not found[pair].decision}
    stopped = [row.id for pair, row in found.items() if pair in waiting and row.automatic and not row.held_back]
    freed = [row.id for pair, row in found.items() if pair not in waiting and row.held_back]
    for portion in in_portions(stopped):
        Pair.objects.filter(id__in=portion).update(band=Pair.Band.QUESTION, held_back=True)
    for portion in in_portions(freed):
        Pair.objects.filter(id__in=portion).update(band=Pair.Band.AUTOMATIC, held_back=False)


def _row(pair: Two, found: ScoredPair, version: str) -> Pair:
    return Pair(
        first_id=pair[0],
        second_id=pair[1],
        weight=found.weight,
        explanation=explanation(found),
        parameters=version,
        band=BANDS[found.band],
        draw=sampling.place(pair),
    )


def _score_again(decided: Mapping[Two, UUID], scored: Mapping[Two, ScoredPair], kept: Collection[Two], version: str) -> None:
    """People's decisions outlive a correction of what they were about; the score is that of today, so that it holds on undo."""
    rows = []
    for pair, identifier in decided.items():
        unknown = Pair(weight=0.0, explanation=NOTHING, parameters=version)
        row = _row(pair, scored[pair], version) if pair in scored else unknown
        row.id = identifier
        if pair not in kept:
            row.band, row.draw = Pair.Band.BELOW, None
        rows.append(row)
    Pair.objects.bulk_update(rows, ["weight", "explanation", "parameters", "band", "held_back", "draw"])


def _stored(statement: str, contributions: Iterable[UUID]) -> dict[Two, Stored]:
    rows = (_as_stored(*row) for row in chosen(statement, contributions))
    return {row.ends: row for row in rows}


def _as_stored(identifier: Any, first: Any, second: Any, *columns: Any) -> Stored:
    weight, band, held_back, decision, found = columns
    cautions = json.loads(found)["cautions"]
    return Stored(
        id=bulk.as_uuid(identifier),
        ends=(bulk.as_uuid(first), bulk.as_uuid(second)),
        weight=weight,
        automatic=band == Pair.Band.AUTOMATIC,
        held_back=bool(held_back),
        decision=decision,
        sets_apart=not decisions.SETTING_APART.isdisjoint(cautions),
        conflicting=Caution.NUMBERS_DIFFER in cautions,
    )
