"""Opens sealed identities in memory for the engine, and hands on nothing else. What cannot be opened is left out."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from intake.codes.characteristics import Characteristics
from intake.linkage.engine import Details
from intake.matching.features import open_each
from intake.models.contribution import Contribution
from intake.models.identity import SealedIdentity
from intake.notifications import identities
from intake.notifications.inputs import Identity
from safeguards import bulk

SEALED = f"SELECT contribution_id, blob FROM {SealedIdentity._meta.db_table} WHERE contribution_id IN ({{ids}})"  # noqa: S608
KEPT = f"SELECT contribution_id FROM {SealedIdentity._meta.db_table} WHERE contribution_id IN ({{ids}})"  # noqa: S608
NOTHING_KNOWN = Characteristics()


def open_details(contributions: Sequence[Contribution]) -> dict[UUID, Details]:
    """What the engine compares, by contribution. The values live as long as the caller keeps them."""
    by_id = {contribution.id: contribution for contribution in contributions}
    sealed = sorted((bulk.as_uuid(one), blob) for one, blob in bulk.chosen(SEALED, by_id))
    places = (identities.place_of(identifier, by_id[identifier].organisation_id) for identifier, _ in sealed)
    opened = open_each([(blob, place) for (_, blob), place in zip(sealed, places, strict=True)])
    return {
        identifier: details_of(identities.from_bytes(content), _known(by_id[identifier]))
        for (identifier, _), content in zip(sealed, opened, strict=True)
        if content is not None
    }


def sealed(contributions: Iterable[UUID]) -> dict[UUID, bytes]:
    """As they are stored, to see whether somebody was corrected: a sealed identity is never twice the same."""
    return {bulk.as_uuid(one): bytes(blob) for one, blob in bulk.chosen(SEALED, contributions)}


def erased_among(contributions: Iterable[UUID]) -> set[UUID]:
    """Of whom retention destroyed who they are. They are linked on by the features that were made before."""
    asked = set(contributions)
    return asked - {bulk.as_uuid(one) for (one,) in bulk.chosen(KEPT, asked)}


def details_of(identity: Identity, known: Characteristics = NOTHING_KNOWN) -> Details:
    """What linkage compares of one person."""
    return Details(
        given_names=identity.given_names,
        prefix=identity.prefix,
        family_name=identity.family_name,
        aliases=identity.aliases,
        year=identity.birth.year,
        month=identity.birth.month,
        day=identity.birth.day,
        estimated=identity.birth.estimated,
        sex=known.sex,
        nationalities=known.nationalities,
        v_number=identity.v_number,
        bsn=identity.bsn,
        document_number=identity.document_number,
    )


def _known(contribution: Contribution) -> Characteristics:
    return Characteristics.from_json(contribution.characteristics)
