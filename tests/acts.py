"""The acts that stand in files of their own, together: what each part adds to the table of all services."""

from tests import (
    aggregates_acts,
    confirmed,
    consent_acts,
    draft_acts,
    edition_acts,
    ending_acts,
    estimated,
    extracted,
    figure_deliveries,
    released,
    review_acts,
    reviewed,
    rights_acts,
    unlocked,
    visitors_acts,
)

ACTS = {
    **aggregates_acts.ACTS,
    **confirmed.ACTS,
    **consent_acts.ACTS,
    **draft_acts.ACTS,
    **edition_acts.ACTS,
    **ending_acts.ACTS,
    **estimated.ACTS,
    **extracted.ACTS,
    **figure_deliveries.ACTS,
    **released.ACTS,
    **review_acts.ACTS,
    **reviewed.ACTS,
    **rights_acts.ACTS,
    **unlocked.ACTS,
    **visitors_acts.ACTS,
}
READS = (
    aggregates_acts.READS
    | confirmed.READS
    | ending_acts.READS
    | extracted.READS
    | review_acts.READS
    | rights_acts.READS
    | unlocked.READS
)
FILES = (
    "proof.py", "whole.py",
    "trail.py", "unlock.py", "searches.py", "copies.py", "rectifications.py", "rectifying.py", "erasing.py", "setting_aside.py",
    "terms.py", "exports.py", "reviews.py", "reminders.py", "withdrawals.py", "uses.py", "facts.py", "stops.py",
    "confirmations.py", "removals.py", "comparing.py", "quality.py", "relink.py", "refit.py",
    "freezing.py", "repeating.py", "exporting.py", "downloads.py", "links.py",
)  # fmt: skip
