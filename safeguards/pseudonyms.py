"""Pseudonyms of persons for one recipient: under a key that is for that alone, the same in each of its deliveries."""

import hashlib
from uuid import UUID

from safeguards import keyring
from safeguards.keyring.names import STATISTICS

_LENGTH = 16


def for_statistics_netherlands(person: UUID) -> str:
    """32 hexadecimal digits by keyed BLAKE2b, under the oldest key, so that a person keeps theirs."""
    key = keyring.version(STATISTICS, keyring.versions(STATISTICS)[0], bytes).key
    return hashlib.blake2b(person.bytes, key=key, digest_size=_LENGTH, person=b"statistics").hexdigest()
