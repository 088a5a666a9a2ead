"""From when on an installation lets a table carry no estimate: the thresholds of its settings."""

from django.conf import settings

from reports.estimation.reasons import Thresholds


def thresholds() -> Thresholds:
    """Shares and factors are set in percent."""
    return Thresholds(
        settings.BAKEN_ESTIMATE_SEEN_TWICE,
        settings.BAKEN_ESTIMATE_FAILED_PERCENT / 100,
        settings.BAKEN_ESTIMATE_FACTOR_PERCENT / 100,
    )
