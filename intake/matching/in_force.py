"""The parameters that pairs are weighed by now: the shipped weights, with the prior of a register of the size that is in force.

The size in force is the one that the weights were fitted at, doubled as often as the register has. It is stored, and changes by
night alone (matching.whole), so that between two nights the links are a function of contributions and decisions.
"""

from django.db import connection

from intake.linkage.fellegi_sunter import CURRENT, Parameters, doubled, shipped
from intake.models.change import Register
from intake.models.matching import MatchingFeatures, PersonContribution

DOUBLINGS = f"SELECT doublings FROM {Register._meta.db_table}"  # noqa: S608


def parameters() -> Parameters:
    with connection.cursor() as cursor:
        cursor.execute(DOUBLINGS)
        found = cursor.fetchone()
    return doubled(found[0] if found else 0)


def size() -> int:
    """How many contributions take part in linking."""
    return PersonContribution.objects.filter(contribution__in=MatchingFeatures.objects.values("contribution")).count()


def follow(register: Register, size: int) -> bool:
    """Put in force what a register of this size asks for, under the caller's lock of its row; whether that is another."""
    wanted = (CURRENT, shipped().doublings(size))
    if (register.version, register.doublings) == wanted:
        return False
    register.version, register.doublings = wanted
    register.save(update_fields=["version", "doublings"])
    return True
