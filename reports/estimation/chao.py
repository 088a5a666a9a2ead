"""Lower bounds for the total under differing chances to be seen, with an effect of each list: no model is searched.

Rivest and Baillargeon 2007, Biometrics 63(4):999-1006, section 3: persons on one or two lists follow the list effects; the
numbers on three and more are left free each. Without list effects it is Chao 1987, Biometrics 43(4):783-791.
"""

import numpy as np

from reports.estimation.histories import OverlapTable, lists_per_history
from reports.estimation.loglinear import Floats

STEPS = 50


def lower_bound(table: OverlapTable) -> float | None:
    """The bound in persons, seen and unseen; every list has a person. None where it has no finite value."""
    lists = len(table.lists)
    times = lists_per_history(lists)
    seen = np.bincount(times, weights=table.counts, minlength=lists + 1)
    if seen[1] == 0 or seen[2] == 0:
        return None
    used = np.flatnonzero((times > 0) & (seen[times] > 0))
    effects = (used[:, None] >> np.arange(lists)) & 1
    free = [times[used] == size for size in range(3, lists + 1) if seen[size] > 0]
    design = np.column_stack((np.ones(len(used)), effects, *free)).astype(np.float64)
    return table.observed + float(np.exp(_fitted(design, table.counts[used])[0]))


def _fitted(design: Floats, counts: Floats) -> Floats:
    """Coefficients of a Poisson regression by iterated weighted least squares."""
    means = counts + 0.1
    logs = np.log(means)
    for _ in range(STEPS):
        weighted = design * np.sqrt(means)[:, None]
        aim = (logs + counts / means - 1) * np.sqrt(means)
        coefficients = np.linalg.lstsq(weighted, aim)[0]
        logs = design @ coefficients
        means = np.exp(logs)
    return np.asarray(coefficients, dtype=np.float64)
