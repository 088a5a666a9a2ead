"""Who may not have an extract is answered the same whether there is one or not; the ledger knows what was tried."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from accounts.permissions import NotAllowedError
from accounts.roles import Role
from reports.extracts import links, services
from reports.models import Extract, LedgerEntry
from safeguards.actors import Actor
from tests import cast, extracted
from tests.compared import ACCIDENTAL

pytestmark = pytest.mark.django_db
OTHER_ANALYST = cast.Person("other-analyst", cast.REGISTRY, Role.ANALYST)
OF_WHO_ASKS = (
    ("get", "extract"),
    ("get", "extract-progress"),
    ("post", "extract-ask"),
    ("post", "extract-take-back"),
    ("post", "extract-link"),
)
OF_WHO_APPROVES = (("get", "release"), ("post", "release-approve"), ("post", "release-refuse"))
BY_LINK = (("get", "extract-fetch"), ("post", "extract-fetch"))
WITHOUT_ROLE = Actor(kind="user", id="without-role")
Act = Callable[[UUID, str], object]
ACTS: dict[str, Act] = {
    "ask": lambda extract, _: services.ask(extract=extract, by=WITHOUT_ROLE),
    "take back": lambda extract, _: services.take_back(extract=extract, by=WITHOUT_ROLE),
    "approve": lambda extract, _: services.approve(extract=extract, by=WITHOUT_ROLE),
    "refuse": lambda extract, _: services.refuse(extract=extract, reason="No", by=WITHOUT_ROLE),
    "make a link": lambda extract, _: links.make_link(extract=extract, by=WITHOUT_ROLE),
    "whose link": lambda _, token: links.extract_of(token, by=WITHOUT_ROLE),
    "fetch": lambda _, token: links.fetch(token=token, by=WITHOUT_ROLE),
}


@pytest.fixture
def token() -> str:
    return extracted.linked()


def answer(person: cast.Person, request: tuple[str, str], **arguments: object) -> tuple[int, str]:
    """To a request with what any such form sends, without what differs from one answer to the next for everybody."""
    method, name = request
    client = cast.signed_in(person)
    response = getattr(client, method)(reverse(f"reports:{name}", kwargs=arguments), {"reason": "Too fine"})
    text = response.content.decode() + response.headers.get("Location", "")
    for given in arguments.values():
        text = text.replace(str(given), "")
    return response.status_code, ACCIDENTAL.sub("", text)


@pytest.mark.parametrize("request_", [*OF_WHO_ASKS, *OF_WHO_APPROVES, *BY_LINK], ids=" ".join)
@pytest.mark.parametrize("person", [cast.OWNER, OTHER_ANALYST], ids=lambda person: person.name)
def test_request_about_an_extract_is_answered_as_one_about_none(
    token: str, person: cast.Person, request_: tuple[str, str]
) -> None:
    name = "token" if request_ in BY_LINK else "extract"
    there: dict[str, object] = {"token": token, "extract": Extract.objects.get().id}
    none: dict[str, object] = {"token": token[::-1], "extract": uuid4()}
    found = answer(person, request_, **{name: there[name]})
    assert found[0] in (403, 404)
    assert found == answer(person, request_, **{name: none[name]})


@pytest.mark.parametrize("act", ACTS.values(), ids=ACTS)
def test_act_of_somebody_without_a_role_is_refused_alike_and_one_on_an_extract_stands_in_the_ledger(
    token: str, act: Act
) -> None:
    said = []
    for extract, link in ((Extract.objects.get().id, token), (uuid4(), token[::-1])):
        with pytest.raises(NotAllowedError) as error:
            act(extract, link)
        said.append(str(error.value))
    assert said[0] == said[1]
    refused = LedgerEntry.objects.filter(outcome="refused")
    assert list(refused.values_list("release", "reason", "by")) == [(Extract.objects.get().id, said[0], "without-role")]
