"""Nobody who reports learns whether a person is known: answers, counts, times and later states of every channel, compared."""

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from accounts.reporters import OtherReporter, PoliceUnit
from accounts.roles import Role
from intake.api.parsers import JsonLinesParser
from intake.matching import services as matching
from intake.models.contribution import Contribution
from intake.models.matching import PersonContribution
from intake.notifications import later, services, storing
from intake.notifications.inputs import Identity
from intake.rights.grounds import Right
from jobs import services as jobs
from tests import cast, compared, delivered, handled, interface, reported, uploaded
from tests.compared import Seen, asked, told
from tests.drafted import Writer
from tests.visitors import Holder

pytestmark = pytest.mark.django_db

PAIRS = 26
FORMS = 22
OTHER_POLICE = replace(cast.POLICE, name="Politie Anders", unit=PoliceUnit.LIMBURG)
OTHER_OFFICER = replace(cast.OFFICER, name="other-officer", organisation=OTHER_POLICE)
# Named as long as the first, so that its pages are as long.
THIRD_POLICE = replace(cast.POLICE, name="Politie Drie", unit=PoliceUnit.DEN_HAAG)
THIRD_OFFICER = replace(cast.OFFICER, name="offiser", organisation=THIRD_POLICE)
KNOWN = compared.persons(PAIRS, seed=1)
UNKNOWN = compared.persons(PAIRS, seed=2)


@pytest.fixture(autouse=True)
def known_persons() -> None:
    """Reported by another organisation and linked, before anybody looks."""
    send_all(KNOWN, OTHER_OFFICER)
    linked()


def linked() -> None:
    jobs.drain(("vault", "reports"))
    assert matching.link_waiting() == 0


def send_all(persons: list[Identity], by: cast.Person) -> list[str]:
    actor = cast.actor(by)
    rows = [reported.report(identity=person) for person in persons]
    sent = services.submit_many(notifications=rows, organisation=cast.organisation(by.organisation), by=actor)
    return [receipt.reference for receipt in sent if isinstance(receipt, services.Receipt)]


def document(person: Identity) -> dict[str, Any]:
    born = {"jaar": person.birth.year, "maand": person.birth.month, "dag": person.birth.day}
    named = {"voornamen": list(person.given_names), "achternaam": person.family_name, "geboorte": born}
    return dict(interface.REPORT) | {"persoon": named}


def of_the_first(response: Any) -> Seen:
    seen = compared.answer(response)
    named = seen.body.replace(THIRD_POLICE.name, cast.POLICE.name).replace(THIRD_OFFICER.name, cast.OFFICER.name)
    return replace(seen, body=named)


def by_interface() -> Callable[[Identity], Any]:
    sender = interface.bearer()
    return lambda person: interface.send("/meldingen", document(person), sender=sender)


def test_known_persons_are_known() -> None:
    """Or nothing below would be compared: the same person by another organisation is linked to the first."""
    send_all(KNOWN[:1], cast.OFFICER)
    linked()
    assert PersonContribution.objects.count() == PAIRS + 1
    assert PersonContribution.objects.values("person").distinct().count() == PAIRS


def test_form_tells_nothing() -> None:
    def typed(person: Identity) -> Any:
        writer = Writer(cast.OFFICER)
        born = f"{person.birth.day}-{person.birth.month}-{person.birth.year}"
        writer.complete(given_names=person.given_names[0], family_name=person.family_name, birth=born)
        return writer.send()

    assert asked(typed, KNOWN[:FORMS], UNKNOWN[:FORMS]) == []


def test_interface_tells_nothing() -> None:
    assert asked(by_interface(), KNOWN, UNKNOWN) == []


def test_file_tells_nothing() -> None:
    """The whole way of a file, and by time what is done with its rows: all that reads them about persons."""
    by = cast.actor(cast.OFFICER)
    where = cast.organisation(cast.POLICE)

    def whole(persons: list[Identity]) -> Any:
        return uploaded.view(uploaded.stored([reported.report(identity=person) for person in persons]))

    def rows(person: Identity) -> Any:
        report = [reported.report(identity=person)]
        previewed = services.preview_many(notifications=report, organisation=where)
        return previewed, services.submit_many(notifications=report, organisation=where, by=by)

    moments = dict.fromkeys(("received", "confirmed", "finished"))
    first, second = (replace(whole(persons), **moments) for persons in (KNOWN, UNKNOWN))
    assert told(first).content == told(second).content
    assert asked(rows, KNOWN, UNKNOWN, shown=told) == []


def test_feed_tells_nothing() -> None:
    sender = interface.bearer(cast.EMM, Role.FEED)

    def pushed(person: Identity) -> Any:
        lines = delivered.lines(delivered.record(f"sleutel {person.family_name}", identity=person))
        sent = interface.send("/emm-leveringen", lines, sender=sender, kind=JsonLinesParser.media_type)
        jobs.drain(("files",))
        return interface.ask(sent["Location"].removeprefix(interface.ROOT), sender=sender)

    assert asked(pushed, KNOWN, UNKNOWN) == []


def test_correction_tells_nothing() -> None:
    sender = interface.bearer()
    earlier = iter(send_all(compared.persons(2 * PAIRS + 4, seed=3), cast.OFFICER))

    def corrected(person: Identity) -> Any:
        return interface.send(f"/meldingen/{next(earlier)}", document(person), sender=sender, method="put")

    assert asked(corrected, KNOWN, UNKNOWN) == []


def test_state_page_and_withdrawal_after_linking_tell_nothing() -> None:
    sender, client = interface.bearer(), cast.signed_in(cast.OFFICER)
    known, unknown = send_all(KNOWN, cast.OFFICER), send_all(UNKNOWN, cast.OFFICER)
    linked()

    def polled(reference: str) -> Any:
        return interface.ask(f"/meldingen/{reference}", sender=sender)

    def withdrawn(reference: str) -> Any:
        return interface.send(f"/meldingen/{reference}/intrekkingen", b"", sender=sender)

    assert asked(polled, known, unknown) == []
    assert asked(lambda reference: client.get(f"/notifications/{reference}/report"), known, unknown) == []
    assert asked(withdrawn, known, unknown) == []
    linked()
    assert asked(polled, known, unknown) == []


def test_list_after_linking_tells_nothing() -> None:
    """Two organisations: one reported known persons alone, the other unknown ones alone."""
    send_all(KNOWN, cast.OFFICER)
    send_all(UNKNOWN, THIRD_OFFICER)
    linked()
    clients = [[cast.signed_in(person)] * PAIRS for person in (cast.OFFICER, THIRD_OFFICER)]
    senders = [[interface.bearer(police)] * PAIRS for police in (cast.POLICE, THIRD_POLICE)]
    assert asked(lambda client: client.get("/notifications?type=sexual"), *clients, shown=of_the_first) == []
    assert asked(lambda sender: interface.ask("/meldingen", sender=sender), *senders) == []


def look_up() -> None:
    PersonContribution.objects.exists()


def spend() -> None:
    started = time.thread_time()
    while time.thread_time() - started < 0.01:
        pass


def by_link(own_reference: str, identity: Identity) -> Seen:
    """What somebody sees who reports another by a mailed link, up to the receipt."""
    holder = Holder()
    holder.complete(own_reference=own_reference, family_name=identity.family_name)
    return compared.answer(holder.send())


@pytest.mark.parametrize("erased", [False, True])
def test_number_that_another_visitor_gave_tells_a_visitor_nothing(erased: bool) -> None:
    """They all report in one organisation, and know nothing of each other."""
    first = by_link("zaak 7", UNKNOWN[0])
    if erased:
        handled.granted(Contribution.objects.get(other_kind=OtherReporter.PRIVATE_PERSON).id, right=Right.ERASURE)
        jobs.drain(("files", "vault", "reports"))
    assert by_link("zaak 7", UNKNOWN[1]).content == by_link("zaak 8", UNKNOWN[2]).content == first.content


@pytest.mark.parametrize(("leak", "name"), [(lambda: time.sleep(0.15), "time"), (spend, "work"), (look_up, "queries")])
def test_seeded_leak_is_found(leak: Callable[[], None], name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test of the test: whoever does a little more for known persons is caught."""
    store, names = storing.store_new, {person.family_name for person in KNOWN}

    def slower(entries: Any, *rest: Any, **more: Any) -> Any:
        if any(entry.notification.identity.family_name in names for entry in entries):
            leak()
        return store(entries, *rest, **more)

    monkeypatch.setattr(storing, "store_new", slower)
    assert any(found.startswith(f"{name}:") for found in asked(by_interface(), KNOWN, UNKNOWN))


def test_seeded_answer_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    correct, names = later.correct, {person.family_name for person in KNOWN}

    def chattier(**asked_for: Any) -> Any:
        done = correct(**asked_for)
        known = asked_for["notification"].identity.family_name in names
        return replace(done, state="held") if known else done

    monkeypatch.setattr(later, "correct", chattier)
    with pytest.raises(AssertionError, match="content: "):
        test_correction_tells_nothing()
