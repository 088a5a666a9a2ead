"""The sign-in page, and the demonstration's one-click sign-in. The latter exists only with settings made for it."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.utils import get_login_redirect_url
from allauth.account.views import LoginView
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from accounts import demonstration, labels, sessions
from accounts.models import User


class SignInView(LoginView):
    """allauth's sign-in page, with the demonstration's accounts above it where that is allowed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        accounts = demonstration.DEMONSTRATION_ACCOUNTS if demonstration.allowed() else ()
        rows = [(account, labels.ROLES[account.role]) for account in accounts]
        return {**super().get_context_data(**kwargs), "demonstration_accounts": rows}


@login_not_required
@require_POST
def demonstration_sign_in(request: HttpRequest) -> HttpResponse:
    """The session says that this was a demonstration sign-in, and so does every audit entry made in it."""
    user = _demonstration_user(request.POST.get("account", ""))
    logout(request)
    request.session[sessions.DEMONSTRATION] = str(user.id)
    get_adapter(request).login(request, user)
    return HttpResponseRedirect(get_login_redirect_url(request))


def _demonstration_user(key: str) -> User:
    account = demonstration.account(key) if demonstration.allowed() else None
    user = User.objects.filter(email=account.email, is_active=True).first() if account else None
    if user is None:
        raise Http404
    return user
