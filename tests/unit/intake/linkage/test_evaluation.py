"""Measures of a clustering, checked by hand on small ones."""

import pytest

from intake.linkage.evaluation import evaluate


def test_same_clustering_is_perfect_whatever_the_labels():
    measured = evaluate({"a": 1, "b": 1, "c": 2}, {"a": "x", "b": "x", "c": "y"})
    assert (measured.precision, measured.recall, measured.f1, measured.bcubed_f1) == (1, 1, 1, 1)
    assert measured.person_count_error == 0


def test_everything_in_one_cluster_is_found_and_imprecise():
    measured = evaluate(dict.fromkeys("abcd", 1), {"a": 1, "b": 1, "c": 2, "d": 2})
    assert (measured.pairs_found, measured.pairs_true, measured.pairs_right) == (6, 2, 2)
    assert measured.precision == pytest.approx(1 / 3)
    assert (measured.recall, measured.bcubed_precision, measured.person_count_error) == (1, 0.5, -0.5)


def test_nothing_linked_is_precise_and_finds_nothing():
    measured = evaluate({"a": 1, "b": 2}, {"a": 1, "b": 1})
    assert (measured.precision, measured.recall, measured.f1, measured.bcubed_recall) == (1, 0, 0, 0.5)


@pytest.mark.parametrize(("found", "truth"), [({}, {}), ({"a": 1}, {"b": 1}), ({"a": 1}, {"a": 1, "b": 1})])
def test_different_reports_cannot_be_compared(found, truth):
    with pytest.raises(ValueError, match="same reports"):
        evaluate(found, truth)
