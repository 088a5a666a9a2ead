"""Editions after freezing: a second person publishes, everybody reads, nothing changes, and what cannot be repeated says so."""

import json
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.permissions import NotAllowedError
from accounts.roles import Role
from intake.models.use import Use
from jobs.services import drain
from reports.editions import repeating, selectors, services
from reports.editions.errors import EditionError, UnknownEditionError
from reports.editions.repeating import Outcome, Repeated
from reports.editions.workflow import State
from reports.figures.tables import Table
from reports.models import EditionStep, FrozenInput
from safeguards.actors import Actor
from safeguards.models import AuditEntry
from tests.cast import ADMINISTRATOR, ANALYST, APPROVER, BY_ROLE, OWNER, Person, actor, signed_in
from tests.integration.reports import edited
from tests.integration.reports.edited import frozen, not_attacked, published
from tests.integration.reports.written import relink, remove, write

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("few_figures")]


def register(number: int = 13) -> list[Any]:
    return [write(day=f"201{5 + n % 5}-01-01", exploitation_types=("labour",), nationalities=("PL",)) for n in range(number)]


def test_nobody_publishes_what_they_froze() -> None:
    both = Actor("user", edited.ADMINISTRATOR.id, roles=("system-administrator", "release-approver"))
    row = frozen()
    with pytest.raises(EditionError) as refused:
        services.publish(edition=row.id, reason="", by=both)
    assert refused.value.code == "own"
    assert selectors.latest() is None


@pytest.mark.parametrize("person", BY_ROLE.values(), ids=lambda person: person.role.value)
def test_publishing_and_withdrawing_are_for_the_release_approver(person: Person) -> None:
    row, by = frozen(), actor(person)
    if person.role is Role.RELEASE_APPROVER:
        services.publish(edition=row.id, reason="", by=by)
        services.withdraw(edition=row.id, reason="A mistake", by=by)
        return
    with pytest.raises(NotAllowedError):
        services.publish(edition=row.id, reason="", by=by)
    with pytest.raises(NotAllowedError):
        services.withdraw(edition=row.id, reason="A mistake", by=by)
    assert not EditionStep.objects.exists()


def test_newer_edition_supersedes_the_one_before_with_a_reason() -> None:
    first = published()
    second = frozen("2026-2")
    with pytest.raises(EditionError) as refused:
        services.publish(edition=second.id, reason=" ", by=edited.APPROVER)
    assert refused.value.code == "reason"
    services.publish(edition=second.id, reason="Late reports", by=edited.APPROVER)
    states = {one.number: (one.state, one.reason) for one in selectors.published()}
    assert states == {first.number: (State.SUPERSEDED, "Late reports"), second.number: (State.PUBLISHED, "Late reports")}
    latest = selectors.latest()
    assert latest is not None
    assert latest.edition.number == second.number


def test_withdrawn_edition_is_shown_to_no_reporter_and_its_bytes_stay() -> None:
    register()
    row = published()
    services.withdraw(edition=row.id, reason="A mistake", by=edited.APPROVER)
    assert selectors.latest() is None
    with pytest.raises(UnknownEditionError):
        selectors.figures_of(row.number, by=edited.REPORTER)
    assert [(one.state, one.reason) for one in selectors.visible_to(edited.REPORTER)] == [(State.WITHDRAWN, "A mistake")]
    before = bytes(row.protected)
    row.refresh_from_db()
    assert bytes(row.protected) == before


def test_step_that_was_taken_is_not_taken_again() -> None:
    row = published()
    with pytest.raises(EditionError) as refused:
        services.publish(edition=row.id, reason="Again", by=edited.APPROVER)
    assert refused.value.code == "step"
    assert EditionStep.objects.count() == 1


def test_frozen_edition_is_for_who_makes_or_checks_it_alone() -> None:
    row = not_attacked()
    assert selectors.figures_of(row.number, by=edited.APPROVER).tables
    assert selectors.visible_to(edited.REPORTER) == ()
    with pytest.raises(UnknownEditionError):
        selectors.figures_of(row.number, by=edited.REPORTER)


def test_edition_counted_again_has_the_same_bytes_also_after_new_links_and_reports() -> None:
    rows = register()
    row = published()
    write(exploitation_types=("criminal",))
    relink(rows[0], uuid4())
    assert repeating.repeat(number=row.number, by=edited.ANALYST) == Repeated(Outcome.SAME, 13, 0)
    assert AuditEntry.objects.get(action="editions.repeated").details["outcome"] == "same"


def test_edition_of_which_inputs_are_gone_says_how_many_and_prints_nothing() -> None:
    rows = register()
    row = published()
    remove(rows[2])
    remove(rows[5])
    assert repeating.repeat(number=row.number, by=edited.ANALYST) == Repeated(Outcome.INPUTS_GONE, 13, 2)
    out = StringIO()
    with pytest.raises(CommandError, match="2 of the 13 contributions that it counted are here no more"):
        call_command("figures", "--json", "--edition", str(row.number), stdout=out)
    assert not out.getvalue()


def test_inputs_of_an_edition_leave_when_it_is_published_and_not_when_it_is_frozen() -> None:
    write()
    row = frozen()
    assert set(Use.objects.values_list("release", "left")) == {(row.id, False)}
    services.publish(edition=row.id, reason="Yearly edition", by=edited.APPROVER)
    assert set(Use.objects.values_list("release", "left")) == {(row.id, True)}


def test_frozen_edition_of_which_inputs_are_gone_is_not_published() -> None:
    rows = register()
    row = frozen()
    remove(rows[2])
    with pytest.raises(EditionError, match="1 "):
        services.publish(edition=row.id, reason="", by=edited.APPROVER)
    assert not EditionStep.objects.exists()


def test_edition_under_other_definitions_or_with_other_bytes_is_not_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    register()
    row = published()
    monkeypatch.setattr(repeating, "definitions_digest", lambda: "other")
    assert repeating.repeat(number=row.number, by=edited.ANALYST).outcome is Outcome.OTHER_DEFINITIONS
    monkeypatch.undo()
    FrozenInput.objects.update(said=FrozenInput.objects.first().said | {"group": "kmar"})  # type: ignore[union-attr]
    assert repeating.repeat(number=row.number, by=edited.ANALYST).outcome is Outcome.DIFFERENT


def test_command_prints_the_protected_figures_of_an_edition_the_same_each_time() -> None:
    register()
    number = published().number

    def printed() -> str:
        out = StringIO()
        call_command("figures", "--json", "--edition", str(number), stdout=out)
        return out.getvalue()

    first = printed()
    register(3)
    assert printed() == first
    found = json.loads(first)
    assert found["edition"]["name"] == "2026-1"
    assert found["edition"]["protection"]["method"] == "controlled-rounding"
    assert found["2.7"]["n"] in (10, 15)


def test_command_knows_no_edition_that_is_not_published() -> None:
    not_attacked()
    with pytest.raises(CommandError, match="none has been published yet"):
        call_command("figures", "--json", "--edition", "1", stdout=StringIO())


def numbers(table: Table) -> set[int]:
    rows = [*(row.counts for row in table.rows), *([table.total] if table.total else [])]
    return {number for counts in rows for number in (*counts.year.values(), *counts.form.values(), counts.all)}


def test_nothing_exact_is_in_the_published_tables_and_a_cell_is_the_same_in_each() -> None:
    register(14)
    published()
    found = selectors.latest()
    assert found is not None
    for table in found.tables.values():
        assert {number % 5 for number in (*numbers(table), table.persons)} <= {0}
    totals = [found.tables[figure].total for figure in ("2.7", "2.8", "2.10", "T2.1")]
    base = next(row.counts for row in found.tables["2.1"].rows if row.row.code == "base")
    assert all(total is not None and total.year == base.year and total.all == base.all for total in totals)
    assert all(mean is None for mean in found.tables["2.10"].means.year.values())  # type: ignore[union-attr]


def page(client: Client, address: str) -> str:
    response = client.get(address, headers={"accept-language": "en"})
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("person", BY_ROLE.values(), ids=lambda person: person.role.value)
def test_frozen_edition_has_no_page_for_who_reports(person: Person) -> None:
    row = not_attacked()
    sees = person.role in (
        Role.RELEASE_APPROVER,
        Role.ANALYST,
        Role.PRIVACY_OFFICER,
        Role.CONSENT_ADMINISTRATOR,
        Role.SYSTEM_ADMINISTRATOR,
    )
    client = signed_in(person)
    for address in (f"/figures/published/{row.number}", f"/figures/published/{row.number}/json"):
        assert client.get(address).status_code == (200 if sees else 404)
    assert ("2026-1" in page(client, "/figures/published")) is sees


def test_administrator_freezes_and_approver_publishes_on_the_pages() -> None:
    register()
    form = {"name": "2026-1", "first_year": "2015", "last_year": "2019", "cutoff": "28-11-2026"}
    administrator, approver = signed_in(ADMINISTRATOR), signed_in(APPROVER)
    assert administrator.post("/figures/published/new", form | {"name": "first"}).status_code == 422
    assert administrator.post("/figures/published/new", form | {"cutoff": "28-11-2126"}).status_code == 422
    assert administrator.post("/figures/published/new", form).status_code == 302
    assert "is being frozen" in page(administrator, "/figures/published")
    drain(["reports"])
    assert approver.post("/figures/published/1/publish", {"reason": ""}).status_code == 302
    shown = page(signed_in(OWNER), "/figures/published/1")
    assert "rounded to a multiple of 5" in shown
    assert "There is no earlier edition to compare with." in shown
    assert "Publish this edition" not in shown
    assert approver.post("/figures/published/1/withdraw", {"reason": ""}).status_code == 422
    assert approver.post("/figures/published/1/withdraw", {"reason": "A mistake"}).status_code == 302
    assert "A mistake" in page(signed_in(OWNER), "/figures/published/1")


def test_reader_sees_protected_changes_and_an_analyst_the_reasons() -> None:
    register()
    published()
    register(22)
    published("2026-2", reason="Late reports")
    reader, analyst = page(signed_in(OWNER), "/figures/published/2"), page(signed_in(ANALYST), "/figures/published/2")
    assert "differ from edition 2026-1" in reader
    assert "late report" not in reader
    assert "late report +22" in analyst
    assert ">13<" not in reader
    assert ">13<" in analyst
    assert "over the editions" in page(signed_in(OWNER), "/figures/published/trends/2.7?column=all")
    assert signed_in(OWNER).get("/figures/published/trends/9.9").status_code == 404


def test_download_is_the_stored_bytes() -> None:
    register()
    row = published()
    response = signed_in(OWNER).get(f"/figures/published/{row.number}/json")
    assert response.content == bytes(row.protected)
    assert response["Content-Disposition"] == 'attachment; filename="baken-2026-1.json"'
