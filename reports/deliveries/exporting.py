"""Hands out a whole published edition: its tables in the form of the attack, and its files. What leaves is in the ledger."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from accounts.permissions import require
from reports.deliveries import errors
from reports.deliveries.files import files_of
from reports.deliveries.services import DELIVERS
from reports.disclosure.release import Release
from reports.editions import selectors as editions
from reports.editions.exported import as_exported
from reports.editions.selectors import PublishedFigures
from reports.releases import services as releases
from reports.releases.services import Kind, Leaving, Purpose
from safeguards.actors import Actor


@dataclass(frozen=True)
class Exported:
    """files: bytes by the name of their file."""

    release: Release
    files: Mapping[str, bytes]


def export(*, number: int | None, by: Actor) -> Exported:
    """Of the edition of this number, or of the newest published one. Raises DeliveryError where there is none."""
    require(by, DELIVERS)
    figures = _published(number, by)
    made = Exported(as_exported(figures), files_of(figures))
    with transaction.atomic():
        releases.record_release(leaving=_leaving(figures, made, by), by=by)
    return made


def _published(number: int | None, by: Actor) -> PublishedFigures:
    known = [one.number for one in editions.published()]
    wanted = editions.newest_number() if number is None else number
    if wanted is None or wanted not in known:
        raise errors.no_such_edition(known)
    return editions.figures_of(wanted, by=by)


def _leaving(figures: PublishedFigures, made: Exported, by: Actor) -> Leaving:
    edition = figures.edition
    contents = hashlib.sha256()
    for name, content in sorted(made.files.items()):
        contents.update(f"{name} {hashlib.sha256(content).hexdigest()}\n".encode())
    return Leaving(
        release=edition.id,
        kind=Kind.TABLES,
        what=f"{edition.name}: tables and files",
        recipient=by.id,
        purpose=Purpose.PUBLICATION,
        protection=f"{edition.method}, base {edition.base}",
        parameters={"edition": edition.number, "files": len(made.files)},
        digest=contents.hexdigest(),
    )
