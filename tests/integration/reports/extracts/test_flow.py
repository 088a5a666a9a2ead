"""An extract from description to download: who does what, what is refused, and that the ledger knows all of it."""

import hashlib
import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from accounts.permissions import NotAllowedError
from intake import uses
from intake.models.use import Use
from jobs.services import drain
from reports.extracts import errors, links, services
from reports.extracts.errors import ExtractError, UnknownExtractError
from reports.models import Extract, ExtractFile, ExtractLink, ExtractStep, LedgerEntry
from reports.releases.services import Purpose
from safeguards.actors import system
from tests import cast, extracted
from tests.integration.reports import written

pytestmark = pytest.mark.django_db


def refused(code: str) -> str:
    """The reason that the newest entry of the ledger gives; there is one."""
    newest = LedgerEntry.objects.latest("number")
    assert newest.outcome == "refused", code
    return newest.reason


def test_analyst_describes_approver_approves_and_analyst_fetches_once() -> None:
    token = extracted.linked()
    fetched = links.fetch(token=token, by=cast.actor(cast.ANALYST))
    with zipfile.ZipFile(io.BytesIO(fetched.content)) as whole:
        assert len(whole.read("data.csv").decode().splitlines()) == 61
    assert fetched.digest == hashlib.sha256(fetched.content).hexdigest()
    kinds = ExtractStep.objects.filter(extract=fetched.extract).order_by("at").values_list("kind", flat=True)
    assert list(kinds) == ["previewed", "asked", "approved", "ready", "fetched"]


def test_release_and_each_fetch_are_in_the_ledger_with_the_digest() -> None:
    token = extracted.linked()
    fetched = links.fetch(token=token, by=cast.actor(cast.ANALYST))
    made, taken = LedgerEntry.objects.filter(release=fetched.extract).order_by("number")
    assert (made.outcome, made.contributions, made.digest) == ("released", 60, fetched.digest)
    assert (taken.outcome, taken.contributions, taken.digest) == ("released", None, fetched.digest)
    assert Use.objects.filter(release=fetched.extract).count() == 60


def test_who_asked_does_not_approve_and_the_ledger_says_so() -> None:
    identifier = extracted.asked()
    asker = cast.actor(cast.ANALYST)
    both = type(asker)(asker.kind, asker.id, asker.organisation, ("analyst", "release-approver"), asker.strength)
    with pytest.raises(ExtractError) as error:
        services.approve(extract=identifier, by=both)
    assert error.value.code == "own"
    assert refused("own") == str(error.value)
    assert Extract.objects.get(id=identifier).state == "asked"


def test_link_works_once() -> None:
    token, by = extracted.linked(), cast.actor(cast.ANALYST)
    links.fetch(token=token, by=by)
    with pytest.raises(ExtractError) as error:
        links.fetch(token=token, by=by)
    assert error.value.code == "link"
    assert refused("link")


def test_link_that_is_too_old_does_not_work() -> None:
    token = extracted.linked()
    ExtractLink.objects.update(expires=timezone.now() - timedelta(seconds=1))
    with pytest.raises(ExtractError) as error:
        links.fetch(token=token, by=cast.actor(cast.ANALYST))
    assert error.value.code == "link"
    assert refused("link")


def test_link_of_somebody_else_is_none() -> None:
    token, other = extracted.linked(), cast.actor(cast.ANALYST)
    stranger = type(other)(other.kind, str(uuid4()), other.organisation, other.roles, other.strength)
    with pytest.raises(UnknownExtractError):
        links.fetch(token=token, by=stranger)
    assert refused("not-theirs") == str(errors.somebody_elses())
    assert LedgerEntry.objects.latest("number").by == stranger.id
    with pytest.raises(UnknownExtractError):
        links.fetch(token=token[:-1], by=stranger)
    assert LedgerEntry.objects.filter(outcome="refused").count() == 1


def test_token_of_a_link_is_not_kept() -> None:
    token = extracted.linked()
    kept = ExtractLink.objects.get()
    assert token not in {str(value) for value in vars(kept).values()}


def test_file_goes_after_its_time_and_then_no_link_can_be_made() -> None:
    identifier = extracted.ready()
    ExtractFile.objects.update(expires=timezone.now())
    assert links.expire(by=system("tests")) == 1
    assert not ExtractFile.objects.exists()
    with pytest.raises(ExtractError) as error:
        links.make_link(extract=identifier, by=cast.actor(cast.ANALYST))
    assert error.value.code == "expired"


def test_withdrawal_of_a_report_in_it_recalls_it() -> None:
    token = extracted.linked()
    used = Use.objects.first()
    assert used is not None
    uses.must_be_told(contributions=[used.contribution_id], by=system("tests"))
    with pytest.raises(ExtractError) as error:
        links.fetch(token=token, by=cast.actor(cast.ANALYST))
    assert error.value.code == "recalled"
    assert refused("recalled")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"product": "everything"}, "product"),
        ({"purpose": Purpose.PUBLICATION}, "purpose"),
        ({"why": " "}, "why"),
        ({"recipient": ""}, "recipient"),
        ({"first_year": 2020}, "period"),
        ({"until": timezone.localdate()}, "until"),
        ({"until": timezone.localdate() + timedelta(days=400)}, "until"),
        ({"columns": {}}, "nothing"),
        ({"columns": {"name": "name"}}, "outside-allow-list"),
        ({"columns": {"year": "year", "sex": "sex", "age": "band", "region": "region", "nationality": "top-5"}}, "too-many"),
        ({"columns": {"year": "year", "unit": "unit", "age": "band", "nationality": "top-5"}}, "never-together"),
    ],
)
def test_what_may_not_leave_is_refused_before_anything_is_counted(changes: dict[str, object], code: str) -> None:
    with pytest.raises(ExtractError) as error:
        extracted.described(**changes)
    assert error.value.code == code
    assert refused(code) == str(error.value)
    assert not Extract.objects.exists()


def test_request_for_all_columns_is_refused() -> None:
    everything = {column.name: column.ladder[0].name for column in services.PRODUCTS["contracted"].specification.columns}
    with pytest.raises(ExtractError) as error:
        extracted.described(columns=everything)
    assert error.value.code == "never-together"
    assert refused("never-together") == str(error.value)


def test_too_few_persons_are_refused_by_the_job_with_the_reason() -> None:
    extracted.a_register(persons=3)
    identifier = extracted.described()
    drain(["reports"])
    row = Extract.objects.get(id=identifier)
    assert row.state == "impossible"
    assert row.steps.get().reason == refused("too-few-rows")


def test_person_who_was_reported_in_six_years_is_one_of_the_five() -> None:
    person = uuid4()
    for year in range(2014, 2020):
        written.write(person, day=f"{year}-06-01", group="police", sex="female")
    identifier = extracted.described(columns={"year": "period", "sex": "sex"}, first_year=2014)
    drain(["reports"])
    assert Extract.objects.get(id=identifier).state == "impossible"
    assert refused("too-few-rows")


def test_refusal_needs_a_reason_and_stands_in_the_ledger() -> None:
    identifier = extracted.asked()
    by = cast.actor(cast.APPROVER)
    with pytest.raises(ExtractError):
        services.refuse(extract=identifier, reason=" ", by=by)
    services.refuse(extract=identifier, reason="Too fine", by=by)
    assert refused("refused") == "Too fine"


def test_without_its_second_factor_an_analyst_has_no_role_and_gets_nothing() -> None:
    actor = cast.actor(cast.ANALYST)
    weak = type(actor)(actor.kind, actor.id, actor.organisation, (), "password")
    with pytest.raises(NotAllowedError) as error:
        services.describe(wanted=extracted.wanted(), by=weak)
    assert refused("permission") == str(error.value)
    token = extracted.linked()
    for act in (lambda: links.fetch(token=token, by=weak), lambda: links.make_link(extract=Extract.objects.get().id, by=weak)):
        before = LedgerEntry.objects.count()
        with pytest.raises(NotAllowedError):
            act()
        assert LedgerEntry.objects.count() == before + 1
        assert refused("permission") == str(error.value)


def test_approver_without_a_second_factor_approves_nothing() -> None:
    identifier, actor = extracted.asked(), cast.actor(cast.APPROVER)
    weak = type(actor)(actor.kind, actor.id, actor.organisation, (), "password")
    for act in (
        lambda: services.approve(extract=identifier, by=weak),
        lambda: services.refuse(extract=identifier, reason="No", by=weak),
    ):
        with pytest.raises(NotAllowedError) as error:
            act()
        assert refused("permission") == str(error.value)


@pytest.mark.parametrize("step", ["ask", "take_back", "approve", "refuse"])
def test_step_that_is_not_possible_now_is_refused_in_the_ledger(step: str) -> None:
    identifier = extracted.ready()
    person = cast.APPROVER if step in ("approve", "refuse") else cast.ANALYST
    more = {"reason": "Too fine"} if step == "refuse" else {}
    with pytest.raises(ExtractError) as error:
        getattr(services, step)(extract=identifier, by=cast.actor(person), **more)
    assert error.value.code == "step"
    assert refused("step") == str(error.value)
    assert Extract.objects.get().state == "ready"


def test_own_request_is_not_refused_by_who_asked_either_and_the_ledger_says_so() -> None:
    identifier, asker = extracted.asked(), cast.actor(cast.ANALYST)
    both = type(asker)(asker.kind, asker.id, asker.organisation, ("analyst", "release-approver"), asker.strength)
    with pytest.raises(ExtractError) as error:
        services.refuse(extract=identifier, reason="Too fine", by=both)
    assert refused("own") == str(error.value)


def test_request_of_somebody_else_is_neither_asked_nor_taken_back_and_the_ledger_says_so() -> None:
    identifier, other = extracted.previewed(), cast.actor(cast.ANALYST)
    stranger = type(other)(other.kind, str(uuid4()), other.organisation, other.roles, other.strength)
    for act in (services.ask, services.take_back):
        with pytest.raises(UnknownExtractError):
            act(extract=identifier, by=stranger)
        assert refused("not-theirs") == str(errors.somebody_elses())
    assert LedgerEntry.objects.filter(outcome="refused").count() == 2


def test_killed_job_makes_one_file_when_it_runs_again() -> None:
    identifier = extracted.approved()
    drain(["reports"])
    drain(["reports"])
    assert ExtractFile.objects.filter(extract=identifier).count() == 1
    assert LedgerEntry.objects.filter(release=identifier).count() == 1


def test_report_whose_consent_does_not_cover_research_is_left_out() -> None:
    extracted.a_register()
    for _ in range(20):
        written.write(day="2019-06-01", group="fairwork", age=25, exploitation_types=("labour",))
    identifier = extracted.described()
    drain(["reports"])
    assert Extract.objects.get(id=identifier).preview["rows"] == 60


def test_two_extracts_of_the_same_rows_name_and_order_them_differently() -> None:
    names = []
    for _ in range(2):
        identifier = extracted.ready()
        content = links.opened(ExtractFile.objects.get(extract=identifier))
        with zipfile.ZipFile(io.BytesIO(content)) as whole:
            names.append([line.split(",")[0] for line in whole.read("data.csv").decode().splitlines()[1:]])
    assert not set(names[0]) & set(names[1])


def test_watermark_names_the_extract_in_its_description_alone() -> None:
    identifier = extracted.ready()
    row = Extract.objects.get(id=identifier)
    with zipfile.ZipFile(io.BytesIO(links.opened(ExtractFile.objects.get(extract=identifier)))) as whole:
        assert row.watermark in whole.read("datapackage.json").decode()
        assert row.watermark not in whole.read("data.csv").decode()
