"""Brings an input into the one form in which it is checked, compared and sealed. It refuses nothing; rules does."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from intake.codes.characteristics import Characteristics
from intake.notifications import numbers, texts
from intake.notifications.inputs import Identity, NotificationInput


def clean(notification: NotificationInput) -> NotificationInput:
    identity, characteristics = clean_identity(notification.identity), clean_characteristics(notification.characteristics)
    if identity is notification.identity and characteristics is notification.characteristics:
        return notification
    return NotificationInput(
        date=notification.date,
        identity=identity,
        characteristics=characteristics,
        consent=notification.consent,
        age_band=notification.age_band,
        attachments=notification.attachments,
        scans=notification.scans,
    )


def clean_identity(identity: Identity) -> Identity:
    """The same where it is clean already, as most rows of a file are."""
    changes: dict[str, Any] = {}
    for field, cleaned in _CLEANERS.items():
        if (value := getattr(identity, field)) and (found := cleaned(value)) != value:
            changes[field] = found
    return replace(identity, **changes) if changes else identity


def clean_characteristics(characteristics: Characteristics) -> Characteristics:
    return characteristics.ordered()


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([cleaned for name in names if (cleaned := texts.clean(name))])


_CLEANERS: Mapping[str, Callable[[Any], Any]] = {
    "given_names": _names,
    "prefix": texts.clean,
    "family_name": texts.clean,
    "aliases": _names,
    "bsn": numbers.clean,
    "v_number": numbers.clean,
    "document_number": numbers.clean,
    "contact": texts.clean_block,
    "narrative": texts.clean_block,
    "own_reference": texts.clean,
}
