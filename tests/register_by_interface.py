"""The reference register sent in by systems, as programs of its organisations would: files, reports and feeds by POST.

What they send is the demonstration's own. It answers no question of linkage and counts nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from functools import cache
from uuid import UUID

from django.conf import settings

from accounts import tokens
from accounts.reporters import Source
from accounts.roles import Role
from config.demonstration.sendings import Sending
from intake.batches import columns
from intake.enrichment import deliveries
from intake.enrichment.deliveries import FeedRecord
from intake.enrichment.envelopes import Envelope
from intake.notifications import members
from jobs import services as jobs
from tests import cast, interface

DAY = timedelta(days=1)
FEEDS = {Source.EMM: "/emm-leveringen", Source.OM: "/om-leveringen"}


class Systems:
    """A system of each organisation, with a token for each of its tasks."""

    def __init__(self, organisations: Mapping[str, UUID]) -> None:
        self.organisations = organisations
        self.bearer: Callable[[str, Role], dict[str, str]] = cache(self._bearer)

    def _bearer(self, organisation: str, role: Role) -> dict[str, str]:
        where = self.organisations[organisation]
        issued = tokens.issue(organisation=where, role=role, name="register", lifetime=DAY, by=cast.OPERATOR)
        return {"Authorization": f"Bearer {issued.text}"}

    def send_all(self, sent: Iterable[Sending]) -> None:
        """In the order of the loading: what has a legal basis, the feeds, what rests on consent."""
        parts: dict[str, list[Sending]] = defaultdict(list)
        for sending in sent:
            source = sending.report.source
            parts[source if source in FEEDS else f"basis {sending.report.legal_basis}"].append(sending)
        for (organisation, _), together in _by_year(parts.pop("basis yes")):
            self.send_file(organisation, columns.write_csv(sending.notification for sending in together))
        for source, address in FEEDS.items():
            for (organisation, _), together in _by_year(parts.pop(source)):
                self.send_feed(organisation, address, deliveries.write_lines(map(_record, together), source))
        for sending in parts.pop("basis no"):
            self.send_report(sending)
        assert not parts

    def send_file(self, organisation: str, content: bytes) -> None:
        sender = self.bearer(organisation, Role.BATCH_SUBMITTER)
        kept = interface.send("/aanleveringen", content, sender=sender, kind="text/csv")
        jobs.drain(("files",))
        address = f"/aanleveringen/{kept.json()['aanlevering']}"
        confirmed = interface.send(f"{address}/bevestigingen", {}, sender=sender)
        assert confirmed.status_code == 200, confirmed.content
        jobs.drain(("files",))
        stored = interface.ask(address, sender=sender).json()
        assert (stored["status"], stored["aantallen"]["fout"]) == ("verwerkt", 0), stored

    def send_feed(self, organisation: str, address: str, content: bytes) -> None:
        sender = self.bearer(organisation, Role.FEED)
        kept = interface.send(address, content, sender=sender, kind="application/x-ndjson")
        assert kept.status_code == 202, kept.content
        jobs.drain(("files",))
        stored = interface.ask(f"{address}/{kept.json()['levering']}", sender=sender).json()
        assert (stored["status"], stored["fouten"]) == ("verwerkt", []), stored

    def send_report(self, sending: Sending) -> None:
        document = members.write(sending.notification)
        kept = interface.send("/meldingen", document, sender=self.bearer(sending.organisation, Role.REPORTER))
        assert (kept.status_code, kept.json()["status"]) == (201, "wacht-op-toestemming"), kept.content


def work() -> None:
    jobs.drain(settings.BAKEN_QUEUES)


def _record(sending: Sending) -> FeedRecord:
    notification = sending.notification
    return FeedRecord(Envelope(sending.report.id, notification.date), notification.identity, notification.characteristics)


def _by_year(sent: Iterable[Sending]) -> Iterable[tuple[tuple[str, int], list[Sending]]]:
    found: dict[tuple[str, int], list[Sending]] = defaultdict(list)
    for sending in sent:
        found[sending.organisation, sending.report.date.year].append(sending)
    return found.items()
