"""The start page offers what the role may do and this process serves, and nothing else."""

import pytest
from pytest_django import Settings

from accounts.roles import ROLE_PERMISSIONS, Role
from accounts.web import cards
from safeguards.actors import Actor


def actor(role: Role) -> Actor:
    return Actor(kind="user", id="someone", roles=(role.value,))


def test_administrator_is_offered_users_and_organisations() -> None:
    assert {"/users", "/organisations"} <= {offer.url for offer in cards.offers(actor(Role.SYSTEM_ADMINISTRATOR))}


def test_reporter_is_offered_neither() -> None:
    assert not {"/users", "/organisations"} & {offer.url for offer in cards.offers(actor(Role.REPORTER))}


def test_menu_of_the_privacy_officer_has_every_page_of_the_role() -> None:
    offers = cards.offers(actor(Role.PRIVACY_OFFICER))
    assert {"/retention", "/duties", "/rights", "/unlock", "/audit"} <= {offer.url for offer in offers if offer.menu}


def test_visitor_is_offered_nothing() -> None:
    assert cards.offers(Actor(kind="visitor", id="")) == ()


def test_page_that_this_process_does_not_serve_is_left_out(settings: Settings) -> None:
    settings.ROOT_URLCONF = "accounts.sign_in_urls"
    assert cards.offers(actor(Role.SYSTEM_ADMINISTRATOR)) == ()


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.FEED, Role.SYSTEM}))
def test_every_role_of_a_person_has_something_to_do(role: Role) -> None:
    assert any(card.permission in ROLE_PERMISSIONS[role] for card in cards.CARDS)
