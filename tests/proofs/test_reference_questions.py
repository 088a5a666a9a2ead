"""The reference register comes together as it was made, with fewer than five questions for a hundred reports."""

from config.demonstration.sendings import sendings
from intake.linkage import engine, questions
from intake.linkage.clusters import Two
from intake.linkage.engine import Linked
from intake.linkage.features import Maker
from intake.linkage.fellegi_sunter import shipped
from intake.matching.identities import details_of
from tests.described import digest


def test_reference_register_is_linked_as_made_with_few_questions():
    truth = [sending.report.person for sending in sendings()]
    linked = _linked()
    assert not any(len({truth[row] for row in group}) > 1 for group in linked.clusters.groups)
    decided: dict[Two[int], bool] = {}
    while asked := [two for two in questions.most_useful(linked, frozenset(decided)) if _of_two_persons(linked, two)]:
        decided |= {(one, other): truth[one] == truth[other] for one, other in asked}
        linked = _decided(linked, decided)
    assert len(linked.clusters.groups) == len(set(truth))
    assert len(decided) < 0.05 * len(truth)


def _linked() -> Linked[int]:
    maker = Maker(digest)
    sent = (sending.notification for sending in sendings())
    records = (maker.make(details_of(one.identity, one.characteristics)) for one in sent)
    return engine.link(dict(enumerate(records)))


def _of_two_persons(linked: Linked[int], two: Two[int]) -> bool:
    return not any(two[0] in group and two[1] in group for group in linked.clusters.groups)


def _decided(linked: Linked[int], decided: dict[Two[int], bool]) -> Linked[int]:
    same = frozenset(two for two, yes in decided.items() if yes)
    clusters = engine.unite(linked.members, linked.scored, same, frozenset(decided) - same, shipped())
    return Linked(linked.members, linked.scored, clusters, linked.worn_tokens)
