"""How good a clustering is, measured against a known truth. It links nothing."""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Evaluation:
    """Pairwise precision and recall, B-cubed, and the error in the number of persons (0.01 is one per cent too many)."""

    pairs_true: int
    pairs_found: int
    pairs_right: int
    precision: float
    recall: float
    f1: float
    bcubed_precision: float
    bcubed_recall: float
    bcubed_f1: float
    persons_true: int
    persons_found: int
    person_count_error: float


def evaluate(found: Mapping[str, Hashable], truth: Mapping[str, Hashable]) -> Evaluation:
    """Compares two clusterings of the same reports.

    Arguments: report id to cluster and report id to person; both hold the same reports.
    Returns: Evaluation; a ratio without a denominator is 1. Errors: ValueError where the reports differ or there are none.
    Source: pairwise measures, Hand and Christen (2018); B-cubed, Bagga and Baldwin (1998).
    """
    if not truth or found.keys() != truth.keys():
        raise ValueError("both clusterings must hold the same reports, at least one")
    clusters, persons = Counter(found.values()), Counter(truth.values())
    shared = Counter((found[report], truth[report]) for report in truth)
    pairs_found, pairs_true, pairs_right = (_pairs(sizes.values()) for sizes in (clusters, persons, shared))
    precision, recall = _ratio(pairs_right, pairs_found), _ratio(pairs_right, pairs_true)
    bcubed_precision = sum(size * size / clusters[cluster] for (cluster, _), size in shared.items()) / len(truth)
    bcubed_recall = sum(size * size / persons[person] for (_, person), size in shared.items()) / len(truth)
    return Evaluation(
        pairs_true=pairs_true,
        pairs_found=pairs_found,
        pairs_right=pairs_right,
        precision=precision,
        recall=recall,
        f1=harmonic_mean(precision, recall),
        bcubed_precision=bcubed_precision,
        bcubed_recall=bcubed_recall,
        bcubed_f1=harmonic_mean(bcubed_precision, bcubed_recall),
        persons_true=len(persons),
        persons_found=len(clusters),
        person_count_error=len(clusters) / len(persons) - 1,
    )


def harmonic_mean(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _ratio(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
