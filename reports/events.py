"""Names of audit events of this package."""

EXACT_FIGURES_READ = "figures.exact-read"
FIGURES_REBUILT = "figures.rebuilt"
PERSON_YEAR_READ = "figures.person-year-read"
