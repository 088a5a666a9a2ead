"""Links a whole file: reads it, takes the shipped weights or estimates them on it, follows decisions, asks what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from intake.linkage import em, engine, files, fitting, questions
from intake.linkage.clusters import Two
from intake.linkage.columns import Columns, Frozen, Numbers
from intake.linkage.engine import Linked
from intake.linkage.features import Maker
from intake.linkage.fellegi_sunter import CURRENT, Parameters, shipped
from intake.linkage.frequencies import Counted
from intake.linkage.records import Details

BY_HAND = "by-hand"
OF_FILES = f"{CURRENT}-file"
# Fewer decisions than this, of both kinds, say less than the weights that are there.
DECISIONS_TO_FIT = 200


@dataclass(frozen=True)
class LinkedFile:
    """Rows to write: report and cluster, and the questions; summary is a sentence of counts."""

    clusters: Sequence[tuple[str, str]]
    questions: Sequence[tuple[str, str]]
    summary: str


def link_file(path: Path, *, labels: Path | None = None, on_this_file_alone: bool = False) -> LinkedFile:
    """The persons of a file of reports.

    Arguments: labels, a file of decisions, which are followed and, if there are enough, fitted to; on_this_file_alone, to
    estimate the weights by EM instead of taking the shipped ones.
    Errors: UnreadableFileError. Source: the steps of engine.link.
    """
    reports = files.read_reports(path)
    decided = files.read_labels(labels, reports) if labels else {}
    linked, parameters = link_reports(reports, decided, on_this_file_alone=on_this_file_alone)
    number = {report: str(place) for place, group in enumerate(linked.clusters.groups, start=1) for report in group}
    asked = questions.most_useful(linked, frozenset(decided))
    summary = (
        f"{len(reports)} reports, {len(linked.clusters.groups)} persons, {len(asked)} questions; "
        f"weights {parameters.version}; {linked.worn_tokens} tokens shared by too many were not used."
    )
    return LinkedFile([(report, number[report]) for report in reports], asked, summary)


def link_reports(
    reports: Mapping[str, Details], decided: Mapping[Two[str], bool], *, on_this_file_alone: bool
) -> tuple[Linked[str], Parameters]:
    maker = Maker(files.throw_away_digest(), Counted(reports.values()))
    members = tuple(reports)
    frozen = Columns(maker.make(details) for details in reports.values()).frozen()
    start = shipped(BY_HAND if on_this_file_alone else OF_FILES)
    start = start.of_size(len(members))
    left, right, worn = engine.candidate_pairs(frozen, start.cap)
    parameters = _parameters(frozen, (left, right), members, decided, start if not on_this_file_alone else None)
    scored = engine.score_all(frozen, left, right, parameters)
    same = frozenset(two for two, yes in decided.items() if yes)
    different = frozenset(two for two, yes in decided.items() if not yes)
    return Linked(members, scored, engine.unite(members, scored, same, different, parameters), worn), parameters


def _parameters(
    frozen: Frozen,
    pairs: tuple[Numbers, Numbers],
    members: Sequence[str],
    decided: Mapping[Two[str], bool],
    start: Parameters | None,
) -> Parameters:
    if start is None:
        found = shipped(BY_HAND).of_size(len(members))
        return em.estimate(frozen.compare(*pairs), found)
    if len(decided) < DECISIONS_TO_FIT or len(set(decided.values())) < 2:
        return start
    row = {member: place for place, member in enumerate(members)}
    left, right = (np.array([row[two[end]] for two in decided], dtype=np.int64) for end in (0, 1))
    return fitting.fit(frozen.compare(left, right), np.array([*decided.values()]), start)
