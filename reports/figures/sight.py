"""Figures that the publication asks for and no registration has, declared: technology, places, leads, basis of reports."""

from collections.abc import Iterator

from intake.codes import lists
from intake.codes.lists import CodeList
from reports.figures import caveats
from reports.figures.declaring import Chart, Figure, Unit
from reports.figures.rows import UNKNOWN_ROW, Row, Text, listed


def _rows(codes: CodeList) -> tuple[Row, ...]:
    return listed(codes, ("", *reversed(codes.codes)))


def _rows_once_counted(codes: CodeList) -> Iterator[Row]:
    """For a long list: the name with its code where two places are called the same."""
    names = [row.label_en for row in codes.rows.values()]
    for code, row in codes.rows.items():
        several = f" ({code})" if names.count(row.label_en) > 1 else ""
        yield Row(code, Text(row.label_nl + several, row.label_en + several), when_counted=True)


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
        rows=_rows(lists.PLATFORMS),
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
        rows=_rows(lists.DEMAND_CHANNELS),
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
        rows=_rows(lists.MONEY_FLOWS),
        by_form=True,
        chart=Chart.MULTIPLES,
        caveats=(caveats.NEWLY_ASKED,),
    ),
    Figure(
        id="S.6",
        title=Text("Waar de uitbuiting plaatsvond", "Where the exploitation took place"),
        counts="places",
        source=caveats.REGISTER,
        rows=_rows(lists.EXPLOITATION_PLACES),
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
)
