"""Who wears tokens out: of the tokens that too many hold from now on, the organisation that most of their holders are from.

A token that is worn makes no pairs, so whoever sends many reports under one name could keep others about it apart.
"""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from intake.matching.portions import in_portions
from intake.models.contribution import Contribution


def told(worn: Mapping[bytes, set[UUID]]) -> dict[str, str | int]:
    """For the audit trail, of worn tokens with their holders: which one organisation sent more than half of the holders of most
    of them, and of how many; nothing where none did.
    """
    sent_by: dict[UUID, UUID] = {}
    for portion in in_portions(holder for holders in worn.values() for holder in holders):
        sent_by |= dict(Contribution.objects.filter(id__in=portion).values_list("id", "organisation"))
    found: Counter[UUID] = Counter()
    for holders in worn.values():
        ((organisation, number),) = Counter(sent_by[holder] for holder in holders).most_common(1)
        found[organisation] += number * 2 > len(holders)
    most = sorted((-tokens, organisation) for organisation, tokens in found.items() if tokens)
    return {"worn_by": str(most[0][1]), "worn_by_it": -most[0][0]} if most else {}
