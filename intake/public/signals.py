"""A visitor leaves an anonymous signal: closed codes, and no row, entry or moment that leads back to the sending."""

from django.db import transaction

from accounts.reporters import ReporterGroup
from intake import events
from intake.codes import forms, lists
from intake.notifications import signals
from intake.notifications.signals import Signal
from intake.public import admission
from intake.public.admission import Sending
from safeguards import audit
from safeguards.actors import Actor

NETHERLANDS = "netherlands"
_FORMS = {"labour": forms.LABOUR, "criminal": forms.CRIMINAL}


def signal(*, quarter: str, kind: str, region: str, age_band: str, police_region: str) -> Signal:
    """quarter reads "2026-3". Sexual exploitation is split by origin, as in every signal (note 54 of the monitor)."""
    year, number = quarter.split("-")
    return Signal(int(year), int(number), ReporterGroup.OTHER, _form(kind, region), age_band, region, police_region)


def leave(*, signal: Signal, sending: Sending, by: Actor) -> None:
    """The audit entry names no object and carries no code: nothing may lead from it to the signal's row."""
    with transaction.atomic():
        admission.admit(sending)
        signals.store([signal])
        audit.record(events.VISITOR_SIGNAL, by=by)
        signals.mix_soon()


def described(signal: Signal, language: str) -> dict[str, str]:
    """Everything that was stored, in words."""
    form = lists.FORMS.get(signal.form).attributes[f"title_{language}"] if signal.form else lists.UNKNOWN[language]
    return {
        "quarter": f"{signal.year}-{signal.quarter}",
        "form": form,
        "age_band": lists.AGE_BANDS.label(signal.age_band, language),
        "region": lists.REGIONS.label(signal.region, language),
        "police_region": lists.POLICE_REGIONS.label(signal.police_region, language),
    }


def _form(kind: str, region: str) -> str:
    if kind != "sexual":
        return _FORMS.get(kind, forms.UNKNOWN)
    if not region:
        return forms.UNKNOWN
    return forms.DOMESTIC if region == NETHERLANDS else forms.CROSS_BORDER
