"""What a session says: how somebody signed in, when, and for which organisation. It holds no personal data of others."""

from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.utils import timezone

from accounts import demonstration
from accounts.models import User

BEGAN = "baken.began"
SEEN = "baken.seen"
ORGANISATION = "baken.organisation"
DEMONSTRATION = "baken.demonstration"
SET_UP = "baken.factor-set-up"
PREVIOUS = "baken.previous-sign-in"

# Proving a factor a moment ago spares doing it once more to see the recovery codes that came with it.
JUST_NOW = timedelta(minutes=10)

# Writing the time of each request would make every read a write.
SEEN_IS_NOTED_EVERY = timedelta(minutes=1)

FACTORS = {
    ("password", None): "password",
    ("mfa", "totp"): "totp",
    ("mfa", "recovery_codes"): "recovery-code",
    ("mfa", "webauthn"): "passkey",
}
SECOND_FACTORS = frozenset({"totp", "recovery-code", "passkey", "demonstration"})


def begin(session: SessionBase) -> None:
    now = timezone.now().timestamp()
    session[BEGAN] = now
    session[SEEN] = now


def is_over(session: SessionBase) -> bool:
    """Idle too long, or open too long. A session without a beginning was not made by signing in."""
    now = timezone.now().timestamp()
    idle = now - float(session.get(SEEN, 0))
    age = now - float(session.get(BEGAN, 0))
    return bool(idle > settings.BAKEN_IDLE_LIMIT.total_seconds() or age > settings.BAKEN_SESSION_LIMIT.total_seconds())


def note_seen(session: SessionBase) -> None:
    now = timezone.now().timestamp()
    if now - float(session[SEEN]) > SEEN_IS_NOTED_EVERY.total_seconds():
        session[SEEN] = now


def note_set_up(session: SessionBase, kind: str) -> None:
    """Recovery codes are handed out, not proved."""
    if kind != "recovery_codes":
        session[SET_UP] = {"type": kind, "at": timezone.now().timestamp()}


def has_just_set_up(session: SessionBase) -> bool:
    return _is_just_now(session.get(SET_UP, {}).get("at", 0))


def has_just_signed_in(request: HttpRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(records) and _is_just_now(records[-1]["at"])


def note_previous(session: SessionBase, moment: datetime | None) -> None:
    session[PREVIOUS] = moment.isoformat() if moment else ""


def previous_sign_in(session: SessionBase) -> datetime | None:
    text = session.get(PREVIOUS, "")
    return datetime.fromisoformat(text) if text else None


def factors(request: HttpRequest) -> tuple[str, ...]:
    """The factors used in this session, in order, each once. A demonstration sign-in counts only where that is allowed."""
    user = signed_in_user(request)
    if user is None:
        return ()
    if demonstration.allowed() and request.session.get(DEMONSTRATION) == str(user.id):
        return ("demonstration",)
    records = get_authentication_records(request, user)
    used = [FACTORS.get((record.get("method"), record.get("type"))) for record in records]
    used.append(FACTORS.get(("mfa", request.session.get(SET_UP, {}).get("type"))))
    return tuple(dict.fromkeys(factor for factor in used if factor))


def has_second_factor(request: HttpRequest) -> bool:
    return bool(SECOND_FACTORS & set(factors(request)))


def chosen_organisation(session: SessionBase) -> UUID | None:
    chosen = session.get(ORGANISATION)
    return UUID(chosen) if chosen else None


def signed_in_user(request: HttpRequest) -> User | None:
    user = getattr(request, "user", None)
    return user if isinstance(user, User) else None


def _is_just_now(moment: float) -> bool:
    return timezone.now().timestamp() - moment < JUST_NOW.total_seconds()
