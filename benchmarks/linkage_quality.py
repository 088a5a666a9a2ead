"""How well persons are found in made-up registers and in FEBRL: by the engine, and by Splink where it is installed.

Both are asked the same way: linked by themselves, or after questions that the truth answers. It times nothing.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from importlib.util import find_spec

import numpy as np

from benchmarks.baselines import Scored as Probable
from benchmarks.registers import Register, Row
from intake.linkage import em, engine, files, linking, questions
from intake.linkage.clusters import Two
from intake.linkage.columns import Columns
from intake.linkage.decisions import BANDS, Band
from intake.linkage.engine import Linked, Scored
from intake.linkage.evaluation import Evaluation, evaluate
from intake.linkage.features import Maker, one_by_one
from intake.linkage.fellegi_sunter import Parameters, Weights, shipped
from intake.linkage.frequencies import Counted
from intake.linkage.geography import country
from intake.linkage.ragged import Numbers, Truths

SPLINK = find_spec("splink") is not None
if SPLINK:
    from benchmarks.splink_baseline import scored_pairs

NO_SPLINK = "Splink was not installed where this was measured; it comes with requirements-relink.txt."
# The bound at which Splink's figures on the evaluation registers are published.
LIKELY = 0.9
MOST_BITS = 40.0

Decisions = Mapping[Two[str], bool]
Link = Callable[[Decisions], Linked[str]]


@dataclass
class Measured:
    """One way of linking over several registers: evaluations, and how many of what there is was brought together."""

    evaluations: list[Evaluation] = field(default_factory=list)
    look_alikes: Counter[str] = field(default_factory=Counter)
    joined: Counter[str] = field(default_factory=Counter)
    pairs: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)

    def add(self, register: Register, linked: Linked[str]) -> None:
        cluster_of = {report: number for number, group in enumerate(linked.clusters.groups) for report in group}
        self.evaluations.append(evaluate(cluster_of, register.truth))
        for one, other, kind in register.look_alikes:
            self.look_alikes[kind] += 1
            self.joined[kind] += cluster_of[one] == cluster_of[other]
        nationality = nationalities(register)
        for two, kinds in register.kinds.items():
            together = cluster_of[two[0]] == cluster_of[two[1]]
            for label in (*(kinds or ("none",)), f"nationality {nationality[register.truth[two[0]]]}"):
                self.pairs[label] += 1
                self.found[label] += together

    def mean(self, name: str) -> float:
        return float(np.mean([getattr(each, name) for each in self.evaluations]))

    def recall(self, label: str) -> float:
        return self.found[label] / self.pairs[label]

    def pairs_in_all(self) -> int:
        return sum(each.pairs_true for each in self.evaluations)

    def worst_nationality(self, fewest: int = 100) -> tuple[str, float]:
        """Of those with so many true pairs at least: which is found least, and its recall over that of all."""
        groups = [label for label, pairs in self.pairs.items() if label.startswith("nationality ") and pairs >= fewest]
        worst = min(groups, key=self.recall)
        return worst.removeprefix("nationality "), self.recall(worst) / self.mean("recall")


def nationalities(register: Register) -> dict[str, str]:
    """Person to the nationality that most of its reports give; '?' where none says."""
    said: dict[str, Counter[str]] = {}
    for row in register.rows:
        said.setdefault(register.truth[row.report_id], Counter())[country(row.nationality) or "?"] += 1
    return {person: max(counted, key=lambda code: (code != "?", counted[code], code)) for person, counted in said.items()}


def of_engine(rows: Sequence[Row], *, on_this_file_alone: bool = False) -> Link:
    reports = {row.report_id: files.details_of(row._asdict()) for row in rows}
    return lambda decided: linking.link_reports(reports, decided, on_this_file_alone=on_this_file_alone)[0]


def by_weight_alone(rows: Sequence[Row], *, on_this_file_alone: bool = False) -> Link:
    """The same weights and bounds without cautions, as other engines link."""
    reports = {row.report_id: files.details_of(row._asdict()) for row in rows}
    maker = Maker(one_by_one(files.throw_away_digests()), Counted(reports.values()))
    frozen = Columns(maker.make(details) for details in reports.values()).frozen()
    start = shipped(linking.BY_HAND if on_this_file_alone else linking.OF_FILES).of_size(len(reports))
    left, right, _ = engine.candidate_pairs(frozen, start.cap)
    compared = frozen.compare(left, right)
    used = em.estimate(compared, start) if on_this_file_alone else start
    weights = np.asarray(used.prior + sum(used.by_field(compared).values()))
    kept = weights >= used.lower
    scored = _scored(left[kept], right[kept], weights[kept], weights[kept] >= used.upper)
    return lambda decided: _united(tuple(reports), scored, decided, used)


def of_splink(rows: Sequence[Row]) -> Link:
    """Splink's probabilities, estimated once without labels; clusters and questions as the engine makes them."""
    return partial(_clustered, [row.report_id for row in rows], scored_pairs(rows))


def _clustered(members: Sequence[str], pairs: Sequence[Probable], decided: Decisions) -> Linked[str]:
    place = {member: row for row, member in enumerate(members)}
    one, other = (np.array([place[getattr(pair, name)] for pair in pairs]) for name in ("report_id_a", "report_id_b"))
    chances = np.array([pair.probability for pair in pairs])
    with np.errstate(divide="ignore"):
        weights = np.clip(np.log2(chances) - np.log2(1 - chances), -MOST_BITS, MOST_BITS)
    scored = _scored(np.minimum(one, other), np.maximum(one, other), weights, chances >= LIKELY)
    return _united(members, scored, decided, shipped(linking.OF_FILES))


def _scored(left: Numbers, right: Numbers, weights: Weights, linked: Truths) -> Scored:
    bands = np.where(linked, BANDS.index(Band.AUTOMATIC), BANDS.index(Band.QUESTION)).astype(np.uint8)
    never = np.zeros(len(left), dtype=np.bool_)
    return Scored(left, right, weights, bands, apart=never, conflicting=never)


def _united(members: Sequence[str], scored: Scored, decided: Decisions, parameters: Parameters) -> Linked[str]:
    same = frozenset(two for two, yes in decided.items() if yes)
    clusters = engine.unite(members, scored, same, frozenset(decided) - same, parameters)
    return Linked(tuple(members), scored, clusters, 0)


def by_itself(link: Link, truth: Mapping[str, str]) -> Linked[str]:
    return link({})


def after_questions(link: Link, truth: Mapping[str, str], *, per_hundred: int, rounds: int) -> Linked[str]:
    """Linked anew after every round of the most useful questions, each answered by the truth."""
    decided: dict[Two[str], bool] = {}
    for _ in range(rounds):
        asked = questions.most_useful(link(decided), frozenset(decided))
        for one, other in asked[: per_hundred * len(truth) // 100 // rounds]:
            decided[one, other] = truth[one] == truth[other]
    return link(decided)
