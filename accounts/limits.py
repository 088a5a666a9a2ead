"""How often something may happen, counted in the cache that all processes share. Callers decide what a refusal looks like."""

import hashlib
import time

from django.core.cache import cache


def within(what: str, whom: str, *, most: int, seconds: int) -> bool:
    """Counts this time too. whom is digested: addresses and names stand nowhere."""
    slot = int(time.time() // seconds)
    key = f"limit:{what}:{hashlib.sha256(whom.encode()).hexdigest()[:32]}:{slot}"
    try:
        counted = cache.incr(key)
    except ValueError:
        cache.add(key, 1, seconds)
        counted = 1
    return counted <= most
