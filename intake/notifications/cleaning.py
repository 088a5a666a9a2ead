"""Brings an input into the one form in which it is checked, compared and sealed. It refuses nothing; rules does."""

from intake.codes.characteristics import Characteristics
from intake.notifications import numbers, texts
from intake.notifications.inputs import Identity, NotificationInput


def clean(notification: NotificationInput) -> NotificationInput:
    return NotificationInput(
        date=notification.date,
        identity=clean_identity(notification.identity),
        characteristics=clean_characteristics(notification.characteristics),
        consent=notification.consent,
        age_band=notification.age_band,
        attachments=notification.attachments,
        scans=notification.scans,
    )


def clean_identity(identity: Identity) -> Identity:
    return Identity(
        given_names=_names(identity.given_names),
        prefix=texts.clean(identity.prefix),
        family_name=texts.clean(identity.family_name),
        aliases=_names(identity.aliases),
        birth=identity.birth,
        bsn=numbers.clean(identity.bsn),
        v_number=numbers.clean(identity.v_number),
        document_number=numbers.clean(identity.document_number),
        contact=texts.clean_block(identity.contact),
        narrative=texts.clean_block(identity.narrative),
        own_reference=texts.clean(identity.own_reference),
    )


def clean_characteristics(characteristics: Characteristics) -> Characteristics:
    return characteristics.ordered()


def _names(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([cleaned for name in names if (cleaned := texts.clean(name))]) if names else ()
