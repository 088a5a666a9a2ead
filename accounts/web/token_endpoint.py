"""POST /api/v1/oauth/token: reads the form of RFC 6749 and answers as it says. What may be given out is decided by grants."""

from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts import grants, limits
from accounts.assertions import Refused
from accounts.grants import Granted, InvalidScopeError, TooOftenError
from accounts.scopes import as_text
from safeguards.actors import Actor

GRANT = "client_credentials"
ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
LARGEST = 16 * 1024
# For all systems behind one address; a unit's systems often share theirs.
MOST, WINDOW = 120, 60


@csrf_exempt
@login_not_required
@require_POST
def token(request: HttpRequest) -> HttpResponse:
    address = get_adapter().get_client_ip(request)
    if not limits.within("token-endpoint", address, most=MOST, seconds=WINDOW):
        return _error("temporarily_unavailable", 429)
    if problem := _problem(request):
        return _error(problem, 400)
    by = Actor(kind="visitor", id="", request=str(request.META.get("BAKEN_REQUEST", "")))
    sent = request.POST
    scope, client = sent.get("scope", ""), sent.get("client_id", "")
    try:
        granted = grants.grant(assertion=sent["client_assertion"], scope=scope, client_id=client, by=by)
    except Refused:
        return _error("invalid_client", 401)
    except InvalidScopeError:
        return _error("invalid_scope", 400)
    except TooOftenError:
        return _error("temporarily_unavailable", 429)
    return _answer(granted)


def _problem(request: HttpRequest) -> str:
    """What is wrong with the form itself; a member that stands twice is an error (RFC 6749, 3.2)."""
    if request.content_type != "application/x-www-form-urlencoded" or len(request.body) > LARGEST:
        return "invalid_request"
    sent: dict[str, Any] = dict(request.POST.lists())
    if any(len(values) > 1 for values in sent.values()) or "grant_type" not in sent:
        return "invalid_request"
    if request.POST["grant_type"] != GRANT:
        return "unsupported_grant_type"
    proved = request.POST.get("client_assertion_type") == ASSERTION and "client_assertion" in sent
    return "" if proved else "invalid_request"


def _answer(granted: Granted) -> JsonResponse:
    lifetime = granted.token.expires - timezone.now()
    members = {
        "access_token": granted.token.text,
        "token_type": "Bearer",
        "expires_in": int(lifetime.total_seconds()),
        "scope": as_text(granted.scopes),
    }
    return JsonResponse(members, headers={"Cache-Control": "no-store", "Pragma": "no-cache"})


def _error(code: str, status: int) -> JsonResponse:
    headers = {"Retry-After": str(WINDOW)} if status == 429 else {}
    return JsonResponse({"error": code}, status=status, headers={"Cache-Control": "no-store"} | headers)
