"""Figures that the publication asks for and no registration has, declared: technology, places, steps, B8, help, signals."""

from collections.abc import Iterator

from intake.codes import lists, waits
from intake.codes.lists import CodeList
from reports.figures import caveats
from reports.figures.declaring import SIGNAL, Chart, Figure, Unit
from reports.figures.rows import UNKNOWN_ROW, Row, Text, listed
from reports.personyears.merge import GAPS
from reports.personyears.steps import HELPED, NOT_HELPED


def _rows(codes: CodeList) -> tuple[Row, ...]:
    """For a stack: the first of the list is its lowest part."""
    return listed(codes, ("", *reversed(codes.codes)))


def _panels(codes: CodeList) -> tuple[Row, ...]:
    """In the order of the list, for a chart that is read from its first row on; the unknown last."""
    return listed(codes, (*codes.codes, ""))


def _rows_once_counted(codes: CodeList) -> Iterator[Row]:
    """For a long list: the name with its code where two places are called the same."""
    names = [row.label_en for row in codes.rows.values()]
    for code, row in codes.rows.items():
        several = f" ({code})" if names.count(row.label_en) > 1 else ""
        yield Row(code, Text(row.label_nl + several, row.label_en + several), when_counted=True)


def _left_open() -> Iterator[Row]:
    """Each group with its reports, and below it the fields that it left open."""
    for code, group in lists.REPORTER_GROUPS.rows.items():
        yield Row(code, Text(group.label_nl, group.label_en))
        for name in GAPS:
            label = GAP_LABELS[name]
            text = Text(f"{group.label_nl}: {label.nl} onbekend", f"{group.label_en}: {label.en} unknown")
            yield Row(f"{code}:{name}", text, share_of=(code,))


def _beside_signals() -> Iterator[Row]:
    """Each group with its reports, and below it the signals that are of nobody."""
    for code, group in lists.REPORTER_GROUPS.rows.items():
        yield Row(code, Text(f"{group.label_nl}: meldingen", f"{group.label_en}: reports"))
        label = Text(f"{group.label_nl}: anonieme signalen", f"{group.label_en}: anonymous signals")
        yield Row(SIGNAL + code, label, share_of=(code, SIGNAL + code))


GAP_LABELS = {
    "exploitation_types": Text("vorm van uitbuiting", "type of exploitation"),
    "sex": Text("geslacht", "sex"),
    "nationalities": Text("nationaliteit", "nationality"),
    "age": Text("leeftijd", "age"),
    "municipality_of_exploitation": Text("gemeente van uitbuiting", "municipality of exploitation"),
    "exploitation_places": Text("plaats van uitbuiting", "place of exploitation"),
}
WAITED = {
    waits.WEEK: Text("hoogstens een week", "a week at most"),
    waits.MONTH: Text("een week tot een maand (31 dagen)", "a week to a month (31 days)"),
    waits.THREE_MONTHS: Text("een tot drie maanden", "one to three months"),
    waits.HALF_YEAR: Text("drie maanden tot een half jaar", "three months to half a year"),
    waits.LONGER: Text("langer dan een half jaar", "longer than half a year"),
}
SIGHT = (
    Figure(
        id="S.1",
        title=Text("Rol van technologie bij seksuele uitbuiting", "Role of technology in sexual exploitation"),
        counts="technology_role",
        source=caveats.REGISTER,
        rows=_rows(lists.TECHNOLOGY_ROLES),
        among="sexual",
        by_form=True,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.2",
        title=Text("Waar slachtoffer en dader elkaar ontmoetten", "Where victim and offender met"),
        counts="meeting_places",
        source=caveats.REGISTER,
        rows=_panels(lists.PLATFORMS),
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED, caveats.SEVERAL_ROWS),
    ),
    Figure(
        id="S.3",
        title=Text("Hoe de vraag werd gevonden", "How demand was found"),
        counts="demand_channel",
        source=caveats.REGISTER,
        rows=_panels(lists.DEMAND_CHANNELS),
        by_form=True,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.4",
        title=Text("Hoe het slachtoffer met technologie werd beheerst", "How the victim was controlled with technology"),
        counts="technology_control",
        source=caveats.REGISTER,
        rows=_rows(lists.TECHNOLOGY_CONTROL),
        by_form=True,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.5",
        title=Text("Hoe het geld liep", "How money moved"),
        counts="money_flow",
        source=caveats.REGISTER,
        rows=_panels(lists.MONEY_FLOWS),
        by_form=True,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.6",
        title=Text("Waar de uitbuiting plaatsvond", "Where the exploitation took place"),
        counts="places",
        source=caveats.REGISTER,
        rows=_panels(lists.EXPLOITATION_PLACES),
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED, caveats.SEVERAL_ROWS),
    ),
    Figure(
        id="S.7",
        title=Text("Meest voorkomende landen van uitbuiting", "Most frequent countries of exploitation"),
        counts="countries",
        source=caveats.REGISTER,
        row_names=lists.COUNTRIES,
        ranked=True,
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED, caveats.SEVERAL_ROWS),
    ),
    Figure(
        id="S.8",
        title=Text("Aanknopingspunten voor opsporing in Nederland", "Investigative leads in the Netherlands"),
        counts="investigative_leads",
        source=caveats.REGISTER,
        rows=_rows(lists.INVESTIGATIVE_LEADS),
        by_form=True,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.9",
        title=Text("Gemeente van uitbuiting, per jaar", "Municipality of exploitation, per year"),
        counts="municipality_of_exploitation",
        source=caveats.REGISTER,
        rows=(UNKNOWN_ROW, *_rows_once_counted(lists.MUNICIPALITIES)),
        chart=Chart.REGIONS,
        caveats=(caveats.PLACE_IS_STATED,),
    ),
    Figure(
        id="S.10",
        title=Text("Gedwongen orgaanverwijdering", "Forced organ removal"),
        counts="organ_removal",
        source=caveats.REGISTER,
        rows=_rows(lists.ORGAN_REMOVAL),
        among="organ",
        caveats=(caveats.PERSON_YEARS,),
    ),
    Figure(
        id="S.11",
        title=Text("Meldingen met en zonder wettelijke grondslag", "Reports with and without a legal basis"),
        counts="bases",
        source=caveats.REGISTER,
        rows=(
            Row("with-basis", Text("met grondslag", "with a legal basis")),
            Row("without-basis", Text("zonder grondslag, met toestemming", "without a legal basis, with consent")),
        ),
        unit=Unit.REPORTS,
        by_form=True,
        chart=Chart.LINES,
        adds_up=False,
        caveats=(caveats.BASIS_OF_REPORTS,),
    ),
    Figure(
        id="S.12",
        title=Text("Stappen die slachtoffers doorliepen", "Phases that victims went through"),
        counts="phases_reached",
        source=caveats.REGISTER,
        rows=_panels(lists.PHASES),
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.STEPS_STATED, caveats.SEVERAL_ROWS),
    ),
    Figure(
        id="S.13",
        title=Text("Hulp en opvang een half jaar na de melding", "Help and shelter half a year after the report"),
        counts="help_after_half_a_year",
        source=caveats.REGISTER,
        rows=(
            UNKNOWN_ROW,
            Row(NOT_HELPED, Text("zonder hulp of opvang", "without help or shelter"), share_of=(NOT_HELPED, HELPED)),
            Row(HELPED, Text("met hulp of opvang", "with help or shelter")),
        ),
        by_form=True,
        caveats=(caveats.HELP_AFTER,),
    ),
    Figure(
        id="S.14",
        title=Text("Stappen in de B8-procedure", "Steps in the B8 procedure"),
        counts="b8_steps_taken",
        source=caveats.REGISTER,
        rows=_panels(lists.B8_STATES),
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.STEPS_STATED, caveats.SEVERAL_ROWS),
    ),
    Figure(
        id="S.15",
        title=Text("Wachttijd op het besluit over B8", "Waiting time for the decision on B8"),
        counts="b8_wait",
        source=caveats.REGISTER,
        rows=(
            Row(waits.LONGER, Text("langer dan een half jaar", "longer than half a year")),
            Row("half-year", Text("drie maanden tot een half jaar", "three months to half a year")),
            Row("three-months", Text("een tot drie maanden", "one to three months")),
            Row("month", Text("hoogstens een maand (31 dagen)", "a month (31 days) at most")),
        ),
        known_only=True,
        by_form=True,
        caveats=(caveats.WAIT_FROM_REQUEST,),
    ),
    Figure(
        id="S.16",
        title=Text("Verblijfsprocedure, Dublin en B8", "Residence procedure, Dublin and B8"),
        counts="residence_route",
        source=caveats.REGISTER,
        rows=_rows(lists.RESIDENCE_ROUTES),
        by_form=True,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.17",
        title=Text("Land van de eerste asielaanvraag", "Country of the first asylum request"),
        counts="first_asylum_country",
        source=caveats.REGISTER,
        row_names=lists.COUNTRIES,
        ranked=True,
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.18",
        title=Text("Reden van sepot", "Reason of dismissal"),
        counts="dismissal_reason",
        source=caveats.REGISTER,
        rows=_rows(lists.DISMISSAL_REASONS)[1:],
        known_only=True,
        by_form=True,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.19",
        title=Text("Gemeente van verblijf, per jaar", "Municipality of residence, per year"),
        counts="municipality_of_residence",
        source=caveats.REGISTER,
        rows=(UNKNOWN_ROW, *_rows_once_counted(lists.MUNICIPALITIES)),
        chart=Chart.REGIONS,
        caveats=(caveats.RESIDENCE_IS_STATED,),
    ),
    Figure(
        id="S.20",
        title=Text("Wat melders open laten", "What reporters leave open"),
        counts="reports_and_gaps",
        source=caveats.REGISTER,
        rows=tuple(_left_open()),
        unit=Unit.REPORTS,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.LEFT_OPEN,),
    ),
    Figure(
        id="S.21",
        title=Text("Anonieme signalen naast meldingen, naar melder", "Anonymous signals beside reports, by reporter"),
        counts="groups",
        signals_by="group",
        source=caveats.REGISTER_AND_SIGNALS,
        rows=tuple(_beside_signals()),
        unit=Unit.REPORTS,
        by_form=True,
        adds_up=False,
        chart=Chart.MULTIPLES,
        caveats=(caveats.SIGNALS_ARE_OF_NOBODY, caveats.WHAT_CONSENT_COSTS),
    ),
    Figure(
        id="S.22",
        title=Text("Politieregio van uitbuiting, per jaar", "Police region of exploitation, per year"),
        counts="police_region",
        source=caveats.REGISTER,
        rows=_rows(lists.POLICE_REGIONS),
        chart=Chart.REGIONS,
        caveats=(caveats.REGION_OF_MUNICIPALITY,),
    ),
    Figure(
        id="S.23",
        title=Text("Tijd van melding tot meetellen", "Time from report to figure"),
        counts="wait_to_count",
        source=caveats.REGISTER,
        rows=(UNKNOWN_ROW, *(Row(band, WAITED[band]) for band in reversed(waits.BANDS))),
        caveats=(caveats.UNTIL_IT_COUNTS,),
    ),
)
