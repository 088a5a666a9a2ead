"""Fits a new version of the weights to reviewers' decisions and writes it as files to ship. It changes no link."""

import json
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
from intake.linkage.fellegi_sunter import shipped, to_json
from intake.linkage.refitting import Refitted
from intake.matching import estimates, features, labels
from safeguards import audit
from safeguards.actors import Actor


def refit(*, version: str, folder: Path, by: Actor) -> Refitted:
    """Writes VERSION.json and VERSION.md into the folder; never over what is there. Errors: RefitRefusedError, OSError.

    The figures held out are of what people were asked about: every decision counts once, also one of the quality sample.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    found = _refitted(version)
    with transaction.atomic():
        audit.record(events.LINKAGE_REFITTED, by=by, details={"parameters": version, "decisions": found.decisions})
        _write(folder / f"{version}.json", json.dumps(to_json(found.parameters), indent=1))
        _write(folder / f"{version}.md", "\n".join(_card(found)))
    return found


def _write(path: Path, text: str) -> None:
    with path.open("x", encoding="utf-8") as file:
        file.write(f"{text}\n")


def _refitted(version: str) -> Refitted:
    decided = list(labels.labelled_pairs())
    records = features.load({end for one in decided for end in (one.first, one.second)})
    known = [one for one in decided if one.first in records and one.second in records]
    place = {contribution: row for row, contribution in enumerate(records)}
    left, right = (np.array([place[end] for end in ends], dtype=np.int64) for ends in _ends(known))
    compared = Columns(records.values()).frozen().compare(left, right)
    return refitting.refit(compared, np.array([one.same for one in known], dtype=np.bool_), shipped(), version=version)


def _ends(known: list[labels.Labelled]) -> tuple[list[UUID], list[UUID]]:
    return [one.first for one in known], [one.second for one in known]


def _card(found: Refitted) -> Iterator[str]:
    yield f"# Model card: weights {found.parameters.version}\n"
    yield f"Fitted on {found.parameters.fitted_on}. Measured on decisions held out ({refitting.FOLDS} folds); they are"
    yield "what was asked about, not the register: the dashboard of the quality sample estimates that.\n"
    yield "| weights | log loss, bits | precision of links (95%) | same pairs linked (95%) |\n| --- | --- | --- | --- |"
    for name, held in (("present", found.before), ("new", found.after)):
        yield f"| {name} | {held.loss:.4f} | {_share(held.linked_same, held.linked)} | {_share(held.linked_same, held.same)} |"


def _share(part: int, whole: int) -> str:
    if not whole:
        return "none linked"
    low, high = estimates.wilson(part / whole, whole)
    return f"{part / whole:.3f} ({low:.3f} to {high:.3f})"
