"""Real data: HTTPS only, secrets required, no demonstration. What is missing or weak stops the start with its cure."""

from django.core.exceptions import ImproperlyConfigured

from config import env, logs
from config.settings.base import *

if env.text("BAKEN_DEMONSTRATION", "no") != "no":
    raise ImproperlyConfigured("The demonstration cannot run with production settings; remove BAKEN_DEMONSTRATION.")

SECRET_KEY = env.secret("BAKEN_SECRET_KEY")
ALLOWED_HOSTS = env.names("BAKEN_HOSTS")
if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set BAKEN_HOSTS to the names that this site answers to, separated by commas; * is refused.")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS]

BAKEN_MODE = "production"
BAKEN_ADDRESS = env.text("BAKEN_ADDRESS", f"https://{ALLOWED_HOSTS[0]}")
if not BAKEN_ADDRESS.startswith("https://") or BAKEN_ADDRESS.endswith("/"):
    raise ImproperlyConfigured("BAKEN_ADDRESS must be the address of the intake, with https:// and without a / at its end.")
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("BAKEN_PROXIES", 1)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = True
SECURE_REDIRECT_EXEMPT = [r"^health$"]
SECURE_HSTS_SECONDS = 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_NAME = "__Host-csrf"

EMAIL_HOST = env.text("BAKEN_MAIL_HOST", "localhost")
EMAIL_PORT = env.number("BAKEN_MAIL_PORT", 587)
EMAIL_HOST_USER = env.text("BAKEN_MAIL_USER", "")
EMAIL_HOST_PASSWORD = env.text("BAKEN_MAIL_PASSWORD", "")
EMAIL_USE_TLS = env.flag("BAKEN_MAIL_TLS", default=True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("BAKEN_MAIL_FROM", "") or f"noreply@{ALLOWED_HOSTS[0]}"

LOGGING = logs.configuration(env.choice("BAKEN_LOG_FORMAT", ("plain", "json"), "json"))
