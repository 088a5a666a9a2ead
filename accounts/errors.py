"""Errors of this package, each with a sentence that a person may read. They never repeat what was typed."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class AccountsError(Exception):
    """A change that the rules refuse."""

    sentence: str | Promise = _("This change is not possible.")

    def __init__(self) -> None:
        super().__init__(str(self.sentence))


class UnknownOrganisationError(AccountsError):
    sentence = _("There is no such organisation.")


class UnknownUserError(AccountsError):
    sentence = _("There is no such user.")


class UnknownTokenError(AccountsError):
    sentence = _("There is no such token.")


class UnknownClientError(AccountsError):
    sentence = _("There is no such system.")


class UnknownKeyError(AccountsError):
    sentence = _("There is no such key.")


class KeyNotReadableError(AccountsError):
    sentence = _("This is not a public key that can be used. Paste one of kind P-256 or Ed25519, as JWK or as PEM.")


class PrivateKeyGivenError(AccountsError):
    sentence = _("This is a private key. It has now been shown to others, so make a new pair and paste the public half alone.")


class KeyTakenError(AccountsError):
    sentence = _("This system has a key with this name (kid) already. Give every key a name of its own.")


class TooManyKeysError(AccountsError):
    sentence = _("This system has as many valid keys as it may have. Withdraw an old one first.")


class UnknownWebhookError(AccountsError):
    sentence = _("There is no such address.")


class AddressNotAllowedError(AccountsError):
    sentence = _("Enter an address that begins with https:// and that can be reached on the internet.")


class NoTopicError(AccountsError):
    sentence = _("Choose at least one thing to be told of.")


class TooManyWebhooksError(AccountsError):
    sentence = _("Your organisation has as many addresses as it may have. Remove one first.")


class NameTakenError(AccountsError):
    sentence = _("There is already an organisation with this name.")


class EmailNotValidError(AccountsError):
    sentence = _("This is not an email address.")


class EmailTakenError(AccountsError):
    sentence = _("There is already an account with this email address.")


class RoleNotPossibleError(AccountsError):
    sentence = _("A user of this organisation cannot have this role.")


class BothSidesError(AccountsError):
    sentence = _("Somebody who reports cannot have a role of the registry as well. Take the other roles away first.")


class ScopeNotPossibleError(AccountsError):
    sentence = _("A system of this organisation cannot be given this. Choose at least one thing from the list.")


class NoRoleError(AccountsError):
    sentence = _("Choose at least one role.")


class OwnAccountError(AccountsError):
    sentence = _("You cannot change your own roles or end your own account. Ask another administrator.")


class LastAdministratorError(AccountsError):
    sentence = _("This is the last system administrator. Appoint another one first.")
