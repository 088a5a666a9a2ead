"""The menu and the footer: the pages that the start page offers, and those that are open to all.

It protects nothing; a page's own permission check does. A page that this process does not serve is left out.
"""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.web import cards, current_actor


@dataclass(frozen=True)
class Link:
    label: str | Promise
    url: str
    active: bool = False
    current: bool = False


FOOTER = ((_("About this site"), "about"), (_("Accessibility"), "accessibility"))


def first_url(*addresses: str) -> str:
    for address in addresses:
        try:
            return reverse(address)
        except NoReverseMatch:
            continue
    return ""


def menu(request: HttpRequest) -> tuple[Link, ...]:
    """One entry is marked: the longest address that the page's own begins with."""
    offers = [offer for offer in cards.offers(current_actor(request)) if offer.menu]
    inside = [offer.url for offer in offers if is_inside(request.path, offer.url)]
    marked = max(inside, key=len, default="")
    return tuple(Link(offer.menu, offer.url, offer.url == marked, offer.url == request.path) for offer in offers)


def is_inside(path: str, url: str) -> bool:
    return path == url or path.startswith(url.rstrip("/") + "/")


def footer() -> tuple[Link, ...]:
    found = ((label, first_url(address)) for label, address in FOOTER)
    return tuple(Link(label, url) for label, url in found if url)
