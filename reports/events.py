"""Names of audit events of this package."""

from django.utils.translation import gettext_lazy as _

from safeguards.actions import action

EXACT_FIGURES_READ = action("figures.exact-read", _("Exact figures read"))
FIGURES_REBUILT = action("figures.rebuilt", _("Figures counted anew"))
EDITION_ASKED = action("editions.asked", _("Edition asked for"))
EDITION_FROZEN = action("editions.frozen", _("Edition frozen"))
EDITION_PUBLISHED = action("editions.published", _("Edition published"))
EDITION_SUPERSEDED = action("editions.superseded", _("Edition superseded by a newer one"))
EDITION_WITHDRAWN = action("editions.withdrawn", _("Edition withdrawn"))
EDITION_REPEATED = action("editions.repeated", _("Edition counted again and compared"))
EDITION_READ_EXACT = action("editions.exact-read", _("Exact figures of an edition read"))
PERSON_YEAR_READ = action("figures.person-year-read", _("Data of a person in a year read"))
AGGREGATES_DELIVERED = action("aggregates.delivered", _("Aggregates of another source uploaded"))
AGGREGATES_ACCEPTED = action("aggregates.accepted", _("Aggregates of another source accepted"))
AGGREGATES_REJECTED = action("aggregates.rejected", _("Aggregates of another source rejected"))
AGGREGATES_TAKEN_BACK = action("aggregates.taken-back", _("Aggregates of another source taken back by their uploader"))
FIGURES_DELIVERY_ORDERED = action("figures.delivery-ordered", _("Delivery of figures ordered"))
FIGURES_DELIVERY_MADE = action("figures.delivery-made", _("Delivery of figures made"))
FIGURES_DELIVERY_READ = action("figures.delivery-read", _("Delivery of figures taken"))
RELEASE_RECORDED = action("releases.recorded", _("Something left the register, and stands in the ledger"))
RELEASE_REFUSED = action("releases.refused", _("Something was refused to leave the register"))
ESTIMATE_ASKED = action("estimates.asked", _("Estimate asked for"))
ESTIMATE_CANCELLED = action("estimates.cancelled", _("Estimate cancelled"))
ESTIMATE_MADE = action("estimates.made", _("Estimate made"))
ESTIMATE_READ = action("estimates.read", _("Estimate read"))
ESTIMATE_TABLE_READ = action("estimates.table-read", _("Exact overlap of lists taken"))
