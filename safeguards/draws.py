"""A place in a draw that always falls the same: keyed by the installation, from what is drawn alone. It keeps no secret."""

import hashlib
from uuid import UUID

from safeguards import keyring
from safeguards.keyring.names import INSTALLATION

PLACES = 2**31


def place(kind: str, *identifiers: UUID) -> int:
    """From 0 to PLACES - 1, each as likely; another kind is another draw, and the order of the identifiers matters."""
    key = keyring.newest(INSTALLATION, bytes).key
    text = b"".join(identifier.bytes for identifier in identifiers)
    person = kind.encode()[:16]
    return int.from_bytes(hashlib.blake2b(text, key=key, person=person, digest_size=8).digest(), "big") % PLACES
