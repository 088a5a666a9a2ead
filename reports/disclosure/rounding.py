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
from reports.disclosure.release import BadReleaseError, Key, Release, Rounding

Whole = npt.NDArray[np.int64]

# Of the distance between the two multiples. A count moves to the farther one only if that is nearly as near.
DRAW = 0.3
# The least sum of distances is found to within this share, which is where most of the time goes.
GAP = 0.01


@dataclass(frozen=True)
class Rounded:
    release: Release
    moved: Mapping[Key, int]


def round_release(release: Release, *, secret: bytes) -> Rounded:
    """All counts as multiples of the base, each less than one base from what was counted, zero and multiples as they are.

    secret: any bytes; the same secret rounds the same tables in the same way. moved: printed less counted. Raises
    BadReleaseError where the tables contradict themselves, or where no such rounding exists.
    """
    counted = check(release)
    linked = link(release)
    values = np.array([counted[key] for key in linked.keys])
    floors, rests = np.divmod(values, release.base)
    steps = _steps(linked, floors, rests, _costs(linked.keys, rests, release.base, secret))
    printed = {key: int(value) for key, value in zip(linked.keys, (floors + steps) * release.base, strict=True)}
    moved = {key: printed[key] - counted[key] for key in linked.keys}
    return Rounded(release.printed(printed, Rounding(release.base)), moved)


def _steps(linked: Linked, floors: Whole, rests: Whole, costs: Numbers) -> Whole:
    """0 for the multiple below, 1 for the one above. Sums of multiples are multiples, so a relation is divided by the base."""
    shifted = [_shifted(relation, floors) for relation in linked.relations]
    programme = Programme(np.zeros(floors.size), (rests > 0).astype(float), shifted, whole=True, gap=GAP)
    try:
        return np.rint(programme.minimise(costs)).astype(np.int64)
    except NoSolutionError:
        raise BadReleaseError(
            "These tables cannot be rounded to neighbouring multiples all together; take tables out, or suppress instead."
        ) from None


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
