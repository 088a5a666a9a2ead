"""A form offers the codes that a report of its day may use, and no others."""

from datetime import date

import pytest
from django import forms

from intake.web.forms import AnswerForm, BackgroundForm, CoarseForm, InspectionForm, StatementForm, StepForm
from intake.web.public_forms import BeginForm, CallbackForm, SignalForm

FIELD = "municipality_of_residence"
APPINGEDAM, EEMSDELTA = "Appingedam", "Eemsdelta"


def offered(form: StepForm) -> set[str]:
    return {str(label) for _code, label in form.fields[FIELD].choices}  # type: ignore[attr-defined]


def person_form(on: date | None) -> StepForm:
    return BackgroundForm(wanted=[FIELD], on=on)


def test_municipality_that_was_merged_is_not_offered_afterwards() -> None:
    names = offered(person_form(date(2024, 2, 1)))
    assert EEMSDELTA in names
    assert APPINGEDAM not in names


def test_municipality_is_offered_for_a_report_of_its_own_time() -> None:
    names = offered(person_form(date(2019, 2, 1)))
    assert APPINGEDAM in names
    assert EEMSDELTA not in names


def test_without_a_day_everything_is_offered() -> None:
    assert {APPINGEDAM, EEMSDELTA} <= offered(person_form(None))


def test_long_list_is_in_order_of_its_labels() -> None:
    labels = [str(label) for _code, label in person_form(date(2019, 2, 1)).fields[FIELD].choices]  # type: ignore[attr-defined]
    assert labels[2:4] == ["Aa en Hunze", "Aalsmeer"]
    assert labels.index("Hellendoorn") < labels.index("'s-Hertogenbosch") < labels.index("Hilversum")


def test_short_list_keeps_its_own_order() -> None:
    form = BackgroundForm(wanted=["age_band"], on=date(2019, 2, 1))
    codes = [code for code, _label in form.fields["age_band"].choices]  # type: ignore[attr-defined]
    assert codes == ["minor", "18-22", "23-29", "30-39", "40+", "of"]


def test_reasons_why_there_is_no_answer_stand_in_a_group_of_their_own() -> None:
    form = BackgroundForm()
    group = form.fields["nationality"].choices[1]  # type: ignore[attr-defined]
    assert [code for code, _label in group[1]] == ["missing:unknown", "missing:not-asked", "missing:refused"]


@pytest.mark.parametrize(
    "form",
    [AnswerForm, BackgroundForm, BeginForm, CallbackForm, CoarseForm, InspectionForm, SignalForm, StatementForm],
)
def test_no_answer_is_chosen_beforehand(form: type[forms.Form]) -> None:
    page = form().as_p()
    assert "checked" not in page
    assert all(chosen.split('value="')[1].startswith('"') for chosen in page.split("<option ")[1:] if "selected" in chosen)


def test_empty_answer_that_was_chosen_stays_chosen() -> None:
    page = str(SignalForm({"kind": ""})["kind"])
    assert page.count("checked") == 1
    assert page.index('value=""') < page.index("checked")
