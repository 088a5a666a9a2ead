"""Decisions by the truth make weights that do better on decisions held out; noise and too few decisions make none."""

import numpy as np
import pytest

from benchmarks.fit_linkage import prepare
from intake.linkage import engine, refitting
from intake.linkage.columns import Compared
from intake.linkage.fellegi_sunter import chance, shipped
from intake.linkage.refitting import RefitRefusedError, refit

BY_HAND = shipped("by-hand").of_size(6_150)


def decisions(number: int) -> tuple[Compared, np.ndarray]:
    """What people would be asked about in a made-up register, decided by its truth."""
    one = prepare(77, counted=False, persons=4_000)
    scored = engine.score_all(one.frozen, one.left, one.right, shipped())
    asked = np.random.default_rng(5).permutation(len(scored.left))[:number]
    size = len(one.members)
    same = dict(zip((one.left * size + one.right).tolist(), one.same.tolist(), strict=True))
    left, right = scored.left[asked], scored.right[asked]
    return one.frozen.compare(left, right), np.array([same[key] for key in (left * size + right).tolist()])


@pytest.mark.parametrize("number", [500, 2_000])
def test_decisions_by_the_truth_make_better_weights(number):
    compared, same = decisions(number)
    found = refit(compared, same, BY_HAND, version="new")
    assert found.after.loss < 0.8 * found.before.loss
    assert (found.parameters.version, found.decisions) == ("new", number)
    assert found.parameters.weights != BY_HAND.weights
    assert found.parameters.upper == BY_HAND.upper


def test_noise_is_refused():
    """Answers that the present weights foretell as well as anything leave nothing to learn, but for the luck of a draw."""
    compared, _ = decisions(500)
    likely = chance(engine.weights_of(compared, shipped()))
    found = [gained(compared, np.random.default_rng(seed).random(500) < likely) for seed in range(8, 14)]
    assert found.count(None) >= 4
    assert all(share is None or share < 0.03 for share in found)


def gained(compared: Compared, same: np.ndarray) -> float | None:
    """The share of the loss that new weights take away; None where they are refused as worse."""
    try:
        made = refit(compared, same, shipped(), version="new")
    except RefitRefusedError:
        return None
    return 1 - made.after.loss / made.before.loss


def test_too_few_decisions_are_refused():
    compared, same = decisions(refitting.FEWEST - 1)
    with pytest.raises(RefitRefusedError, match="Decide more"):
        refit(compared, same, shipped(), version="new")
