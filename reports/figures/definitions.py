"""The monitor's figures, declared: rows in order, population, unit, axes and caveats. A new figure is a declaration, not code.

It holds data only; compute counts, tables lays out, services reads and protects. Source of the declarations: the
Slachtoffermonitor mensenhandel 2015-2019, chapter 2.
"""

from intake.codes.lists import (
    AGE_BANDS,
    CODE_LISTS,
    CRIMINAL_KINDS,
    FORMS,
    LABOUR_SECTORS,
    POLICE_UNITS,
    PROSTITUTION_SECTORS,
    REGIONS,
    REPORTER_GROUPS,
    SEXES,
)
from reports.figures import caveats
from reports.figures.declaring import Chart, Figure, Period, Unit, by_id
from reports.figures.rows import UNKNOWN_ROW, Row, Text, listed, other_combinations
from reports.figures.sight import SIGHT
from reports.personyears.populations import Population

# Raise it with every change that counts differently: what was counted under another version is counted anew.
VERSION = "7"

POPULATIONS = (
    Row("registered", Text("geregistreerd", "registered")),
    Row("without-emm-only", Text("geregistreerd, zonder alleen EMM", "registered, excluding EMM-only")),
    Row(
        "base",
        Text(
            "geregistreerd, zonder alleen EMM en zonder seksuele uitbuiting die alleen de KMar meldde (basispopulatie)",
            "registered, excluding EMM-only and KMar-only sexual exploitation",
        ),
    ),
)
KNOWN_THROUGH_EMM = (
    Row("emm-only", Text("alleen EMM", "EMM only")),
    Row("emm-and-others", Text("EMM en ook door anderen gemeld", "EMM and reported by others")),
)
COMBINATIONS = (
    UNKNOWN_ROW,
    Row("criminal+organ", Text("criminele uitbuiting en gedwongen orgaanverwijdering", "criminal+organ")),
    Row("organ", Text("alleen gedwongen orgaanverwijdering", "organ")),
    Row("labour+criminal", Text("arbeids- en criminele uitbuiting", "labour+criminal")),
    Row("criminal", Text("alleen criminele uitbuiting", "criminal")),
    Row("labour", Text("alleen arbeidsuitbuiting", "labour")),
    Row("sexual+organ", Text("seksuele uitbuiting en gedwongen orgaanverwijdering", "sexual+organ")),
    Row("sexual+labour+criminal", Text("seksuele, arbeids- en criminele uitbuiting", "sexual+labour+criminal")),
    Row("sexual+labour", Text("seksuele en arbeidsuitbuiting", "sexual+labour")),
    Row("sexual+criminal", Text("seksuele en criminele uitbuiting", "sexual+criminal")),
    Row("sexual", Text("alleen seksuele uitbuiting", "sexual")),
)
REPORTED_BY_POLICE = (
    *listed(FORMS, ("", "AU", "BL-SU", "CU")),
    Row("GO-SU:not-african", Text("GO-SU (niet Afrikaans)", "GO-SU (non-African)")),
    Row("GO-SU:african", Text("GO-SU (Afrikaans)", "GO-SU (African)")),
)
VISIBILITY = (
    Row("less-visible", Text("minder zichtbaar", "less visible")),
    Row("more-visible", Text("meer zichtbaar", "more visible")),
)
LABOUR_ROWS = tuple(dict.fromkeys(row.attributes["figure_row"] for row in LABOUR_SECTORS.rows.values()))

MONITOR = (
    Figure(
        id="2.1",
        title=Text("Geregistreerde slachtoffers per jaar", "Registered victims per year"),
        counts="populations",
        source=caveats.REGISTER,
        rows=POPULATIONS,
        population=Population.REGISTERED,
        adds_up=False,
        chart=Chart.LINES,
        caveats=(caveats.PERSON_YEARS, caveats.EMM_UNSURE, caveats.KMAR_LEFT_OUT),
    ),
    Figure(
        id="2.2",
        title=Text("Slachtoffers bekend via het EMM, per jaar", "Victims known through EMM per year"),
        counts="emm",
        source=caveats.REGISTER,
        rows=KNOWN_THROUGH_EMM,
        population=Population.REGISTERED,
        known_only=True,
        caveats=(caveats.EMM_AFTERWARDS, caveats.EMM_UNSURE),
    ),
    Figure(
        id="2.3",
        title=Text(
            "Slachtoffers naar combinatie van uitbuitingsvormen, per jaar",
            "Victims by combination of exploitation types, per year",
        ),
        counts="combination",
        source=caveats.REGISTER,
        rows=(*COMBINATIONS, *other_combinations(COMBINATIONS)),
        chart=Chart.MULTIPLES,
        caveats=(caveats.PERSON_YEARS,),
    ),
    Figure(
        id="2.4a",
        title=Text(
            "Slachtoffers van seksuele uitbuiting naar sector indien bekend, per jaar",
            "Victims of sexual exploitation by sector where known, per year",
        ),
        counts="prostitution_sector",
        source=caveats.REGISTER,
        rows=listed(PROSTITUTION_SECTORS, ("other", "street", "escort-hotel", "home", "window", "brothel-club-private-house")),
        among="sexual",
        known_only=True,
        caveats=(caveats.KNOWN_SECTORS_ONLY, caveats.ONE_SECTOR),
    ),
    Figure(
        id="2.4b",
        title=Text(
            "Slachtoffers van seksuele uitbuiting naar zichtbaarheid van de sector, bekend of bijgeschat",
            "Victims of sexual exploitation by visibility of sector, known or imputed",
        ),
        counts="visibility",
        source=caveats.REGISTER,
        rows=VISIBILITY,
        among="sexual",
        strata=("region", "majority", "lead_reporter"),
        periods=(Period(2015, 2016), Period(2017, 2019)),
        caveats=(caveats.IMPUTATION,),
    ),
    Figure(
        id="2.5",
        title=Text("Slachtoffers van arbeidsuitbuiting naar sector", "Victims of labour exploitation by labour sector"),
        counts="labour_sector",
        source=caveats.REGISTER,
        rows=listed(LABOUR_SECTORS, ("", *reversed(LABOUR_ROWS))),
        among="labour",
        chart=Chart.MULTIPLES,
        caveats=(caveats.SECTORS_CODED_DIFFERENTLY, caveats.ONE_SECTOR),
    ),
    Figure(
        id="2.6",
        title=Text("Slachtoffers van criminele uitbuiting naar soort, per jaar", "Victims of criminal exploitation by kind"),
        counts="criminal_kind",
        source=caveats.REGISTER,
        rows=listed(CRIMINAL_KINDS, ("", *reversed(CRIMINAL_KINDS.codes))),
        among="criminal",
        first_year=2016,
        caveats=(caveats.KINDS_SINCE_2016, caveats.ONE_KIND),
    ),
    Figure(
        id="2.7",
        title=Text("Slachtoffers naar vorm van mensenhandel, per jaar", "Victims by form of human trafficking, per year"),
        counts="form",
        source=caveats.REGISTER,
        rows=listed(FORMS, ("", "CU", "AU", "BL-SU", "GO-SU")),
        caveats=(caveats.FORM_HIERARCHY, caveats.PERSON_YEARS),
    ),
    Figure(
        id="2.8",
        title=Text("Slachtoffers naar geslacht", "Victims by sex"),
        counts="sex",
        source=caveats.REGISTER,
        rows=listed(SEXES, ("", "male", "female")),
        by_form=True,
        caveats=(caveats.ADOPTED_GENDER,),
    ),
    Figure(
        id="T2.1",
        title=Text(
            "Meest voorkomende nationaliteiten, per jaar en per vorm", "Most frequent nationalities, per year and per form"
        ),
        counts="nationality",
        source=caveats.REGISTER,
        by_form=True,
        row_names=CODE_LISTS["countries"],
        ranked=True,
        chart=Chart.MULTIPLES,
        caveats=(caveats.TOP_FIVE, caveats.DUTCH_FIRST),
    ),
    Figure(
        id="2.9",
        title=Text("Slachtoffers naar herkomstregio", "Victims by region of origin"),
        counts="region",
        source=caveats.REGISTER,
        rows=listed(REGIONS, ("", "other", "latin-america", "asia", "africa", "europe", "netherlands")),
        by_form=True,
        caveats=(caveats.DUTCH_FIRST,),
    ),
    Figure(
        id="2.10",
        title=Text(
            "Slachtoffers naar leeftijd op het moment van de melding", "Victims by age group at the moment of the notification"
        ),
        counts="age_band",
        source=caveats.REGISTER,
        rows=listed(AGE_BANDS, ("", *reversed(AGE_BANDS.codes))),
        by_form=True,
        mean_of="age",
        caveats=(caveats.AGE_AT_REPORT,),
    ),
    Figure(
        id="2.11",
        title=Text("Meldingen naar melder", "Reports by reporter group"),
        counts="groups",
        source=caveats.REGISTER,
        rows=listed(REPORTER_GROUPS, ("other-reporters", "fairwork", "care-coordinators", "kmar", "iszw-do", "police")),
        unit=Unit.REPORTS,
        by_form=True,
        caveats=(caveats.ONE_PER_GROUP, caveats.DIFFERENT_CRITERIA),
    ),
    Figure(
        id="2.12",
        title=Text("Meldingen van de politie naar eenheid", "Police reports by regional unit"),
        counts="units",
        source=caveats.REGISTER,
        rows=(
            *listed(
                POLICE_UNITS,
                (
                    "landelijk",
                    "limburg",
                    "noord-holland",
                    "zeeland-west-brabant",
                    "midden-nederland",
                    "den-haag",
                    "amsterdam",
                    "oost-nederland",
                    "rotterdam",
                    "noord-nederland",
                    "oost-brabant",
                ),
            ),
            Row("", UNKNOWN_ROW.label, when_counted=True),
        ),
        unit=Unit.REPORTS,
        by_form=True,
        chart=Chart.REGIONS,
        caveats=(caveats.ONE_PER_UNIT, caveats.TER_APEL),
    ),
    Figure(
        id="2.13",
        title=Text(
            "Door de politie gemelde slachtoffers naar vorm, per jaar", "Victims reported by the police, by form, per year"
        ),
        counts="form_reported_by_police",
        source=caveats.REGISTER,
        rows=REPORTED_BY_POLICE,
        caveats=(caveats.FORM_HIERARCHY,),
    ),
)

FIGURES = (*MONITOR, *SIGHT)
BY_ID = by_id(FIGURES)
