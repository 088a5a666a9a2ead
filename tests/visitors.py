"""What a visitor's browser does: opens a page, does its piece of work, and sends; and a request to be called, made by it."""

import hashlib
import re
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.core import mail
from django.test import Client

from accounts.inputs import PRIVATE_PERSONS
from intake.models.visitors import CallbackRequest, Invitation
from intake.notifications import drafts
from intake.notifications.drafts import DraftOwner
from intake.public import admission, callbacks, invitations, limits
from intake.public.admission import BITS, Sending
from intake.public.callbacks import Contact, Reason
from intake.public.invitations import Recipient
from safeguards.actors import Actor, system
from tests import cast
from tests.drafted import CONSENT, REPORT, STATEMENT, Answers, Writer

VISITOR = Actor(kind="visitor", id="", request="test")
SIGNAL = {"kind": "sexual", "quarter": "", "age_band": "18-22", "region": "europe", "police_region": "amsterdam"}
CALLBACK = {
    "name": "Quirijntje",
    "contact": "0612349876",
    "moment": "boven bakkerij Zonneschijn",
    "spoken": "ro",
    "region": "limburg",
}


def answer_to(challenge: str) -> str:
    number = 0
    while int.from_bytes(hashlib.sha256(f"{challenge}:{number}".encode()).digest(), "big") >> (256 - BITS):
        number += 1
    return str(number)


def sending(page: str, network: str = "192.0.2.0/24") -> Sending:
    challenge = admission.challenge(page)
    return Sending(page, challenge, answer_to(challenge), network)


def opened(address: str, client: Client) -> str:
    """The challenge of a page as the visitor sees it."""
    response = client.get(address)
    assert response.status_code == 200
    found = re.search(r'name="challenge" value="([^"]+)"', response.content.decode())
    assert found
    return found[1]


def sent(address: str, answers: dict[str, Any], client: Client | None = None, **more: Any) -> Any:
    client = client or Client()
    challenge = opened(address, client)
    return client.post(address, {"challenge": challenge, "proof": answer_to(challenge)} | answers, **more)


def a_callback() -> UUID:
    contact = Contact("Quirijntje", "0612349876", "")
    callbacks.ask(contact=contact, region="limburg", language="ro", sending=sending("callback"), by=VISITOR)
    return CallbackRequest.objects.latest("made").id


def a_taken_callback() -> UUID:
    made = a_callback()
    callbacks.take(callback=made, reason=Reason.REGION, by=cast.actor(cast.CARE_COORDINATOR))
    return made


def spend(limit: limits.Limit, whose: str) -> None:
    """Until nothing is left of it."""
    while limits.use(limit, whose):
        pass


def a_link(address: str = "") -> str:
    """The token of a link that was mailed."""
    cast.organisation(PRIVATE_PERSONS)
    recipient = Recipient(address or f"{uuid4().hex}@example.org", "nl", "http://testserver/without-account/link")
    invitations.ask(recipient=recipient, sending=sending("link"), by=VISITOR)
    invitations.send(invitation=Invitation.objects.get(mail__isnull=False).id, by=system("tests"))
    return mailed_token()


def mailed_token() -> str:
    """Of the last mail."""
    found = re.search(r"/without-account/link/(\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def let_in(client: Client | None = None) -> Client:
    """A browser in which a link was opened."""
    client = client or Client()
    assert client.post(f"/without-account/link/{a_link()}").status_code == 200
    return client


@dataclass
class Holder(Writer):
    """Somebody who opened a link by mail, with one draft."""

    about: str = "another"
    link: UUID = field(init=False)

    def __post_init__(self) -> None:
        let_in(self.client)
        self.link = Invitation.objects.exclude(opened=None).latest("opened").id
        begun = self.client.post("/notifications/new", {"about": self.about})
        self.draft = UUID(begun["Location"].split("/")[3])

    @property
    def owner(self) -> DraftOwner:
        return DraftOwner(invitations.LINK, str(self.link), cast.organisation(PRIVATE_PERSONS))

    def part(self, person: int = 0) -> UUID:
        content = drafts.read(draft=self.draft, owner=self.owner)
        return (content.shared, *content.persons)[person].id

    def settle(self, person: int = 1, answer: Answers = CONSENT) -> None:
        self.fill("report", REPORT)
        self.fill("consent", answer, person)
        if answer == CONSENT:
            self.fill("statement", STATEMENT, person)

    def look_at_all(self) -> None:
        for address in (self.base, f"{self.base}/check", self.page("person", 1), "/notifications/new"):
            assert self.client.get(address).status_code == 200
