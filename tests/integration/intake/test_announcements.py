"""An organisation's systems are told the states of its own reports and files, and the same whoever the person is."""

from uuid import UUID

import pytest

from accounts import webhooks
from accounts.inputs import OrganisationInput
from accounts.models import WebhookDelivery
from accounts.webhooks import Topic
from consent import services as consent
from consent.models import Statement
from intake import outcomes
from intake.batches import services as batches
from intake.enrichment import services as enrichment
from intake.models.contribution import Contribution
from intake.notifications import later
from jobs import services as jobs
from safeguards.actors import system
from tests import cast, delivered, reported, statements, uploaded

pytestmark = pytest.mark.django_db


def listen(organisation: OrganisationInput) -> None:
    where, by = cast.organisation(organisation), cast.actor(cast.ADMINISTRATOR)
    webhooks.add(organisation=where, address="https://hooks.example", topics=frozenset(webhooks.CHOICES), by=by)


def told() -> list[tuple[str, str, str]]:
    return list(WebhookDelivery.objects.order_by("created").values_list("topic", "object_id", "status"))


def statuses_of(batch: UUID) -> list[str]:
    return [status for topic, number, status in told() if (topic, number) == (Topic.BATCH, str(batch))]


def test_every_state_of_a_file_is_told() -> None:
    listen(cast.POLICE)
    batch = uploaded.stored(uploaded.reports(2))
    assert statuses_of(batch) == ["ontvangen", "gecontroleerd", "bevestigd", "verwerkt"]


def test_pause_and_going_on_are_told() -> None:
    listen(cast.POLICE)
    batch, by = uploaded.checked(uploaded.reports(2)), cast.actor(cast.OFFICER)
    batches.confirm(batch=batch, by=by)
    batches.pause(batch=batch, by=by)
    batches.resume(batch=batch, by=by)
    assert statuses_of(batch)[2:] == ["bevestigd", "gepauzeerd", "bevestigd"]


def test_file_that_cannot_be_read_is_told_as_refused() -> None:
    listen(cast.POLICE)
    assert statuses_of(uploaded.checked(b"nonsense")) == ["ontvangen", "afgewezen"]


def test_file_of_known_persons_is_told_like_one_of_unknown_persons() -> None:
    listen(cast.POLICE)
    first = uploaded.stored(uploaded.reports(3))
    jobs.drain(("vault",))
    known = uploaded.stored(uploaded.reports(3, prefix="opnieuw"))
    assert statuses_of(known) == statuses_of(first)
    assert {topic for topic, _number, _status in told()} == {Topic.BATCH}


def held() -> tuple[str, UUID]:
    """The reference of a report that waits, and its statement."""
    reference = reported.sent(reported.report_with_consent(), by=cast.OWNER)
    row = Contribution.objects.get(reference=reference)
    return reference, Statement.objects.get(notification=row.id).id


def test_decision_about_consent_is_told_under_the_reference_of_the_report() -> None:
    listen(cast.SHELTER_TEAM)
    reference, statement = held()
    consent.approve(statement=statement, by=statements.administrator())
    outcomes.carry_out()
    assert told() == [("melding", reference, "aanvaard")]


def test_refusal_of_a_statement_is_told_too() -> None:
    listen(cast.SHELTER_TEAM)
    reference, statement = held()
    consent.reject(statement=statement, reason="not-signed", by=statements.administrator())
    outcomes.carry_out()
    assert told() == [("melding", reference, "anoniem-signaal")]


def test_delivery_of_a_feed_is_told() -> None:
    listen(cast.EMM)
    by = delivered.feed()
    lines, where = delivered.lines(delivered.record()), delivered.organisation(by)
    batch = enrichment.receive(lines=lines, organisation=where, by=by)
    enrichment.store_received(batch=batch, by=system("tests"))
    assert told() == [("levering", str(batch), "verwerkt")]


def test_linking_tells_nothing() -> None:
    """What depends on whether a person was known is told to nobody."""
    listen(cast.POLICE)
    uploaded.stored(uploaded.reports(2))
    before = told()
    jobs.drain(("vault", "reports"))
    assert told() == before


def test_what_a_reporter_took_back_itself_is_not_told_when_its_removal_is_done() -> None:
    """Removing it takes longer where others reported the person."""
    listen(cast.SHELTER_TEAM)
    reference, statement = held()
    consent.approve(statement=statement, by=statements.administrator())
    outcomes.carry_out()
    by = cast.actor(cast.OWNER)
    later.withdraw(reference=reference, organisation=by.organisation, by=by)
    jobs.drain(("vault",))
    assert not Contribution.objects.exists()
    assert told() == [("melding", reference, "aanvaard")]
