"""Differences between contributions are listed; of a person-year every value is shown with who gave it."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts.permissions import NotAllowedError
from intake.models.provenance import Provenance
from reports import events
from reports.figures import provenance
from reports.figures.provenance import Difference, Said, UnknownPersonYearError
from safeguards.models import AuditEntry
from tests import cast
from tests.integration.reports.written import refresh_all, remove, write

pytestmark = pytest.mark.django_db


def listed():
    refresh_all()
    found = provenance.differences(page=1, by=cast.actor(cast.REVIEWER))
    assert len(found) == provenance.number_of_differences()
    return list(found)


def looked_at(person):
    refresh_all()
    return provenance.person_year(person=person, year=2019, by=cast.actor(cast.REVIEWER))


def test_reports_that_differ_in_a_single_value_are_listed():
    person = uuid4()
    write(person, group="police", sex="female")
    write(person, group="fairwork", sex="male")
    assert listed() == [Difference(person, 2019, ("sex",), ())]


def test_feed_that_says_otherwise_is_listed_as_such():
    person = uuid4()
    write(person, group="police", sex="female", exploitation_types=("sexual",))
    write(person, source="emm", sex="male", exploitation_types=("sexual", "labour"))
    assert listed() == [Difference(person, 2019, (), ("sex", "exploitation_types"))]


def test_what_agrees_or_only_adds_is_not_listed():
    person = uuid4()
    write(person, group="police", sex="female", exploitation_types=("sexual",))
    write(person, group="fairwork", exploitation_types=("labour",))
    write(person, source="emm", sex="female", exploitation_types=("labour",), organ_removal="threatened")
    assert listed() == []


def test_person_year_leaves_the_list_with_the_report_that_differed():
    person = uuid4()
    write(person, sex="female")
    other = write(person, sex="male")
    assert len(listed()) == 1
    remove(other)
    assert listed() == []


def test_every_value_is_shown_with_who_gave_it_and_which_one_counts():
    person = uuid4()
    write(person, day="2019-01-01", group="fairwork", sex="male", platforms=("gaming",))
    write(person, day="2019-02-01", group="police", sex="female")
    write(person, day="2019-03-01", source="emm", sex="female", platforms=("dating-app",))
    found = looked_at(person)
    assert [(one.number, one.source, one.group) for one in found.sources] == [
        (1, "report", "fairwork"),
        (2, "report", "police"),
        (3, "emm", ""),
    ]
    assert found.fields["sex"] == (Said("female", (2, 3), chosen=True), Said("male", (1,), chosen=False))
    assert found.fields["platforms"] == (Said("dating-app", (3,), chosen=False), Said("gaming", (1,), chosen=True))
    assert found.differing == {"sex", "platforms"}


def test_origin_of_a_feeds_record_is_shown():
    person = uuid4()
    row = write(person, source="emm", sex="male")
    Provenance.objects.create(contribution=row, register="kmar")
    (source,) = looked_at(person).sources
    assert source.origin is not None
    assert source.origin.register == "kmar"


def test_each_look_is_in_the_audit_trail():
    person = uuid4()
    write(person, sex="male")
    looked_at(person)
    entry = AuditEntry.objects.get(action=events.PERSON_YEAR_READ)
    assert (entry.object_id, entry.details) == (str(person), {"year": 2019})


def test_person_year_that_is_not_there_is_unknown():
    with pytest.raises(UnknownPersonYearError):
        looked_at(uuid4())


def test_only_reviewers_look():
    for person in (cast.ANALYST, cast.OWNER, cast.OFFICER):
        with pytest.raises(NotAllowedError):
            provenance.differences(page=1, by=cast.actor(person))
        with pytest.raises(NotAllowedError):
            provenance.person_year(person=uuid4(), year=2019, by=cast.actor(person))


def test_page_of_a_person_leads_to_each_of_its_years_where_every_value_names_its_report():
    person = uuid4()
    rows = {year: write(person, day=f"{year}-06-01", sex="female") for year in (2018, 2019)}
    client: Client = cast.signed_in(cast.REVIEWER)
    page = client.get(f"/review/persons/{person}").content.decode()
    for year, row in rows.items():
        address = f"/figures/differences/{person}/{year}"
        assert address in page
        assert row.reference in client.get(address).content.decode()
    assert cast.signed_in(cast.ANALYST).get(f"/figures/differences/{person}/2019").status_code == 403


def test_pages_show_names_and_not_codes():
    person = uuid4()
    write(person, group="police", sex="female", nationalities=("RO",))
    emm = write(person, source="emm", sex="male")
    Provenance.objects.create(contribution=emm, register="kmar")
    refresh_all()
    client: Client = cast.signed_in(cast.REVIEWER)
    assert "Geslacht" in client.get("/figures/differences").content.decode()
    page = client.get(f"/figures/differences/{person}/2019").content.decode()
    for text in ("Roemenië", "Koninklijke Marechaussee", "EMM"):
        assert text in page
    assert client.get(f"/figures/differences/{uuid4()}/2019").status_code == 404
