"""A full relink by another engine comes to the persons that are stored, decisions included; what differs is named."""

import io
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from intake.matching import review
from intake.models.contribution import Contribution
from intake.models.decision import Verdict
from intake.models.matching import Person, PersonContribution
from intake.relinking import databases
from safeguards.models import AuditEntry
from tests import cast, linked

pytestmark = pytest.mark.django_db


def relinked(folder, *options: str) -> str:
    out = io.StringIO()
    call_command("relink", "--spill", str(folder), *options, stdout=out)
    return out.getvalue()


def a_register() -> None:
    """Two of one person, one who was asked about and found the same, one found another, and somebody else."""
    first, _ = linked.linked(), linked.linked()
    same, different = linked.linked(**linked.VAGUE), linked.linked(given_names=("M",), birth=linked.NO_DATE)
    by = cast.actor(cast.REVIEWER)
    review.decide(pair=linked.pair_of(first, same).id, verdict=Verdict.SAME_DETAILS, by=by)
    review.decide(pair=linked.pair_of(first, different).id, verdict=Verdict.DIFFERENT_DETAILS, by=by)
    linked.linked(given_names=("Precious",), family_name="Osagie")


def test_stored_persons_are_found_again(tmp_path):
    a_register()
    assert len(linked.persons()) == 3
    assert "5 contributions" in relinked(tmp_path)
    entry = AuditEntry.objects.get(action="linkage.relinked")
    assert entry.details["engine"] == "duckdb"
    assert (entry.details["same"], entry.details["differing"], entry.details["queued"]) == (3, 0, 0)
    assert list(tmp_path.iterdir()) == []


def astray() -> str:
    """A contribution that stands under a person of its own though it is linked to another."""
    linked.linked()
    stray = linked.linked()
    PersonContribution.objects.filter(contribution=stray).update(person=Person.objects.create(id=uuid4()))
    return str(stray)


def test_what_differs_is_named_and_stays(tmp_path):
    stray = astray()
    before = linked.persons()
    assert stray in relinked(tmp_path)
    assert AuditEntry.objects.get(action="linkage.relinked").details["differing"] == 1
    assert linked.persons() == before
    assert not Contribution.objects.filter(needs_linking=True).exists()


def test_what_differs_is_linked_anew_when_asked(tmp_path):
    astray()
    relinked(tmp_path, "--apply")
    linked.link_all()
    assert [len(person) for person in linked.persons()] == [2]


def test_an_engine_that_is_not_installed_is_named_with_its_cure(tmp_path, monkeypatch):
    def missing(name: str) -> None:
        raise ModuleNotFoundError(name="pyspark")

    monkeypatch.setattr(databases, "import_module", missing)
    with pytest.raises(CommandError, match=r"pip install --require-hashes -r requirements-spark\.txt"):
        relinked(tmp_path, "--engine", "spark")


def test_a_folder_that_is_not_there_is_said(tmp_path):
    linked.linked()
    with pytest.raises(CommandError, match="--spill"):
        relinked(tmp_path / "nowhere")
