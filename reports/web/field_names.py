"""What the fields of a person-year and the codes in them are called on a page. It knows no person-year."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intake.codes import lists
from intake.codes.lists import CodeList
from reports.personyears.merge import FURTHER, STEP

FIELDS: Mapping[str, tuple[str | Promise, CodeList]] = {
    "age": (_("Age"), lists.AGE_BANDS),
    "sex": (_("Sex"), lists.SEXES),
    "nationalities": (_("Nationality"), lists.COUNTRIES),
    "exploitation_types": (_("Types of exploitation"), lists.EXPLOITATION_TYPES),
    "prostitution_sectors": (_("Prostitution sectors"), lists.PROSTITUTION_SECTORS),
    "labour_sectors": (_("Labour sectors"), lists.LABOUR_SECTORS),
    "criminal_kinds": (_("Kinds of criminal exploitation"), lists.CRIMINAL_KINDS),
    "organ_removal": (_("Forced removal of organs"), lists.ORGAN_REMOVAL),
    "exploitation_countries": (_("Countries of exploitation"), lists.COUNTRIES),
    "platforms": (_("Where victim and offender met"), lists.PLATFORMS),
    "municipality_of_exploitation": (_("Municipality of exploitation"), lists.MUNICIPALITIES),
    "municipality_of_residence": (_("Municipality of residence"), lists.MUNICIPALITIES),
}
SOURCES = {"report": _("Report"), "emm": _("EMM record"), "om": _("OM letter")}


def field_name(field: str) -> str:
    """A field without a name here is shown as the register calls it."""
    found = FIELDS.get(field)
    if field.startswith(STEP):
        step = lists.PHASE_CODES.get(field.removeprefix(STEP))
        return step.label(get_language() or "nl") if step else field.removeprefix(STEP)
    return str(found[0]) if found else field.removeprefix(FURTHER).replace("-", " ").replace("_", " ")


def value_name(field: str, code: str) -> str:
    if field.startswith(STEP):
        return code or str(_("date unknown"))
    codes = lists.FURTHER_QUESTIONS.get(field.removeprefix(FURTHER)) if field.startswith(FURTHER) else _codes(field)
    return codes.label(code, get_language() or "nl") if codes is not None and code in codes else code


def source_name(source: str, group: str, unit: str) -> str:
    language = get_language() or "nl"
    if group:
        parts = [lists.REPORTER_GROUPS.label(group, language), lists.POLICE_UNITS.label(unit, language) if unit else ""]
        return ", ".join(part for part in parts if part)
    return str(SOURCES.get(source, source))


def register_name(code: str) -> str:
    return lists.SOURCE_REGISTERS.label(code, get_language() or "nl") if code else ""


def _codes(field: str) -> CodeList | None:
    found = FIELDS.get(field)
    return found[1] if found else None
