"""Splink on a real Spark of this machine compares every pair as our own engine does, and leaves nothing on disk."""

from intake.relinking import on_spark, running
from intake.relinking.spill import spill_folder
from tests import relinked
from tests.relinked import EVERY_PAIR


def test_every_pair_has_the_levels_and_weight_of_our_engine_and_the_disk_is_as_before(tmp_path, monkeypatch):
    temporary, parent, here = (tmp_path / name for name in ("temporary", "parent", "here"))
    for folder in (temporary, parent, here):
        folder.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.chdir(here)
    expected = relinked.own(250, 11, EVERY_PAIR)
    with spill_folder(parent) as spill:
        found = running.relink(expected.frozen, on_spark.opened_at("local[2]"), spill, EVERY_PAIR)
        seen = list(spill.rglob("*.parquet"))
    assert found.compared == expected.compared > 100
    assert relinked.pairs(found.scored) == expected.pairs
    assert found.furthest < 0.001
    assert len(seen) > 10
    assert [path for folder in (temporary, parent, here) for path in folder.rglob("*") if path.is_file()] == []
