"""Which menu entry is marked, and what the footer lists."""

import pytest

from config import navigation


@pytest.mark.parametrize(
    ("path", "url", "inside"),
    [
        ("/users", "/users", True),
        ("/users/1", "/users", True),
        ("/usersettings", "/users", False),
        ("/", "/users", False),
    ],
)
def test_page_lies_inside_an_address_or_not(path: str, url: str, inside: bool) -> None:
    assert navigation.is_inside(path, url) is inside


def test_address_that_this_process_does_not_serve_is_left_out() -> None:
    assert navigation.first_url("nowhere:at-all") == ""
    assert navigation.first_url("nowhere:at-all", "about") == "/about"


def test_footer_lists_the_open_pages() -> None:
    assert [link.url for link in navigation.footer()] == ["/about", "/accessibility"]
