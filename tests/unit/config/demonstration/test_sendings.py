"""What the reporters of the demonstration send: identities that fit the register, differences that hide and never lie."""

from collections import Counter, defaultdict

import pytest

from config.demonstration import register
from config.demonstration.identities import people
from config.demonstration.sendings import Sending, sendings
from intake.codes import lists
from intake.codes.ages import age_on
from intake.codes.regions import region_of
from intake.notifications import numbers

PERSONS = {person.id: person for person in register.persons()}
LISTED = {choices[0].code for choices in register.countries().values() if len(choices) == 1}


@pytest.fixture(scope="module")
def by_person() -> dict[str, list[Sending]]:
    found: dict[str, list[Sending]] = defaultdict(list)
    for sending in sendings():
        found[sending.report.person].append(sending)
    return found


def test_every_report_of_the_register_is_sent_once() -> None:
    assert Counter(sending.report.id for sending in sendings()) == Counter(report.id for report in register.reports())


def test_age_is_the_registers_on_every_date_of_a_person() -> None:
    for person in register.persons():
        birth = people()[person.id].identity.birth
        for report in register.reports_by_person()[person.id]:
            assert age_on(report.date, year=birth.year, month=birth.month, day=birth.day).years == person.age


def test_reported_age_is_the_registers_or_unknown() -> None:
    for sending in sendings():
        birth = sending.notification.identity.birth
        age = age_on(sending.report.date, year=birth.year, month=birth.month, day=birth.day).years
        assert age in (PERSONS[sending.report.person].age, None)


def test_who_is_of_unknown_age_has_no_birth_date() -> None:
    unknown = [person.id for person in register.persons() if person.age is None]
    assert len(unknown) == 578
    assert all(people()[person].identity.birth.year is None for person in unknown)


def test_nationality_lies_in_the_registers_region() -> None:
    for person in register.persons():
        country = people()[person.id].country
        region = region_of((country,) if country else ())
        assert lists.REGIONS.label(region, "en") == _region(person.nationality)


def _region(nationality: str) -> str:
    if nationality.startswith("other "):
        return nationality.removeprefix("other ")
    return lists.REGIONS.label(region_of((lists.COUNTRIES.by_label(nationality),)), "en")


def test_no_country_outside_the_listed_has_more_than_forty_persons() -> None:
    counted = Counter(made.country for made in people().values() if made.country)
    spread = {country: count for country, count in counted.items() if country not in LISTED}
    assert len(LISTED) == 14
    assert len(spread) > 30
    assert max(spread.values()) <= 40


def test_identity_numbers_are_of_one_person_each_and_would_be_accepted() -> None:
    identities = [made.identity for made in people().values()]
    for field, problem_of in (("bsn", numbers.bsn_problem), ("v_number", numbers.v_number_problem)):
        given = [number for identity in identities if (number := getattr(identity, field))]
        assert len(given) == len(set(given)) > 500
        assert [number for number in given if problem_of(number)] == []


def test_reporter_who_needs_consent_sends_no_number() -> None:
    for sending in sendings():
        if sending.report.legal_basis == "no":
            identity = sending.notification.identity
            assert (identity.bsn, identity.v_number, identity.document_number) == ("", "", "")


def test_guardian_signs_below_sixteen_and_the_person_from_sixteen() -> None:
    signers = Counter(
        (consent.signer, (PERSONS[sending.report.person].age or 99) < 16)
        for sending in sendings()
        if (consent := sending.notification.consent)
    )
    assert set(signers) == {("guardian", True), ("person", False)}


def test_every_characteristic_stands_in_one_report_of_the_person(by_person: dict[str, list[Sending]]) -> None:
    for person, sent in by_person.items():
        types = {code for sending in sent for code in sending.notification.characteristics.exploitation_types}
        assert types == set(PERSONS[person].types)
        sexes = {sending.notification.characteristics.sex for sending in sent} - {""}
        assert sexes == ({PERSONS[person].sex} - {"unknown"})


def test_reports_about_one_person_differ_as_real_ones_do(by_person: dict[str, list[Sending]]) -> None:
    differ = Counter[str]()
    for sent in by_person.values():
        for field in ("given_names", "family_name", "prefix", "birth"):
            differ[field] += len({getattr(sending.notification.identity, field) for sending in sent}) > 1
    assert min(differ[field] for field in ("given_names", "family_name", "birth")) > 100
    assert differ["prefix"] > 10


def test_same_register_is_sent_at_every_run() -> None:
    first = [sending.notification for sending in sendings()[:200]]
    sendings.cache_clear()
    people.cache_clear()
    assert [sending.notification for sending in sendings()[:200]] == first


def test_municipality_is_one_of_the_day_the_same_in_every_report_about_a_person_and_often_unknown(
    by_person: dict[str, list[Sending]],
) -> None:
    for field in ("municipality_of_exploitation", "municipality_of_residence"):
        known = 0
        for sent in by_person.values():
            said = {value for sending in sent if (value := getattr(sending.notification.characteristics, field))}
            assert len(said) < 2
            assert all(lists.MUNICIPALITIES.valid(code, sending.report.date) for code in said for sending in sent)
            known += bool(said)
        assert 0.3 < known / len(by_person) < 0.6


def test_national_unit_is_no_place() -> None:
    assert "landelijk" not in {lists.MUNICIPALITIES.get(code).region for code in register.municipalities()}
    assert {lists.MUNICIPALITIES.get(code).region for code in register.municipalities()} == set(lists.POLICE_REGIONS.codes)
