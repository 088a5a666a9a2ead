"""Attacks an extract with all that is out: every edition that was ever published, and the extracts that were made before it.

docs/adr/extracts.md says what counts as recovered. The editions ask the same of the extracts that are out (editions.auditing).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.disclosure.telling import Tally, attack_with
from reports.editions import auditing
from reports.extracts import errors
from reports.models import Edition, Extract
from reports.releases import told


@dataclass(frozen=True)
class Out:
    """What was out when an extract was attacked with it: numbers of editions, and how many extracts."""

    editions: tuple[int, ...]
    extracts: int


def out() -> Out:
    return Out(tuple(one.number for one in auditing.ever_published()), told.number_out())


def check_together(row: Extract, tallies: Sequence[Tally]) -> None:
    """Raises ExtractError where an outsider who has all of it can work a small count out."""
    if not tallies:
        return
    extracts = (tuple(tallies), *reversed(told.all_out()))
    for edition in auditing.ever_published():
        if edition.first_year <= row.last_year and edition.last_year >= row.first_year:
            _attack(edition, extracts)


def _attack(edition: Edition, extracts: Sequence[Sequence[Tally]]) -> None:
    recovered = attack_with([auditing.printed(edition)], extracts)
    found = len(recovered.exact) + len(recovered.near)
    if found:
        raise errors.reveals(found, recovered.attacked, edition.name)
