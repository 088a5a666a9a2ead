"""Drafts for the tests, made through the services, and a reporter who fills in the pages as a browser would."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from intake.models.draft import DraftFile
from intake.notifications import draft_files, drafts
from intake.notifications.drafts import Content, DraftOwner
from intake.notifications.inputs import Attachment
from tests import cast

Answers = Mapping[str, str | Sequence[str]]

REPORT = {"date": "14-03-2019"}
CONSENT = {"answer": "given"}
REFUSED = {"answer": "refused"}
STATEMENT = {
    "capacity": "sixteen-or-older",
    "judged_how": "professional",
    "signer": "person",
    "method": "written",
    "language": "nl",
    "signed_on": "13-03-2019",
}
PERSON = {"given_names": "Quirijntje, Anna", "family_name": "Zwaluwenburg", "birth": "23-07-1991"}
BACKGROUND = {"nationality": "RO", "sex": "female"}
EXPLOITATION = {"exploitation_types": ["sexual", "labour"]}
PDF = b"%PDF-1.7 made up"


def owner(person: cast.Person = cast.OWNER) -> DraftOwner:
    by = cast.actor(person)
    assert by.organisation is not None
    return DraftOwner(by.kind, by.id, by.organisation)


def a_draft() -> dict[str, Any]:
    return {"draft": drafts.make(owner=owner(), by=cast.actor(cast.OWNER))}


def a_section() -> dict[str, Any]:
    made = a_draft()
    return made | {"part": opened(made["draft"]).shared.id, "name": "report"}


def a_person() -> dict[str, Any]:
    made = a_draft()
    return made | {"part": drafts.add_person(draft=made["draft"], owner=owner())}


def a_file() -> dict[str, Any]:
    made = a_person()
    draft_files.attach(**made, file=Attachment("Zwaluwenburg.pdf", "application/pdf", PDF), owner=owner())
    return made | {"file": DraftFile.objects.get(part=made["part"]).id}


def opened(draft: UUID, person: cast.Person = cast.OWNER) -> Content:
    return drafts.read(draft=draft, owner=owner(person))


@dataclass
class Writer:
    """Somebody at the form, with one draft."""

    person: cast.Person = cast.OWNER
    client: Client = field(default_factory=Client)
    draft: UUID = field(init=False)

    def __post_init__(self) -> None:
        cast.signed_in(self.person, self.client)
        self.draft = UUID(self.client.post("/notifications/new")["Location"].split("/")[3])

    @property
    def base(self) -> str:
        return f"/notifications/new/{self.draft}"

    def part(self, person: int = 0) -> UUID:
        """0 is what all share."""
        content = opened(self.draft, self.person)
        return (content.shared, *content.persons)[person].id

    def page(self, name: str, person: int = 0) -> str:
        return f"{self.base}/{self.part(person)}/{name}"

    def look(self, name: str, person: int = 0) -> HttpResponse:
        return self.client.get(self.page(name, person))  # type: ignore[return-value]

    def fill(self, name: str, answers: Answers, person: int = 0, **more: str) -> HttpResponse:
        return self.client.post(self.page(name, person), {**answers, **more})  # type: ignore[return-value]

    def autosave(self, name: str, answers: Answers, person: int = 0) -> HttpResponse:
        return self.client.post(self.page(name, person) + "/save", answers)  # type: ignore[return-value]

    def attach(self, name: str, content: bytes, person: int = 1) -> HttpResponse:
        sent = {"attachment": SimpleUploadedFile(name, content), "go": "add"}
        return self.client.post(self.page("files", person), sent)  # type: ignore[return-value]

    def add_scan(self, name: str, content: bytes, person: int = 1) -> HttpResponse:
        sent = {"attachment": SimpleUploadedFile(name, content), "go": "add"}
        return self.client.post(self.page("scan", person), sent)  # type: ignore[return-value]

    def settle(self, person: int = 1, answer: Answers = CONSENT) -> None:
        """Who reports with consent only says so first."""
        self.fill("report", REPORT)
        if self.person.organisation is cast.SHELTER_TEAM:
            self.fill("consent", answer, person)
            if answer == CONSENT:
                self.fill("statement", STATEMENT, person)

    def complete(self, **person: str) -> None:
        """Everything that is needed of one person."""
        self.settle()
        self.fill("person", PERSON | person, 1)
        self.fill("background", BACKGROUND, 1)
        self.fill("exploitation", EXPLOITATION)

    def send(self) -> HttpResponse:
        return self.client.post(f"{self.base}/check")  # type: ignore[return-value]
