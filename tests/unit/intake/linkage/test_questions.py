"""Of what people are asked the most useful comes first, once for each two persons, and never what they decided already."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.people import look_alikes, reported_persons
from intake.linkage import engine, questions
from intake.linkage.clusters import Clusters
from intake.linkage.decisions import BANDS, Band
from intake.linkage.engine import Linked, Scored
from tests.described import digest

QUESTION = BANDS.index(Band.QUESTION)
RECORDS = {
    report.id: engine.make_record(report.details, digest) for report in reported_persons(80, seed="questions") + look_alikes()
}


def linked(pairs: dict[tuple[int, int], float], *groups: set[int], apart: tuple[tuple[int, int], ...] = ()) -> Linked[int]:
    members = tuple(sorted(set().union(*groups)))
    left, right = (np.array([members.index(two[end]) for two in pairs], dtype=np.int64) for end in (0, 1))
    bands = np.full(len(pairs), QUESTION, dtype=np.uint8)
    alike = np.array([two in apart for two in pairs], dtype=np.bool_)
    scored = Scored(left, right, np.array(list(pairs.values())), bands, alike, np.zeros_like(alike))
    return Linked(members, scored, Clusters(tuple(map(frozenset, groups)), frozenset()), 0)


def test_what_is_likelier_to_join_is_asked_first():
    found = linked({(1, 2): -3.0, (3, 4): 1.0}, {1}, {2}, {3}, {4})
    assert questions.most_useful(found, frozenset()) == [(3, 4), (1, 2)]


def test_what_joins_more_reports_is_asked_first():
    found = linked({(1, 2): 0.0, (3, 5): 0.0, (4, 5): 0.0}, {1}, {2}, {3, 4}, {5})
    assert questions.most_useful(found, frozenset()) == [(3, 5), (1, 2)]


def test_what_the_other_reports_speak_against_comes_later():
    found = linked({(1, 3): 0.0, (4, 6): 0.0, (5, 6): 0.0}, {1, 2}, {3}, {4, 5}, {6})
    assert questions.most_useful(found, frozenset()) == [(4, 6), (1, 3)]


def test_two_persons_are_asked_about_once_by_their_likeliest_pair():
    found = linked({(1, 3): 0.0, (2, 3): 1.0, (2, 4): -1.0}, {1, 2}, {3, 4})
    assert questions.most_useful(found, frozenset()) == [(2, 3)]


def test_two_persons_are_asked_about_by_the_pair_that_looks_alike():
    found = linked({(1, 3): 0.0, (2, 3): 1.0}, {1, 2}, {3}, apart=((1, 3),))
    assert questions.most_useful(found, frozenset()) == [(1, 3)]


def test_link_that_did_not_make_the_person_is_not_asked_about():
    found = linked({(1, 2): 4.0, (2, 3): 3.0, (1, 3): 2.0}, {1, 2, 3})
    assert questions.most_useful(found, frozenset()) == [(2, 3), (1, 2)]


def test_link_within_what_was_decided_to_be_one_person_is_not_asked_about():
    found = linked({(1, 3): 4.0, (2, 3): 3.0}, {1, 2, 3})
    assert questions.most_useful(found, frozenset({(1, 2)})) == [(1, 3)]


def test_least_certain_link_within_a_person_comes_first():
    found = linked({(1, 2): 20.0, (2, 3): 3.0}, {1, 2, 3})
    assert questions.most_useful(found, frozenset()) == [(2, 3), (1, 2)]


def test_two_persons_that_were_decided_about_are_not_asked_again():
    found = linked({(1, 3): 0.0, (2, 3): 1.0, (3, 4): 0.0}, {1, 2}, {3}, {4})
    assert questions.most_useful(found, frozenset({(2, 3)})) == [(3, 4)]


def test_nothing_to_ask_is_no_question():
    assert questions.most_useful(linked({}, {1}, {2}), frozenset()) == []


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_order_of_arrival_does_not_change_what_is_asked(shuffle):
    arrived = list(RECORDS)
    shuffle.shuffle(arrived)
    mixed = engine.link({member: RECORDS[member] for member in arrived})
    asked, usual = (questions.most_useful(found, frozenset()) for found in (mixed, engine.link(RECORDS)))
    assert len(usual) > 5
    assert asked == usual
