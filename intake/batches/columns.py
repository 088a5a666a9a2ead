"""The columns of a file of reports, declared: header, what a cell becomes, and how a report is written into the template.

One header row, one report per row, in any order of columns; columns that are not needed may be left out. Cells with
several values have | between them. Dates are dd-mm-yyyy; of a birth date mm-yyyy or yyyy will do. Cells take codes of
the lists, or their Dutch or English labels. A cell about the person may say why there is no answer: onbekend, niet gevraagd,
geweigerd.

Headers: eigen_kenmerk, meldingsdatum (required); toestemming, hoedanigheid, beoordeeld_op, ondertekenaar, bewijs, wijze,
tekstversie, taal, datum_toestemming, reden (only where consent is needed); voornamen, tussenvoegsel, achternaam, andere_namen,
geboortedatum, geboortedatum_geschat (ja, nee), leeftijdsgroep, geslacht, nationaliteiten, bsn, v_nummer,
documentnummer, contact, toelichting; uitbuitingsvormen, prostitutiesectoren, arbeidssectoren, criminele_uitbuiting,
orgaanverwijdering, uitbuiting_van, uitbuiting_tot, plaatsen_van_uitbuiting, landen_van_uitbuiting, gemeente_van_uitbuiting,
gemeente_van_verblijf, platforms; rol_technologie, controle_technologie, vindplaats_vraag, geldstroom, hulp,
eenheid_verklaring, opsporingsindicaties, reden_sepot, procedure, eerste_asielland; aanwijzing, bedenktijd (both needed of
ISZW-DO); score_betaling, score_omstandigheden, score_dwang (FairWork alone); politieregio (only of a report without consent);
fase_gesignaleerd and so on: the day of each step, as partial as is known, or ja; intrekken (ja: the report that was
sent earlier under this eigen_kenmerk is withdrawn; no other cell is looked at).
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache, partial
from typing import Any

from django.utils import translation

from consent import gate
from intake.batches import cells
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.codes.lists import CodeList
from intake.notifications.assembling import Values, parts_of
from intake.notifications.fields import MISSABLE
from intake.notifications.inputs import NotificationInput, Problem
from safeguards.spreadsheets import neutral

DELIMITER = ";"


@dataclass(frozen=True)
class Column:
    """part and field say where the value belongs; codes is the closed list of its values, if it has one.

    The cell of a missable column may say why there is no answer.
    """

    header: str
    part: str
    field: str
    read: Callable[[str], Any]
    write: Callable[[Any], str]
    required: bool = False
    codes: CodeList | None = None
    answers: tuple[str | StrEnum, ...] = ()
    missable: bool = False

    @property
    def values(self) -> tuple[str, ...]:
        """What may stand in the cell, where that is a closed list."""
        return self.codes.codes if self.codes else tuple(map(str, self.answers))

    def labelled(self, language: str) -> tuple[tuple[str, str], ...]:
        """The values with their labels, where they are a closed list. Without labels of its own a value is its label."""
        if self.codes:
            return self.codes.choices(language)
        with translation.override(language):
            return tuple(
                (str(answer), str(gate.LABELS[answer] if isinstance(answer, StrEnum) else answer)) for answer in self.answers
            )


def _text(header: str, part: str, field: str) -> Column:
    return Column(header, part, field, cells.plain, neutral)


def _answer(header: str, field: str, answers: Iterable[StrEnum]) -> Column:
    known = tuple(answers)
    return Column(header, "consent", field, partial(cells.answer, answers=known), str, answers=known)


def _names(header: str, field: str) -> Column:
    return Column(header, "identity", field, _items, _joined)


def _items(cell: str) -> tuple[str, ...]:
    return cells.items(cells.plain(cell))


def _joined(items: Iterable[str]) -> str:
    return neutral(cells.SEPARATOR.join(items))


def _code(header: str, part: str, field: str, codes: CodeList) -> Column:
    return Column(header, part, field, partial(cells.code, codes=codes), str, codes=codes)


def _set(header: str, field: str, codes: CodeList) -> Column:
    read = partial(cells.code_set, codes=codes)
    return Column(header, "characteristics", field, read, cells.SEPARATOR.join, codes=codes)


def _single(header: str, field: str, codes: CodeList) -> Column:
    return _code(header, "characteristics", field, codes)


def _further(header: str, question: str) -> Column:
    return _code(header, "further", question, lists.FURTHER_QUESTIONS[question])


def _partial_day(header: str, field: str) -> Column:
    return Column(header, "characteristics", field, cells.partial_day, cells.partial_day_text)


def _phase(field: str, code: str) -> Column:
    return Column(f"fase_{lists.PHASE_CODES[code].attributes['name_nl']}", "phases", field, cells.phase, cells.phase_text)


def _bsn(cell: str) -> str:
    """Excel drops the nought that a BSN starts with."""
    number = cells.plain(cell)
    return number.zfill(9) if number.isdigit() and len(number) == 8 else number


_DECLARED: tuple[Column, ...] = (
    _text("eigen_kenmerk", "identity", "own_reference"),
    Column("meldingsdatum", "report", "date", cells.day, cells.date_text, required=True),
    _answer("toestemming", "answer", gate.Answer),
    _answer("hoedanigheid", "capacity", gate.Capacity),
    _answer("beoordeeld_op", "judged_how", gate.Judgement),
    _answer("ondertekenaar", "signer", gate.Signer),
    _answer("bewijs", "proof", gate.Proof),
    _answer("wijze", "method", gate.Method),
    replace(_text("tekstversie", "consent", "notice_version"), answers=gate.NOTICE_VERSIONS),
    replace(_text("taal", "consent", "language"), answers=gate.NOTICE_LANGUAGES),
    Column("datum_toestemming", "consent", "signed_on", cells.day, cells.date_text),
    Column("gevraagd_op", "consent", "requested_on", cells.day, cells.date_text),
    _answer("tolk", "interpreter", gate.Interpreter),
    _answer("mening_persoon", "view_of_person", gate.PersonsView),
    _answer("vertegenwoordiger_onafhankelijk", "representative_independent", gate.Independence),
    _answer("getuige", "witness", gate.Witness),
    _answer("toestemming_hulp", "help", gate.PURPOSE_ANSWERS),
    _answer("toestemming_onderzoek", "research_extract", gate.PURPOSE_ANSWERS),
    _answer("reden", "reason", gate.NoConsentReason),
    _names("voornamen", "given_names"),
    _text("tussenvoegsel", "identity", "prefix"),
    _text("achternaam", "identity", "family_name"),
    _names("andere_namen", "aliases"),
    Column("geboortedatum", "identity", "birth", cells.partial_date, cells.partial_text),
    Column("geboortedatum_geschat", "birth", "estimated", cells.yes, lambda estimated: "ja" if estimated else ""),
    _code("leeftijdsgroep", "report", "age_band", lists.AGE_BANDS),
    _single("geslacht", "sex", lists.SEXES),
    _set("nationaliteiten", "nationalities", lists.COUNTRIES),
    Column("bsn", "identity", "bsn", _bsn, neutral),
    _text("v_nummer", "identity", "v_number"),
    _text("documentnummer", "identity", "document_number"),
    _text("contact", "identity", "contact"),
    _text("toelichting", "identity", "narrative"),
    _set("uitbuitingsvormen", "exploitation_types", lists.EXPLOITATION_TYPES),
    _set("prostitutiesectoren", "prostitution_sectors", lists.PROSTITUTION_SECTORS),
    _set("arbeidssectoren", "labour_sectors", lists.LABOUR_SECTORS),
    _set("criminele_uitbuiting", "criminal_kinds", lists.CRIMINAL_KINDS),
    _single("orgaanverwijdering", "organ_removal", lists.ORGAN_REMOVAL),
    _partial_day("uitbuiting_van", "exploitation_from"),
    _partial_day("uitbuiting_tot", "exploitation_to"),
    _set("plaatsen_van_uitbuiting", "exploitation_places", lists.EXPLOITATION_PLACES),
    _set("landen_van_uitbuiting", "exploitation_countries", lists.COUNTRIES),
    _single("gemeente_van_uitbuiting", "municipality_of_exploitation", lists.MUNICIPALITIES),
    _single("gemeente_van_verblijf", "municipality_of_residence", lists.MUNICIPALITIES),
    _set("platforms", "platforms", lists.PLATFORMS),
    _further("rol_technologie", "technology-role"),
    _further("controle_technologie", "technology-control"),
    _further("vindplaats_vraag", "demand-channel"),
    _further("geldstroom", "money-flow"),
    _further("hulp", "help-state"),
    _further("eenheid_verklaring", "statement-unit"),
    _further("opsporingsindicaties", "investigative-leads"),
    _further("reden_sepot", "dismissal-reason"),
    _further("procedure", "residence-route"),
    _further("eerste_asielland", "first-asylum-country"),
    _further("aanwijzing", "indication"),
    _further("bedenktijd", "reflection-period"),
    _further("score_betaling", "score-pay"),
    _further("score_omstandigheden", "score-conditions"),
    _further("score_dwang", "score-coercion"),
    _further("politieregio", "police-region"),
    *(_phase(field, code) for field, code in lists.PHASE_FIELDS.items()),
    Column("intrekken", "row", "withdraw", cells.yes, str, answers=("ja",)),
)
COLUMNS = tuple(replace(column, missable=column.field in MISSABLE) for column in _DECLARED)
BY_HEADER: Mapping[str, Column] = {column.header: column for column in COLUMNS}
BY_FIELD: Mapping[str, str] = {column.field: column.header for column in COLUMNS}
_CODED = frozenset(column.header for column in COLUMNS if column.part in ("characteristics", "further", "phases"))
_REQUIRED = tuple(column for column in COLUMNS if column.required)
# Looked up for each cell of a file: whether it is coded, whether it may say why it is empty, where its value belongs.
_HOW = {column.header: (column.header in _CODED, column.missable, column.part, column.field, column.read) for column in COLUMNS}


def read_row(row: Mapping[str, str]) -> NotificationInput | tuple[Problem, ...]:
    """One row, by header, as typed values; or every cell that cannot be read."""
    try:
        return _read([(header, cell) for header, raw in row.items() if raw and (cell := raw.strip())])
    except cells.CellError:
        return tuple(_problems(row))


def _read(filled: Iterable[tuple[str, str]]) -> NotificationInput:
    """Raises CellError for the first cell that cannot be read: hardly any row of a file has one."""
    values, coded = Values(), []
    for header, cell in filled:
        is_coded, missable, part, field, read = _HOW[header]
        if is_coded or (missable and cells.missing(cell)):
            coded.append((header, cell))
        elif value := read(cell):
            values.put(part, field, value)
    if not all(values.has(column.part, column.field) for column in _REQUIRED):
        raise cells.CellError("required")
    return values.notification(_characteristics(tuple(coded)))


@lru_cache(maxsize=8192)
def _characteristics(coded: tuple[tuple[str, str], ...]) -> Characteristics:
    """Remembered, since a file says the same row after row: only cells that are codes, days and reasons of the lists."""
    values = Values()
    for header, cell in coded:
        column = BY_HEADER[header]
        if reason := column.missable and cells.missing(cell):
            values.put("missing", column.field, reason)
        elif (value := column.read(cell)) or (column.part == "phases" and value is not None):
            values.put(column.part, column.field, value)
    return values.characteristics()


def _problems(row: Mapping[str, str]) -> Iterator[Problem]:
    for header, raw in row.items():
        column, cell = BY_HEADER[header], raw.strip()
        if not cell and column.required:
            yield Problem(column.field, "required")
        elif cell and not (column.missable and cells.missing(cell)):
            try:
                column.read(cell)
            except cells.CellError as error:
                yield Problem(column.field, str(error))


def write_row(notification: NotificationInput) -> list[str]:
    """The cells of a report in the order of the columns: what read_row takes back as it was."""
    missing = dict(notification.characteristics.missing)
    parts = parts_of(notification)
    return [
        cells.missing_text(missing[column.field])
        if column.field in missing
        else column.write(value)
        if (value := parts.get(column.part, {}).get(column.field)) is not None
        else ""
        for column in COLUMNS
    ]


def write_csv(rows: Iterable[NotificationInput]) -> bytes:
    """The template's columns with these reports: what read_row takes back as it was. UTF-8 with a mark, as Excel likes it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=DELIMITER, lineterminator="\r\n")
    writer.writerow([column.header for column in COLUMNS])
    writer.writerows(write_row(row) for row in rows)
    return b"\xef\xbb\xbf" + written.getvalue().encode()
