"""How well linkage does: estimated precision and recall overall and by group, and how far readers agree.

Recall is of the pairs that were compared: what shares no index token was never a pair, and nobody sees it here.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count

from accounts import permissions
from accounts.reporters import ReporterGroup, Source
from accounts.roles import Permission
from intake.codes.characteristics import Characteristics
from intake.codes.lists import REGIONS
from intake.codes.regions import region_of
from intake.matching import estimates, quality_sample, selectors
from intake.matching.estimates import Cell, Interval
from intake.matching.portions import in_portions
from intake.matching.quality_sample import LINKED, Drawn, Sample, Stratum
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision, Reading
from intake.models.matching import Pair
from safeguards.actors import Actor

# Under so many answers a figure of a group says more about chance than about linkage.
ENOUGH = 10
ENOUGH_READ_TWICE = 20
# From there on a count of a group is told in steps: the difference of two that were told says nothing of a few.
STEP = 5
OVERALL = "overall"
# The empty code is of those whose nationality nobody knows.
BY_REGION = (*REGIONS.codes, "")
BY_REPORTER = (*(group.value for group in ReporterGroup), Source.EMM.value, Source.OM.value)


@dataclass(frozen=True)
class Within:
    """A count that is told no closer: low or more, high or fewer."""

    low: int
    high: int


@dataclass(frozen=True)
class Group:
    """code: region, reporter group, feed, or overall. answered is None where fewer than ENOUGH are, and none is no other
    case; None of the others: too few were read to say."""

    code: str
    answered: Within | None
    precision: Interval | None
    recall: Interval | None


@dataclass(frozen=True)
class Progress:
    """Of one stratum of the sample: how many pairs it stands for, are drawn, are read in order, and nobody could tell."""

    stratum: Stratum
    stands_for: int
    drawn: int
    read: int
    unclear: int
    same: int


@dataclass(frozen=True)
class Agreement:
    """kappa is None while too few of the sample were read twice. disputed: how many wait for a supervisor."""

    read_twice: int
    kappa: Interval | None
    disputed: int


@dataclass(frozen=True)
class Quality:
    overall: Group
    by_region: tuple[Group, ...]
    by_reporter: tuple[Group, ...]
    progress: tuple[Progress, ...]
    agreement: Agreement


def measure(*, by: Actor) -> Quality:
    """From the answers that hold now. Bounded by the size of the sample, but for the counts of pairs by stratum."""
    permissions.require(by, Permission.READ_LINKAGE_QUALITY)
    found = quality_sample.samples()
    regions, reporters = _groups_of(found)
    return Quality(
        overall=_group(OVERALL, found, None),
        by_region=tuple(_by_group(found, BY_REGION, regions)),
        by_reporter=tuple(_by_group(found, BY_REPORTER, reporters)),
        progress=tuple(_progress(sample) for sample in found),
        agreement=agreement(by=by),
    )


def agreement(*, by: Actor) -> Agreement:
    """Of the pairs that the draw chose to be read twice: those that were read twice since nobody could tell are left out."""
    permissions.require(by, Permission.READ_LINKAGE_QUALITY)
    rows = LinkDecision.objects.filter(reading=Reading.SECOND, drawn=True).exclude(answer="taken-back")
    rows = rows.exclude(later__answer="taken-back").exclude(about__later__answer="taken-back")
    counted = rows.values_list("about__answer", "answer").annotate(number=Count("id", distinct=True))
    answers = {(first, second): number for first, second, number in counted}
    total = sum(answers.values())
    kappa = estimates.kappa(answers) if total >= ENOUGH_READ_TWICE else None
    return Agreement(total, kappa, selectors.count_disputes())


def _by_group(found: tuple[Sample, ...], codes: Iterable[str], group_of: Mapping[UUID, str]) -> Iterator[Group]:
    """Every group there is, so that which are left out tells nothing. A pair of two groups counts in both."""
    for code in codes:
        yield _group(code, found, {contribution for contribution, group in group_of.items() if group == code})


def _group(code: str, found: tuple[Sample, ...], members: set[UUID] | None) -> Group:
    cells = [_cell(sample, members) for sample in found]
    precision = estimates.precision(cells) if _answered(found, linked_only=True) else None
    recall = estimates.recall(cells) if _answered(found) else None
    return Group(code, protected(sum(cell.answered for cell in cells)), _enough(precision), _enough(recall))


def protected(number: int) -> Within | None:
    """None for fewer than ENOUGH, none at all included; else the step that it lies in."""
    if number < ENOUGH:
        return None
    low = number - number % STEP
    return Within(low, low + STEP - 1)


def _answered(found: tuple[Sample, ...], *, linked_only: bool = False) -> bool:
    """Whether every stratum that has pairs has an answer: one that nobody read may hold anything."""
    needed = [sample for sample in found if sample.stands_for and (sample.stratum in LINKED or not linked_only)]
    return all(sample.answered for sample in needed)


def _cell(sample: Sample, members: set[UUID] | None) -> Cell:
    answered = sample.answered
    own = [one for one in answered if members is None or one.first in members or one.second in members]
    stands_for = sample.stands_for / len(answered) if answered else 0.0
    same = sum(one.decision == Pair.Decision.SAME for one in own)
    return Cell(sample.stratum in LINKED, stands_for, len(own), same)


def _enough(found: Interval | None) -> Interval | None:
    return found if found is not None and found.answers >= ENOUGH else None


def _progress(sample: Sample) -> Progress:
    read = sample.read
    same = sum(one.decision == Pair.Decision.SAME for one in read)
    unclear = sum(not one.decision for one in read)
    return Progress(sample.stratum, sample.stands_for, len(sample.drawn), len(read), unclear, same)


def _groups_of(found: tuple[Sample, ...]) -> tuple[dict[UUID, str], dict[UUID, str]]:
    """Region of nationality, and reporter group or feed, of every report that counts."""
    ends = {end for sample in found for one in sample.answered for end in _ends(one)}
    regions: dict[UUID, str] = defaultdict(str)
    reporters: dict[UUID, str] = {}
    for portion in in_portions(ends):
        rows = Contribution.objects.filter(id__in=portion).values_list("id", "characteristics", "group", "source")
        for identifier, characteristics, group, source in rows:
            regions[identifier] = region_of(Characteristics.from_json(characteristics).nationalities)
            reporters[identifier] = group or source
    return dict(regions), reporters


def _ends(one: Drawn) -> tuple[UUID, UUID]:
    return one.first, one.second
