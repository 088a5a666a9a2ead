"""manage.py refit_linkage writes a version that can be shipped, with its model card, or says why there is none."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from intake.linkage.fellegi_sunter import from_json, shipped
from intake.models.matching import Pair
from safeguards.models import AuditEntry
from tests import linked

pytestmark = pytest.mark.django_db


def refitted(folder) -> str:
    out = io.StringIO()
    call_command("refit_linkage", "new-1", str(folder), stdout=out)
    return out.getvalue()


def test_decisions_make_a_version_with_a_card_and_change_no_link(tmp_path):
    linked.many_decided()
    before = linked.persons(), list(Pair.objects.order_by("id").values("weight", "parameters", "band"))
    decided = Pair.objects.exclude(decision="").count()
    assert f"{decided} decisions" in refitted(tmp_path)
    found = from_json(json.loads((tmp_path / "new-1.json").read_text()))
    assert (found.version, found.upper, found.lower) == ("new-1", shipped().upper, shipped().lower)
    assert found.weights != shipped().weights
    assert f"and {decided} decisions of reviewers" in (tmp_path / "new-1.md").read_text()
    assert AuditEntry.objects.get(action="linkage.refitted").details == {"parameters": "new-1", "decisions": decided}
    assert (linked.persons(), list(Pair.objects.order_by("id").values("weight", "parameters", "band"))) == before
    with pytest.raises(CommandError, match="no such version"):
        refitted(tmp_path)


def test_too_few_decisions_are_refused_and_leave_nothing(tmp_path):
    linked.linked()
    with pytest.raises(CommandError, match="Decide more questions first"):
        refitted(tmp_path)
    assert list(tmp_path.iterdir()) == []
    assert not AuditEntry.objects.filter(action="linkage.refitted").exists()
