"""Who may estimate, and read estimates: the permission and the one for exact counts, as estimates rest on those."""

from accounts.permissions import has, require
from accounts.roles import Permission
from reports.figures.policies import check_may_read_exact_figures, may_read_exact_figures
from safeguards.actors import Actor

ESTIMATES = Permission.ESTIMATE_POPULATION


def may_estimate(by: Actor) -> bool:
    return has(by, ESTIMATES) and may_read_exact_figures(by)


def check_may_estimate(by: Actor) -> None:
    require(by, ESTIMATES)
    check_may_read_exact_figures(by)
