"""The JSON of a report, declared: which member holds what. The API and the feeds read by it; rules check the values.

A report is an object of these members; all but meldingsdatum may be left out, an unknown member is refused. Codes are those
of the lists of intake.codes; schema() says all of it in the words of OpenAPI.
  meldingsdatum "2019-03-01" · eigenKenmerk · leeftijdsgroep (where no birth date is known)
  persoon: names, geboorte (jaar, maand, dag, geschat), numbers, contact, toelichting
  kenmerken: sets as lists of codes, single codes, uitbuitingVan and uitbuitingTot ("2019", "2019-03" or "2019-03-01")
    verder: one code for each further question
    fasen: the day of each step, as partial as that of the period, or "" where it is unknown
  toestemming: only where consent is needed
  ontbrekend: why a member was left out (unknown, not-asked or refused), by the member's own name
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import translation

from consent import gate
from intake.codes import lists
from intake.notifications import sentences, shapes, texts
from intake.notifications.assembling import Values, parts_of
from intake.notifications.fields import MISSABLE, MOST_CODES, MOST_NAMES, SETS, SINGLES
from intake.notifications.inputs import NotificationInput, Problem
from intake.notifications.shapes import Shape, WrongValueError
from intake.notifications.texts import TextRule

# Longer than any number with what people type between its digits.
NUMBER = TextRule(40)


@dataclass(frozen=True)
class Member:
    """pointer is the path within the document; part and field say where the value belongs."""

    pointer: str
    part: str
    field: str
    shape: Shape

    @property
    def name(self) -> str:
        return self.pointer.rpartition("/")[2]


def _text(pointer: str, part: str, field: str, rule: TextRule) -> Member:
    return Member(pointer, part, field, shapes.text(rule))


def _names(pointer: str, field: str) -> Member:
    return Member(pointer, "identity", field, shapes.texts(texts.NAME, MOST_NAMES))


def _number(pointer: str, field: str) -> Member:
    return Member(pointer, "identity", field, shapes.text(NUMBER))


def _single(name: str, field: str) -> Member:
    return Member(f"kenmerken/{name}", "characteristics", field, shapes.code(SINGLES[field]))


def _set(name: str, field: str) -> Member:
    return Member(f"kenmerken/{name}", "characteristics", field, shapes.code_set(SETS[field], MOST_CODES))


def _period(name: str, field: str) -> Member:
    return Member(f"kenmerken/{name}", "characteristics", field, shapes.partial_day())


def _further(name: str, question: str) -> Member:
    return Member(f"kenmerken/verder/{name}", "further", question, shapes.code(lists.FURTHER_QUESTIONS[question]))


def _phase(field: str, code: str) -> Member:
    first, *words = lists.PHASE_CODES[code].attributes["name_nl"].split("_")
    name = first + "".join(word.capitalize() for word in words)
    return Member(f"kenmerken/fasen/{name}", "phases", field, shapes.day_of_step())


def _consent(name: str, field: str, shape: Shape) -> Member:
    return Member(f"toestemming/{name}", "consent", field, shape)


def _missing(pointer: str, field: str) -> Member:
    return Member(f"ontbrekend/{pointer.rpartition('/')[2]}", "missing", field, shapes.code(lists.MISSING_REASONS))


_ANSWERED: tuple[Member, ...] = (
    Member("meldingsdatum", "report", "date", shapes.day()),
    _text("eigenKenmerk", "identity", "own_reference", texts.REFERENCE),
    Member("leeftijdsgroep", "report", "age_band", shapes.code(lists.AGE_BANDS)),
    _names("persoon/voornamen", "given_names"),
    _text("persoon/tussenvoegsel", "identity", "prefix", texts.NAME),
    _text("persoon/achternaam", "identity", "family_name", texts.NAME),
    _names("persoon/andereNamen", "aliases"),
    Member("persoon/geboorte/jaar", "birth", "year", shapes.whole_number(1, 9999)),
    Member("persoon/geboorte/maand", "birth", "month", shapes.whole_number(1, 12)),
    Member("persoon/geboorte/dag", "birth", "day", shapes.whole_number(1, 31)),
    Member("persoon/geboorte/geschat", "birth", "estimated", shapes.flag()),
    _number("persoon/bsn", "bsn"),
    _number("persoon/vNummer", "v_number"),
    _number("persoon/documentnummer", "document_number"),
    _text("persoon/contact", "identity", "contact", texts.CONTACT),
    _text("persoon/toelichting", "identity", "narrative", texts.NARRATIVE),
    _set("uitbuitingsvormen", "exploitation_types"),
    _set("prostitutiesectoren", "prostitution_sectors"),
    _set("arbeidssectoren", "labour_sectors"),
    _set("crimineleUitbuiting", "criminal_kinds"),
    _single("orgaanverwijdering", "organ_removal"),
    _single("geslacht", "sex"),
    _set("nationaliteiten", "nationalities"),
    _period("uitbuitingVan", "exploitation_from"),
    _period("uitbuitingTot", "exploitation_to"),
    _set("plaatsenVanUitbuiting", "exploitation_places"),
    _set("landenVanUitbuiting", "exploitation_countries"),
    _single("gemeenteVanUitbuiting", "municipality_of_exploitation"),
    _single("gemeenteVanVerblijf", "municipality_of_residence"),
    _set("platforms", "platforms"),
    _further("rolTechnologie", "technology-role"),
    _further("controleTechnologie", "technology-control"),
    _further("vindplaatsVraag", "demand-channel"),
    _further("geldstroom", "money-flow"),
    _further("hulp", "help-state"),
    _further("eenheidVerklaring", "statement-unit"),
    _further("opsporingsindicaties", "investigative-leads"),
    _further("redenSepot", "dismissal-reason"),
    _further("procedure", "residence-route"),
    _further("eersteAsielland", "first-asylum-country"),
    _further("aanwijzing", "indication"),
    _further("bedenktijd", "reflection-period"),
    _further("scoreBetaling", "score-pay"),
    _further("scoreOmstandigheden", "score-conditions"),
    _further("scoreDwang", "score-coercion"),
    _further("politieregio", "police-region"),
    *(_phase(field, code) for field, code in lists.PHASE_FIELDS.items()),
    _consent("antwoord", "answer", shapes.answer(gate.Answer)),
    _consent("hoedanigheid", "capacity", shapes.answer(gate.Capacity)),
    _consent("beoordeeldOp", "judged_how", shapes.answer(gate.Judgement)),
    _consent("ondertekenaar", "signer", shapes.answer(gate.Signer)),
    _consent("bewijs", "proof", shapes.answer(gate.Proof)),
    _consent("wijze", "method", shapes.answer(gate.Method)),
    _consent("tekstversie", "notice_version", shapes.choice(gate.NOTICE_VERSIONS)),
    _consent("taal", "language", shapes.choice(gate.NOTICE_LANGUAGES)),
    _consent("datum", "signed_on", shapes.day()),
    _consent("vraagdatum", "requested_on", shapes.day()),
    _consent("tolk", "interpreter", shapes.answer(gate.Interpreter)),
    _consent("meningPersoon", "view_of_person", shapes.answer(gate.PersonsView)),
    _consent("vertegenwoordigerOnafhankelijk", "representative_independent", shapes.answer(gate.Independence)),
    _consent("getuige", "witness", shapes.answer(gate.Witness)),
    _consent("hulp", "help", shapes.answer(gate.PURPOSE_ANSWERS)),
    _consent("onderzoek", "research_extract", shapes.answer(gate.PURPOSE_ANSWERS)),
    _consent("reden", "reason", shapes.answer(gate.NoConsentReason)),
)
REQUIRED = ("meldingsdatum",)
POINTER_OF_FIELD: Mapping[str, str] = {
    "birth": "persoon/geboorte",
    "consent": "toestemming",
    "further": "kenmerken/verder",
    "phases": "kenmerken/fasen",
    "missing": "ontbrekend",
} | {member.field: member.pointer for member in _ANSWERED}
MEMBERS: tuple[Member, ...] = (
    *_ANSWERED,
    *(_missing(pointer, field) for field, pointer in POINTER_OF_FIELD.items() if field in MISSABLE),
)
BY_POINTER: Mapping[str, Member] = {member.pointer: member for member in MEMBERS}
OBJECTS = frozenset(pointer.rpartition("/")[0] for pointer in BY_POINTER) - {""}
KNOWN = OBJECTS | BY_POINTER.keys()


def read(document: object) -> tuple[Values, tuple[Problem, ...]]:
    """Typed values, and every member that is unknown or of the wrong type. A null is a member that was left out."""
    values, problems = Values(), []
    for pointer, value in _leaves(document, ""):
        member = BY_POINTER.get(pointer)
        if member is None:
            problems.append(Problem(pointer, "unknown-member"))
            continue
        try:
            read_value = member.shape.read(value)
        except WrongValueError as error:
            problems.append(Problem(pointer if member.part == "missing" else member.field, error.code))
            continue
        values.put(member.part, member.field, read_value)
    return values, tuple(problems)


def write(notification: NotificationInput) -> dict[str, Any]:
    """The document of this report: what read takes back as it was."""
    parts = parts_of(notification)
    document: dict[str, Any] = {}
    for member in MEMBERS:
        value = parts[member.part].get(member.field)
        if value or (member.part == "phases" and value is not None):
            *path, name = member.pointer.split("/")
            _object(document, path)[name] = member.shape.write(value)
    return document


def schema() -> dict[str, Any]:
    """The document as an OpenAPI 3.0 schema object, described in Dutch: what read takes, before the rules."""
    root: dict[str, Any] = {"type": "object", "properties": {}, "additionalProperties": False, "required": list(REQUIRED)}
    with translation.override("nl"):
        for member in MEMBERS:
            *path, name = member.pointer.split("/")
            inner = root
            for step in path:
                inner = inner["properties"].setdefault(step, _optional_object())
            inner["properties"][name] = _described(member)
    return root


def _optional_object() -> dict[str, Any]:
    return {"type": "object", "properties": {}, "additionalProperties": False, "nullable": True}


def _described(member: Member) -> dict[str, Any]:
    """An enumeration that may be left out as null has null among its values, says OpenAPI 3.0."""
    label = str(sentences.label(member.field))
    meanings = "; ".join(code if meaning == code else f"{code} ({meaning})" for code, meaning in member.shape.meanings.items())
    found = {**member.shape.schema, "description": f"{label}: {meanings}" if meanings else label}
    if member.pointer in REQUIRED:
        return found
    if "enum" in found:
        found["enum"] = [*found["enum"], None]
    return {**found, "nullable": True}


def _object(document: dict[str, Any], path: Sequence[str]) -> dict[str, Any]:
    for step in path:
        document = document.setdefault(step, {})
    return document


def _leaves(document: object, pointer: str) -> Iterator[tuple[str, object]]:
    """Of an unknown member only the object that holds it is named: its name may be anything."""
    if not isinstance(document, dict):
        yield pointer, document
        return
    for name, value in document.items():
        inner = f"{pointer}/{name}" if pointer else name
        if "/" in name or inner not in KNOWN:
            yield pointer, value
        elif value is None:
            continue
        elif inner in OBJECTS:
            yield from _leaves(value, inner)
        else:
            yield inner, value
