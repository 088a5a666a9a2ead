"""What can be asked for, as data: the kinds of extract with their columns, recipients, purposes and how long they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from accounts.reporters import Purpose as Consent
from reports.disclosure.microdata.specification import Specification
from reports.extracts import columns
from reports.figures.rows import Text
from reports.releases.services import Purpose


@dataclass(frozen=True)
class Product:
    """consent: what must cover each contribution. public_bodies: of reporters alone that are one."""

    specification: Specification
    title: Text
    text: Text
    recipient: Text
    purposes: tuple[Purpose, ...]
    longest: timedelta
    consent: Consent = Consent.RESEARCH_EXTRACT
    public_bodies: bool = False

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

PRODUCTS: Mapping[str, Product] = {one.name: one for one in (CONTRACTED, WIDER)}
