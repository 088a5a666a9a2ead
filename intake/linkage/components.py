"""Rows that hang together by pairs, and groups of rows as sets of members, for any number at once. It decides nothing."""

from collections.abc import Sequence

import numpy as np

from intake.linkage.clusters import Member
from intake.linkage.ragged import Numbers


def components(size: int, left: Numbers, right: Numbers) -> Numbers:
    """Of every row under size the least row that it hangs together with. Errors: none.

    Source: the least label is handed on along the pairs, and labels of labels are looked up, until nothing changes; rounds
    grow with the logarithm of the longest chain (Shiloach and Vishkin 1982).
    """
    labels = np.arange(size)
    while True:
        one, other = labels[left], labels[right]
        if np.array_equal(one, other):
            return labels
        np.minimum.at(labels, np.maximum(one, other), np.minimum(one, other))
        while not np.array_equal(labels, found := labels[labels]):
            labels = found


def groups(labels: Numbers, members: Sequence[Member]) -> tuple[frozenset[Member], ...]:
    """The members by the labels of their rows, in the order of labels."""
    order = np.argsort(labels, kind="stable")
    starts = np.flatnonzero(np.diff(labels[order], prepend=-1))
    ends = [*starts[1:].tolist(), len(order)]
    known = [members[row] for row in order.tolist()]
    return tuple([frozenset(known[start:end]) for start, end in zip(starts.tolist(), ends, strict=False)])
