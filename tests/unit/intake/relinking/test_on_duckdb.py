"""Splink on DuckDB compares every pair as our own engine does, and its folder is empty afterwards."""

from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import duckdb
import numpy as np
import pytest

from intake.linkage import engine
from intake.linkage.columns import Columns
from intake.linkage.fellegi_sunter import shipped
from intake.relinking import model, on_duckdb, running, tables
from intake.relinking.spill import spill_folder
from tests import relinked
from tests.described import record
from tests.relinked import EVERY_PAIR

NUMBER = {"v_number": "2801234567"}
# What the made-up register has too seldom: names in the other box, aliases, dates in parts, numbers.
PECULIAR = (
    record(),
    record(given_names=("Kabiru",), family_name="Mariama"),
    record(given_names=("Mariama", "Kabiru"), family_name=""),
    record(given_names=("Fatu",), aliases=("Mariama Kabiru",)),
    record(given_names=("M.",), aliases=("Fatu",), month=None, day=None),
    record(given_names=("Mariama", "Jane"), month=5, day=None),
    record(given_names=("Mariamajane",), day=5, month=None),
    record(given_names=("Mariana",), year=1995, place="Freetown"),
    record(given_names=("Bella",), day=1, month=1, year=1996, place="Free Town"),
    record(family_name="Kabir", day=5, month=17, estimated=True, **NUMBER),
    record(given_names=("Precious",), family_name="", year=1949, sex="male", nationalities=("NG", "SL"), **NUMBER),
    record(given_names=(), family_name="", v_number="2801234568", bsn="111222333"),
    record(year=1991, month=5, day=17, sex="", nationalities=("NG",), bsn="111222333"),
)


def relink(frozen, folder, parameters):
    with spill_folder(folder) as spill:
        return running.relink(frozen, on_duckdb.opened, spill, parameters)


def test_every_pair_of_a_made_up_register_has_the_levels_and_weight_of_our_engine(tmp_path):
    expected = relinked.own(600, 11, EVERY_PAIR)
    found = relink(expected.frozen, tmp_path, EVERY_PAIR)
    assert found.compared == expected.compared > 500
    assert relinked.pairs(found.scored) == expected.pairs
    assert found.furthest < 0.001


def test_every_two_peculiar_records_have_the_weight_of_our_engine(tmp_path, monkeypatch):
    """All pairs, whether they share a token or not."""
    frozen = Columns(PECULIAR).frozen()
    left, right = np.triu_indices(len(PECULIAR), k=1)
    expected = relinked.pairs(engine.score_all(frozen, left, right, EVERY_PAIR))
    settings = model.settings
    everybody = {"blocking_rules_to_generate_predictions": ["1 = 1"]}
    monkeypatch.setattr(model, "settings", lambda *given: settings(*given) | everybody)
    found = relink(frozen, tmp_path, EVERY_PAIR)
    assert relinked.pairs(found.scored) == expected
    assert found.furthest < 0.001


def test_pairs_under_the_bound_stay_in_the_engine(tmp_path):
    expected = relinked.own(600, 12, shipped())
    assert relinked.pairs(relink(expected.frozen, tmp_path, shipped()).scored) == expected.pairs


def test_a_token_that_more_than_the_cap_share_makes_no_pairs(tmp_path):
    frozen = Columns([record() for _ in range(4)]).frozen()
    assert relink(frozen, tmp_path, replace(shipped(), cap=4)).compared == 6
    worn = relink(frozen, tmp_path, replace(shipped(), cap=3))
    assert (worn.compared, len(worn.scored.left)) == (0, 0)
    assert worn.worn_tokens == engine.candidate_pairs(frozen, 3)[2] > 0


def test_records_that_say_nothing_are_no_pair(tmp_path):
    nothing = Columns([engine.Record(), engine.Record()]).frozen()
    assert relink(nothing, tmp_path, shipped()).compared == 0


def test_tables_hold_neither_digests_as_text_nor_ids_of_contributions(tmp_path):
    tables.write(Columns(PECULIAR).frozen(), shipped().cap, tmp_path)
    kinds = {
        (path.stem, name): str(kind)
        for path in tmp_path.iterdir()
        for read in (duckdb.read_parquet(str(path)),)
        for name, kind in zip(read.columns, read.types, strict=True)
    }
    assert set(kinds.values()) == {"BIGINT", "BIGINT[]", "BOOLEAN"}
    assert len(list(tmp_path.iterdir())) == 4


@pytest.mark.parametrize("ends_well", [True, False])
def test_nothing_is_left_on_disk(tmp_path, ends_well):
    seen: list[str] = []

    @contextmanager
    def opened(folder: Path):
        with on_duckdb.opened(folder) as database:
            yield database
            seen.extend(path.name for path in folder.iterdir())
            if not ends_well:
                raise RuntimeError

    frozen = Columns(PECULIAR).frozen()
    try:
        with spill_folder(tmp_path) as spill:
            running.relink(frozen, opened, spill, shipped())
    except RuntimeError:
        assert not ends_well
    assert "reports.parquet" in seen
    assert list(tmp_path.iterdir()) == []
