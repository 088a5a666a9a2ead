"""The engine's codes in words: fields, levels of agreement, reasons for caution, strength of evidence. It decides nothing."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.labels import GROUPS
from accounts.reporters import ReporterGroup, Source
from intake.linkage.comparisons import Field, Level
from intake.linkage.decisions import Caution

FIELDS: Mapping[Field, str | Promise] = {
    Field.FAMILY_NAME: _("Family name"),
    Field.GIVEN_NAME: _("Given name"),
    Field.ALIAS: _("Alias"),
    Field.BIRTH_DATE: _("Date of birth"),
    Field.SEX: _("Sex"),
    Field.NATIONALITY: _("Nationality"),
    Field.V_NUMBER: _("V-number"),
    Field.BSN: _("Citizen service number (BSN)"),
    Field.DOCUMENT: _("Document number"),
}

LEVELS: Mapping[Level, str | Promise] = {
    Level.SAME: _("the same"),
    Level.SAME_COMMON: _("the same; many persons have this name"),
    Level.SAME_VERY_COMMON: _("the same; very many persons have this name"),
    Level.ONE_LETTER: _("one letter is different"),
    Level.SOUNDS_ALIKE: _("sounds the same, is spelt differently"),
    Level.PART_OF_NAME: _("one is part of the other"),
    Level.SHARED_AND_DIFFERENT: _("one word is the same, another is different"),
    Level.SAME_START: _("begins the same, goes on differently"),
    Level.INITIAL: _("an initial that fits"),
    Level.OTHER_BOX: _("found in the box of the other name"),
    Level.DIFFERENT: _("different"),
    Level.DAY_AND_MONTH_SWAPPED: _("the same with day and month swapped"),
    Level.FIRST_OF_JANUARY: _("the same, but 1 January or estimated"),
    Level.MONTH_AND_YEAR: _("same month and year; a day is missing"),
    Level.YEAR_ONLY: _("same year; the rest is missing"),
    Level.YEAR_AND_PLACEHOLDER: _("same year; one is 1 January or estimated"),
    Level.ONE_PART_DIFFERENT: _("one of day, month and year is different"),
    Level.YEAR_BUT_OTHER_DAY: _("same year, another day"),
    Level.YEAR_BESIDE: _("the years follow each other; one is uncertain"),
}

CAUTIONS: Mapping[Caution, str | Promise] = {
    Caution.NUMBERS_DIFFER: _("They have two different personal numbers of the same kind."),
    Caution.OTHER_GIVEN_NAME: _("Same family name, another given name: these may be brothers, sisters or twins."),
    Caution.OTHER_FAMILY_NAME: _("The family names are different."),
    Caution.SEX_DIFFERS: _("One report says female, the other male."),
    Caution.ONLY_THE_NUMBER: _("They share a number, and little else."),
    Caution.NAME_INCOMPLETE: _("A name is missing or is only an initial."),
    Caution.DATE_INCOMPLETE: _("There is no whole date of birth in both reports."),
    Caution.DATE_DIFFERS: _("The dates of birth are different."),
}

HELD_BACK = _("A link by itself, but it would also bring together two reports that look like different persons.")

SOURCES: Mapping[str, str | Promise] = {Source.EMM: _("EMM (feed)"), Source.OM: _("Public prosecutor (letters)")}

# From which weight in bits evidence is called what, the strongest first.
STRENGTHS: tuple[tuple[float, str | Promise], ...] = (
    (7.0, _("very strong for the same person")),
    (3.0, _("strong for the same person")),
    (1.0, _("somewhat for the same person")),
    (-1.0, _("says little")),
    (-3.0, _("somewhat for different persons")),
    (float("-inf"), _("strong for different persons")),
)


def strength(weight: float) -> str | Promise:
    return next(words for bound, words in STRENGTHS if weight >= bound)


def reporter(source: str, group: str) -> str | Promise:
    """Who sent a report: the reporter group, or the feed."""
    return GROUPS[ReporterGroup(group)] if source == Source.REPORT else SOURCES[source]
