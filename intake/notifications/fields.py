"""Which coded fields a report has, the list that answers each, and which fields may say why they were left empty.

Form, API, file and feed read it. It holds no rule about a value and no name that a person or a system reads.
"""

from collections.abc import Mapping
from types import MappingProxyType

from intake.codes import lists
from intake.codes.lists import CodeList

MOST_NAMES = 10
MOST_CODES = 20

SETS: Mapping[str, CodeList] = MappingProxyType(
    {
        "exploitation_types": lists.EXPLOITATION_TYPES,
        "prostitution_sectors": lists.PROSTITUTION_SECTORS,
        "labour_sectors": lists.LABOUR_SECTORS,
        "criminal_kinds": lists.CRIMINAL_KINDS,
        "nationalities": lists.COUNTRIES,
        "exploitation_countries": lists.COUNTRIES,
        "exploitation_places": lists.EXPLOITATION_PLACES,
        "platforms": lists.PLATFORMS,
    }
)
SINGLES: Mapping[str, CodeList] = MappingProxyType(
    {
        "sex": lists.SEXES,
        "organ_removal": lists.ORGAN_REMOVAL,
        "municipality_of_exploitation": lists.MUNICIPALITIES,
        "municipality_of_residence": lists.MUNICIPALITIES,
    }
)
PERIOD = ("exploitation_from", "exploitation_to")
NUMBERS = ("bsn", "v_number", "document_number")

# Whatever is asked about a person can be unknown, not asked or refused; when and by whom it is reported cannot.
MISSABLE: frozenset[str] = frozenset(
    {"given_names", "family_name", "birth", "age_band", "contact", *NUMBERS, *SETS, *SINGLES, *PERIOD}
    | lists.FURTHER_QUESTIONS.keys()
    | lists.PHASE_FIELDS.keys()
)
