"""The calls the app makes: Details to Record, Record to tokens, two Records to a scored pair, many to clusters.

It stores nothing, holds no key and knows nothing of notifications, so that a stronger engine can stand behind the same calls.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations
from uuid import UUID

from intake.linkage import blocking, clusters, decisions, features
from intake.linkage.clusters import Clusters, Links, Two, ordered
from intake.linkage.comparisons import Field, Level, compare
from intake.linkage.decisions import Band, Caution
from intake.linkage.features import Digest
from intake.linkage.fellegi_sunter import FROZEN, Parameters
from intake.linkage.records import Details, Record

make_record = features.make_record
tokens = blocking.tokens


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
        return not decisions.SETTING_APART.isdisjoint(self.cautions)


@dataclass(frozen=True)
class Linked:
    """Scored pairs of the automatic and question bands, the persons, and the tokens that too many shared to be used."""

    pairs: Mapping[Two, ScoredPair]
    clusters: Clusters
    worn_tokens: int


def score(first: Record, second: Record, parameters: Parameters = FROZEN) -> ScoredPair:
    """The match weight of two records with its explanation.

    Returns: weight = prior + sum over the fields of log2(m/u) of the level that holds; missing fields add nothing.
    Symmetric in its records. Errors: none. Source: Fellegi and Sunter (1969).
    """
    levels = dict(compare(first, second))
    evidence = tuple(
        FieldEvidence(field, level, parameters.weights[field, level])
        for field, level in levels.items()
        if level is not Level.MISSING
    )
    weight = round(parameters.prior + sum(part.weight for part in evidence), 4)
    cautious = decisions.cautions(levels)
    return ScoredPair(weight, evidence, cautious, decisions.band(weight, cautious, parameters))


def compare_many(record: Record, candidates: Mapping[UUID, Record], parameters: Parameters = FROZEN) -> dict[UUID, ScoredPair]:
    """One record against its candidates; those of the band 'none' are left out.

    Returns: the candidate's id to its scored pair, in the order of the candidates. Errors: none.
    """
    scored = ((identifier, score(record, candidate, parameters)) for identifier, candidate in candidates.items())
    return {identifier: pair for identifier, pair in scored if pair.band is not Band.NONE}


def candidate_pairs(token_rows: Mapping[UUID, Iterable[bytes]], cap: int) -> tuple[set[Two], int]:
    """Pairs that share a token, and how many tokens more than cap records share: those are not used.

    Whether two are a pair depends on who shares which token and not on the order of arrival. Errors: none.
    """
    holders: dict[bytes, list[UUID]] = {}
    for identifier, found in token_rows.items():
        for token in found:
            holders.setdefault(token, []).append(identifier)
    used = [sharing for sharing in holders.values() if len(sharing) <= cap]
    return {ordered(*two) for sharing in used for two in combinations(sharing, 2)}, len(holders) - len(used)


def links_of(
    pairs: Mapping[Two, ScoredPair], same: frozenset[Two] = frozenset(), different: frozenset[Two] = frozenset()
) -> Links:
    """What clusters.unite needs: a decided pair counts by its decision alone."""
    open_pairs = {two: pair for two, pair in pairs.items() if two not in same | different}
    return Links(
        automatic={two: pair.weight for two, pair in open_pairs.items() if pair.band is Band.AUTOMATIC},
        same=same,
        different=different,
        apart=frozenset(two for two, pair in open_pairs.items() if pair.sets_apart),
    )


def link(
    records: Mapping[UUID, Record], digest: Digest, *, decided: Links | None = None, parameters: Parameters = FROZEN
) -> Linked:
    """A whole set of records at once: blocking, scoring, clusters.

    Arguments: decided gives people's decisions as same and different. Returns: Linked over all records; the same for every
    order of the records. Errors: none. Source: the steps above.
    """
    found, worn = candidate_pairs({key: tokens(record, digest) for key, record in records.items()}, parameters.cap)
    scored = ((two, score(records[two[0]], records[two[1]], parameters)) for two in sorted(found))
    pairs = {two: pair for two, pair in scored if pair.band is not Band.NONE}
    known = decided or Links()
    links = links_of(pairs, known.same, known.different)
    return Linked(pairs, clusters.unite(records, links, lead=parameters.lead), worn)


__all__ = [
    "Details",
    "Digest",
    "FieldEvidence",
    "Linked",
    "Record",
    "ScoredPair",
    "candidate_pairs",
    "compare_many",
    "link",
    "links_of",
    "make_record",
    "score",
    "tokens",
]
