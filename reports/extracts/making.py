"""Counts the risk of an extract and, once it is approved, makes its file: the work of jobs, in two steps each.

Reading and protecting change nothing but the progress that is shown; what comes of it is committed with the job. A job that is
killed begins again: rows get other random names and another order, and nothing of the first try is left.
"""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from secrets import SystemRandom
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from intake import facts
from reports.disclosure.microdata.protecting import StillOpenError
from reports.disclosure.microdata.rows import Rows
from reports.disclosure.microdata.suppressing import TooFewRowsError
from reports.disclosure.microdata.utility import utility
from reports.disclosure.telling import Tally
from reports.editions import auditing
from reports.extracts import errors, together
from reports.extracts.comparing import check_differences, digests_of
from reports.extracts.contents import About, Content, content_of
from reports.extracts.formats.archive import archive
from reports.extracts.formats.counts import count_files
from reports.extracts.gathering import Asked, Gathered, covered_by, gather, rows_of
from reports.extracts.opening import likeness_report, lines_of, open_content, synthesised
from reports.extracts.products import PRODUCTS, Product
from reports.extracts.reporting import PURPOSES, notes_of, report_of
from reports.extracts.services import check_budget, chosen_columns, leaving_of, locked, step_to
from reports.extracts.standard import in_the_standard
from reports.extracts.together import Out
from reports.extracts.workflow import State, possible
from reports.models import Extract, ExtractFile
from reports.releases import told
from reports.releases.errors import ReleaseError
from reports.releases.services import Purpose, record_refusal, record_release
from reports.releases.told import Told
from safeguards import fields
from safeguards.actors import system
from safeguards.fields import Kind as Secret
from safeguards.pseudonyms import for_statistics_netherlands

WORKER = system("extracts")
KEPT = timedelta(days=30)
_GATHERED, _PROTECTED = 50, 80

Effect = Callable[[], None]


@dataclass(frozen=True)
class Made:
    """Rows that may leave, in a random order. persons: of each row, where they leave under a pseudonym.

    tallies: what the rows tell of figures, where they are attacked; out: with what they are.
    """

    gathered: Gathered
    rows: Rows
    persons: tuple[UUID, ...]
    report: dict[str, Any]
    out: Out
    tallies: tuple[Tally, ...] = ()


class ChangedMeanwhileError(RuntimeError):
    """The register is not as it was read: the job begins again."""


def preview(extract: UUID) -> Effect:
    """Its risk and utility, without data."""
    row = _waiting(extract, State.PREVIEWED)
    if row is None:
        return _nothing
    try:
        report = _made(row, PRODUCTS[row.product]).report
    except ReleaseError as error:
        return _impossible(row, State.PREVIEWED, error)

    def effect() -> None:
        current = locked(extract)
        if possible(current.state, State.PREVIEWED):
            current.preview = report
            step_to(current, State.PREVIEWED, WORKER)

    return effect


def build(extract: UUID) -> Effect:
    """The file, recorded as a release with all contributions that it rests on."""
    row = _waiting(extract, State.READY)
    if row is None:
        return _nothing
    try:
        product = PRODUCTS[row.product]
        made = _made(row, product)
        check_differences(row, product, made.gathered)
    except ReleaseError as error:
        return _impossible(row, State.READY, error)
    if product.budget:
        return _build_open(row, product, made)
    content = archive(_content(row, product, made))
    return lambda: _store(row, product, made, content)


def _build_open(row: Extract, product: Product, made: Made) -> Effect:
    """What was spent is in the ledger with the bytes; a try that fails gave nothing out and spent nothing."""
    columns, rows = made.rows.names, lines_of(made.rows)
    synthetic = synthesised(columns, rows)
    content = open_content(columns, synthetic, made.rows.values, about(row, product, made.report))
    found = archive(content, count_files(content, columns, rows, synthetic))
    return lambda: _store(row, product, replace(made, report=likeness_report(columns, rows, synthetic)), found)


def _content(row: Extract, product: Product, made: Made) -> Content:
    persons = [for_statistics_netherlands(one) for one in made.persons] if not product.specification.anonymous else ()
    content = content_of(made.rows, about(row, product, made.report), persons)
    return in_the_standard(content) if product.standard else content


def about(row: Extract, product: Product, report: dict[str, Any]) -> About:
    return About(
        row.id,
        product.title,
        row.recipient,
        PURPOSES[Purpose(row.purpose)],
        row.watermark,
        timezone.now(),
        row.cutoff,
        (row.first_year, row.last_year),
        row.until,
        notes_of(product, report),
        open=product.budget is not None,
    )


def _made(row: Extract, product: Product) -> Made:
    out, chosen = together.out(), chosen_columns(product, row.columns)
    asked = Asked(row.cutoff, range(row.first_year, row.last_year + 1))
    gathered = gather(product, asked, lambda share: _tell(row, int(share * _GATHERED)))
    rows = rows_of(gathered.person_years, chosen)
    specification = product.specification
    check_budget(product)
    if rows.number_of_persons() < specification.k:
        raise errors.too_few_rows(specification.k)
    if not specification.anonymous:
        order = _any_order(len(rows))
        persons = tuple(gathered.person_years[place].person for place in order)
        return Made(gathered, rows.ordered(order), persons, {"rows": len(rows)}, out)
    wanted = together.Asked(chosen, asked.years, specification, _any_order, SystemRandom().sample)
    try:
        safe = together.safe(rows, wanted, together.editions_of(row), told.all_out()[::-1])
    except TooFewRowsError:
        raise errors.too_few_rows(specification.k) from None
    except StillOpenError:
        raise errors.still_open() from None
    _tell(row, _PROTECTED)
    report = report_of(safe.protected, utility(rows, safe.protected.rows), specification)
    return Made(gathered, safe.protected.rows, (), report, out, safe.tallies)


def _any_order(number: int) -> list[int]:
    order = list(range(number))
    SystemRandom().shuffle(order)
    return order


def _store(row: Extract, product: Product, made: Made, content: bytes) -> None:
    current = locked(row.id)
    if not possible(current.state, State.READY):
        return
    gathered = made.gathered
    digest = hashlib.sha256(content).hexdigest()
    leaving = replace(leaving_of(current), digest=digest, contributions=gathered.contributions, budget=product.budget)
    record_release(leaving=leaving, by=WORKER)
    _check_unchanged(current, product, made)
    ExtractFile.objects.create(
        extract=current,
        content=sealed(current.id, content),
        digest=digest,
        size=len(content),
        expires=timezone.now() + KEPT,
    )
    if product.budget:
        current.preview = made.report
    if made.tallies:
        _keep_told(current, made)
        auditing.ask_again()
    step_to(current, State.READY, WORKER)


def _keep_told(row: Extract, made: Made) -> None:
    salt = told.new_salt()
    told.keep(row.id, Told(made.tallies, salt, digests_of(salt, made.gathered.person_years)))


def _check_unchanged(row: Extract, product: Product, made: Made) -> None:
    """Its contributions are locked by now: what was withdrawn or corrected before is seen, what comes after finds the use.

    So is the ledger: where an edition or another extract left meanwhile, the next try is attacked and compared with that too.
    """
    gathered = made.gathered
    if product.specification.anonymous and together.out() != made.out:
        raise ChangedMeanwhileError
    if facts.latest_sequence() != gathered.sequence:
        asked = Asked(row.cutoff, range(row.first_year, row.last_year + 1))
        if gather(product, asked).person_years != gathered.person_years:
            raise ChangedMeanwhileError
    if covered_by(product, list(gathered.contributions), row.cutoff) != gathered.contributions:
        raise ChangedMeanwhileError


def sealed(extract: UUID, content: bytes) -> str:
    return fields.seal_secret(base64.b64encode(content).decode(), Secret.EDITION, row=f"{extract} extract")


def opened(file: ExtractFile) -> bytes:
    return base64.b64decode(fields.open_secret(file.content, Secret.EDITION, row=f"{file.extract_id} extract"))


def _waiting(extract: UUID, step: State) -> Extract | None:
    row = Extract.objects.filter(id=extract).first()
    return row if row is not None and possible(row.state, step) else None


def _impossible(row: Extract, step: State, error: ReleaseError) -> Effect:
    def effect() -> None:
        current = locked(row.id)
        if possible(current.state, step):
            step_to(current, State.IMPOSSIBLE, WORKER, reason=str(error))
            record_refusal(leaving=leaving_of(current), reason=str(error), by=WORKER)

    return effect


def _tell(row: Extract, percent: int) -> None:
    """Shown, and nothing else: it needs no transaction and may be lost."""
    with transaction.atomic():
        Extract.objects.filter(id=row.id).exclude(progress=percent).update(progress=percent)


def _nothing() -> None:
    """Somebody else did it, or it was taken back."""
