"""An organisation's systems are told an id and a status, signed, until it arrives; and never more than that."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts import deliveries, errors, events, outgoing, services, webhooks
from accounts.models import Webhook, WebhookDelivery
from accounts.outgoing import Answer
from accounts.permissions import NotAllowedError
from accounts.webhooks import NewWebhook, Topic
from jobs import services as jobs
from jobs.errors import OutsideTransactionError
from jobs.models import Job
from safeguards.actors import Actor
from safeguards.models import AuditEntry
from tests import cast
from tests.listening import listening, status

pytestmark = pytest.mark.django_db(transaction=True)

TOPICS = frozenset({Topic.BATCH, Topic.REPORT})
ADDRESS = "https://hooks.example/baken"


def added(address: str = ADDRESS, topics: frozenset[Topic] = TOPICS) -> NewWebhook:
    return webhooks.add(organisation=cast.organisation(cast.POLICE), address=address, topics=topics, by=cast.actor(cast.KEEPER))


def announced(state: str = "verwerkt", topic: str = "aanlevering", organisation: UUID | None = None) -> None:
    with transaction.atomic():
        where = organisation or cast.organisation(cast.POLICE)
        webhooks.announce(organisation=where, topic=topic, object_id="8f1c", status=state)


def work() -> None:
    jobs.drain(["outgoing"])


def later() -> None:
    """As if all pauses were over."""
    Job.objects.filter(state=Job.State.WAITING).update(due=timezone.now())
    Webhook.objects.update(paused_until=None)
    work()


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[Answer]:
    """What the network answers from now on, the last one for ever; outgoing itself is tested on its own."""
    planned = [Answer(False, "503")]
    monkeypatch.setattr(outgoing, "post", lambda *_, **__: planned.pop(0) if len(planned) > 1 else planned[0])
    return planned


def test_system_is_told_an_id_and_a_status_and_nothing_more() -> None:
    with listening(status(204)) as listener:
        added(listener.address)
        announced()
        work()
    (one,) = listener.received
    told = json.loads(one.body)
    assert told == {"id": told["id"], "onderwerp": "aanlevering", "kenmerk": "8f1c", "status": "verwerkt", "tijd": told["tijd"]}
    assert one.headers["Baken-Delivery"] == told["id"] == str(WebhookDelivery.objects.get().id)
    assert WebhookDelivery.objects.get().state == "delivered"


def test_what_is_told_is_signed_with_the_secret_that_was_shown() -> None:
    with listening(status(204)) as listener:
        secret = added(listener.address).secret
        announced()
        work()
    (one,) = listener.received
    moment, code = (part.partition("=")[2] for part in one.headers["Baken-Signature"].split(","))
    assert hmac.new(secret.encode(), f"{moment}.".encode() + one.body, hashlib.sha256).hexdigest() == code
    assert abs(timezone.now().timestamp() - int(moment)) < 60


def test_secret_is_not_stored_as_it_is() -> None:
    secret = added().secret
    assert secret not in str(Webhook.objects.get().__dict__)


def test_only_who_asked_for_the_topic_is_told() -> None:
    added(topics=frozenset({Topic.REPORT}))
    announced(topic="aanlevering")
    assert not WebhookDelivery.objects.exists()


def test_another_organisation_is_told_nothing() -> None:
    added()
    announced(organisation=cast.organisation(cast.SHELTER_TEAM))
    assert not WebhookDelivery.objects.exists()


def test_change_that_is_rolled_back_is_not_told() -> None:
    added()
    with transaction.atomic():
        announced()
        transaction.set_rollback(True)
    assert not WebhookDelivery.objects.exists()
    assert not Job.objects.filter(kind=webhooks.DELIVER).exists()


def test_telling_outside_a_transaction_is_a_fault() -> None:
    with pytest.raises(OutsideTransactionError):
        webhooks.announce(organisation=uuid4(), topic="melding", object_id="8f1c", status="aanvaard")


def test_unknown_topic_is_a_fault() -> None:
    with pytest.raises(ValueError, match="linkage"):
        announced(topic="linkage")


def test_job_carries_an_id_alone() -> None:
    added()
    announced()
    job = Job.objects.get(kind=webhooks.DELIVER)
    assert (job.queue, job.object_id) == ("outgoing", str(WebhookDelivery.objects.get().id))


def test_what_did_not_arrive_is_told_again_later(answers: list[Answer]) -> None:
    answers[:] = [Answer(False, "503"), Answer(True, "204")]
    added()
    announced()
    work()
    row = WebhookDelivery.objects.get()
    assert (row.state, row.attempts, row.outcome) == ("waiting", 1, "503")
    assert Job.objects.get(state=Job.State.WAITING).due > timezone.now() + timedelta(seconds=50)
    later()
    row.refresh_from_db()
    assert (row.state, row.attempts, row.outcome) == ("delivered", 2, "204")
    assert Webhook.objects.get().failing_since is None


def test_what_arrived_is_not_told_again(answers: list[Answer]) -> None:
    answers[:] = [Answer(True, "204")]
    added()
    announced()
    work()
    later()
    assert WebhookDelivery.objects.get().attempts == 1


def test_telling_is_given_up_after_the_last_attempt(answers: list[Answer]) -> None:
    added()
    announced()
    work()
    for _ in range(12):
        later()
    row = WebhookDelivery.objects.get()
    assert (row.state, row.attempts) == ("failed", deliveries.MOST_ATTEMPTS)


def test_address_that_fails_is_left_alone_for_a_while(answers: list[Answer]) -> None:
    """One that hangs costs one attempt a pause, however much there is to tell."""
    added()
    for _ in range(20):
        announced()
    work()
    assert sum(WebhookDelivery.objects.values_list("attempts", flat=True)) == 1


def test_address_that_fails_for_long_is_ended(answers: list[Answer]) -> None:
    added()
    announced()
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=6))
    work()
    assert Webhook.objects.get().disabled is not None
    assert AuditEntry.objects.latest("sequence").action == events.WEBHOOK_DISABLED
    before = WebhookDelivery.objects.count()
    announced()
    assert WebhookDelivery.objects.count() == before


def test_ended_address_can_be_opened_again(answers: list[Answer]) -> None:
    made = added()
    Webhook.objects.update(disabled=timezone.now(), failures=9)
    answers[:] = [Answer(True, "204")]
    webhooks.enable(webhook=made.id, by=cast.actor(cast.KEEPER))
    announced()
    work()
    assert WebhookDelivery.objects.get().state == "delivered"


def test_test_is_tried_once_even_where_the_address_is_ended(answers: list[Answer]) -> None:
    made = added()
    Webhook.objects.update(disabled=timezone.now())
    webhooks.send_test(webhook=made.id, by=cast.actor(cast.KEEPER))
    work()
    row = WebhookDelivery.objects.get()
    assert (row.topic, row.state, row.attempts) == ("test", "failed", 1)
    assert not Job.objects.filter(state=Job.State.WAITING, kind=webhooks.DELIVER).exists()


def test_closed_organisation_is_told_nothing_more(answers: list[Answer]) -> None:
    added()
    announced()
    services.deactivate_organisation(organisation=cast.organisation(cast.POLICE), by=cast.actor(cast.ADMINISTRATOR))
    work()
    assert WebhookDelivery.objects.get().outcome == "ended"
    announced()
    assert WebhookDelivery.objects.count() == 1


def test_removal_takes_what_was_to_be_told_with_it(answers: list[Answer]) -> None:
    made = added()
    announced()
    webhooks.remove(webhook=made.id, by=cast.actor(cast.KEEPER))
    work()
    assert not WebhookDelivery.objects.exists()


@pytest.mark.parametrize("address", ["http://hooks.example", "https://10.0.0.1@hooks.example", "nonsense"])
def test_address_that_may_not_be_called_is_refused(address: str) -> None:
    with pytest.raises(errors.AddressNotAllowedError):
        added(address)


@pytest.mark.parametrize("topics", [frozenset(), frozenset({Topic.TEST})])
def test_at_least_one_topic_is_chosen(topics: frozenset[Topic]) -> None:
    with pytest.raises(errors.NoTopicError):
        added(topics=topics)


def test_organisation_has_five_addresses_at_most() -> None:
    for _ in range(5):
        added()
    with pytest.raises(errors.TooManyWebhooksError):
        added()


ACTS: dict[str, Callable[[UUID, Actor], object]] = {
    "add": lambda hook, by: webhooks.add(
        organisation=Webhook.objects.get(pk=hook).organisation_id, address=ADDRESS, topics=TOPICS, by=by
    ),
    "remove": lambda hook, by: webhooks.remove(webhook=hook, by=by),
    "enable": lambda hook, by: webhooks.enable(webhook=hook, by=by),
    "send_test": lambda hook, by: webhooks.send_test(webhook=hook, by=by),
}


@pytest.mark.parametrize("act", ACTS)
@pytest.mark.parametrize("person", [cast.OWNER, cast.KEEPER], ids=lambda person: person.name)
def test_only_the_keeper_of_the_organisation_changes_its_addresses(act: str, person: cast.Person) -> None:
    where, administrator = cast.organisation(cast.SHELTER_TEAM), cast.actor(cast.ADMINISTRATOR)
    foreign = webhooks.add(organisation=where, address=ADDRESS, topics=TOPICS, by=administrator)
    before = list(Webhook.objects.values())
    with pytest.raises(NotAllowedError):
        ACTS[act](foreign.id, cast.actor(person))
    assert list(Webhook.objects.values()) == before


def test_log_says_what_was_told_and_how_it_went(answers: list[Answer]) -> None:
    made = added()
    announced()
    work()
    (line,) = webhooks.log_of(made.id)
    assert (line.topic, line.object_id, line.status, line.state) == (Topic.BATCH, "8f1c", "verwerkt", "waiting")
    assert (line.attempts, line.outcome) == (1, "503")


def test_log_is_kept_for_a_month() -> None:
    added()
    announced()
    assert deliveries.forget_old() == 0
    WebhookDelivery.objects.update(created=timezone.now() - timedelta(days=31))
    assert deliveries.forget_old() == 1
