"""What can go wrong with keys, sealed values and the audit trail. Texts name the place and the rule, never a value."""


class SafeguardError(Exception):
    """Anything below: the caller gets no value, and must not carry on as if it had one."""


class KeyMissing(SafeguardError):
    """The key is not here, or this process may not hold it."""


class KeyUnusable(SafeguardError):
    """The key is here but is damaged, weak or open to others."""


class Erased(SafeguardError):
    """The data key was destroyed; nobody can open this any more."""


class Tampered(SafeguardError):
    """The ciphertext, or the place it stands in, is not the one that was sealed."""


class UnknownFormat(SafeguardError):
    """Not a format that this version writes or reads; never taken for plaintext."""


class AuditError(SafeguardError):
    """The audit entry cannot be written, so the action must not happen."""


class AppendOnlyError(SafeguardError):
    """Somebody tried to change what is written once."""
