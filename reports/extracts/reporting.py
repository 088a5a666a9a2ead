"""The risk and utility of an extract as numbers that may be shown before anybody approved it, and in words for its files."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.disclosure.microdata.protecting import Protected
from reports.disclosure.microdata.rows import subsets
from reports.disclosure.microdata.specification import Specification
from reports.disclosure.microdata.utility import Utility
from reports.extracts.products import Product
from reports.figures.rows import Text
from reports.releases.services import Purpose

# Rows are told in fives: a preview is no way to count persons.
_BASE = 5

PURPOSES: Mapping[Purpose, Text] = {
    Purpose.PUBLICATION: Text("Publicatie", "Publication"),
    Purpose.NATIONAL_RAPPORTEUR: Text("Nationaal Rapporteur", "National Rapporteur"),
    Purpose.STATISTICS_NETHERLANDS: Text("Centraal Bureau voor de Statistiek", "Statistics Netherlands"),
    Purpose.DATA_STANDARD: Text("Internationale gegevensstandaard (HTCDS)", "International data standard (HTCDS)"),
    Purpose.RESEARCH: Text("Onderzoek", "Research"),
    Purpose.POLICY: Text("Beleid", "Policy"),
    Purpose.OWN_ANALYSIS: Text("Eigen analyse", "Own analysis"),
}


PSEUDONYMISED = (
    Text(
        "Een rij is een persoon in een jaar, samengevoegd uit meldingen van overheidsinstanties alleen.",
        "A row is a person in a year, merged from reports of public bodies alone.",
    ),
    Text(
        "Een waarde die op de melding van een ander berust, is er niet in.",
        "A value that rests on the report of anybody else is not in it.",
    ),
    Text(
        "Wie dezelfde persoon is, heeft hetzelfde pseudoniem, onder een sleutel die voor deze ontvanger alleen is.",
        "The same person has the same pseudonym, under a key that is for this recipient alone.",
    ),
)


SYNTHETIC = (
    Text(
        "Geen rij is van iemand: de rijen zijn getrokken uit aantallen met ruis (pac-synth 0.0.8), en aangevuld uit dezelfde.",
        "No row is of anybody: rows are drawn from counts with noise (pac-synth 0.0.8), and completed from the same.",
    ),
    Text(
        "Differentiële privacy met epsilon 4 (3,5 voor rijen en aantallen, 0,5 voor vaste tabellen) en delta 0,000001.",
        "Differential privacy with epsilon 4 (3.5 for rows and counts, 0.5 for fixed tables) and delta 0.000001.",
    ),
    Text(
        "De eenheid is een persoon in een jaar; van wie in meer jaren is gemeld, verraden de jaren samen meer.",
        "The unit is a person in a year; of who was reported in several years, those together tell more.",
    ),
    Text(
        "Aantallen van één en twee kolommen lijken op de echte, die van meer veel minder: gebruik de aantallen ernaast.",
        "Counts of one and two columns resemble the real ones, those of more far less: use the counts beside them.",
    ),
)


def report_of(protected: Protected, lost: Utility, specification: Specification) -> dict[str, Any]:
    """Shares are between 0 and 1. alone: subsets of up to four columns on which somebody was alone, of how many."""
    before, after = protected.before, protected.after
    return {
        "rows": round(after.rows / _BASE) * _BASE,
        "k": specification.k,
        "smallest": after.smallest,
        "below_k": round(before.below_k / max(before.rows, 1), 4),
        "alone": len(before.alone),
        "subsets": len(subsets(len(protected.rows.names))),
        "uniform": sum(before.uniform.values()),
        "blank": {name: round(share, 4) for name, share in lost.blank.items()},
        "distance_1": round(lost.distance_1, 4),
        "distance_2": round(lost.distance_2, 4),
    }


def notes_of(product: Product, report: Mapping[str, Any]) -> Sequence[Text]:
    """How it was protected and what that cost."""
    specification = product.specification
    if product.budget:
        return SYNTHETIC
    if not specification.anonymous:
        return PSEUDONYMISED
    k, diversity = specification.k, specification.diversity
    blank, one, two = max(report["blank"].values(), default=0.0), report["distance_1"], report["distance_2"]
    return (
        Text(
            "Een rij is een persoon in een jaar, met alleen wat voor dit doel mag worden gebruikt: niet de hele registratie.",
            "A row is a person in a year, with only what may be used for this purpose: not the whole register.",
        ),
        Text(
            f"Elke combinatie van kenmerken waaraan iemand te herkennen is, komt minstens {k} keer voor (k-anonimiteit).",
            f"Each combination of what a person may be found by is there at least {k} times (k-anonymity).",
        ),
        Text(
            f"In zo'n groep heeft elk gevoelig kenmerk minstens {diversity} waarden, of het is weggelaten (l-diversiteit).",
            f"Within such a group each sensitive column has at least {diversity} values, or it is left out (l-diversity).",
        ),
        Text(
            "Geen rij is de enige met een combinatie van waarden van hoogstens vier kolommen.",
            "No row is the only one with a combination of values of up to four columns.",
        ),
        Text(
            f"Geen rij is verwijderd; 'suppressed' is een weggelaten waarde, in één kolom hoogstens {blank:.1%} van de rijen.",
            f"No row was removed; 'suppressed' is a value left out, of at most {blank:.1%} of the rows in one column.",
        ),
        Text(
            f"Tabellen van één kolom wijken gemiddeld {one:.1%} af, die van twee {two:.1%}.",
            f"Tables of one column differ by {one:.1%} on average, those of two by {two:.1%}.",
        ),
        Text(
            "Probeer niemand te herkennen en geef de gegevens aan niemand door. Verwijder ze na de laatste dag.",
            "Do not try to recognise anybody and do not pass the data on. Delete it after the last day.",
        ),
    )
