"""What can be asked for, as data: the kinds of extract with their columns, recipients, purposes and how long they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal

from accounts.reporters import Purpose as Consent
from reports.disclosure.microdata.specification import Specification
from reports.disclosure.synthetic.synthesising import DELTA, FEWEST
from reports.extracts import columns
from reports.figures.rows import Text
from reports.releases.budget import Budget
from reports.releases.services import Purpose


@dataclass(frozen=True)
class Product:
    """consent: what must cover each contribution. public_bodies: of reporters alone that are one.

    fixed: the only columns that it can have, where nothing is to be chosen. standard: written in the names of HTCDS.
    budget: what it spends, where no row is of a person and anybody may have it. to: the one organisation that may have it, as
    the ledger names it; empty where whoever asks says which one.
    """

    specification: Specification
    title: Text
    text: Text
    recipient: Text
    purposes: tuple[Purpose, ...]
    longest: timedelta
    consent: Consent = Consent.RESEARCH_EXTRACT
    public_bodies: bool = False
    fixed: Mapping[str, str] = field(default_factory=dict)
    standard: bool = False
    budget: Budget | None = None
    to: str = ""

    @property
    def name(self) -> str:
        return self.specification.name

    @property
    def described(self) -> tuple[columns.Described, ...]:
        return tuple(columns.BY_NAME[column.name] for column in self.specification.columns)


CONTRACTED = Product(
    Specification("contracted", k=5, diversity=2, columns=tuple(one.column for one in columns.ALL)),
    Text("Gegevens onder contract", "Data under contract"),
    Text(
        "Een rij per persoonsjaar. Elke combinatie van herkenbare kenmerken komt minstens vijf keer voor.",
        "One row for each person-year. Each combination of what a person may be found by is there at least five times.",
    ),
    Text("Een onderzoeker met een overeenkomst", "A researcher with an agreement"),
    (Purpose.RESEARCH, Purpose.POLICY, Purpose.OWN_ANALYSIS),
    timedelta(days=365),
)
WIDER = Product(
    Specification(
        "wider",
        k=11,
        diversity=2,
        columns=tuple(
            one.column
            for one in (columns.YEAR, columns.SEX, columns.AGE, columns.REGION, columns.FORM, columns.PROSTITUTION_SECTOR)
        ),
    ),
    Text("Gegevens voor ruimer gebruik", "Data for wider use"),
    Text(
        "Minder kolommen. Elke combinatie van herkenbare kenmerken komt minstens elf keer voor.",
        "Fewer columns. Each combination of what a person may be found by is there at least eleven times.",
    ),
    Text("Een organisatie zonder overeenkomst", "An organisation without an agreement"),
    (Purpose.RESEARCH, Purpose.POLICY),
    timedelta(days=180),
)

_OF_THE_STANDARD = (
    columns.YEAR, columns.SEX, columns.AGE, columns.NATIONALITY, columns.FORM, columns.LABOUR_SECTOR, columns.REPORTER,
    columns.LEGAL_BASIS, columns.COUNTRY_OF_EXPLOITATION,
)  # fmt: skip
DATA_STANDARD = Product(
    Specification("htcds", k=11, diversity=2, columns=tuple(one.column for one in _OF_THE_STANDARD)),
    Text("Internationale gegevensstandaard (HTCDS)", "International data standard (HTCDS)"),
    Text(
        "Voor het Counter-Trafficking Data Collaborative, in de velden van de Human Trafficking Case Data Standard.",
        "For the Counter-Trafficking Data Collaborative, in the fields of the Human Trafficking Case Data Standard.",
    ),
    Text("Internationale Organisatie voor Migratie", "International Organization for Migration"),
    (Purpose.DATA_STANDARD,),
    timedelta(days=180),
    fixed={one.name: one.column.ladder[0].name for one in _OF_THE_STANDARD},
    standard=True,
)
_FOR_STATISTICS = (
    columns.YEAR, columns.SEX, columns.AGE_IN_YEARS, columns.COUNTRY, columns.REGION, columns.UNIT, columns.FORM,
    columns.PROSTITUTION_SECTOR, columns.LABOUR_SECTOR, columns.CRIMINAL_KIND, columns.REPORTER,
)  # fmt: skip
STATISTICS_NETHERLANDS = Product(
    Specification("statistics-netherlands", 1, 1, tuple(one.column for one in _FOR_STATISTICS), anonymous=False),
    Text("Levering aan het Centraal Bureau voor de Statistiek", "Delivery to Statistics Netherlands"),
    Text(
        "Onder een pseudoniem dat alleen deze ontvanger krijgt; uit meldingen van overheidsinstanties met een wet ervoor.",
        "Under a pseudonym that only this recipient gets; only from reports of public bodies with a law for it.",
    ),
    Text("Centraal Bureau voor de Statistiek", "Statistics Netherlands"),
    (Purpose.STATISTICS_NETHERLANDS,),
    timedelta(days=365),
    consent=Consent.STATISTICS_NETHERLANDS,
    public_bodies=True,
    fixed={one.name: one.column.ladder[0].name for one in _FOR_STATISTICS},
    to="Centraal Bureau voor de Statistiek",
)

_OPEN = (
    columns.YEAR, columns.FORM, columns.SEX, columns.AGE, columns.PUBLISHED_NATIONALITY, columns.REGION, columns.REPORTER,
)  # fmt: skip
OPEN = Product(
    Specification("open", FEWEST, 1, tuple(one.column for one in _OPEN), anonymous=False),
    Text("Open synthetische gegevens", "Open synthetic data"),
    Text(
        "Rijen waar niemand achter zit, gemaakt met differentiële privacy, met beschermde aantallen erbij.",
        "Rows that nobody is behind, made with differential privacy, with protected counts beside them.",
    ),
    Text("Iedereen", "Everybody"),
    (Purpose.PUBLICATION,),
    timedelta(days=5 * 365),
    fixed={one.name: one.column.ladder[0].name for one in _OPEN},
    budget=Budget(Decimal(4), DELTA),
)

PRODUCTS: Mapping[str, Product] = {one.name: one for one in (CONTRACTED, WIDER, DATA_STANDARD, STATISTICS_NETHERLANDS, OPEN)}
