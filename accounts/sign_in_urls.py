"""The addresses of allauth that Baken uses, under the names that allauth looks up. Sign-up and email changes are not here."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.db.transaction import atomic
from django.urls import path, re_path

from accounts.web.entrance import SignInView

# atomic: a factor and its audit entry are stored together or not at all.
urlpatterns = [
    path("sign-in", SignInView.as_view(), name="account_login"),
    path("sign-out", account.logout, name="account_logout"),
    path("account-closed", account.account_inactive, name="account_inactive"),
    path("confirm", account.reauthenticate, name="account_reauthenticate"),
    path("password/change", account.password_change, name="account_change_password"),
    path("password/set", account.password_set, name="account_set_password"),
    path("password/forgotten", account.password_reset, name="account_reset_password"),
    path("password/forgotten/sent", account.password_reset_done, name="account_reset_password_done"),
    path("password/choose/done", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^password/choose/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("security", mfa.index, name="mfa_index"),
    path("sign-in/code", mfa.authenticate, name="mfa_authenticate"),
    path("confirm/code", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("security/app", atomic(totp.activate_totp), name="mfa_activate_totp"),
    path("security/app/remove", atomic(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("security/recovery-codes", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("security/recovery-codes/new", atomic(recovery_codes.generate_recovery_codes), name="mfa_generate_recovery_codes"),
    path("security/passkeys", webauthn.list_webauthn, name="mfa_list_webauthn"),
    path("security/passkeys/add", atomic(webauthn.add_webauthn), name="mfa_add_webauthn"),
    path("security/passkeys/<int:pk>/remove", atomic(webauthn.remove_webauthn), name="mfa_remove_webauthn"),
    path("security/passkeys/<int:pk>/rename", webauthn.edit_webauthn, name="mfa_edit_webauthn"),
    path("confirm/passkey", webauthn.reauthenticate_webauthn, name="mfa_reauthenticate_webauthn"),
    # allauth leaves this one to the site's own rule, which is that pages need a sign-in.
    path("sign-in/passkey", login_not_required(webauthn.login_webauthn), name="mfa_login_webauthn"),
]
