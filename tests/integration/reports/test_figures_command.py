"""The operator's figures --json: every published row and column, exact, and nothing else on standard output."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from reports.figures.definitions import BY_ID
from safeguards.models import AuditEntry
from tests import reference_register
from tests.integration.reports.written import refresh_all, write_all
from tests.reference_register import DATA, facts_by_person_year
from tests.unit.reports.tally import printed as tally_printed
from tests.unit.reports.tally import tally

pytestmark = pytest.mark.django_db


def printed() -> dict[str, Any]:
    out = StringIO()
    call_command("figures", "--json", stdout=out)
    found: dict[str, Any] = json.loads(out.getvalue())
    return found


def test_register_without_anything_prints_every_figure_without_columns() -> None:
    found = printed()
    assert set(found) == set(BY_ID)
    assert found["2.7"]["rows"]["BL-SU"] == {}


def test_reference_register_is_printed_with_the_names_and_nesting_of_the_publication() -> None:
    write_all(fact for facts in facts_by_person_year().values() for fact in facts)
    refresh_all()
    found = printed()
    assert found["2.7"]["rows"]["BL-SU"] == {"2015": 370, "2016": 232, "2017": 263, "2018": 132, "2019": 181}
    published = json.loads((DATA / "figures.json").read_text(encoding="utf-8"))["figures"]
    for figure, content in published.items():
        for row, values in content.get("rows", {}).items():
            assert shape(values) == shape(found[figure]["rows"][row]), (figure, row)
    assert tally_printed(found) == tally(reference_register.persons(), reference_register.reports())
    assert {figure: found[figure]["persons"] for figure in ("2.1", "2.7")} == {"2.1": 5887, "2.7": 5060}


def shape(values: dict[str, Any]) -> dict[str, Any]:
    return {name: shape(value) if isinstance(value, dict) else int for name, value in values.items()}


def test_printing_is_in_the_audit_trail() -> None:
    printed()
    assert AuditEntry.objects.get(action="figures.exact-read").actor_id == "figures-command"


def test_form_of_the_output_must_be_asked_for() -> None:
    with pytest.raises(CommandError):
        call_command("figures")


def test_edition_that_was_never_published_is_refused_and_nothing_is_printed() -> None:
    out = StringIO()
    with pytest.raises(CommandError, match="none has been published yet"):
        call_command("figures", "--json", "--edition", "3", stdout=out)
    assert out.getvalue() == ""
    assert not AuditEntry.objects.exists()
