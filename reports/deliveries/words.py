"""The words that a delivery says beside the figures, in both languages. Data only: the files do not depend on who asks."""

from reports.figures.declaring import Unit
from reports.figures.rows import Text

RECIPIENT = Text(
    "Nationaal Rapporteur Mensenhandel en Seksueel Geweld tegen Kinderen",
    "National Rapporteur on Trafficking in Human Beings and Sexual Violence against Children",
)
TITLE = Text("Jaarlijkse levering", "Yearly delivery")
EDITION = Text("Editie", "Edition")
PERIOD = Text("Periode", "Period")
CUTOFF = Text("Bijgewerkt tot en met", "As of")
PUBLISHED = Text("Gepubliceerd", "Published")
PROTECTION = Text("Bescherming", "Protection")
DIGEST = Text("SHA-256 van de editie", "SHA-256 of the edition")
FIGURES = Text("Figuren", "Figures")
EXPLANATION = Text("Toelichting", "Explanation")
PROTECTED = Text(
    "Geen getal is precies: alle aantallen zijn samen beschermd, op een veelvoud van {base}, minder dan {base} van het "
    "echte aantal (methode {method}). Rijen tellen op tot hun totaal. Een 0 kan iemand zijn.",
    "No number is exact: all counts are protected together, to a multiple of {base}, less than {base} from the true one "
    "(method {method}). Rows add up to their total. A 0 can be somebody.",
)
POPULATION = Text("Populatie", "Population")
AMONG = Text("Alleen met", "Only with")
UNIT = Text("Eenheid", "Unit")
UNITS = {
    Unit.PERSON_YEARS: Text("persoonsjaren", "person-years"),
    Unit.REPORTS: Text("meldingen, één per persoonsjaar en rij", "reports, one per person-year and row"),
}
PERSONS = Text(
    "Verschillende personen in deze populatie, over alle jaren", "Distinct persons in this population, over all years"
)
BY_YEAR = Text("per jaar", "by year")
BY_FORM = Text("per vorm", "by form")
ALL = Text("alle", "all")
RANK = Text("rang", "rank")
SHARE = Text("aandeel in %", "share in %")
OTHER_SOURCES = Text("Andere bronnen", "Other sources")
OF_OTHERS = Text(
    "Wat anderen publiceerden over daders en verblijf: hun getallen, met hun voetnoten. Er is niets uit berekend, en reeksen "
    "zijn niet samengevoegd.",
    "What others published about offenders and residence: their numbers, with their footnotes. Nothing is computed from them, "
    "and series are not joined.",
)
TOTAL = Text("totaal", "total")
MEAN_AGE = Text("gemiddelde leeftijd", "mean age")
COVERED = Text("In de figuur", "In the figure")
CAVEATS = Text("Let op bij het lezen", "Read with care")
SOURCE = Text("Bron", "Source")
FORMS = Text("Vormen", "Forms")
