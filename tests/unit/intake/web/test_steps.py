"""What the answers of the form become, and what a reporter is asked: plain data, without a draft or a page."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from accounts.reporters import ReporterGroup, Source
from intake.notifications import consents
from intake.notifications.fields import MISSABLE
from intake.notifications.inputs import PartialDate
from intake.notifications.policies import Reporter
from intake.web import forms, steps
from intake.web.fields import CodeField, CodeSetField, Missing, ReasonField
from intake.web.steps import Situation, Standing

DAY = date(2019, 3, 14)
FAIRWORK = Reporter(UUID(int=1), Source.REPORT, ReporterGroup.FAIRWORK)
POLICE = replace(FAIRWORK, group=ReporterGroup.POLICE)
SECTIONS = {step.name: step for step in steps.STEPS}


def situation(reporter: Reporter = POLICE, **changes: object) -> Situation:
    basis = consents.basis_of(reporter, DAY, None)
    now = Situation(
        reporter, DAY, basis, needs_consent=basis.kind != consents.STATUTORY, given=True, standing=Standing.REGISTERED
    )
    return replace(now, **changes)  # type: ignore[arg-type]


def names(now: Situation) -> set[str]:
    return {step.name for step in steps.STEPS if step.asked(now)}


def test_reporter_with_a_legal_basis_is_not_asked_about_consent() -> None:
    assert not names(situation()) & {"consent", "statement", "signal", "score", "inspection"}


def test_signal_asks_for_nothing_but_coarse_codes() -> None:
    assert names(situation(FAIRWORK, given=False, standing=Standing.SIGNAL)) == {"report", "consent", "signal"}


def test_score_list_is_asked_of_fairwork_alone() -> None:
    assert "score" in names(situation(FAIRWORK))
    assert "score" not in names(situation(POLICE))


def test_days_are_asked_of_the_steps_that_have_taken_place() -> None:
    now = situation(phases=("help-started", "requested", "no-such-step"))
    assert SECTIONS["days"].asked(now) == ("phase_help_started", "phase_requested")
    assert "days" not in names(situation())


def test_number_without_a_basis_is_no_question() -> None:
    assert "bsn" not in SECTIONS["person"].asked(situation(FAIRWORK))


def test_reason_goes_where_the_rules_look_for_it() -> None:
    made = steps.notification_of(
        {"date": DAY, "nationality": Missing("refused"), "birth_missing": Missing("unknown"), "score_pay": Missing("not-asked")}
    )
    missing = {"nationalities": "refused", "birth": "unknown", "score-pay": "not-asked"}
    assert dict(made.characteristics.missing) == missing
    assert made.characteristics.nationalities == ()


def test_steps_with_and_without_a_day_become_phases() -> None:
    values = {"phases": ("help-started",), "b8_steps": ("requested",), "phase_help_started": PartialDate(2019, 3)}
    assert steps.notification_of(values).characteristics.phases == (("help-started", "2019-03"), ("requested", ""))


def test_period_and_questions_are_taken_over() -> None:
    values = {"exploitation_from": PartialDate(2018), "demand_channel": "street", "second_exploitation_country": "RO"}
    made = steps.notification_of(values).characteristics
    assert (made.exploitation_from, made.exploitation_countries) == ("2018", ("RO",))
    assert dict(made.further) == {"demand-channel": "street"}


def test_every_missable_field_of_the_form_can_say_why() -> None:
    """But for names, numbers and days, of which a few share one question."""
    fields = {name: field for step in steps.STEPS for name, field in step.form.base_fields.items()}
    silent = {name for name, field in fields.items() if isinstance(field, CodeField | CodeSetField) and not field.reasons}
    said = {name.removesuffix("_missing") for name, field in fields.items() if isinstance(field, ReasonField)}
    said |= {name for name, field in fields.items() if isinstance(field, CodeField | CodeSetField) and field.reasons}
    coarse = set(forms.CoarseForm.base_fields) | {"indication", "reflection_period"}
    numbers = {"bsn", "v_number", "document_number", "given_names"}
    wanted = {steps.form_field(field) for field in MISSABLE if not field.startswith("phase-")} - coarse - numbers
    assert wanted - said == set()
    assert silent - coarse == {"second_nationality", "second_exploitation_country", "phases", "b8_steps"}


@pytest.mark.parametrize("name", sorted(SECTIONS))
def test_every_section_has_a_form_with_questions(name: str) -> None:
    assert SECTIONS[name].form.base_fields
