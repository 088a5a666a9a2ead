"""Persons from pairs: constrained, independent of order, and never through a third."""

from itertools import combinations
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from intake.linkage.clusters import Links, unite

A, B, C, D = (UUID(int=number) for number in range(1, 5))
LEAD = 3.0
members = [UUID(int=number) for number in range(1, 9)]
twos = st.sampled_from(list(combinations(members, 2)))
any_links = st.builds(
    Links,
    automatic=st.dictionaries(twos, st.floats(9, 30), max_size=14),
    same=st.frozensets(twos, max_size=4),
    different=st.frozensets(twos, max_size=5),
    apart=st.frozensets(twos, max_size=5),
).map(lambda links: Links(links.automatic, links.same - links.different, links.different, links.apart - links.same))


def groups(links: Links, among=(A, B, C, D)) -> set[frozenset[UUID]]:
    return set(unite(among, links, lead=LEAD).groups)


def test_chain_of_links_is_one_person():
    assert groups(Links(automatic={(A, B): 12.0, (B, C): 12.0})) == {frozenset({A, B, C}), frozenset({D})}


def test_decision_same_joins_without_a_weight():
    assert groups(Links(same=frozenset({(A, D)}))) == {frozenset({A, D}), frozenset({B}), frozenset({C})}


def test_decision_different_holds_through_a_third():
    links = Links(automatic={(A, B): 20.0, (B, C): 12.0}, different=frozenset({(A, C)}))
    found = unite((A, B, C), links, lead=LEAD)
    assert set(found.groups) == {frozenset({A, B}), frozenset({C})}
    assert found.held_back == {(B, C)}


def test_look_alikes_are_not_joined_through_a_third():
    links = Links(automatic={(A, B): 20.0, (B, C): 12.0}, apart=frozenset({(A, C)}))
    assert groups(links) == {frozenset({A, B}), frozenset({C}), frozenset({D})}


def test_without_a_lead_neither_of_two_look_alikes_is_chosen():
    found = unite((A, B, C), Links(automatic={(A, B): 14.0, (B, C): 12.0}, apart=frozenset({(A, C)})), lead=LEAD)
    assert set(found.groups) == {frozenset({A}), frozenset({B}), frozenset({C})}
    assert found.held_back == {(A, B), (B, C)}


def test_decision_same_is_stronger_than_looking_alike():
    links = Links(automatic={(A, B): 20.0}, same=frozenset({(A, C)}), apart=frozenset({(B, C)}))
    found = unite((A, B, C), links, lead=LEAD)
    assert (A, C) not in found.held_back
    assert frozenset({A, C}) in found.groups


def test_contradicting_decisions_are_reported():
    links = Links(same=frozenset({(A, B), (B, C)}), different=frozenset({(A, C)}))
    assert len(unite((A, B, C), links, lead=LEAD).held_back) == 1


@given(any_links, st.randoms(use_true_random=False))
def test_order_of_arrival_makes_no_difference(links, shuffle):
    mixed = list(links.automatic.items())
    arrived = list(members)
    shuffle.shuffle(mixed)
    shuffle.shuffle(arrived)
    again = Links(dict(mixed), links.same, links.different, links.apart)
    assert unite(members, links, lead=LEAD) == unite(arrived, again, lead=LEAD)


@given(any_links)
def test_who_must_stay_apart_never_meets(links):
    found = unite(members, links, lead=LEAD)
    for group in found.groups:
        assert not any(one in group and other in group for one, other in links.different)


@given(any_links)
def test_every_link_is_made_or_held_back(links):
    found = unite(members, links, lead=LEAD)
    number = {member: place for place, group in enumerate(found.groups) for member in group}
    for one, other in links.automatic.keys() | links.same:
        assert (number[one] == number[other]) is ((one, other) not in found.held_back)


@given(any_links)
def test_members_are_split_into_groups_without_overlap(links):
    found = unite(members, links, lead=LEAD)
    assert sorted(member for group in found.groups for member in group) == members
