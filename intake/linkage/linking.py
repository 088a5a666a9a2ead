"""Links a whole file: reads it, takes the shipped weights or estimates them on it, follows decisions, asks what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from intake.linkage import candidates, copies, engine, files, in_bulk, making, processes, questions, quick, texts
from intake.linkage.clusters import Two
from intake.linkage.engine import Linked
from intake.linkage.fellegi_sunter import CURRENT, Parameters, shipped
from intake.linkage.records import Details

BY_HAND = "by-hand"
OF_FILES = f"{CURRENT}-file"


@dataclass(frozen=True)
class LinkedFile:
    """Rows to write: report and cluster, and the questions; summary is a sentence of counts."""

    clusters: Sequence[tuple[str, str]]
    questions: Sequence[tuple[str, str]]
    summary: str


@processes.uncollected()
def link_file(path: Path, *, labels: Path | None = None, on_this_file_alone: bool = False) -> LinkedFile:
    """The persons of a file of reports.

    Arguments: labels, a file of decisions, which are followed; the weights are not fitted to them, since what was asked about
    is no sample. on_this_file_alone, to estimate the weights by EM instead of taking the shipped ones.
    Errors: UnreadableFileError. Source: the steps of engine.link.
    """
    reports = files.read_reports(path)
    decided = files.read_labels(labels, reports) if labels else {}
    linked, parameters = link_reports(reports, decided, on_this_file_alone=on_this_file_alone)
    number = {report: str(place) for place, group in enumerate(linked.clusters.groups, start=1) for report in group}
    asked = questions.most_useful(linked, frozenset(decided))
    estimated = f" estimated on {parameters.fitted_on}" if on_this_file_alone else ""
    summary = (
        f"{len(reports)} reports, {len(linked.clusters.groups)} persons, {len(asked)} questions; "
        f"weights {parameters.version}{estimated}; {linked.worn_tokens} tokens shared by too many were not used."
    )
    if lost := sum((number[one] == number[other]) != same for (one, other), same in decided.items()):
        summary += f" {lost} decisions could not be followed, since they contradict others."
    return LinkedFile([(report, number[report]) for report in reports], asked, summary)


def link_reports(
    reports: Mapping[str, Details], decided: Mapping[Two[str], bool], *, on_this_file_alone: bool
) -> tuple[Linked[str], Parameters]:
    """As link_file, of reports in memory: Linked over all of them, and the weights that were used."""
    many = processes.available()
    whole = quick.prepared(making.columns_of(texts.of_details(reports), files.throw_away_digests(), many))
    start = shipped(BY_HAND if on_this_file_alone else OF_FILES).of_size(len(reports))
    distinct = copies.without_copies(whole, tuple(reports), {report for two in decided for report in two}, start)
    frozen = distinct.frozen
    blocks = candidates.blocks_of(frozen, start.cap)
    parameters = in_bulk.estimated(frozen, blocks, start) if on_this_file_alone else start
    scored = in_bulk.scored(frozen, blocks, parameters, many).scored
    same = frozenset(two for two, yes in decided.items() if yes)
    different = frozenset(two for two, yes in decided.items() if not yes)
    clusters = engine.unite(distinct.members, scored, same, different, parameters)
    return Linked(distinct.members, scored, distinct.with_copies(clusters), blocks.worn), parameters
