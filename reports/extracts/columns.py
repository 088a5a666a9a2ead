"""The columns that an extract can have: codes of a person-year with their ladders and their words in both languages. Data only.

A column that is not here cannot leave: no date, no free text, no key and no municipality is.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from intake.codes import lists
from intake.codes.lists import UNKNOWN, CodeList
from reports.disclosure.microdata.specification import OTHER, Column, Kind, Level
from reports.figures.rows import Text
from reports.personyears.derive import ADULT, MINOR, REPORTERS_IN_ORDER, Counted
from reports.personyears.merge import WITH_BASIS, WITHOUT_BASIS

FIRST_YEAR, LAST_YEAR = 1990, 2100
OLDEST = 120
UNKNOWN_TEXT = Text(**UNKNOWN)
OTHER_TEXT = Text("overig", "other")
BLANK_TEXT = Text("weggelaten voor de bescherming", "left out for protection")
_PERIOD = 5


@dataclass(frozen=True)
class Counts:
    """As which condition of the cells of figures a column counts, where it does.

    among: the type of exploitation of those whom such a figure counts. beside: by what the column shows, the values that
    a person-year can have beside it; then an empty value means that it has none.
    """

    dimension: str
    among: str = ""
    beside: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Described:
    """A column with its words. value: the finest code of a person-year in a year; labels: of every code of every level."""

    column: Column
    title: Text
    value: Callable[[int, Counted], str]
    labels: Mapping[str, Text]
    levels: Mapping[str, Text]
    counts: Counts | None = None

    @property
    def name(self) -> str:
        return self.column.name

    def label(self, code: str) -> Text:
        return UNKNOWN_TEXT if code == "" else self.labels[code]


def _labels(codes: CodeList, attribute: str = "") -> dict[str, Text]:
    if attribute:
        return {
            code: Text(row.attributes[f"{attribute}_nl"], row.attributes[f"{attribute}_en"]) for code, row in codes.rows.items()
        }
    return {code: Text(row.label_nl, row.label_en) for code, row in codes.rows.items()}


def _known(codes: Iterable[str]) -> tuple[str, ...]:
    """With the empty code: unknown."""
    return (*codes, "")


_YEARS = {str(year): Text(str(year), str(year)) for year in range(FIRST_YEAR, LAST_YEAR + 1)}
_PERIOD_OF = {year: f"{(first := int(year) // _PERIOD * _PERIOD)}-{first + _PERIOD - 1}" for year in _YEARS}
_BANDS = _labels(lists.AGE_BANDS)
_MAJORITY = {MINOR: Text("minderjarig", "minor"), ADULT: Text("meerderjarig", "adult")}
_REGIONS = _labels(lists.REGIONS)
_ELSEWHERE = {"elsewhere": Text("buiten Europa", "outside Europe")}
_EXPLOITATION = {"SU": Text("seksuele uitbuiting", "sexual exploitation")}
_VISIBILITY = {
    "more-visible": Text("meer zichtbaar", "more visible"),
    "less-visible": Text("minder zichtbaar", "less visible"),
}
_COUNTRIES = _labels(lists.COUNTRIES) | {OTHER: OTHER_TEXT}
_FORMS = _labels(lists.FORMS, "title")
_SECTORS = _labels(lists.PROSTITUTION_SECTORS)
_LABOUR_ROWS = tuple(dict.fromkeys(one.attributes["figure_row"] for one in lists.LABOUR_SECTORS.rows.values()))
_LABOUR = {code: text for code, text in _labels(lists.LABOUR_SECTORS).items() if code in _LABOUR_ROWS}


def _plain(kind: Kind, codes: CodeList, title: Text, level: Text, counts: Counts) -> Described:
    name = counts.dimension
    return Described(
        Column(name, kind, (Level(name, _known(codes.codes)),)),
        title,
        lambda _, counted: str(getattr(counted, name)),
        _labels(codes),
        {name: level},
        counts,
    )


YEAR = Described(
    Column(
        "year",
        Kind.QUASI_IDENTIFIER,
        (Level("year", tuple(_YEARS)), Level("period", tuple(dict.fromkeys(_PERIOD_OF.values())), _PERIOD_OF)),
    ),
    Text("Jaar", "Year"),
    lambda year, _: str(year),
    _YEARS | {period: Text(period, period) for period in _PERIOD_OF.values()},
    {"year": Text("per jaar", "by year"), "period": Text("per vijf jaar", "by five years")},
    Counts("years"),
)
SEX = _plain(
    Kind.QUASI_IDENTIFIER,
    lists.SEXES,
    Text("Geslacht", "Sex"),
    Text("zoals geregistreerd", "as registered"),
    Counts("sex"),
)
AGE = Described(
    Column(
        "age",
        Kind.QUASI_IDENTIFIER,
        (
            Level("band", _known(_BANDS)),
            Level("majority", _known(_MAJORITY), {code: MINOR if code == MINOR else ADULT for code in _BANDS} | {"": ""}),
        ),
    ),
    Text("Leeftijd", "Age"),
    lambda _, counted: counted.age_band,
    _MAJORITY | _BANDS,
    {"band": Text("in klassen", "in bands"), "majority": Text("minder- of meerderjarig", "minor or adult")},
    Counts("age_band"),
)
REGION = Described(
    Column(
        "region",
        Kind.QUASI_IDENTIFIER,
        (
            Level("region", _known(_REGIONS)),
            Level(
                "europe",
                _known(("netherlands", "europe", "elsewhere")),
                {code: code if code in ("netherlands", "europe") else "elsewhere" for code in _REGIONS} | {"": ""},
            ),
        ),
    ),
    Text("Herkomst", "Region of origin"),
    lambda _, counted: counted.region,
    _REGIONS | _ELSEWHERE,
    {
        "region": Text("per werelddeel", "by continent"),
        "europe": Text("Nederland, Europa of elders", "Netherlands, Europe or elsewhere"),
    },
    Counts("region"),
)
NATIONALITY = Described(
    Column(
        "nationality",
        Kind.QUASI_IDENTIFIER,
        tuple(Level(f"top-{number}", _known((*lists.COUNTRIES.codes, OTHER)), top=number) for number in (10, 5)),
    ),
    Text("Nationaliteit", "Nationality"),
    lambda _, counted: counted.nationality,
    _COUNTRIES,
    {
        "top-10": Text("de tien meest voorkomende", "the ten most frequent"),
        "top-5": Text("de vijf meest voorkomende", "the five most frequent"),
    },
    Counts("nationality"),
)
UNIT = Described(
    Column("unit", Kind.QUASI_IDENTIFIER, (Level("unit", _known(lists.POLICE_UNITS.codes)),)),
    Text("Politie-eenheid van de eerste melding", "Police unit of the first report"),
    lambda _, counted: next(iter(counted.units), ""),
    _labels(lists.POLICE_UNITS),
    {"unit": Text("per eenheid", "by unit")},
    Counts("units", beside=dict.fromkeys(lists.POLICE_UNITS.codes, frozenset(lists.POLICE_UNITS.codes))),
)
FORM = Described(
    Column(
        "form",
        Kind.SENSITIVE,
        (
            Level("form", _known(_FORMS)),
            Level(
                "exploitation",
                _known(("SU", "AU", "CU")),
                {code: "SU" if code.endswith("SU") else code for code in _FORMS} | {"": ""},
            ),
        ),
    ),
    Text("Vorm van mensenhandel", "Form of trafficking"),
    lambda _, counted: counted.form,
    _FORMS | _EXPLOITATION,
    {
        "form": Text("vier vormen", "four forms"),
        "exploitation": Text("seksueel, arbeid of crimineel", "sexual, labour or criminal"),
    },
    Counts("form"),
)
PROSTITUTION_SECTOR = Described(
    Column(
        "prostitution_sector",
        Kind.SENSITIVE,
        (
            Level("sector", _known(_SECTORS)),
            Level(
                "visibility",
                _known(_VISIBILITY),
                {code: row.attributes["visibility"] for code, row in lists.PROSTITUTION_SECTORS.rows.items()} | {"": ""},
            ),
        ),
    ),
    Text("Prostitutiesector", "Prostitution sector"),
    lambda _, counted: counted.prostitution_sector,
    _SECTORS | _VISIBILITY,
    {"sector": Text("per sector", "by sector"), "visibility": Text("meer of minder zichtbaar", "more or less visible")},
    Counts("prostitution_sector", among="sexual"),
)
LABOUR_SECTOR = Described(
    Column("labour_sector", Kind.SENSITIVE, (Level("sector", _known(_LABOUR)),)),
    Text("Arbeidssector", "Labour sector"),
    lambda _, counted: counted.labour_sector,
    _LABOUR,
    {"sector": Text("zoals in figuur 2.5", "as in figure 2.5")},
    Counts("labour_sector", among="labour"),
)
CRIMINAL_KIND = _plain(
    Kind.SENSITIVE,
    lists.CRIMINAL_KINDS,
    Text("Soort criminele uitbuiting", "Kind of criminal exploitation"),
    Text("per soort", "by kind"),
    Counts("criminal_kind", among="criminal"),
)
REPORTER = Described(
    Column("reporter", Kind.SENSITIVE, (Level("group", _known(lists.REPORTER_GROUPS.codes)),)),
    Text("Groep van de eerste melder", "Group of the first reporter"),
    lambda _, counted: counted.lead_reporter.partition(":")[0],
    _labels(lists.REPORTER_GROUPS),
    {"group": Text("per groep", "by group")},
    Counts(
        "groups",
        beside={group: frozenset(REPORTERS_IN_ORDER[place + 1 :]) for place, group in enumerate(REPORTERS_IN_ORDER)},
    ),
)
TECHNOLOGY = Described(
    Column("technology_role", Kind.SENSITIVE, (Level("role", _known(lists.TECHNOLOGY_ROLES.codes)),)),
    Text("Rol van technologie", "Role of technology"),
    lambda _, counted: counted.technology_role,
    _labels(lists.TECHNOLOGY_ROLES),
    {"role": Text("zoals geregistreerd", "as registered")},
    Counts("technology_role"),
)

# For the international data standard alone.
SEVERAL = "several"
LEGAL_BASIS = Described(
    Column("legal_basis", Kind.SENSITIVE, (Level("basis", _known((WITH_BASIS, WITHOUT_BASIS))),)),
    Text("Grondslag van de melding", "Basis of the report"),
    lambda _, counted: next(iter(counted.bases), ""),
    {WITH_BASIS: Text("een wet", "a law"), WITHOUT_BASIS: Text("toestemming alleen", "consent alone")},
    {"basis": Text("een wet bij minstens één melding, of toestemming", "a law for one report at least, or consent")},
    Counts("bases", beside={WITH_BASIS: frozenset({WITHOUT_BASIS})}),
)
COUNTRY_OF_EXPLOITATION = Described(
    Column(
        "country_of_exploitation",
        Kind.SENSITIVE,
        (Level("top-5", _known((*lists.COUNTRIES.codes, SEVERAL, OTHER)), top=5),),
    ),
    Text("Land van uitbuiting", "Country of exploitation"),
    lambda _, counted: SEVERAL if len(counted.exploitation_countries) > 1 else next(iter(counted.exploitation_countries), ""),
    _COUNTRIES | {SEVERAL: Text("meer dan een land", "more than one country")},
    {"top-5": Text("de vijf meest voorkomende", "the five most frequent")},
    Counts("countries", beside=dict.fromkeys((SEVERAL, OTHER), frozenset((*lists.COUNTRIES.codes, OTHER)))),
)

# For deliveries under pseudonyms alone.
AGE_IN_YEARS = Described(
    Column("age_in_years", Kind.QUASI_IDENTIFIER, (Level("years", _known(map(str, range(OLDEST + 1)))),)),
    Text("Leeftijd in jaren", "Age in years"),
    lambda _, counted: "" if counted.age is None else str(min(counted.age, OLDEST)),
    {str(age): Text(str(age), str(age)) for age in range(OLDEST + 1)},
    {"years": Text("in jaren", "in years")},
)
COUNTRY = Described(
    Column("country_of_nationality", Kind.QUASI_IDENTIFIER, (Level("country", _known(lists.COUNTRIES.codes)),)),
    Text("Land van nationaliteit", "Country of nationality"),
    lambda _, counted: counted.nationality,
    _COUNTRIES,
    {"country": Text("per land", "by country")},
)

# For open data: a list that does not hang on the register of the day (the most frequent of table T2.1 of 2015-2019).
_PUBLISHED = ("NL", "NG", "PL", "RO", "UG", "BG", "HU", "GN", "SL", "VN")
PUBLISHED_NATIONALITY = Described(
    Column(
        "published_nationality",
        Kind.QUASI_IDENTIFIER,
        (
            Level(
                "published",
                _known((*_PUBLISHED, OTHER)),
                {code: code if code in _PUBLISHED else OTHER for code in lists.COUNTRIES.codes} | {"": ""},
            ),
        ),
    ),
    Text("Nationaliteit", "Nationality"),
    lambda _, counted: counted.nationality,
    _COUNTRIES,
    {"published": Text("tien vaste en overig", "ten fixed ones and other")},
)

ALL = (
    YEAR, SEX, AGE, REGION, NATIONALITY, UNIT, FORM, PROSTITUTION_SECTOR, LABOUR_SECTOR, CRIMINAL_KIND, REPORTER, TECHNOLOGY,
)  # fmt: skip
BY_NAME: Mapping[str, Described] = {
    one.name: one for one in (*ALL, LEGAL_BASIS, COUNTRY_OF_EXPLOITATION, AGE_IN_YEARS, COUNTRY, PUBLISHED_NATIONALITY)
}
