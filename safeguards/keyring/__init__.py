"""Key material: what there is, who may hold it, where it is read from. It never leaves safeguards."""

from safeguards.keyring.names import ALLOWED, KeyName, held
from safeguards.keyring.ring import Version, forget, newest, source, version, versions

__all__ = ["ALLOWED", "KeyName", "Version", "forget", "held", "newest", "source", "version", "versions"]
