"""Reports that say the very same of a person: one stands for all, so that a report sent five hundred times costs as one."""

from collections.abc import Hashable, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Generic

import numpy as np

from intake.linkage import engine
from intake.linkage.clusters import Clusters, Member
from intake.linkage.columns import Frozen, ascending
from intake.linkage.decisions import Band
from intake.linkage.fellegi_sunter import Parameters
from intake.linkage.ragged import Numbers, mixed


@dataclass(frozen=True)
class Distinct(Generic[Member]):
    """The reports that stand for all, with their columns; copies has the others by the one that stands for them."""

    frozen: Frozen
    members: tuple[Member, ...]
    copies: Mapping[Member, Sequence[Member]]

    def with_copies(self, clusters: Clusters[Member]) -> Clusters[Member]:
        if not self.copies:
            return clusters
        standing = frozenset(self.copies)
        return Clusters(tuple([self._whole(group, group & standing) for group in clusters.groups]), clusters.held_back)

    def _whole(self, group: frozenset[Member], standing: frozenset[Member]) -> frozenset[Member]:
        return group.union(*[self.copies[member] for member in standing]) if standing else group


def without_copies(
    frozen: Frozen, members: Sequence[Member], decided: Set[Hashable], parameters: Parameters
) -> Distinct[Member]:
    """Leaves of equal reports the least, where two such reports link by themselves; in the order of members.

    Arguments: decided, reports that people decided about, which stand for themselves. Returns: Distinct; the persons are the
    same for every order of the members. Errors: none.
    """
    stands_for = _first_of_equal(frozen, members, decided)
    alone = stands_for == np.arange(len(members))
    copied = ascending(stands_for[~alone])
    linked = engine.score_all(frozen, copied, copied, parameters)
    sure = np.zeros(len(members), dtype=np.bool_)
    sure[linked.left[linked.are(Band.AUTOMATIC)]] = True
    left_out = sure[stands_for] & ~alone
    copies: dict[Member, list[Member]] = {}
    for row in np.flatnonzero(left_out).tolist():
        copies.setdefault(members[stands_for[row]], []).append(members[row])
    in_order = sorted(np.flatnonzero(~left_out).tolist(), key=members.__getitem__)
    return Distinct(frozen.rows(np.array(in_order, dtype=np.int64)), tuple(members[row] for row in in_order), copies)


def _first_of_equal(frozen: Frozen, members: Sequence[Member], decided: Set[Hashable]) -> Numbers:
    """For every row the row of the least member that says the same; itself where people decided about it.

    Told by a key of 64 bits: of a million reports two that differ fall together by less than one chance in ten million.
    """
    keys = np.zeros(len(members), dtype=np.uint64)
    for column in frozen.columns.values():
        keys = mixed(keys, column.ids.astype(np.uint64))
    known = enumerate(members) if decided else ()
    alone = np.array([row for row, member in known if member in decided], dtype=np.int64)
    keys[alone] = mixed(keys[alone], (alone + 1).astype(np.uint64))
    by_member = np.array(sorted(range(len(members)), key=members.__getitem__), dtype=np.int64)
    order = by_member[np.argsort(keys[by_member], kind="stable")]
    fresh = np.ones(len(members), dtype=np.bool_)
    fresh[1:] = keys[order[1:]] != keys[order[:-1]]
    found = np.empty(len(members), dtype=np.int64)
    found[order] = order[np.flatnonzero(fresh)[np.cumsum(fresh) - 1]]
    return found
