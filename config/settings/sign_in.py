"""How people and systems sign in: sessions, passwords, second factors, lock-out, tokens. Production adds HTTPS to it."""

from datetime import timedelta

from config import env

AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "accounts:start"
LOGOUT_REDIRECT_URL = "account_login"

# The cookie ends with the browser; these two end the session on the server, whatever the cookie says.
BAKEN_IDLE_LIMIT = timedelta(minutes=20)
BAKEN_SESSION_LIMIT = timedelta(hours=10)
SESSION_COOKIE_AGE = int(BAKEN_SESSION_LIMIT.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

# One hash takes 64 MiB and about 0.1 s: more than a few at once would starve the machine.
PASSWORD_HASHERS = ["accounts.hashers.LimitedArgon2Hasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongestValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.RepetitionValidator"},
]
PASSWORD_RESET_TIMEOUT = int(timedelta(days=2).total_seconds())

ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "[Baken] "
ACCOUNT_PREVENT_ENUMERATION = True
# Counted before the password is hashed. The three per account grow in length; a passkey still works meanwhile.
ACCOUNT_RATE_LIMITS = {
    "login": "30/m/ip",
    "login_failed": "20/5m/ip,5/5m/key,15/1h/key,50/1d/key",
    "reset_password": "10/m/ip,3/5m/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
}
# How many proxies stand in front: the address that the outermost saw is the one that is counted.
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("BAKEN_PROXIES", 0)
ACCOUNT_FORMS = {
    "login": "accounts.web.sign_in_forms.SignInForm",
    "reset_password": "accounts.web.sign_in_forms.ForgottenPasswordForm",
    "reset_password_from_key": "accounts.web.sign_in_forms.NewPasswordForm",
    "change_password": "accounts.web.sign_in_forms.ChangePasswordForm",
    "reauthenticate": "accounts.web.sign_in_forms.ConfirmPasswordForm",
}

MFA_ADAPTER = "accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_RECOVERY_CODE_COUNT = 10
MFA_RECOVERY_CODE_DIGITS = 10
# A used code is remembered for one period only, so a code must not be valid longer than that.
MFA_TOTP_TOLERANCE = 0
MFA_TOTP_ISSUER = "Baken"
MFA_FORMS = {
    "activate_totp": "accounts.web.second_factor_forms.ActivateAppForm",
    "authenticate": "accounts.web.second_factor_forms.CodeForm",
    "reauthenticate": "accounts.web.second_factor_forms.ConfirmCodeForm",
    "add_webauthn": "accounts.web.second_factor_forms.AddPasskeyForm",
    "edit_webauthn": "accounts.web.second_factor_forms.RenamePasskeyForm",
}

# An interface is closed until its view names a permission; browser sessions do not open it.
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["accounts.authentication.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["accounts.authentication.HasDeclaredPermission"],
    "UNAUTHENTICATED_USER": None,
    # The form of an answer follows from the address, never from what stands behind its question mark.
    "URL_FORMAT_OVERRIDE": None,
}
