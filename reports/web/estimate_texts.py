"""Words about estimates in the reader's language: lists, models, reasons, and the text that goes into a report."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from intake.codes.lists import AGE_BANDS, FORMS, REGIONS, REPORTER_GROUPS, SEXES, UNKNOWN, CodeList
from reports.estimation import histories, reasons
from reports.estimation.answer import ESTIMATE, RANGE, REFUSED
from reports.estimation.overlaps import EMM_LIST, OM_LIST
from reports.estimation.selection import EXHAUSTIVE_BIC, STEPWISE_AIC, STEPWISE_P
from reports.prevalence.parameters import JOINED, Parameters
from reports.prevalence.selectors import RunView

HUNDRED = 100
FEEDS: Mapping[str, str | Promise] = {EMM_LIST: "EMM", OM_LIST: gettext_lazy("OM letters")}
STATUSES: Mapping[str, tuple[str | Promise, str]] = {
    ESTIMATE: (gettext_lazy("estimate"), "green"),
    RANGE: (gettext_lazy("range only"), "yellow"),
    REFUSED: (gettext_lazy("refused"), "red"),
    "pooled": (gettext_lazy("estimate"), "green"),
}
STRATA: Mapping[str, tuple[str | Promise, CodeList]] = {
    "form": (gettext_lazy("form of trafficking"), FORMS),
    "sex": (gettext_lazy("sex"), SEXES),
    "age_band": (gettext_lazy("age band"), AGE_BANDS),
    "region": (gettext_lazy("region of origin"), REGIONS),
}
SEARCHES: Mapping[str, str | Promise] = {
    EXHAUSTIVE_BIC: gettext_lazy("all models, the lowest BIC"),
    STEPWISE_AIC: gettext_lazy("step by step by AIC, with a Wald test"),
    STEPWISE_P: gettext_lazy("step by step by the p-value of the overlap"),
}
ASSUMPTION = gettext_lazy(
    "The table cannot show how persons on no list differ from those on some list. The result holds only if no dependence among "
    "all lists at once sets them apart, if every person could come on each list, and if links between reports are right."
)
_REASONS: Mapping[str, str | Promise] = {
    reasons.FEW_SEEN_TWICE: gettext_lazy(
        "Fewer than {fewest} are on exactly two lists: chance alone would decide the estimate."
    ),
    reasons.NO_ESTIMATE: gettext_lazy("No model that was looked at has a finite total that the overlaps determine."),
    reasons.FAILING_REPLICATES: gettext_lazy(
        "More than {failed}% of the replicates have no estimate: the table hangs on a few persons."
    ),
    reasons.NO_UPPER_LIMIT: gettext_lazy("The data set no upper limit to the total."),
    reasons.MODELS_DIFFER: gettext_lazy(
        "The models that the data cannot tell apart differ by more than a factor of {factor}: one number would hide the choice."
    ),
    reasons.CONSENT_BREAK: gettext_lazy(
        "The period contains 2018. From 25 May of that year consent was asked before reporting without a legal basis, so that "
        "lists broke off in the middle of it; there is at best a range."
    ),
    reasons.OFFENDERS: gettext_lazy("How many offenders there are is not estimated: no reliable method is known."),
    histories.FEW_LISTS: gettext_lazy("Fewer than three lists hold anybody: dependence between them cannot be seen."),
    histories.MANY_LISTS: gettext_lazy("There are more than ten lists; merge some."),
    histories.EMPTY_LIST: gettext_lazy("The list {first} holds nobody; leave it out."),
    histories.LIST_INSIDE: gettext_lazy(
        "Everybody on the list {first} is on the list {second} too; merge the two, or leave one out."
    ),
    histories.NO_OVERLAP: gettext_lazy("Nobody is on two lists: without any overlap nothing can be estimated."),
}


@dataclass(frozen=True)
class Bounds:
    """What may be said of an answer: limits rounded to hundreds, None where it is refused."""

    status: str
    low: int | None
    high: int | None

    @property
    def words(self) -> str:
        if self.low is None or self.high is None:
            return _("no estimate")
        return _("%(low)s to %(high)s") % {"low": number(self.low), "high": number(self.high)}


def bounds(answer: Mapping[str, Any]) -> Bounds:
    """A range has the totals of all models that the data cannot tell apart, an estimate the limits of its interval."""
    limits = answer.get("range") if answer["status"] == RANGE else answer["interval"]
    if not limits or answer["status"] == REFUSED:
        return Bounds(answer["status"], None, None)
    low, high = limits
    return Bounds(answer["status"], int(low // HUNDRED * HUNDRED), int(-(-high // HUNDRED) * HUNDRED))


def number(value: int) -> str:
    return number_format(value, use_l10n=True, force_grouping=True)


def language() -> str:
    return get_language() or "nl"


def list_name(code: str) -> str:
    """Of a merged list the groups that it is made of."""
    return " + ".join(_group_name(one) for one in code.split(JOINED))


def _group_name(code: str) -> str:
    return str(FEEDS[code]) if code in FEEDS else REPORTER_GROUPS.label(code, language())


def lists_words(codes: Iterable[str]) -> str:
    return ", ".join(list_name(code) for code in codes)


def model_words(terms: Sequence[Sequence[str]]) -> str:
    """Its dependences; without any the lists are independent."""
    if not terms:
        return _("independent lists")
    return "; ".join(" × ".join(list_name(code) for code in term) for term in terms)


def stratum_words(strata: Sequence[str], codes: Sequence[str]) -> str:
    pairs = zip(strata, codes, strict=True)
    return ", ".join(STRATA[name][1].label(code, language()) if code else UNKNOWN[language()] for name, code in pairs)


def reason_words(answer: Mapping[str, Any], asked: Parameters) -> list[str]:
    found = zip(answer["reason_codes"], answer["reason_lists"], strict=True)
    return [_reason(code, lists, asked) for code, lists in found]


def _reason(code: str, lists: Sequence[str], asked: Parameters) -> str:
    names = [list_name(one) for one in lists]
    return str(_REASONS[code]).format(
        fewest=asked.thresholds.fewest_seen_twice,
        failed=round(100 * asked.thresholds.most_failed),
        factor=number_format(asked.thresholds.widest_factor, 1).removesuffix(",0").removesuffix(".0"),
        first=next(iter(names), ""),
        second=names[-1] if names else "",
    )


def period_words(asked: Parameters) -> str:
    return str(asked.first_year) if len(asked.years) == 1 else f"{asked.first_year}-{asked.last_year}"


def report_text(run: RunView, whole: Mapping[str, Any], overlap: Mapping[str, Any] | None) -> list[str]:
    """Sentences that can be put into a report; numbers of registered persons are rounded ones."""
    asked, found = run.parameters, bounds(whole)
    said = {"period": period_words(asked), "lists": lists_words(_lists(asked)), **_numbers(found)}
    sentences = []
    if overlap:
        counted = {"number": number(overlap["registered"]["whole"]), "period": said["period"]}
        sentences.append(_registered() % counted)
    sentences += [_main_sentence(found.status) % said, *reason_words(whole, asked)]
    if found.low is not None:
        sentences.append(_("Model chosen: %(model)s.") % {"model": model_words(whole["terms"])})
    sentences.append(str(ASSUMPTION))
    made = {"day": date_format(run.as_of, "DATE_FORMAT"), "code": run.code, "run": str(run.id)[:8]}
    sentences.append(_("Counted as of %(day)s, with version %(code)s; run %(run)s.") % made)
    return sentences


def _registered() -> str:
    return _("In %(period)s %(number)s presumed victims of the base population were registered, each counted once a year.")


def _main_sentence(status: str) -> str:
    if status == ESTIMATE:
        return _(
            "By the overlap of the lists of %(lists)s there were in all %(low)s to %(high)s victims in %(period)s, registered "
            "or not (95%% interval, multiple systems estimation)."
        )
    if status == RANGE:
        return _(
            "The overlap of the lists of %(lists)s carries a range only for %(period)s: %(low)s to %(high)s victims, "
            "registered or not, depending on the model (multiple systems estimation)."
        )
    return _("The overlap of the lists of %(lists)s does not carry an estimate of the number of victims in %(period)s.")


def _numbers(found: Bounds) -> dict[str, str]:
    return {"low": number(found.low or 0), "high": number(found.high or 0)}


def _lists(asked: Parameters) -> list[str]:
    inside = {code for codes in asked.merged for code in codes}
    return [*asked.merge, *(code for code in asked.lists if code not in inside)]
