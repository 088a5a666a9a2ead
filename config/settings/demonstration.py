"""What make run and the compose file's default use: the demonstration register, one-click sign-in, marked on every page.

Not for real data: it answers this machine only, unless BAKEN_BEYOND_LOOPBACK says otherwise.
"""

from config import env, logs
from config.settings import base
from config.settings.base import *

BAKEN_MODE = "demonstration"
BAKEN_LOCAL_WEBHOOKS = True

BAKEN_DEMONSTRATION = True
# A console is for who started it: what was done is in the audit trail.
LOGGING = logs.configuration("plain", "ERROR")
# There is no mail server: an invitation, a new password or a link is read on a page of the demonstration.
EMAIL_BACKEND = "config.demonstration.outbox.Outbox"
SECRET_KEY = env.secret("BAKEN_SECRET_KEY", file=DATA_DIR / "secret-key")
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "[::1]", *env.names("BAKEN_HOSTS")]
INSTALLED_APPS = [*INSTALLED_APPS, "config.demonstration"]
if base.ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Behind those that its page needs: the language is chosen there, by a form.
_first = base.MIDDLEWARE.index("django.middleware.csrf.CsrfViewMiddleware") + 1
MIDDLEWARE = [
    "config.entrance.LoopbackOnly",
    *base.MIDDLEWARE[:_first],
    "config.demonstration.waiting.WaitUntilLoaded",
    *base.MIDDLEWARE[_first:],
    "config.entrance.SignInByName",
]
