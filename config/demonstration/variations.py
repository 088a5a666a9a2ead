"""The small differences between reports about one person that real reports have. The first report keeps the whole birth date,
and one report keeps every characteristic, so that the merged person-year is the register's. It sends nothing.
"""

import random
from dataclasses import dataclass, replace
from datetime import date

from config.demonstration.identities import SEED, MadeUpPerson
from config.demonstration.register import ReferenceReport
from intake.codes.ages import age_on
from intake.notifications.inputs import Identity, PartialDate

SPELLINGS = (("y", "i"), ("ou", "u"), ("ph", "f"), ("ks", "x"), ("ck", "k"), ("ij", "y"), ("sz", "s"), ("th", "t"))
ASCII = str.maketrans("ąćęłńóśźżĄĆĘŁŃÓŚŹŻăâîșțĂÂÎȘȚéèêëïöüőűáíú", "acelnoszzACELNOSZZaaistAAISTeeeeiououaiu")


@dataclass(frozen=True)
class Chances:
    """Per report that is not the person's first; at most one of the hard differences (birth, family name, given name) each."""

    no_birth_day: float = 0.05
    year_only: float = 0.05
    day_and_month_swapped: float = 0.03
    family_name_typed_wrong: float = 0.07
    family_name_spelt_otherwise: float = 0.08
    given_name_initial: float = 0.03
    second_name_left_out: float = 0.4
    prefix_left_out: float = 0.15
    marks_left_out: float = 0.5
    number_left_out: float = 0.2
    characteristic_left_out: float = 0.2


CHANCES = Chances()


def identity_as_reported(
    person: MadeUpPerson, report: ReferenceReport, age: int | None, *, first: bool, numbers: frozenset[str]
) -> Identity:
    """What this reporter wrote down. numbers names the identity numbers that the reporter may hold."""
    draw = random.Random(f"{SEED}:{report.id}")  # noqa: S311 made-up data has to be the same at every run
    identity = replace(
        person.identity,
        own_reference=report.id,
        bsn=person.identity.bsn if "bsn" in numbers and draw.random() > CHANCES.number_left_out else "",
        v_number=person.identity.v_number if "v_number" in numbers and draw.random() > CHANCES.number_left_out else "",
    )
    if first:
        return identity
    return _with_hard_difference(_with_soft_differences(identity, draw), draw, report.date, age)


def leaves_out(report: ReferenceReport, characteristic: str) -> bool:
    return random.Random(f"{SEED}:{report.id}:{characteristic}").random() < CHANCES.characteristic_left_out  # noqa: S311


def _with_soft_differences(identity: Identity, draw: random.Random) -> Identity:
    if draw.random() < CHANCES.second_name_left_out:
        identity = replace(identity, given_names=identity.given_names[:1])
    if draw.random() < CHANCES.prefix_left_out:
        identity = replace(identity, prefix="")
    if draw.random() < CHANCES.marks_left_out:
        identity = replace(
            identity,
            given_names=tuple(name.translate(ASCII) for name in identity.given_names),
            family_name=identity.family_name.translate(ASCII),
        )
    return identity


def _with_hard_difference(identity: Identity, draw: random.Random, day: date, age: int | None) -> Identity:
    chance = draw.random()
    birth = identity.birth
    edges = [
        (CHANCES.no_birth_day, replace(identity, birth=replace(birth, day=None))),
        (CHANCES.year_only, replace(identity, birth=PartialDate(birth.year))),
        (CHANCES.day_and_month_swapped, replace(identity, birth=_swapped(birth))),
        (CHANCES.family_name_typed_wrong, replace(identity, family_name=_typed_wrong(identity.family_name, draw))),
        (CHANCES.family_name_spelt_otherwise, replace(identity, family_name=_spelt_otherwise(identity.family_name))),
        (CHANCES.given_name_initial, replace(identity, given_names=(identity.given_names[0][0] + ".",))),
    ]
    for share, different in edges:
        if chance < share:
            return different if _keeps_age(different, day, age) else identity
        chance -= share
    return identity


def _keeps_age(identity: Identity, day: date, age: int | None) -> bool:
    """A different birth date may hide the age, never change it: the register's ages are the truth."""
    birth = identity.birth
    return age_on(day, year=birth.year, month=birth.month, day=birth.day).years in (age, None)


def _swapped(birth: PartialDate) -> PartialDate:
    if birth.day is None or birth.day > 12:
        return birth
    return replace(birth, day=birth.month, month=birth.day)


def _typed_wrong(name: str, draw: random.Random) -> str:
    if len(name) < 5:
        return name
    place = draw.randrange(1, len(name) - 1)
    deleted = name[:place] + name[place + 1 :]
    doubled = name[:place] + name[place] + name[place:]
    turned = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return draw.choice((deleted, doubled, turned))


def _spelt_otherwise(name: str) -> str:
    for usual, other in SPELLINGS:
        if usual in name:
            return name.replace(usual, other, 1)
    return name
