"""Mounts the pages of this process: each section where its role serves it, the common pages wherever pages are served."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from accounts import grants
from accounts.web import token_endpoint
from config import errors, pages
from config.health import health
from consent.web import legal_basis, sheets
from intake.web import codes

handler400 = errors.bad_request
handler403 = errors.forbidden
handler404 = errors.not_found
handler500 = errors.server_error

Addresses = list[URLPattern | URLResolver]

# What every process answers, a worker too.
ALWAYS: Addresses = [path("health", health, name="health")]

DEMONSTRATION: Addresses = (
    [path("", include("config.demonstration.urls"))] if "config.demonstration" in settings.INSTALLED_APPS else []
)

# What every process with pages serves.
COMMON: Addresses = [
    *DEMONSTRATION,
    path("", include("accounts.urls")),
    path("", include("accounts.sign_in_urls")),
    path("about", pages.about, name="about"),
    path("accessibility", pages.accessibility, name="accessibility"),
    path("consent/legal-basis", legal_basis.table, name="legal-basis"),
    path("sheet", sheets.languages, name="sheets"),
    path("sheet/<slug:language>", sheets.sheet, name="sheet"),
    path("", include("intake.urls")),
    path("codes/regions", codes.regions, name="regions"),
    path("language", login_not_required(set_language), name="set_language"),
    path("robots.txt", pages.robots, name="robots"),
    path(".well-known/security.txt", pages.security_contact, name="security-contact"),
]

# What one role serves: reporters' pages and interface, the registry's desks, the monitor. The role "all" serves them all.
SECTIONS: dict[str, Addresses] = {
    "intake": [
        path("", include("accounts.system_urls")),
        path(grants.PATH.lstrip("/"), token_endpoint.token, name="oauth-token"),
    ],
    "backoffice": [path("", include("accounts.trail_urls")), path("", include("consent.urls"))],
    "monitor": [path("", include("reports.urls"))],
}


def addresses(role: str) -> Addresses:
    if role == "worker":
        return ALWAYS
    mounted = (section for name, section in SECTIONS.items() if role in (name, "all"))
    return [*ALWAYS, *COMMON, *(address for section in mounted for address in section)]


urlpatterns = addresses(settings.BAKEN_ROLE)
