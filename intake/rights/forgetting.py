"""Ends searches: the question with its key, what was found, and the looks that were granted. It decides nothing."""

from collections.abc import Collection
from uuid import UUID

from intake import unlock
from intake.models.rights import PersonSearch, RightsCase, SearchHit
from safeguards import data_keys
from safeguards.actors import Actor
from safeguards.models import DataKey

State = PersonSearch.State
LIVING = (State.ASKED, State.GRANTED, State.DONE)


def forget(searches: Collection[UUID], state: State) -> None:
    """The question with its key: nobody reads it again."""
    data_keys.destroy(searches, [DataKey.Purpose.IDENTITY])
    PersonSearch.objects.filter(id__in=searches).update(state=state, query=None)


def forget_found(searches: Collection[UUID]) -> None:
    forget(searches, State.EXPIRED)
    SearchHit.objects.filter(search__in=searches).delete()


def end_with(case: RightsCase, by: Actor) -> None:
    """Of a locked case that is decided: nobody looks for the person on its account any more, or at the person."""
    rows = PersonSearch.objects.select_for_update().filter(case=case, state__in=LIVING).order_by("id")
    living = list(rows.values_list("id", flat=True))
    found = SearchHit.objects.filter(search__case=case).values_list("contribution", flat=True)
    seen = {*found, *case.reports.values_list("contribution", flat=True)}
    if living:
        forget_found(living)
    unlock.end_for_rights(contributions=seen, by=by)
