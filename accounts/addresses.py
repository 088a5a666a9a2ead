"""The address of a page for a mail: read elsewhere and later, so nothing in it may be chosen by who made the request."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.request import split_domain_port


def mailed(request: HttpRequest, path: str) -> str:
    """On the site that was asked, whose name Django has checked; scheme and port are those of BAKEN_ADDRESS."""
    host, _chosen = split_domain_port(request.get_host())
    known = urlsplit(settings.BAKEN_ADDRESS)
    port = f":{known.port}" if known.port else ""
    return f"{known.scheme}://{host}{port}{path}"
