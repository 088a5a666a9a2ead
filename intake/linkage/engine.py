"""The calls the app makes: Details to Record, Record to tokens, two Records to a scored pair, many to clusters.

It stores nothing, holds no key and knows nothing of notifications, so that a stronger engine can stand behind the same calls.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Generic

import numpy as np

from intake.linkage import candidates, clusters, components, decisions, features, quick
from intake.linkage import tokens as index
from intake.linkage.clusters import Clusters, Links, Member, Rules, Two, ordered
from intake.linkage.columns import LEVELS, Columns, Compared, Frozen
from intake.linkage.comparisons import Field, Level
from intake.linkage.decisions import BANDS, CAUTIONS, SETTING_APART, Band, Caution
from intake.linkage.features import Digest
from intake.linkage.fellegi_sunter import Parameters, Weights, shipped
from intake.linkage.ragged import Numbers, Small, Truths
from intake.linkage.records import Details, Record

make_record = features.make_record
tokens = index.tokens

# Pairs compared at once: what one comparison needs in memory does not grow with the register.
AT_ONCE = 100_000


@dataclass(frozen=True, slots=True)
class FieldEvidence:
    """What one field says: the level of agreement and its weight in bits; a missing field weighs nothing."""

    field: Field
    level: Level
    weight: float


@dataclass(frozen=True, slots=True)
class ScoredPair:
    """The explanation of one comparison: evidence by field, the prior within the weight, and what asks for a person's eye."""

    weight: float
    evidence: tuple[FieldEvidence, ...]
    cautions: tuple[Caution, ...]
    band: Band

    @property
    def sets_apart(self) -> bool:
        return not SETTING_APART.isdisjoint(self.cautions)


@dataclass(frozen=True)
class Scored:
    """Pairs as arrays of one length: row numbers (the lesser first), match weights in bits, bands as places in BANDS, whether
    they are kept apart, and whether that is for numbers that differ.
    """

    left: Numbers
    right: Numbers
    weights: Weights
    bands: Small
    apart: Truths
    conflicting: Truths

    def at(self, places: Numbers) -> "Scored":
        return Scored(*(getattr(self, one.name)[places] for one in fields(self)))

    def are(self, band: Band) -> Truths:
        found: Truths = self.bands == BANDS.index(band)
        return found


@dataclass(frozen=True)
class Linked(Generic[Member]):
    """members: the reports by row number; scored: their pairs of the automatic and question bands; the persons; how many
    tokens too many shared to be used.
    """

    members: tuple[Member, ...]
    scored: Scored
    clusters: Clusters[Member]
    worn_tokens: int

    def pair(self, place: int) -> Two[Member]:
        return ordered(self.members[self.scored.left[place]], self.members[self.scored.right[place]])


def explain(frozen: Frozen, left: Numbers, right: Numbers, parameters: Parameters) -> list[ScoredPair]:
    """The match weights of pairs of rows with their explanation.

    Returns: weight = prior + the sum of the fields' evidence; missing fields add nothing. Symmetric in its rows.
    Errors: none. Source: Fellegi and Sunter (1969).
    """
    compared = frozen.compare(left, right)
    by_field = parameters.by_field(compared)
    weights = _weights(by_field, parameters)
    cautious = decisions.cautions(compared, parameters.common)
    bands = decisions.bands(weights, cautious, parameters)
    doubts: list[list[Caution]] = [[] for _ in weights]
    for caution in CAUTIONS:
        for row in np.flatnonzero(cautious[caution]).tolist():
            doubts[row].append(caution)
    return [
        ScoredPair(weight, evidence, tuple(doubt), BANDS[band])
        for weight, evidence, doubt, band in zip(
            weights.tolist(), _evidence(compared, by_field), doubts, bands.tolist(), strict=True
        )
    ]


def score_pairs(
    records: Mapping[Member, Record], pairs: Sequence[Two[Member]], parameters: Parameters | None = None
) -> dict[Two[Member], ScoredPair]:
    """These pairs of records with their explanation. Errors: KeyError for a pair whose record is not there."""
    place = {member: row for row, member in enumerate(records)}
    left, right = (np.array([place[pair[end]] for pair in pairs], dtype=np.int64) for end in (0, 1))
    found = explain(Columns(records.values()).frozen(), left, right, parameters or shipped())
    return dict(zip(pairs, found, strict=True))


def score(first: Record, second: Record, parameters: Parameters | None = None) -> ScoredPair:
    """One pair; see explain."""
    (found,) = score_pairs({0: first, 1: second}, [(0, 1)], parameters).values()
    return found


def compare_many(
    record: Record, candidates: Mapping[Member, Record], parameters: Parameters | None = None
) -> dict[Member, ScoredPair]:
    """One record against its candidates; those of the band 'none' are left out.

    Returns: the candidate's id to its scored pair, in the order of the candidates. Errors: none.
    """
    right = np.arange(1, len(candidates) + 1)
    frozen = Columns([record, *candidates.values()]).frozen()
    found = explain(frozen, np.zeros_like(right), right, parameters or shipped())
    return {member: pair for member, pair in zip(candidates, found, strict=True) if pair.band is not Band.NONE}


def candidate_pairs(frozen: Frozen, cap: int) -> tuple[Numbers, Numbers, int]:
    """Rows that share enough tokens (linkage.sharing), each two once, and how many tokens are worn: those are not used.

    Whether two are a pair depends on who shares which token and not on the order of arrival. Errors: none.
    """
    blocks = candidates.blocks_of(frozen, cap)
    return *blocks.pairs(range(len(frozen))), blocks.worn


def score_all(frozen: Frozen, left: Numbers, right: Numbers, parameters: Parameters) -> Scored:
    """The pairs of the automatic and question bands among these; memory for AT_ONCE comparisons at a time."""
    ends = [(left[start : start + AT_ONCE], right[start : start + AT_ONCE]) for start in range(0, max(len(left), 1), AT_ONCE)]
    portions = [scored(frozen.compare(*two), *two, parameters) for two in ends]
    return Scored(*(np.concatenate([getattr(one, name) for one in portions]) for name in Scored.__dataclass_fields__))


def link(
    records: Mapping[Member, Record],
    *,
    same: frozenset[Two[Member]] = frozenset(),
    different: frozenset[Two[Member]] = frozenset(),
    parameters: Parameters | None = None,
) -> Linked[Member]:
    """A whole set of records at once: blocking, scoring, clusters.

    Arguments: same and different are people's decisions. Returns: Linked over all records; the same for every order of the
    records. Errors: none. Source: the steps above.
    """
    used = parameters or shipped()
    members = tuple(records)
    frozen = quick.prepared(Columns(records.values()).frozen())
    left, right, worn = candidate_pairs(frozen, used.cap)
    scored = score_all(frozen, left, right, used)
    return Linked(members, scored, unite(members, scored, same, different, used), worn)


def unite(
    members: Sequence[Member],
    scored: Scored,
    same: frozenset[Two[Member]],
    different: frozenset[Two[Member]],
    parameters: Parameters,
) -> Clusters[Member]:
    """The persons; a decided pair counts by its decision alone.

    Only what hangs together by links and decisions 'same' can become one person, so the other pairs are not looked at; and of
    two that nothing else hangs together with nothing speaks against their link.
    """
    order = sorted(range(len(members)), key=members.__getitem__)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    known = [members[row] for row in order]
    decided = [_ranks(known, decisions) for decisions in (same, different)]
    ends = np.sort([rank[scored.left], rank[scored.right]], axis=0)
    joined = np.concatenate([ends[:, scored.are(Band.AUTOMATIC)], decided[0].T], axis=1)
    labels = components.components(len(known), *joined)
    touched = np.concatenate([*map(np.ravel, decided), ends[:, scored.apart].ravel()])
    plain = np.bincount(labels, minlength=len(known)) == 2
    plain[labels[touched]] = False
    open_rows = np.flatnonzero((np.bincount(labels, minlength=len(known)) > 1)[labels] & ~plain[labels])
    open_pairs = np.flatnonzero((labels[ends[0]] == labels[ends[1]]) & ~plain[labels[ends[0]]])
    within = [two[labels[two[:, 0]] == labels[two[:, 1]]] for two in decided]
    links = _links(ends[:, open_pairs], scored.at(open_pairs), *(frozenset(map(tuple, two.tolist())) for two in within))
    found = clusters.unite(open_rows.tolist(), links, rules(parameters))
    for group in found.groups:
        labels[list(group)] = min(group)
    held_back = frozenset((known[one], known[other]) for one, other in found.held_back)
    return Clusters(components.groups(labels, known), held_back)


def _ranks(known: Sequence[Member], decided: frozenset[Two[Member]]) -> Numbers:
    """Decided pairs by the places of their members, which are sorted."""
    place = {member: rank for rank, member in enumerate(known)} if decided else {}
    return np.array([[place[one], place[other]] for one, other in sorted(decided)], dtype=np.int64).reshape(-1, 2)


def _links(ends: Numbers, scored: Scored, same: frozenset[Two[int]], different: frozenset[Two[int]]) -> Links[int]:
    twos = list(zip(*ends.tolist(), strict=True))
    decided = same | different
    open_pairs = [(two, place) for place, two in enumerate(twos) if two not in decided]
    weights, automatic = scored.weights.tolist(), scored.are(Band.AUTOMATIC).tolist()
    return Links(
        weights={two: weights[place] for two, place in open_pairs},
        automatic=frozenset(two for two, place in open_pairs if automatic[place]),
        same=same,
        different=different,
        apart=frozenset(two for place, two in enumerate(twos) if scored.apart[place]) - different,
        conflicting=frozenset(two for place, two in enumerate(twos) if scored.conflicting[place]),
    )


def rules(parameters: Parameters) -> Rules:
    return Rules(parameters.lead, parameters.support, parameters.unlike)


def scored(compared: Compared, left: Numbers, right: Numbers, parameters: Parameters) -> Scored:
    """The pairs of the automatic and question bands among these, which were compared already. Errors: none."""
    found = weights_of(compared, parameters)
    cautious = decisions.cautions(compared, parameters.common)
    bands = decisions.bands(found, cautious, parameters)
    kept = bands != BANDS.index(Band.NONE)
    apart = np.logical_or.reduce([cautious[caution] for caution in SETTING_APART])
    conflicting = cautious[Caution.NUMBERS_DIFFER]
    return Scored(*(column[kept] for column in (left, right, found, bands, apart, conflicting)))


def weights_of(compared: Compared, parameters: Parameters) -> Weights:
    """The match weights of compared pairs, in bits; see explain. Errors: none."""
    return _weights(parameters.by_field(compared), parameters)


def _weights(by_field: Mapping[Field, Weights], parameters: Parameters) -> Weights:
    found: Weights = np.round(parameters.prior + sum(by_field.values()), 4)
    return found


def _evidence(compared: Compared, by_field: Mapping[Field, Weights]) -> list[tuple[FieldEvidence, ...]]:
    """Of every pair, in the order of the fields."""
    found: list[list[FieldEvidence]] = [[] for _ in next(iter(by_field.values()))]
    for field in Field:
        levels, weights = compared.levels[field].tolist(), by_field[field].tolist()
        for evidence, code, weight in zip(found, levels, weights, strict=True):
            if (level := LEVELS[code]) is not Level.MISSING:
                evidence.append(FieldEvidence(field, level, round(weight, 4)))
    return [tuple(evidence) for evidence in found]


__all__ = [
    "Details",
    "Digest",
    "FieldEvidence",
    "Linked",
    "Record",
    "Scored",
    "ScoredPair",
    "compare_many",
    "explain",
    "link",
    "make_record",
    "score",
    "score_pairs",
    "tokens",
]
