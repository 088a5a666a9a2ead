"""Links by mail: the same answer for every address, sent once, opened once, come back with by code, and gone in a day."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from accounts import services
from accounts.inputs import PRIVATE_PERSONS
from intake.models.visitors import Invitation
from intake.public import expiry, invitations, limits
from jobs import services as jobs
from jobs.models import Job
from safeguards.actors import system
from safeguards.models import AuditEntry, DataKey
from tests import cast, visitors

pytestmark = pytest.mark.django_db

PAGE = "/without-account/link"
ADDRESS = "Quirijntje.Zwaluwenburg@example.org"


@pytest.fixture(autouse=True)
def private_persons() -> None:
    cast.organisation(PRIVATE_PERSONS)


def ask(address: str = ADDRESS) -> tuple[int, str, bytes]:
    answer = visitors.sent(PAGE, {"email": address})
    return answer.status_code, answer["Location"], answer.content


def opened(client: Client, token: str, code: str = "") -> int:
    return int(client.post(f"{PAGE}/{token}", {"code": code}).status_code)


def code_in(client: Client, token: str) -> str:
    return str(client.post(f"{PAGE}/{token}").context["opened"].code)


def test_link_is_mailed_and_the_address_is_gone() -> None:
    assert ask()[:2] == (302, f"{PAGE}/sent")
    waiting = Invitation.objects.get()
    assert waiting.mail is not None
    assert Job.objects.get(kind="intake.mail").object_id == str(waiting.id)
    jobs.drain(("files",))
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert Invitation.objects.get().mail is None
    assert not DataKey.objects.filter(owner=waiting.id).exists()
    jobs.record("intake.mail", str(waiting.id))
    jobs.drain(("files",))
    assert len(mail.outbox) == 1


@pytest.mark.parametrize(
    "word", ["handel", "traffick", "slachtoffer", "victim", "meld", "report", "politie", "police", "Baken"]
)
def test_mail_says_nothing_to_somebody_else_who_reads_it(word: str) -> None:
    visitors.a_link()
    sent = mail.outbox[-1]
    assert word not in f"{sent.subject} {str(sent.body).replace(visitors.mailed_token(), '')}"


def test_answer_is_the_same_for_an_address_that_was_used_before() -> None:
    answers = {ask(address) for address in (ADDRESS, ADDRESS.upper(), ADDRESS, ADDRESS, "new@example.org")}
    assert len(answers) == 1
    jobs.drain(("files",))
    assert sorted(message.to[0].lower() for message in mail.outbox) == ["new@example.org", *[ADDRESS.lower()] * 3]


@pytest.mark.parametrize("address", ["", "no address", "a@b\r\nBcc: c@example.org"])
def test_what_is_no_address_is_refused(address: str) -> None:
    assert visitors.sent(PAGE, {"email": address}).status_code == 422
    assert not Invitation.objects.exists()


def test_looking_at_a_link_does_not_open_it() -> None:
    token = visitors.a_link()
    assert Client().get(f"{PAGE}/{token}").status_code == 200
    assert Invitation.objects.get().opened is None
    assert Client().get(f"{PAGE}/{token}").content.count(b"csrf") == Client().get(f"{PAGE}/unknown").content.count(b"csrf")


def test_first_browser_is_let_in_and_gets_the_code_once() -> None:
    client, token = Client(), visitors.a_link()
    assert len(code_in(client, token)) == 9
    cookie = client.cookies["link"]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert invitations.holder(visit=cookie.value, request="") is not None
    assert opened(Client(), token) == 200
    assert Client().post(f"{PAGE}/{token}").context.get("opened") is None


def test_second_browser_needs_the_code_and_lets_the_first_out() -> None:
    first, second, token = Client(), Client(), visitors.a_link()
    code = code_in(first, token)
    assert opened(second, token, "AAAA-AAAA") == 422
    assert "link" not in second.cookies
    assert opened(second, token, code.lower().replace("-", " ")) == 302
    assert invitations.holder(visit=first.cookies["link"].value, request="") is None
    assert invitations.holder(visit=second.cookies["link"].value, request="") is not None


def test_after_wrong_codes_nobody_comes_in_and_who_is_in_stays() -> None:
    client, token = Client(), visitors.a_link()
    code = code_in(client, token)
    assert [opened(Client(), token, "AAAA-AAAA") for _ in range(5)] == [422] * 5
    assert opened(Client(), token, code) == 404
    assert opened(Client(), token) == 404
    assert invitations.holder(visit=client.cookies["link"].value, request="") is not None


def test_link_ends_after_a_day() -> None:
    client, token = Client(), visitors.a_link()
    assert opened(client, token) == 200
    Invitation.objects.update(expires=timezone.now())
    assert opened(Client(), token) == 404
    assert invitations.holder(visit=client.cookies["link"].value, request="") is None
    assert expiry.expire(by=system("tests")) == 1
    assert not Invitation.objects.exists()


def test_link_that_was_never_mailed_goes_with_its_address() -> None:
    ask()
    identifier = Invitation.objects.get().id
    Invitation.objects.update(expires=timezone.now() - timedelta(minutes=1))
    expiry.expire(by=system("tests"))
    assert not DataKey.objects.filter(owner=identifier).exists()
    jobs.drain(("files",))
    assert mail.outbox == []


def test_leaving_lets_the_browser_out_and_keeps_the_link() -> None:
    client, token = Client(), visitors.a_link()
    code, visit = code_in(client, token), client.cookies["link"].value
    assert client.post(f"{PAGE}/leave")["Location"] == "/without-account"
    assert client.cookies["link"].value == ""
    assert invitations.holder(visit=visit, request="") is None
    assert opened(Client(), token, code) == 302


@pytest.mark.parametrize("visit", ["", "guessed", "x" * 500])
def test_guessed_cookie_lets_nobody_in(visit: str) -> None:
    visitors.a_link()
    assert invitations.holder(visit=visit, request="") is None


def test_entries_name_no_address_and_no_token() -> None:
    token = visitors.a_link(ADDRESS)
    opened(Client(), token)
    said = repr(list(AuditEntry.objects.values_list("action", "actor_id", "object_id", "details")))
    assert "visitor.link-opened" in said
    assert "Zwaluwenburg" not in said
    assert token not in said


def test_too_many_links_from_one_network_are_refused() -> None:
    visitors.spend(limits.SENDINGS, limits.network_of("127.0.0.1"))
    assert visitors.sent(PAGE, {"email": ADDRESS}).status_code == 429


def test_page_is_not_there_without_an_organisation_of_private_persons() -> None:
    by = cast.actor(cast.ADMINISTRATOR)
    services.deactivate_organisation(organisation=cast.organisation(PRIVATE_PERSONS), by=by)
    assert Client().get(PAGE).status_code == 404
