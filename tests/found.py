"""Looks for what may stand nowhere. The few digits of a year stand by chance in a random identifier or a part of a second."""

import re
from collections.abc import Iterable

AN_IDENTIFIER = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}|[0-9A-Za-z_-]{32,}|\.[0-9]{3,6}\b", re.IGNORECASE)


def found_in(content: str | bytes, canaries: Iterable[str]) -> set[str]:
    """A number is looked for outside identifiers, a name everywhere."""
    text = content if isinstance(content, str) else content.decode("latin-1")
    apart = AN_IDENTIFIER.sub(" ", text)
    return {canary for canary in canaries if canary in (apart if canary.isdecimal() else text)}
