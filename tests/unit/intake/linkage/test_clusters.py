"""Persons from pairs: constrained, independent of order, never through a third, and of two equal candidates neither."""

from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from intake.linkage.clusters import Links, Rules, difference, ordered, unite

A, B, C, D = (UUID(int=number) for number in range(1, 5))
UPPER = 3.0
RULES = Rules(lead=3.0, support=1.0, unlike=-6.0)
NO_SUPPORT = Rules(lead=3.0, support=-9.0, unlike=-6.0)
members = [UUID(int=number) for number in range(1, 9)]
twos = st.sampled_from(list(combinations(members, 2)))


def some_links(weights, automatic, same, different, apart, conflicting) -> Links:
    decided = same | different
    open_weights = {two: weight for two, weight in weights.items() if two not in decided}
    still_apart = apart - different
    return Links(
        open_weights, automatic & open_weights.keys(), same - different, different, still_apart, conflicting & still_apart
    )


any_links = st.builds(
    some_links,
    weights=st.dictionaries(twos, st.floats(-4, 30), max_size=16),
    automatic=st.frozensets(twos, max_size=14),
    same=st.frozensets(twos, max_size=4),
    different=st.frozensets(twos, max_size=5),
    apart=st.frozensets(twos, max_size=5),
    conflicting=st.frozensets(twos, max_size=20),
)


def links(weights: dict, **more) -> Links:
    return Links(weights, frozenset(two for two, weight in weights.items() if weight >= UPPER), **more)


def groups(found: Links, among=(A, B, C, D), rules: Rules = RULES) -> set[frozenset[UUID]]:
    return set(unite(among, found, rules).groups)


def test_lesser_comes_first():
    assert ordered(B, A) == ordered(A, B) == (A, B)


def test_pair_that_links_is_one_person():
    assert groups(links({(A, B): 12.0})) == {frozenset({A, B}), frozenset({C}), frozenset({D})}


def test_chain_of_which_the_ends_agree_is_one_person():
    assert groups(links({(A, B): 12.0, (B, C): 12.0, (A, C): 2.0})) == {frozenset({A, B, C}), frozenset({D})}


def test_decision_same_joins_without_a_weight():
    assert groups(Links(same=frozenset({(A, D)}))) == {frozenset({A, D}), frozenset({B}), frozenset({C})}


def test_decision_different_holds_through_a_third():
    found = unite((A, B, C), links({(A, B): 20.0, (B, C): 12.0}, different=frozenset({(A, C)})), NO_SUPPORT)
    assert set(found.groups) == {frozenset({A, B}), frozenset({C})}
    assert found.held_back == {(B, C)}


def test_look_alikes_are_not_joined_through_a_third():
    assert groups(links({(A, B): 20.0, (B, C): 12.0}, apart=frozenset({(A, C)}))) == {
        frozenset({A, B}),
        frozenset({C}),
        frozenset({D}),
    }


def test_of_two_equal_candidates_that_look_alike_neither_is_chosen():
    found = unite((A, B, C), links({(A, B): 12.0, (B, C): 12.0}, apart=frozenset({(A, C)})), RULES)
    assert set(found.groups) == {frozenset({A}), frozenset({B}), frozenset({C})}
    assert found.held_back == {(A, B), (B, C)}


def test_candidate_that_is_clearly_ahead_is_chosen():
    found = unite((A, B, C), links({(A, B): 12.0, (B, C): 8.0}, apart=frozenset({(A, C)})), RULES)
    assert set(found.groups) == {frozenset({A, B}), frozenset({C})}
    assert found.held_back == {(B, C)}


def test_group_of_which_the_others_disagree_takes_nobody():
    weights = {(A, B): 20.0, (A, C): 20.0, (B, C): 20.0, (C, D): 4.0}
    found = unite((A, B, C, D), links(weights), RULES)
    assert set(found.groups) == {frozenset({A, B, C}), frozenset({D})}
    assert found.held_back == {(C, D)}


def test_decision_same_is_stronger_than_looking_alike():
    found = unite((A, B, C), links({(A, B): 20.0}, same=frozenset({(A, C)}), apart=frozenset({(B, C)})), RULES)
    assert (A, C) not in found.held_back
    assert frozenset({A, C}) in found.groups


def test_decision_same_about_look_alikes_holds_for_the_rest_of_their_persons():
    weights, apart = {(A, B): 12.0, (C, D): 12.0, (A, D): 1.0, (B, C): 1.0}, frozenset({(A, C), (B, D), (A, D)})
    assert len(groups(links(weights, apart=apart))) == 2
    assert groups(links(weights, same=frozenset({(A, C)}), apart=apart)) == {frozenset({A, B, C, D})}


def test_decision_same_about_another_name_joins_no_numbers_that_differ():
    weights = {(A, B): 12.0, (C, D): 12.0, (A, D): 1.0, (B, C): 1.0}
    apart, decided = frozenset({(A, C), (B, D)}), frozenset({(A, C)})
    found = unite((A, B, C, D), links(weights, same=decided, apart=apart, conflicting=frozenset({(B, D)})), RULES)
    assert not any({B, D} <= group for group in found.groups)
    assert groups(links(weights, same=decided, apart=apart, conflicting=apart)) == {frozenset({A, B, C, D})}


def test_decision_same_about_two_that_do_not_look_alike_says_nothing_of_look_alikes():
    """An initial is decided to be Martha: a report of Mary that had been linked to the initial does not come with it."""
    found = links({(A, B): 12.0}, same=frozenset({(A, C)}), apart=frozenset({(B, C)}))
    assert groups(found) == {frozenset({A, C}), frozenset({B}), frozenset({D})}


def test_decision_same_with_somebody_unlike_does_not_tear_a_person_apart():
    weights = {(A, B): 6.0, (A, C): 6.0, (B, C): 6.0}
    assert groups(links(weights, same=frozenset({(C, D)}))) == {frozenset({A, B, C, D})}


def test_contradicting_decisions_are_reported():
    contradiction = Links(same=frozenset({(A, B), (B, C)}), different=frozenset({(A, C)}))
    assert len(unite((A, B, C), contradiction, RULES).held_back) == 1


@given(any_links, st.randoms(use_true_random=False))
def test_order_of_arrival_makes_no_difference(found, shuffle):
    mixed = list(found.weights.items())
    arrived = list(members)
    shuffle.shuffle(mixed)
    shuffle.shuffle(arrived)
    again = Links(dict(mixed), found.automatic, found.same, found.different, found.apart, found.conflicting)
    assert unite(members, found, RULES) == unite(arrived, again, RULES)


@given(any_links)
def test_who_must_stay_apart_never_meets(found):
    for group in unite(members, found, RULES).groups:
        assert not any(one in group and other in group for one, other in found.different)


@given(any_links)
def test_look_alikes_meet_only_by_decision(found):
    undecided = Links(found.weights, found.automatic, frozenset(), found.different, found.apart)
    for group in unite(members, undecided, NO_SUPPORT).groups:
        assert not any(one in group and other in group for one, other in found.apart)


@given(any_links)
def test_numbers_that_differ_meet_only_where_such_a_pair_was_decided(found):
    same = found.same - found.conflicting
    decided = unite(members, Links(same=same, different=found.different), RULES).groups
    answered = Links(found.weights, found.automatic, same, found.different, found.apart, found.conflicting)
    for group in unite(members, answered, NO_SUPPORT).groups:
        for two in (set(pair) for pair in found.conflicting if set(pair) <= group):
            assert any(two <= brought_together for brought_together in decided)


@given(any_links)
def test_every_link_is_made_or_held_back(found):
    made = unite(members, found, RULES)
    number = {member: place for place, group in enumerate(made.groups) for member in group}
    for one, other in found.automatic | found.same:
        assert (number[one] == number[other]) is ((one, other) not in made.held_back)


@given(any_links)
def test_members_are_split_into_groups_without_overlap(found):
    made = unite(members, found, RULES)
    assert sorted(member for group in made.groups for member in group) == members


@given(any_links)
def test_components_do_not_touch_each_other(found):
    """What is said of others changes nothing for those who share no link with them."""
    moved = {member: UUID(int=member.int + 100) for member in members}
    twice = Links(
        dict(found.weights) | {(moved[one], moved[other]): weight for (one, other), weight in found.weights.items()},
        *(
            two | {(moved[one], moved[other]) for one, other in two}
            for two in (found.automatic, found.same, found.different, found.apart, found.conflicting)
        ),
    )
    alone = unite(members, found, RULES)
    assert set(alone.groups) < set(unite([*members, *moved.values()], twice, RULES).groups)


def test_groupings_differ_by_parts_that_hold_whole_groups_of_both():
    one, two, three, four, five, six = members[:6]
    first = [frozenset({one, two}), frozenset({three}), frozenset({four, five}), frozenset({six})]
    second = [frozenset({one, two}), frozenset({three, four}), frozenset({five}), frozenset({six})]
    found = difference(first, second)
    assert found.same == 2
    assert found.differing == (frozenset({three, four, five}),)
