"""What remains of a report without consent: built from an allow-list of coarse codes, by a type that cannot hold a name."""

from dataclasses import asdict, dataclass, fields, replace
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from accounts.reporters import ReporterGroup
from intake import events
from intake.codes import lists
from intake.codes.characteristics import Characteristics
from intake.codes.forms import form_of
from intake.codes.regions import region_of
from intake.models.anonymous_signal import AnonymousSignal
from intake.notifications.births import age_of
from intake.notifications.inputs import Identity, NotificationInput
from jobs import services as jobs
from safeguards import audit, bulk
from safeguards.actors import Actor

MIX_JOB = "intake.mix-signals"
MIXED_AFTER = timedelta(hours=1)
_AT_ONCE = 1_000
REGION_QUESTION = "police-region"
_CODES = {
    "group": tuple(ReporterGroup),
    "form": ("", *lists.FORMS.codes),
    "age_band": ("", *lists.AGE_BANDS.codes),
    "region": ("", *lists.REGIONS.codes),
    "police_region": ("", *lists.POLICE_REGIONS.codes),
}


@dataclass(frozen=True)
class Signal:
    """Every value is a code of a closed list or a small number; anything else is an error."""

    year: int
    quarter: int
    group: str
    form: str
    age_band: str
    region: str
    police_region: str

    def __post_init__(self) -> None:
        if not (1990 <= self.year <= 2200 and self.quarter in (1, 2, 3, 4)):
            raise ValueError("a signal has a year and a quarter")
        for field, codes in _CODES.items():
            if getattr(self, field) not in codes:
                raise ValueError(f"a signal's {field} is a code")


def coarse(notification: NotificationInput) -> NotificationInput:
    """The input without anybody in it: the own reference stays, to know a second sending; a birth date becomes its band."""
    identity = Identity(own_reference=notification.identity.own_reference)
    return replace(notification, identity=identity, age_band=age_of(notification).band, consent=None, attachments=(), scans=())


def signal_of(*, on: date, group: str, age_band: str, characteristics: Characteristics) -> Signal:
    return Signal(
        year=on.year,
        quarter=(on.month + 2) // 3,
        group=group,
        form=form_of(characteristics.exploitation_types, characteristics.nationalities),
        age_band=age_band,
        region=region_of(characteristics.nationalities),
        police_region=_police_region(characteristics),
    )


def store(signals: list[Signal]) -> None:
    """In the transaction of the act, which asks for mix_soon after its audit entry."""
    AnonymousSignal.objects.bulk_create([AnonymousSignal(**asdict(signal)) for signal in signals])


def mix_soon() -> None:
    """After the audit entry, as every job: the lock of the trail comes before those of jobs."""
    jobs.record(MIX_JOB, due=timezone.now() + MIXED_AFTER)


def mix(*, by: Actor) -> None:
    """Writes every signal anew, all in one transaction and in the order of their random ids.

    A row keeps the number of the transaction that wrote it (xmin) or its turn in the table (rowid), as the audit entry of the
    act does: by that each signal could be laid beside the act that left it.
    """
    columns = ("id", *(field.name for field in fields(Signal)))
    with transaction.atomic():
        rows = sorted(AnonymousSignal.objects.select_for_update().values_list(*columns))
        for start in range(0, len(rows), _AT_ONCE):
            AnonymousSignal.objects.filter(id__in=[row[0] for row in rows[start : start + _AT_ONCE]]).delete()
        bulk.insert(AnonymousSignal, columns, rows)
        audit.record(events.SIGNALS_MIXED, by=by)


def _police_region(characteristics: Characteristics) -> str:
    """Where it happened: as the reporter says, else by the municipality. The unit that reports is no place."""
    if said := dict(characteristics.further).get(REGION_QUESTION):
        return said
    municipality = characteristics.municipality_of_exploitation
    region = lists.MUNICIPALITIES.get(municipality).region if municipality else ""
    return region if region in lists.POLICE_REGIONS else ""
