"""The JSON of a report: everything that a report can hold has a member, and reads back as it was."""

import json
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some
from jsonschema import Draft202012Validator

from accounts.reporters import ReporterGroup, Source
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.notifications import members, rules, sentences
from intake.notifications.cleaning import clean
from intake.notifications.fields import MISSABLE
from intake.notifications.inputs import ConsentAnswer, Identity, PartialDate, Problem
from intake.notifications.policies import Reporter
from tests import made_reports

POLICE = Reporter(UUID(int=1), Source.REPORT, ReporterGroup.POLICE, unit="amsterdam")
PARTS = {
    "identity": set(Identity.__dataclass_fields__) - {"birth"},
    "birth": set(PartialDate.__dataclass_fields__),
    "characteristics": set(Characteristics.__dataclass_fields__) - {"further", "phases", "missing"},
    "further": set(lists.FURTHER_QUESTIONS),
    "phases": set(lists.PHASE_FIELDS),
    "missing": set(MISSABLE),
    "consent": set(ConsentAnswer.__dataclass_fields__),
    "report": {"date", "age_band"},
}


def as_json_schema(found):
    """OpenAPI 3.0 says nullable where JSON Schema has a second type."""
    if isinstance(found, list):
        return [as_json_schema(one) for one in found]
    if not isinstance(found, dict):
        return found
    changed = {name: as_json_schema(value) for name, value in found.items() if name != "nullable"}
    return changed | {"type": [changed["type"], "null"]} if found.get("nullable") is True else changed


VALIDATOR = Draft202012Validator(as_json_schema(members.schema()), format_checker=Draft202012Validator.FORMAT_CHECKER)


@pytest.mark.parametrize("part", PARTS)
def test_every_field_has_a_member(part):
    assert {member.field for member in members.MEMBERS if member.part == part} == PARTS[part]


@given(made_reports.reports())
def test_report_comes_back_as_it_was(report):
    document = json.loads(json.dumps(members.write(report)))
    values, problems = members.read(document)
    assert problems == ()
    assert values.notification() == report
    VALIDATOR.validate(document)


def test_null_is_a_member_that_was_left_out():
    values, problems = members.read({"eigenKenmerk": None, "persoon": None})
    assert (values.identity(), problems) == (Identity(), ())


@pytest.mark.parametrize("document", [{"Jansen": 1}, {"persoon/bsn": "1"}, {"": 1}, [], "x", 1, None, {"persoon": "x"}])
def test_what_is_not_known_is_named_by_its_place_alone(document):
    _, problems = members.read(document)
    assert {problem.code for problem in problems} == {"unknown-member"}
    assert {problem.field for problem in problems} <= {"", "persoon"}


def test_all_problems_are_told_at_once():
    _, problems = members.read({"persoon": {"achternaam": 1, "voornamen": "x", "x": 1}, "meldingsdatum": "x"})
    assert set(problems) == {
        Problem("family_name", "wrong-type"),
        Problem("given_names", "wrong-type"),
        Problem("persoon", "unknown-member"),
        Problem("date", "wrong-type"),
    }


@pytest.mark.parametrize(
    ("document", "problem"),
    [
        ({"kenmerken": {"geslacht": "x"}}, Problem("sex", "unknown-code")),
        ({"kenmerken": {"geslacht": ""}}, Problem("sex", "unknown-code")),
        ({"kenmerken": {"nationaliteiten": ["RO", "x"]}}, Problem("nationalities", "unknown-code")),
        ({"kenmerken": {"nationaliteiten": ["RO"] * 21}}, Problem("nationalities", "too-many")),
        ({"kenmerken": {"verder": {"hulp": 1}}}, Problem("help-state", "wrong-type")),
        ({"kenmerken": {"fasen": {"aangifte": True}}}, Problem("phase-police-statement", "wrong-type")),
        ({"toestemming": {"antwoord": "misschien"}}, Problem("answer", "unknown-code")),
        ({"ontbrekend": {"geslacht": "x"}}, Problem("ontbrekend/geslacht", "unknown-code")),
        ({"ontbrekend": {"eigenKenmerk": "refused"}}, Problem("ontbrekend", "unknown-member")),
        ({"meldingsdatum": "2019-02-31"}, Problem("date", "impossible-date")),
        ({"meldingsdatum": "20190314"}, Problem("date", "wrong-type")),
        ({"persoon": {"geboorte": {"jaar": True}}}, Problem("year", "wrong-type")),
    ],
)
def test_value_that_is_not_of_its_kind_is_named(document, problem):
    assert members.read(document)[1] == (problem,)
    assert not VALIDATOR.is_valid({"meldingsdatum": "2019-03-14"} | document)


def test_schema_names_every_member_and_nothing_else():
    def leaves(found, pointer):
        for name, inner in found["properties"].items():
            inner_pointer = f"{pointer}/{name}" if pointer else name
            yield from leaves(inner, inner_pointer) if "properties" in inner else [inner_pointer]

    assert sorted(leaves(members.schema(), "")) == sorted(members.BY_POINTER)


def test_schema_speaks_dutch_and_says_what_codes_mean():
    described = members.schema()["properties"]["kenmerken"]["properties"]["geslacht"]
    assert described["description"] == "Geslacht: male (man); female (vrouw)"
    assert described["enum"] == ["male", "female", None]
    assert described["nullable"] is True
    assert "nullable" not in members.schema()["properties"]["meldingsdatum"]


@pytest.mark.parametrize("document", [{}, {"meldingsdatum": "2019-03-14", "x": 1}, {"meldingsdatum": 5}])
def test_schema_refuses_what_is_no_report(document):
    assert not VALIDATOR.is_valid(document)


ANYTHING = (
    some.none() | some.booleans() | some.integers() | some.text(max_size=30) | some.lists(some.text(max_size=10), max_size=3)
)
OF_SHAPE = {"array": some.lists(some.text(max_size=10), max_size=12), "integer": some.integers(), "boolean": some.booleans()}


@some.composite
def hostile(draw):
    """A document with anything in its members, and often with the right kind of it."""
    document = {"meldingsdatum": "2019-03-14"}
    for pointer in draw(some.lists(some.sampled_from(sorted(members.BY_POINTER)), max_size=8)):
        shape = members.BY_POINTER[pointer].shape.schema
        right = some.sampled_from(shape["enum"]) if "enum" in shape else OF_SHAPE.get(shape["type"], some.text(max_size=30))
        *path, name = pointer.split("/")
        inner = document
        for step in path:
            inner = inner.setdefault(step, {})
        inner[name] = draw(right | ANYTHING)
    return document


@settings(deadline=None)
@given(hostile())
def test_whatever_is_sent_is_read_and_judged_without_an_accident(document):
    values, problems = members.read(document)
    problems = problems or rules.judge(clean(values.notification()), POLICE).problems
    for problem in problems:
        assert sentences.sentence(problem, name="x")
