"""Controlled rounding: every count goes to one of the two multiples beside it, so that all tables still add up.

One integer programme over all linked tables: Salazar-González (2006), Controlled rounding and cell perturbation, and
Hundepool and others (2024), Handbook on Statistical Disclosure Control, section 5.4. Nearest multiples alone would tell that
a printed zero is at most half a base; a draw from a secret, the same for the same cell wherever it stands, keeps that open.
"""

import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from reports.disclosure.linking import Linked, check, link
from reports.disclosure.programme import NoSolutionError, Numbers, Programme, Relation
from reports.disclosure.release import Key, NotProtectableError, Release, Rounding

Whole = npt.NDArray[np.int64]

# Of the distance between the two multiples. A count moves to the farther one only if that is nearly as near.
DRAW = 0.3
# The least sum of distances is found to within this share, which is where most of the time goes.
GAP = 0.01
# Where not all that is held can be: how much dearer it is to let go of one than to round any other cell the other way, and to
# within what share the least of that is found.
HOLD, GAP_OF_HOLDING = 10, 0.0005


@dataclass(frozen=True)
class Rounded:
    release: Release
    moved: Mapping[Key, int]


def round_release(release: Release, *, secret: bytes, held: Mapping[Key, int] | None = None) -> Rounded:
    """All counts as multiples of the base, each less than one base from what was counted, zero and multiples as they are.

    secret: any bytes; the same secret rounds the same tables in the same way. held: multiples that cells keep, all of them or,
    where the sums do not let that be, as many as can. moved: printed less counted. Raises BadReleaseError where the tables
    contradict themselves, NotProtectableError where no such rounding exists.
    """
    counted = check(release)
    linked = link(release)
    values = np.array([counted[key] for key in linked.keys])
    floors, rests = np.divmod(values, release.base)
    costs = _costs(linked.keys, rests, release.base, secret)
    kept = _kept(linked.keys, floors, rests, {key: value // release.base for key, value in (held or {}).items()})
    steps = _steps(linked, floors, rests, costs, kept)
    printed = {key: int(value) for key, value in zip(linked.keys, (floors + steps) * release.base, strict=True)}
    moved = {key: printed[key] - counted[key] for key in linked.keys}
    return Rounded(release.printed(printed, Rounding(release.base)), moved)


def _kept(keys: Sequence[Key], floors: Whole, rests: Whole, held: Mapping[Key, int]) -> Mapping[int, int]:
    """The step of each place that is held: a multiple that is not beside the count is let go of, and one that is the count is
    kept anyway.
    """
    steps = {place: held[key] - int(floors[place]) for place, key in enumerate(keys) if key in held and rests[place]}
    return {place: step for place, step in steps.items() if step in (0, 1)}


def _steps(linked: Linked, floors: Whole, rests: Whole, costs: Numbers, kept: Mapping[int, int]) -> Whole:
    """0 for the multiple below, 1 for the one above. Sums of multiples are multiples, so a relation is divided by the base."""
    relations = [_shifted(relation, floors) for relation in linked.relations]
    lower, upper = np.zeros(floors.size), (rests > 0).astype(np.float64)
    ways = [(lower, upper, costs, GAP)]
    if kept:
        places, steps = np.array([*kept]), np.array([*kept.values()], np.float64)
        fixed = lower.copy(), upper.copy()
        fixed[0][places] = fixed[1][places] = steps
        pulled = costs.copy()
        pulled[places] += HOLD * np.abs(costs).max() * (1 - 2 * steps)
        ways = [(*fixed, costs, GAP), (lower, upper, pulled, GAP_OF_HOLDING)]
    for low, high, wanted, gap in ways:
        try:
            return np.rint(Programme(low, high, relations, whole=True, gap=gap).minimise(wanted)).astype(np.int64)
        except NoSolutionError:
            continue
    raise NotProtectableError(
        "These tables cannot be rounded to neighbouring multiples all together; take tables out, or suppress instead."
    )


def _shifted(relation: Relation, floors: Whole) -> Relation:
    below = float(sum(factor * floors[place] for place, factor in relation.terms))
    return Relation(relation.terms, relation.lower - below, relation.upper - below)


def _costs(keys: Sequence[Key], rests: Whole, base: int, secret: bytes) -> Numbers:
    """What it costs to go up instead of down: the difference in distance, and the draw of the cell."""
    draws = np.array([_draw(key, secret) for key in keys])
    return (base - 2 * rests + base * DRAW * draws).astype(np.float64)


def _draw(key: Key, secret: bytes) -> float:
    """Between -1 and 1, from the name of the cell alone, so that no other table or edition draws anew."""
    name = repr((key.population, sorted(key.codes))).encode()
    return int.from_bytes(hmac.digest(secret, name, "sha256")[:6], "big") / 2**47 - 1
