"""The administrator's pages about organisations."""

from uuid import uuid4

import pytest
from django.test import Client

from accounts import selectors
from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.web.forms import kinds
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> Client:
    return cast.signed_in(cast.ADMINISTRATOR)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("police:limburg", (ReporterGroup.POLICE, PoliceUnit.LIMBURG, None)),
        ("kmar", (ReporterGroup.KMAR, None, None)),
        ("other-reporters:ngo", (ReporterGroup.OTHER, None, OtherReporter.NGO)),
        ("registry", (None, None, None)),
    ],
)
def test_organisation_is_made_of_each_kind(administrator: Client, kind: str, expected: tuple[object, ...]) -> None:
    response = administrator.post("/organisations/new", {"name": "Nieuw", "kind": kind})
    made = selectors.organisation_named("Nieuw")
    assert response["Location"] == f"/organisations/{made.id}"
    assert (made.group, made.unit, made.other_kind) == expected


def test_every_kind_in_the_list_can_be_made(administrator: Client) -> None:
    for number, (kind, _label) in enumerate(kinds()):
        assert administrator.post("/organisations/new", {"name": f"Nieuw {number}", "kind": kind}).status_code == 302


@pytest.mark.parametrize(
    ("content", "field"),
    [
        ({"name": "", "kind": "kmar"}, "name"),
        ({"name": "Nieuw", "kind": ""}, "kind"),
        ({"name": "Nieuw", "kind": "police"}, "kind"),
        ({"name": "Register Test", "kind": "registry"}, "name"),
    ],
)
def test_form_names_the_field_that_is_wrong(administrator: Client, content: dict[str, str], field: str) -> None:
    response = administrator.post("/organisations/new", content)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_organisation_is_closed(administrator: Client) -> None:
    where = cast.organisation(cast.POLICE)
    administrator.post(f"/organisations/{where}/deactivate")
    assert not selectors.organisation(where).active


def test_own_organisation_stays_open(administrator: Client) -> None:
    where = cast.organisation(cast.REGISTRY)
    administrator.post(f"/organisations/{where}/deactivate")
    assert selectors.organisation(where).active


def test_unknown_organisation_is_not_found(administrator: Client) -> None:
    assert administrator.get(f"/organisations/{uuid4()}").status_code == 404
