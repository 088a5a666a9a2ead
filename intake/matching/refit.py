"""Fits a new version of the weights to reviewers' decisions and writes it as files to ship. It changes no link."""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import numpy as np
from django.db import transaction

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.linkage import refitting
from intake.linkage.columns import Columns
from intake.linkage.fellegi_sunter import to_json
from intake.linkage.ragged import Truths
from intake.linkage.refitting import Refitted
from intake.matching import estimates, features, in_force, labels, quality, quality_sample
from intake.matching.estimates import Cell, Interval
from intake.matching.labels import Labelled
from intake.matching.quality_sample import Standing
from safeguards import audit
from safeguards.actors import Actor


def refit(*, version: str, folder: Path, by: Actor) -> Refitted:
    """Writes VERSION.json and VERSION.md into the folder; never over what is there. Errors: RefitRefusedError, OSError.

    Two figures held out stand in the card: of every decision, each once, and of the register, by the quality sample alone.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    found, known = _refitted(version)
    with transaction.atomic():
        audit.record(events.LINKAGE_REFITTED, by=by, details={"parameters": version, "decisions": found.decisions})
        _write(folder / f"{version}.json", json.dumps(to_json(found.parameters), indent=1))
        _write(folder / f"{version}.md", "\n".join(_card(found, known)))
    return found


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(f"{text}\n")


def _refitted(version: str) -> tuple[Refitted, list[Labelled]]:
    """With the decisions that it rests on, in the order of its columns."""
    decided = list(labels.labelled_pairs())
    records = features.load({end for one in decided for end in (one.first, one.second)})
    known = [one for one in decided if one.first in records and one.second in records]
    place = {contribution: row for row, contribution in enumerate(records)}
    left, right = (np.array([place[end] for end in ends], dtype=np.int64) for ends in _ends(known))
    compared = Columns(records.values()).frozen().compare(left, right)
    same = np.array([one.same for one in known], dtype=np.bool_)
    return refitting.refit(compared, same, in_force.parameters(), version=version), known


def _ends(known: list[Labelled]) -> tuple[list[UUID], list[UUID]]:
    return [one.first for one in known], [one.second for one in known]


def _card(found: Refitted, known: list[Labelled]) -> Iterator[str]:
    yield f"# Model card: weights {found.parameters.version}\n"
    yield f"Fitted on {found.parameters.fitted_on}. Measured on decisions held out ({refitting.FOLDS} folds); *linked* is what"
    yield "lies above the bound, cautions apart.\n"
    yield "## What people were asked about\n"
    yield "Every decision once. Questions are chosen by how unsure and how weighty they are: these are no figures of the"
    yield "register.\n"
    yield "| weights | log loss, bits | precision of links (95%) | same pairs linked (95%) |\n| --- | --- | --- | --- |"
    for name, held in (("present", found.before), ("new", found.after)):
        yield f"| {name} | {held.loss:.4f} | {_share(held.linked_same, held.linked)} | {_share(held.linked_same, held.same)} |"
    yield from _of_register(found, known)


def _of_register(found: Refitted, known: list[Labelled]) -> Iterator[str]:
    standing = [one.standing for one in known if one.standing]
    yield "\n## The register\n"
    yield "From the quality sample alone, which was drawn at random: each answered pair stands for the pairs of its stratum"
    yield "divided by those answered (Horvitz and Thompson 1952; the shares are ratios of such sums, Hajek 1971). Pairs that"
    yield "were never compared, or lie far below the bound, are not in it.\n"
    unread = quality_sample.unread_strata()
    if unread or len(standing) < quality.ENOUGH:
        missing = f"; nothing was answered of: {', '.join(unread)}" if unread else ""
        yield f"Cannot be estimated yet: {len(standing)} answers of the sample{missing}."
        return
    yield "| weights | answers of the sample | precision of links (95%) | same pairs linked (95%) |\n| --- | --- | --- | --- |"
    for name, linked in zip(("present", "new"), found.linked, strict=True):
        cells = _cells(known, linked)
        precise, complete = _interval(estimates.precision(cells)), _interval(estimates.recall(cells))
        yield f"| {name} | {len(standing)} | {precise} | {complete} |"


def _cells(known: list[Labelled], linked: Truths) -> list[Cell]:
    """The answered pairs of each stratum, those that the weights link apart from those that they do not."""
    found: defaultdict[tuple[Standing, bool], list[bool]] = defaultdict(list)
    for one, yes in zip(known, linked.tolist(), strict=True):
        if one.standing:
            found[one.standing, yes].append(one.same)
    return [Cell(yes, standing.pairs, len(same), sum(same)) for (standing, yes), same in found.items()]


def _interval(found: Interval | None) -> str:
    return "none" if found is None else f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f})"


def _share(part: int, whole: int) -> str:
    if not whole:
        return "none linked"
    low, high = estimates.wilson(part / whole, whole)
    return f"{part / whole:.3f} ({low:.3f} to {high:.3f})"
