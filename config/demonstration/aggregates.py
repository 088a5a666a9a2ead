"""The published aggregates of three documents, uploaded and accepted as an analyst and a second person would do it."""

from dataclasses import replace
from pathlib import Path

from accounts.demonstration import REGISTRY
from accounts.roles import Role
from config.demonstration.channels import Organisations, member
from reports.aggregates import selectors, services

DATA = Path(__file__).parent / "data" / "aggregates"
SECOND = "demonstration-second-person"


def load(organisations: Organisations) -> None:
    """The name of a file is its source. A source that delivered before is left as it is."""
    uploader = member(organisations[REGISTRY], Role.ANALYST)
    second = replace(member(organisations[REGISTRY], Role.RELEASE_APPROVER), id=SECOND)
    present = {one.source for one in selectors.deliveries(by=uploader)}
    for path in sorted(DATA.glob("*.csv")):
        if path.stem not in present:
            made = services.deliver(source=path.stem, content=path.read_bytes(), by=uploader)
            services.accept(delivery=made, by=second)
