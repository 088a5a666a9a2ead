"""Anonymous signals stand beside reports, live and in editions, and are nobody's in any other figure."""

import json
from datetime import UTC, datetime

import pytest

from intake.models.anonymous_signal import AnonymousSignal
from reports.editions import repeating, services
from reports.editions.repeating import Outcome
from reports.figures.cuts import Cut
from reports.figures.definitions import BY_ID
from reports.figures.services import exact_figure, exact_figures
from reports.figures.tables import Table
from tests.cast import ANALYST, signed_in
from tests.integration.reports import edited
from tests.integration.reports.written import refresh_all, write

pytestmark = pytest.mark.django_db
SIGNALS = BY_ID["S.21"]


def leave(number: int = 1, *, year: int = 2019, quarter: int = 1, group: str = "fairwork", form: str = "AU") -> None:
    AnonymousSignal.objects.bulk_create(
        [AnonymousSignal(year=year, quarter=quarter, group=group, form=form) for _ in range(number)]
    )


def counts(table: Table, row: str) -> tuple[dict[str, int], int]:
    found = next(one.counts for one in table.rows if one.row.code == row)
    return dict(found.year), found.all


def live(cut: Cut = Cut()) -> Table:  # noqa: B008
    return exact_figure(figure=SIGNALS, cut=cut, by=edited.ANALYST).tables["S.21"]


def test_signals_are_counted_at_once_by_group_year_and_form_in_one_figure_and_in_all_together() -> None:
    write(group="fairwork", exploitation_types=("labour",))
    leave(2)
    leave(group="police", form="")
    refresh_all()
    for table in (live(), exact_figures(by=edited.ANALYST).tables["S.21"]):
        assert counts(table, "fairwork") == ({"2019": 1}, 1)
        assert counts(table, "signal:fairwork") == ({"2019": 2}, 2)
        assert counts(table, "signal:police") == ({"2019": 1}, 1)
    assert counts(live(Cut(form="AU")), "signal:police") == ({"2019": 0}, 0)
    assert exact_figures(by=edited.ANALYST).tables["2.1"].persons == 1


def test_year_of_which_there_are_only_signals_is_a_year_of_the_register() -> None:
    write(day="2018-06-01")
    leave(year=2020)
    refresh_all()
    assert live().columns == exact_figures(by=edited.ANALYST).tables["2.7"].columns == ("2018", "2019", "2020")
    assert counts(live(Cut(first=2020)), "signal:fairwork") == ({"2020": 1}, 1)


def test_page_and_json_give_the_part_that_remained_a_signal() -> None:
    for _ in range(30):
        write(group="fairwork", exploitation_types=("labour",))
    leave(60)
    refresh_all()
    client = signed_in(ANALYST)
    page = client.get("/figures/S.21", headers={"accept-language": "nl"}).content.decode()
    assert "60 (66,7%)" in page
    found = json.loads(client.get("/figures/S.21/files/figure.json").content)["table"]
    assert found["shares"]["FairWork: anonymous signals"]["year"] == {"2019": 66.7}


def test_edition_keeps_the_signals_of_quarters_that_had_begun_and_is_counted_again_to_the_same_bytes() -> None:
    write(group="fairwork", recorded=datetime(2019, 2, 1, tzinfo=UTC))
    leave(7)
    leave(5, quarter=3)
    row = edited.frozen(cutoff=datetime(2019, 6, 30, tzinfo=UTC), figures=(BY_ID["2.1"], SIGNALS))
    exact = services.exact_tables(edition=row.id, by=edited.ANALYST)["S.21"]
    assert counts(exact, "signal:fairwork")[1] == 7
    AnonymousSignal.objects.all().delete()
    with edited.few_figures((BY_ID["2.1"], SIGNALS)):
        assert repeating.repeat(number=row.number, by=edited.ANALYST).outcome is Outcome.SAME
