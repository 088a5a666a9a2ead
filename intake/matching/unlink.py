"""Undoes every link that rests on contributions that go, as if they had never been there. It deletes no contribution itself."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from accounts import permissions
from accounts.roles import Permission
from intake import events
from intake.linkage import engine
from intake.matching import candidates, changes, copies, features, pairs, person_events, persons
from intake.matching.person_events import Cause, Reason
from intake.matching.portions import in_portions
from intake.models.contribution import Contribution
from intake.models.decision import LinkDecision
from intake.models.matching import Copy, MatchingFeatures, Pair, Token, Two
from safeguards import audit, blind_index, data_keys
from safeguards.actors import Actor
from safeguards.models import DataKey


def remove(*, contributions: Iterable[UUID], by: Actor) -> int:
    """Take contributions out of all linkage: tokens, features and their key, pairs with decisions, memberships.

    Their persons are grouped anew from what remains. Returns how many of them had been linked.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    with transaction.atomic():
        changes.lock_register()
        leaving = set(contributions)
        taken = persons.take_out(leaving, forget=_forget, cause=Cause(Reason.REMOVED, by))
        for portion in in_portions(leaving):
            Contribution.objects.filter(id__in=portion).update(needs_linking=False)
        removed = [audit.Event(events.LINKAGE_REMOVED, "contribution", one) for one in sorted(leaving)]
        audit.record_many(removed + person_events.told(taken.counted), by=by)
        changes.touch(taken.touched)
    return taken.linked


def close(*, contributions: Iterable[UUID], by: Actor) -> None:
    """Nothing can be linked with these any more; who is one person stays as it is, so that what is counted stays.

    For whole persons alone: what is left of their links is that they stand under one person. Others are not linked anew.
    """
    permissions.require(by, Permission.RUN_BACKGROUND_WORK)
    closing = set(contributions)
    with transaction.atomic():
        changes.lock_register()
        data_keys.destroy(closing, [DataKey.Purpose.MATCHING])
        for portion in in_portions(closing):
            for kind in (Copy, Token, MatchingFeatures):
                kind.objects.filter(contribution__in=portion).delete()
        _delete_pairs(closing)
        person_events.close(closing)
        audit.record(events.LINKAGE_CLOSED, by=by, details={"contributions": len(closing)})


def forget_features(contributions: Iterable[UUID]) -> set[UUID]:
    """Delete tokens, features with their key, and undecided pairs; pairs that were crowded out come back.

    Whoever else's links may have changed is returned, to be grouped anew.
    """
    leaving = set(contributions)
    data_keys.destroy(leaving, [DataKey.Purpose.MATCHING])
    for portion in in_portions(leaving):
        MatchingFeatures.objects.filter(contribution__in=portion).delete()
    return forget_tokens(leaving)


def forget_tokens(leaving: set[UUID]) -> set[UUID]:
    """As forget_features, and the features stay."""
    standing = copies.leave(leaving)
    disturbed = pairs.partners(leaving, decision="") | standing.keys()
    tokens = dict(zip(standing, engine.tokens(standing.values(), blind_index.linker()), strict=True))
    candidates.store(tokens)
    returning = candidates.restored_without(leaving)
    for portion in in_portions(leaving):
        Token.objects.filter(contribution__in=portion).delete()
        Pair.objects.filter(Q(first__in=portion) | Q(second__in=portion), decision="").delete()
    made = candidates.pairs_of(tokens, candidates.held(tokens))
    return disturbed | _bring_back(made | candidates.pairs_through(returning))


def _bring_back(wanted: set[Two]) -> set[UUID]:
    """A token that fewer hold now makes its pairs, as it would have without those that left; so does who takes their place."""
    if not wanted:
        return set()
    ends = {end for pair in wanted for end in pair}
    stored, decided = pairs.among(ends, decided=False), pairs.among(ends, decided=True)
    decided = {pair: identifier for pair, identifier in decided.items() if pair in wanted}
    pairs.score_and_store(wanted - stored.keys(), features.load(ends), decided)
    return ends


def _forget(leaving: set[UUID]) -> set[UUID]:
    disturbed = forget_features(leaving)
    _delete_pairs(leaving)
    person_events.forget(leaving)
    return disturbed


def _delete_pairs(contributions: Iterable[UUID]) -> None:
    """With all that was ever answered about them; the audit trail keeps that somebody did."""
    for portion in in_portions(contributions):
        ends = Q(first__in=portion) | Q(second__in=portion)
        LinkDecision.objects.filter(ends).delete()
        Pair.objects.filter(ends).delete()
