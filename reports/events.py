"""Names of audit events of this package."""

from django.utils.translation import gettext_lazy as _

from safeguards.actions import action

EXACT_FIGURES_READ = action("figures.exact-read", _("Exact figures read"))
FIGURES_REBUILT = action("figures.rebuilt", _("Figures counted anew"))
PERSON_YEAR_READ = action("figures.person-year-read", _("Data of a person in a year read"))
