"""How well linkage does, for who answers for it: estimates with their intervals, and what they rest on. It decides nothing."""

from collections.abc import Iterable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.labels import GROUPS
from accounts.roles import Permission
from accounts.web import current_actor, needs
from intake.codes.lists import REGIONS
from intake.matching import proof, quality_sample, sampling
from intake.matching.estimates import Interval
from intake.matching.quality import ENOUGH, ENOUGH_READ_TWICE, Group, Progress, Within, measure, protected
from intake.matching.quality_sample import Stratum
from intake.web.review_names import SOURCES

Text = str | Promise

STRATA: dict[Stratum, Text] = {
    Stratum.BELOW: gettext_lazy("Just too unlike to ask about"),
    Stratum.LOWER_QUESTIONS: gettext_lazy("Questions, less alike"),
    Stratum.UPPER_QUESTIONS: gettext_lazy("Questions, more alike"),
    Stratum.LINKED: gettext_lazy("Linked, near the bound"),
    Stratum.SURELY_LINKED: gettext_lazy("Linked, well above it"),
}
# A proof that runs by night and ended before this has missed one.
MISSED = timedelta(hours=36)
REPORTERS: dict[str, Text] = {**{group.value: name for group, name in GROUPS.items()}, **SOURCES}
# Landis and Koch, Biometrics 33 (1977), in words that do not judge more than they did.
KAPPAS: tuple[tuple[float, Text], ...] = (
    (0.8, gettext_lazy("nearly always the same answer")),
    (0.6, gettext_lazy("mostly the same answer")),
    (0.4, gettext_lazy("the same answer in a fair part")),
    (-1.0, gettext_lazy("little more than chance: look at what the two see differently")),
)


@needs(Permission.READ_LINKAGE_QUALITY)
@require_safe
def quality(request: HttpRequest) -> HttpResponse:
    found = measure(by=current_actor(request))
    proven = proof.last_finished()
    content = {
        "overall": _row(_("All pairs"), found.overall),
        "regions": [_row(_region(group), group) for group in found.by_region],
        "reporters": [_row(REPORTERS[group.code], group) for group in found.by_reporter],
        "progress": [_line(one) for one in found.progress],
        "agreement": found.agreement,
        "kappa": _kappa(found.agreement.kappa),
        "enough": ENOUGH,
        "enough_read_twice": ENOUGH_READ_TWICE,
        "kept_below": sampling.KEPT_BELOW,
        "wanted": quality_sample.WANTED,
        "unread": _unread(found.progress),
        "proof": proven,
        "missed": proven is not None and timezone.now() - proven.when > MISSED,
    }
    return render(request, "intake/review_quality.html", content)


def _row(name: Text, group: Group) -> tuple[Text, str, str, str]:
    return name, _count(group.answered), _told(group.precision), _told(group.recall)


def _line(one: Progress) -> tuple[Text, Progress, str, str]:
    return STRATA[one.stratum], one, _count(protected(one.same)), _count(protected(one.unclear))


def _count(found: Within | None) -> str:
    if found is None:
        return _("fewer than %(enough)s") % {"enough": ENOUGH}
    low, high = (number_format(number, decimal_pos=0) for number in (found.low, found.high))
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _told(found: Interval | None) -> str:
    """Rounded to whole percents: what the sample can carry."""
    if found is None:
        return _("too few reviewed")
    value, low, high = (number_format(round(100 * part), decimal_pos=0) for part in (found.value, found.low, found.high))
    return _("%(value)s%% (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}


def _kappa(found: Interval | None) -> tuple[str, Text] | None:
    if found is None:
        return None
    # Adding nothing turns a zero below zero into zero.
    value, low, high = (number_format(round(part, 2) + 0.0, decimal_pos=2) for part in (found.value, found.low, found.high))
    words = next(words for bound, words in KAPPAS if found.value >= bound)
    return _("%(value)s (%(low)s to %(high)s)") % {"value": value, "low": low, "high": high}, words


def _region(group: Group) -> str:
    return capfirst(REGIONS.label(group.code, "nl" if get_language() == "nl" else "en"))


def _unread(progress: Iterable[Progress]) -> list[Text]:
    """Strata that have pairs of which none is read: while there are any, what rests on them cannot be estimated."""
    return [STRATA[one.stratum] for one in progress if one.stands_for and one.read == one.unclear]
