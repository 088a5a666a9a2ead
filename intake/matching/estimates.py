"""Proportions from a sample drawn by strata, and how far two readers agree, with 95% intervals. It reads no database."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """A proportion (or kappa) with the bounds of its 95% interval, and how many answers it rests on."""

    value: float
    low: float
    high: float
    answers: int


@dataclass(frozen=True)
class Cell:
    """Of one stratum: what was answered of the group that is estimated, how many are the same person, for how many each stands.

    stands_for is pairs of the stratum in the register divided by pairs of it that were answered: the inverse of the chance to
    be in the sample (Horvitz and Thompson, JASA 47, 1952), given how many were read.
    """

    linked: bool
    stands_for: float
    answered: int
    same: int

    @property
    def total(self) -> float:
        return self.stands_for * self.same

    @property
    def variance(self) -> float:
        """Of total. The share is moved towards a half by half an answer each, so that nothing found is not nothing there."""
        share = (self.same + 0.5) / (self.answered + 1)
        return self.stands_for**2 * self.answered * share * (1 - share) if self.answered else 0.0


def wilson(share: float, size: float) -> tuple[float, float]:
    """The interval of a proportion; never outside 0 to 1, and not of no width at 0 or 1.

    Arguments: size is how many independent draws the share is worth, whole or not. Errors: ValueError for none.
    Source: Wilson, JASA 22 (1927), 209-212.
    """
    if size <= 0:
        raise ValueError("an interval needs at least one answer")
    centre = (share + Z**2 / (2 * size)) / (1 + Z**2 / size)
    half = Z / (1 + Z**2 / size) * sqrt(share * (1 - share) / size + Z**2 / (4 * size**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def precision(cells: Iterable[Cell]) -> Interval | None:
    """Of the pairs that are linked, the share that is one person. None without an answer.

    The share is the ratio of two weighted sums; its interval is Wilson's with the size of a simple sample of the same
    variance (Korn and Graubard, Survey Methodology 24, 1998, do so for Clopper and Pearson's).
    """
    linked = [cell for cell in cells if cell.linked and cell.answered]
    standing = sum(cell.stands_for * cell.answered for cell in linked)
    if not standing:
        return None
    share = sum(cell.total for cell in linked) / standing
    near = sum(cell.stands_for * cell.answered * (cell.same + 0.5) / (cell.answered + 1) for cell in linked) / standing
    variance = sum(cell.variance for cell in linked) / standing**2
    return _interval(share, near, variance, sum(cell.answered for cell in linked))


def recall(cells: Iterable[Cell]) -> Interval | None:
    """Of the pairs that are one person, the share that is linked, among the pairs that were compared. None where none is.

    With linked and missed the weighted numbers of true pairs, the share is R = linked / (linked + missed) and its variance
    ((1 - R)^2 var(linked) + R^2 var(missed)) / (linked + missed)^2, by the first terms of Taylor's series (Cochran, Sampling
    Techniques, 1977, section 6.4). Interval as in precision.
    """
    known = list(cells)
    linked = [cell for cell in known if cell.linked]
    missed = [cell for cell in known if not cell.linked]
    found, lost = (sum(cell.total for cell in part) for part in (linked, missed))
    if not found + lost:
        return None
    share = found / (found + lost)
    near = _near(linked) / (_near(linked) + _near(missed))
    spread = (1 - near) ** 2 * sum(cell.variance for cell in linked) + near**2 * sum(cell.variance for cell in missed)
    return _interval(share, near, spread / (found + lost) ** 2, sum(cell.same for cell in known))


def _near(cells: Iterable[Cell]) -> float:
    """The weighted number of true pairs with half an answer each way, which is never none where something was read."""
    return sum(cell.stands_for * cell.answered * (cell.same + 0.5) / (cell.answered + 1) for cell in cells)


def _interval(share: float, near: float, variance: float, answers: int) -> Interval:
    size = near * (1 - near) / variance if variance > 0 and 0 < near < 1 else float(max(answers, 1))
    low, high = wilson(share, size)
    return Interval(share, low, high, answers)


def kappa(answers: Mapping[tuple[str, str], int]) -> Interval | None:
    """How far two readers agree beyond chance: Cohen's kappa with its large-sample interval. None where it does not exist.

    Arguments: number of pairs by first and second answer. With p_o the share on which they agree and p_e the share on which
    they would by chance, kappa = (p_o - p_e) / (1 - p_e) (Cohen, Educational and Psychological Measurement 20, 1960); its
    variance is that of Fleiss, Cohen and Everitt, Psychological Bulletin 72 (1969), formula 13. It does not exist where both
    readers gave one and the same answer only.
    """
    total = sum(answers.values())
    if not total:
        return None
    names = sorted({name for two in answers for name in two})
    share = {(one, other): answers.get((one, other), 0) / total for one in names for other in names}
    first = {one: sum(share[one, other] for other in names) for one in names}
    second = {other: sum(share[one, other] for one in names) for other in names}
    observed = sum(share[one, one] for one in names)
    expected = sum(first[one] * second[one] for one in names)
    if expected >= 1:
        return None
    value = (observed - expected) / (1 - expected)
    same = sum(share[one, one] * (1 - (first[one] + second[one]) * (1 - value)) ** 2 for one in names)
    crossed = sum(share[one, other] * (second[one] + first[other]) ** 2 for one in names for other in names if one != other)
    spread = same + (1 - value) ** 2 * crossed - (value - expected * (1 - value)) ** 2
    half = Z * sqrt(max(spread, 0.0) / total) / (1 - expected)
    return Interval(value, max(-1.0, value - half), min(1.0, value + half), total)
