"""Run as a process of some role: says as JSON which keys it could load and which work it could do. Never a key itself."""

import json
from collections.abc import Callable
from uuid import UUID

import django

django.setup()

from safeguards import blind_index, checkpoints, fields, keyring, sealing, wrapping  # noqa: E402 the settings come first
from safeguards.errors import KeyMissing  # noqa: E402
from safeguards.keyring.names import ALL_KEYS, DRAFT  # noqa: E402
from safeguards.models import DataKey  # noqa: E402
from tests.vectors.sealing import data_key  # noqa: E402

OWNER = UUID(int=1)


def works(work: Callable[[], object]) -> bool:
    try:
        work()
    except KeyMissing:
        return False
    return True


def load_draft_key() -> object:
    return keyring.newest(DRAFT, bytes)


WORK: dict[str, Callable[[], object]] = {
    "seal": lambda: sealing.fresh_key(OWNER, DataKey.Purpose.IDENTITY),
    "open": lambda: wrapping.unwrap(data_key(DataKey.Purpose.IDENTITY)),
    "draft": load_draft_key,
    "link": blind_index.linker,
    "account secret": lambda: fields.seal_secret("x"),
    "webhook secret": lambda: fields.seal_secret("x", fields.Kind.WEBHOOK),
    "exact edition": lambda: fields.seal_secret("x", fields.Kind.EDITION),
    "sign checkpoint": lambda: checkpoints.note(checkpoints.Checkpoint(1, b"", django.utils.timezone.now())),
    **{f"digest {kind}": lambda kind=kind: blind_index.digest(kind, "x") for kind in blind_index.Digest},
}

if __name__ == "__main__":
    loaded = sorted(str(key) for key in ALL_KEYS if works(lambda key=key: keyring.newest(key, bytes)))
    print(json.dumps({"keys": loaded, "work": sorted(name for name, work in WORK.items() if works(work))}))  # noqa: T201
