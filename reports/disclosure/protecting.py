"""Protects a release by the method it asks for, and lets nothing out that its own attack opens."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from reports.disclosure.attack import Recovered, attack, attack_difference
from reports.disclosure.linking import INFINITE
from reports.disclosure.release import BadReleaseError, Key, Method, NotProtectableError, Release, name_of
from reports.disclosure.rounding import round_release
from reports.disclosure.suppression import suppress_release

# A draw that the attack opens somewhere is drawn again; tables that need more than this hold too much for their counts.
DRAWS = 10


@dataclass(frozen=True)
class Lost:
    """What protection cost. cells: distinct numbers; error: of rounded ones, in counts; left_out: shares between 0 and 1."""

    cells: int
    rounded: int = 0
    mean_error: float = 0.0
    largest_error: int = 0
    primary: int = 0
    secondary: int = 0
    cells_left_out: float = 0.0
    counts_left_out: float = 0.0


@dataclass(frozen=True)
class Protected:
    release: Release
    lost: Lost
    attacked: int


@dataclass(frozen=True)
class Findings:
    """together: from all that shows the same counts; differences: by the number of the earlier and the later release."""

    together: tuple[Recovered, ...]
    differences: tuple[tuple[int, int, Recovered], ...]

    @property
    def nothing(self) -> bool:
        return all(one.nothing for one in self.together) and all(one.nothing for _, _, one in self.differences)


def protect(release: Release, *, secret: bytes, held: Mapping[Key, int] | None = None) -> Protected:
    """A release that may go out. Raises BadReleaseError where its tables cannot be protected together.

    held: of rounding, the multiples that cells keep wherever that can be (rounding.round_release) and opens nothing.
    """
    if release.method is Method.SUPPRESSION:
        return _suppressed(release)
    return _rounded(release, secret, held or {})


def examine(releases: Sequence[Release]) -> Findings:
    """The attack on everything that is out: on all releases that show the same counts together, and on what changed between.

    Releases with one reference show the same counts. Raises BadReleaseError where those with one reference do not fit.
    """
    moments: dict[object, list[Release]] = {}
    for number, release in enumerate(releases):
        moments.setdefault(release.reference or number, []).append(release)
    together = [attack(those) for those in moments.values()]
    if len(moments) > 1:
        together += _as_one_moment(releases)
    pairs = [(one, other) for one in range(len(releases)) for other in range(one + 1, len(releases))]
    apart = [
        pair for pair in pairs if not releases[pair[0]].reference or releases[pair[0]].reference != releases[pair[1]].reference
    ]
    differences = tuple((one, other, found) for one, other in apart for found in _differences(releases[one], releases[other]))
    return Findings(tuple(together), differences)


def _as_one_moment(releases: Sequence[Release]) -> list[Recovered]:
    """An outsider tries whether releases show the same counts; where they cannot, there is nothing to learn that way."""
    try:
        return [attack(releases)]
    except BadReleaseError:
        return []


def between(earlier: Release, later: Release, *, most: float = INFINITE) -> tuple[Recovered, ...]:
    """What two moments tell together, of what changed and of the counts; most: of how many person-years differ at most."""
    return (*_as_one_moment([earlier, later]), *_differences(earlier, later, most=most))


def _differences(earlier: Release, later: Release, *, most: float = INFINITE) -> list[Recovered]:
    found = [attack_difference(earlier, later, only_more=False)]
    assumed = [(True, INFINITE)] if most == INFINITE else [(True, INFINITE), (False, most)]
    for only_more, moved in assumed:
        # Where somebody was withdrawn, nobody can take it that counts only went up.
        with suppress(BadReleaseError):
            found.append(attack_difference(earlier, later, only_more=only_more, most=moved))
    return found


def _rounded(release: Release, secret: bytes, held: Mapping[Key, int]) -> Protected:
    ways = [(draw, keeps) for keeps in ([held, {}] if held else [{}]) for draw in range(DRAWS)]
    for draw, keeps in ways:
        rounded = round_release(release, secret=secret + bytes([draw]) if draw else secret, held=keeps)
        recovered = attack([rounded.release])
        if recovered.nothing:
            moved = [abs(by) for by in rounded.moved.values()]
            lost = Lost(len(moved), sum(map(bool, moved)), sum(moved) / len(moved), max(moved))
            return Protected(rounded.release, lost, recovered.attacked)
    where = _opened(recovered)
    raise NotProtectableError(f"Rounding leaves {where} open in every draw; take a table out, or suppress instead.")


def _suppressed(release: Release) -> Protected:
    suppressed = suppress_release(release)
    recovered = attack([suppressed.release], small_only=False)
    if not recovered.nothing:
        raise NotProtectableError(f"Suppression leaves {_opened(recovered)} open; take a table out, or round instead.")
    counted = release.values()
    left_out = suppressed.primary | suppressed.secondary
    share = sum(counted[key] for key in left_out) / max(1, sum(counted.values()))
    primary, secondary = len(suppressed.primary), len(suppressed.secondary)
    lost = Lost(
        len(counted), primary=primary, secondary=secondary, cells_left_out=len(left_out) / len(counted), counts_left_out=share
    )
    return Protected(suppressed.release, lost, recovered.attacked)


def _opened(recovered: Recovered) -> str:
    found = (*recovered.exact, *recovered.near)
    return f"{name_of(found[0].key)} and {len(found) - 1} more" if len(found) > 1 else name_of(found[0].key)
