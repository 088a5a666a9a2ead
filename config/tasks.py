"""The upkeep of keys and audit trail as background work: safeguards knows no jobs. Each is a chunk and one call."""

from django.utils import timezone

from jobs import registry
from jobs import services as jobs
from safeguards import checkpoints, data_keys, rotation

CHECKPOINT = "safeguards.checkpoint"
ROTATE = "safeguards.rotate"
CHUNK = 400


@registry.handler(CHECKPOINT, queue="vault")
def sign_checkpoint(_: str) -> None:
    checkpoints.sign()


@registry.handler(ROTATE, queue="vault")
def rotate(_: str) -> None:
    """This month's pair, and data keys re-sealed to it; what is left waits for the next turn of the same work."""
    rotation.ensure_pair(timezone.now())
    if data_keys.rewrap(CHUNK):
        jobs.record(ROTATE)
    else:
        rotation.destroy_expired(timezone.now())
