"""The rules of a report, one fault per test: what is refused is named by field and code."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as some

from accounts.reporters import ReporterGroup, Source
from intake.notifications import consents, rules, sentences
from intake.notifications.cleaning import clean
from intake.notifications.inputs import ConsentAnswer, PartialDate
from intake.notifications.policies import Reporter
from intake.notifications.workflow import State
from intake.retention.rules import RULES, Action
from tests import made_reports, reported

POLICE = Reporter(UUID(int=1), Source.REPORT, ReporterGroup.POLICE, unit="amsterdam")
SHELTER = Reporter(UUID(int=2), Source.REPORT, ReporterGroup.CARE_COORDINATORS)
INSPECTORATE = Reporter(UUID(int=3), Source.REPORT, ReporterGroup.ISZW_DO)
FAIRWORK = Reporter(UUID(int=5), Source.REPORT, ReporterGroup.FAIRWORK)
EMM = Reporter(UUID(int=4), Source.EMM)
GOOD_BSN = "123456782"


def found(notification, reporter=POLICE):
    return {(problem.field, problem.code) for problem in rules.judge(clean(notification), reporter).problems}


def of(**identity):
    return reported.report(identity=reported.person(**identity))


def known(**characteristics):
    return reported.report(characteristics=replace(reported.KNOWN, **characteristics))


@pytest.mark.parametrize("reporter", [POLICE, EMM])
def test_right_report_has_no_problem(reporter):
    assert found(reported.report(), reporter) == set()


def test_right_report_with_consent_has_no_problem():
    assert found(reported.report_with_consent(), SHELTER) == set()


def test_what_stands_where_a_capacity_belongs_is_not_kept():
    before = consents._basis.cache_info().currsize
    for text in ("Quirijntje", "Zwaluwenburg"):
        assert ("capacity", "capacity-unknown") in found(
            reported.report_with_consent(consent=reported.answer(capacity=text)), SHELTER
        )
    assert consents._basis.cache_info().currsize <= before + 1


def test_report_of_today_is_allowed_and_of_tomorrow_not():
    assert found(reported.report(date=reported.long_ago().date())) == set()
    assert found(reported.report(date=reported.tomorrow())) == {("date", "in-future")}


def test_report_that_retention_would_cut_off_tonight_is_refused():
    (rule,) = (rule for rule in RULES if rule.action is Action.CUT_OFF)
    last = rule.cutoff(timezone.localdate())
    born = PartialDate(1980)
    assert found(reported.report(date=last, identity=reported.person(birth=born))) == {("date", "too-long-ago")}
    assert found(reported.report(date=last + timedelta(days=1), identity=reported.person(birth=born))) == set()


@pytest.mark.parametrize("name", ["", " ", "\u00a0", "\u2003"])
def test_person_without_a_name_is_refused(name):
    assert ("family_name", "required") in found(of(family_name=name, given_names=()))


@pytest.mark.parametrize("character", ["\0", "\u200b", "\u202e", "\ud800", "|"])
def test_hidden_characters_are_refused_in_names_and_references(character):
    assert ("family_name", "forbidden-character") in found(of(family_name=f"Jan{character}sen"))
    assert ("given_names", "forbidden-character") in found(of(given_names=("Anna", f"Ma{character}ria")))
    if character != "|":
        assert ("own_reference", "forbidden-character") in found(of(own_reference=f"z{character}1"))


def test_lines_are_allowed_in_the_explanation_and_hidden_characters_are_not():
    assert found(of(narrative="een\nregel\ttab", contact="a\nb")) == set()
    assert found(of(narrative="a\u202eb")) == {("narrative", "forbidden-character")}


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("family_name", "x" * 200, "name-too-long"),
        ("prefix", "x" * 200, "name-too-long"),
        ("given_names", ("x" * 200,), "name-too-long"),
        ("own_reference", "x" * 65, "too-long"),
        ("contact", "x" * 501, "too-long"),
        ("narrative", "x" * 20_001, "too-long"),
    ],
)
def test_too_long_text_is_refused(field, value, code):
    assert found(of(**{field: value})) == {(field, code)}


def test_too_many_names_are_refused():
    assert found(of(aliases=("x",) * 11)) == {("aliases", "too-many")}


@pytest.mark.parametrize("number", [GOOD_BSN, "123 456 782", "123.456.782"])
def test_bsn_that_passes_the_eleven_test_is_allowed(number):
    assert found(of(bsn=number)) == set()


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("123456789", "wrong-check-digit"),
        ("000000000", "wrong-check-digit"),
        ("12345678", "wrong-format"),
        ("1234567820", "wrong-format"),
        ("12345678٢", "wrong-format"),
        ("A23456782", "wrong-format"),
    ],
)
def test_bsn_that_cannot_be_one_is_refused(number, code):
    assert found(of(bsn=number)) == {("bsn", code)}


def test_every_single_mistyped_digit_of_a_bsn_is_found():
    for place in range(9):
        for digit in "0123456789".replace(GOOD_BSN[place], ""):
            assert found(of(bsn=GOOD_BSN[:place] + digit + GOOD_BSN[place + 1 :])) == {("bsn", "wrong-check-digit")}


def test_bsn_is_refused_from_who_has_no_statute_for_it():
    report = reported.report_with_consent(identity=reported.person(v_number="", bsn=GOOD_BSN))
    assert found(report, SHELTER) == {("bsn", "not-allowed")}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("own_reference", GOOD_BSN),
        ("given_names", (GOOD_BSN,)),
        ("family_name", f"Jansen {GOOD_BSN}"),
        ("prefix", f"van {GOOD_BSN}"),
        ("aliases", (f"x {GOOD_BSN}",)),
        ("contact", f"bsn {GOOD_BSN}"),
        ("narrative", "Haar nummer is 123.456.782."),
    ],
)
def test_bsn_anywhere_else_is_refused_from_who_has_no_statute_for_it(field, value):
    text = {"v_number": "", field: value}
    assert (field, "holds-bsn") in found(reported.report_with_consent(identity=reported.person(**text)), SHELTER)
    assert (field, "holds-bsn") not in found(of(**{field: value}), POLICE)


def test_what_is_too_long_is_not_looked_through_for_a_bsn():
    narrative = GOOD_BSN + " x" * 10_000
    too_long = reported.report_with_consent(identity=reported.person(v_number="", narrative=narrative))
    assert found(too_long, SHELTER) == {("narrative", "too-long")}


def test_bsn_as_own_reference_of_a_signal_is_refused():
    assert found(reported.report_refused(identity=reported.person(own_reference=GOOD_BSN)), SHELTER) == {
        ("own_reference", "holds-bsn")
    }


@pytest.mark.parametrize(("field", "value"), [("v_number", "123"), ("v_number", "12345678901"), ("document_number", "a b!")])
def test_other_numbers_have_their_shape(field, value):
    assert found(of(**{field: value})) == {(field, "wrong-format")}


@pytest.mark.parametrize(
    ("birth", "code"),
    [
        (PartialDate(2019, 3, 15), "birth-after-report"),
        (PartialDate(2019, 4), "birth-after-report"),
        (PartialDate(2020), "birth-after-report"),
        (PartialDate(1991, 2, 29), "impossible-date"),
        (PartialDate(1991, 13), "impossible-date"),
        (PartialDate(0, 1), "impossible-date"),
        (PartialDate(10**30), "impossible-date"),
        (PartialDate(1890), "too-long-ago"),
        (PartialDate(1991, 0), "impossible-date"),
        (PartialDate(1991, 0, 5), "impossible-date"),
        (PartialDate(1991, 5, 0), "impossible-date"),
        (PartialDate(None, 5), "parts-without-year"),
        (PartialDate(1991, None, 5), "day-without-month"),
    ],
)
def test_birth_date_that_cannot_be_is_refused(birth, code):
    assert found(of(birth=birth)) == {("birth", code)}


@pytest.mark.parametrize("birth", [PartialDate(), PartialDate(2019), PartialDate(2019, 3), PartialDate(2019, 3, 14)])
def test_birth_date_may_be_partial_and_on_the_day_itself(birth):
    assert found(of(birth=birth)) == set()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("exploitation_types", ("sexual", "other")),
        ("prostitution_sectors", ("x",)),
        ("labour_sectors", ("x",)),
        ("nationalities", ("ZZ",)),
        ("exploitation_countries", ("nl",)),
        ("platforms", ("x",)),
        ("sex", "x"),
        ("organ_removal", "x"),
        ("municipality_of_exploitation", "Amsterdam"),
    ],
)
def test_code_outside_its_list_is_refused(field, value):
    assert found(known(**{field: value})) == {(field, "unknown-code")}


def test_code_before_its_first_day_is_refused():
    early = replace(known(criminal_kinds=("theft",)), date=reported.DAY.replace(year=2015))
    assert found(early) == {("criminal_kinds", "unknown-code")}


def test_further_answers_are_codes_of_their_question():
    assert found(known(further=(("technology-role", "none"),))) == set()
    assert found(known(further=(("technology-role", "x"),))) == {("technology-role", "unknown-code")}
    assert found(known(further=(("x", "y"),))) == {("further", "unknown-code")}
    twice = (("technology-role", "cyber-enabled"), ("technology-role", "none"))
    assert found(known(further=twice)) == {("further", "answered-twice")}


def test_age_group_is_a_code():
    assert found(reported.report(age_band="23-29")) == set()
    assert found(reported.report(age_band="jong")) == {("age_band", "unknown-code")}


@pytest.mark.parametrize(
    ("birth", "band", "fits"),
    [
        (PartialDate(1991, 7, 23), "23-29", True),
        (PartialDate(1991, 7, 23), "18-22", False),
        (PartialDate(1991), "30-39", False),
        (PartialDate(1996), "18-22", True),
        (PartialDate(1996), "23-29", True),
        (PartialDate(1996), "minor", False),
        (PartialDate(2019, 3), "minor", True),
        (PartialDate(1991, 7, 23, estimated=True), "minor", False),
        (PartialDate(), "minor", True),
    ],
)
def test_age_group_that_contradicts_the_birth_date_is_refused(birth, band, fits):
    report = reported.report(identity=reported.person(birth=birth), age_band=band)
    assert found(report) == (set() if fits else {("age_band", "contradicts-birth")})


@pytest.mark.parametrize(
    ("birth", "start", "right"),
    [
        (PartialDate(2001, 5, 6), "2001-05", True),
        (PartialDate(2001, 5, 6), "2001-04", False),
        (PartialDate(2001), "2000", False),
        (PartialDate(2001), "2001", True),
        (PartialDate(2001, estimated=True), "2000", True),
        (PartialDate(), "1990", True),
    ],
)
def test_exploitation_does_not_start_before_birth(birth, start, right):
    report = reported.report(
        identity=reported.person(birth=birth), characteristics=replace(reported.KNOWN, exploitation_from=start)
    )
    assert found(report) == (set() if right else {("exploitation_from", "before-birth")})


@pytest.mark.parametrize(
    ("missing", "problems"),
    [
        ((("birth", "unknown"),), {("birth", "answered-and-missing")}),
        ((("sex", "refused"),), {("sex", "answered-and-missing")}),
        ((("family_name", "refused"),), {("family_name", "answered-and-missing")}),
        ((("organ_removal", "not-asked"), ("help-state", "refused"), ("phase-granted", "unknown")), set()),
        ((("organ_removal", "misschien"),), {("organ_removal", "unknown-code")}),
        ((("own_reference", "refused"),), {("missing", "unknown-code")}),
        ((("Zwaluwenburg", "refused"),), {("missing", "unknown-code")}),
        ((("bsn", "refused"), ("bsn", "unknown")), {("missing", "answered-twice")}),
    ],
)
def test_what_is_missing_has_one_known_reason_and_no_answer(missing, problems):
    assert found(known(missing=missing)) == problems


def test_step_and_question_that_are_answered_are_not_missing():
    known_both = known(
        further=(("help-state", "receives"),),
        phases=(("granted", ""),),
        missing=(("help-state", "unknown"), ("phase-granted", "unknown")),
    )
    assert found(known_both) == {("help-state", "answered-and-missing"), ("phase-granted", "answered-and-missing")}


def score(pay="yes", conditions="no", coercion="no"):
    return (("score-pay", pay), ("score-conditions", conditions), ("score-coercion", coercion))


def test_score_list_is_fairworks_alone():
    sent = reported.report_with_consent(
        characteristics=replace(reported.KNOWN, exploitation_types=("labour",), prostitution_sectors=(), further=score())
    )
    assert found(sent, FAIRWORK) == set()
    expected = {(item, "only-fairwork") for item, _ in score()}
    assert found(sent, SHELTER) == expected
    assert found(replace(sent, consent=None), EMM) == expected


@pytest.mark.parametrize(
    ("types", "answers", "problems"),
    [
        (("sexual",), score(), {("exploitation_types", "score-needs-labour")}),
        (("labour", "sexual"), score(), set()),
        (("labour",), score("no"), {("score-pay", "score-says-no")}),
        (("labour",), score("no")[:2], set()),
        (("labour",), (), set()),
    ],
)
def test_score_list_says_labour_exploitation_or_nothing(types, answers, problems):
    sent = reported.report_with_consent(
        characteristics=replace(reported.KNOWN, exploitation_types=types, further=tuple(sorted(answers)))
    )
    assert found(sent, FAIRWORK) == problems


def test_inspectorate_needs_an_indication_and_an_accepted_reflection_period():
    needed = (("indication", "yes"), ("reflection-period", "accepted"))
    assert found(known(further=needed), INSPECTORATE) == set()
    assert found(known(further=needed[:1]), INSPECTORATE) == {("reflection-period", "needed-of-iszw-do")}
    offered = (("indication", "yes"), ("reflection-period", "offered"))
    assert found(known(further=offered), INSPECTORATE) == {("reflection-period", "needed-of-iszw-do")}
    assert found(known(further=needed[1:]), INSPECTORATE) == {("indication", "needed-of-iszw-do")}


@pytest.mark.parametrize("answer", [None, ConsentAnswer(answer="")])
def test_silence_about_consent_is_refused(answer):
    assert found(reported.report(consent=answer), SHELTER) == {("answer", "required")}


def test_unknown_answer_about_consent_is_refused():
    assert found(reported.report(consent=ConsentAnswer(answer="yes")), SHELTER) == {("answer", "unknown-code")}


def test_statement_that_breaks_a_rule_is_named_by_its_own_field():
    late = reported.report_with_consent(consent=reported.answer(signed_on=reported.tomorrow()))
    assert found(late, SHELTER) == {("signed_on", "signed-in-future")}


def test_birth_date_that_contradicts_the_capacity_is_refused():
    child = reported.person(v_number="", birth=PartialDate(2010, 1, 1))
    assert found(reported.report_with_consent(identity=child), SHELTER) == {("capacity", "age-contradicts-capacity")}


@pytest.mark.parametrize(
    ("notification", "reporter", "way"),
    [
        (reported.report(), POLICE, State.ACCEPTED),
        (reported.report(), EMM, State.ACCEPTED),
        (reported.report_with_consent(), SHELTER, State.HELD),
        (reported.report_refused(), SHELTER, State.SIGNAL),
        (reported.report(consent=ConsentAnswer(answer="not-asked")), SHELTER, State.SIGNAL),
        (reported.report(consent=ConsentAnswer(answer="impossible")), SHELTER, State.SIGNAL),
        (reported.report_refused(), POLICE, State.ACCEPTED),
    ],
)
def test_report_goes_one_of_three_ways(notification, reporter, way):
    assert rules.judge(clean(notification), reporter).way is way


def test_person_of_a_refused_report_is_not_looked_at():
    refused = reported.report_refused(identity=reported.person(family_name="x" * 999, bsn="1", birth=PartialDate(1, 2, 31)))
    assert found(refused, SHELTER) == set()


@settings(deadline=None)
@given(made_reports.reports(), some.sampled_from([POLICE, SHELTER, FAIRWORK, INSPECTORATE, EMM]))
def test_any_report_can_be_judged_and_every_problem_has_a_sentence(report, reporter):
    for problem in rules.judge(clean(report), reporter).problems:
        assert sentences.sentence(problem)


@given(made_reports.reports())
def test_cleaning_twice_is_cleaning_once(report):
    once = clean(report)
    assert clean(once) == once
    assert once.characteristics == report.characteristics
