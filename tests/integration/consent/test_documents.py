"""The signed sheet as its reviewer sees it: who may look, what a look leaves, and how a browser gets it."""

from uuid import UUID, uuid4

import pytest

from accounts.permissions import NotAllowedError
from consent import documents, scans, services
from consent.errors import OwnOrganisationError, UnknownDocumentError
from consent.scans import Scan
from safeguards.actors import Actor
from safeguards.models import AuditEntry
from tests import cast
from tests.reviewed import PNG, a_document
from tests.statements import administrator, given

pytestmark = pytest.mark.django_db


def sheet() -> UUID:
    return a_document()["document"]


def test_reviewer_sees_the_sheet_and_the_look_is_recorded_by_code_alone() -> None:
    document = sheet()
    assert documents.show(document=document, by=administrator()) == Scan("image/png", PNG)
    entry = AuditEntry.objects.get(action="consent.document-shown")
    assert entry.details == {"document": str(document)}


def test_decided_statement_closes_its_sheet() -> None:
    statement = given()
    scans.keep(statement=statement, organisation=cast.organisation(cast.SHELTER_TEAM), scans=[Scan("image/png", PNG)])
    (document,) = documents.of_statement(statement)
    services.approve(statement=statement, by=administrator())
    with pytest.raises(UnknownDocumentError):
        documents.show(document=document, by=administrator())


def test_nobody_else_opens_it() -> None:
    document = sheet()
    for person in (cast.OWNER, cast.REVIEWER, cast.PRIVACY_OFFICER):
        with pytest.raises(NotAllowedError):
            documents.show(document=document, by=cast.actor(person))
    own = Actor("user", "7", cast.organisation(cast.SHELTER_TEAM), ("consent-administrator",))
    with pytest.raises(OwnOrganisationError):
        documents.show(document=document, by=own)
    with pytest.raises(UnknownDocumentError):
        documents.show(document=uuid4(), by=administrator())


def test_browser_gets_it_so_that_nothing_in_it_runs() -> None:
    document = sheet()
    response = cast.signed_in(cast.CONSENT_ADMINISTRATOR).get(f"/consent/documents/{document}")
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f'inline; filename="verklaring-{document}.png"'
    assert response["Cache-Control"] == "no-store"
    assert response.content == PNG
