"""The form of trafficking from exploitation types and nationality: the one rule for person-years and anonymous signals.

Source: note 54 of the monitor (sexual, then labour, then criminal). It derives a code and stores nothing.
"""

from collections.abc import Collection, Sequence

from intake.codes.regions import NETHERLANDS, counted_nationality

DOMESTIC, CROSS_BORDER, LABOUR, CRIMINAL, UNKNOWN = "BL-SU", "GO-SU", "AU", "CU", ""


def form_of(exploitation_types: Collection[str], nationalities: Sequence[str]) -> str:
    """Sexual exploitation is split by nationality, and is unknown without one; forced organ removal alone is unknown."""
    if "sexual" in exploitation_types:
        return _sexual(counted_nationality(nationalities))
    if "labour" in exploitation_types:
        return LABOUR
    return CRIMINAL if "criminal" in exploitation_types else UNKNOWN


def _sexual(nationality: str) -> str:
    if not nationality:
        return UNKNOWN
    return DOMESTIC if nationality == NETHERLANDS else CROSS_BORDER
