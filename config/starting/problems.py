"""One kind of error for whatever keeps Baken from starting: a sentence with the cure."""


class CannotStartError(Exception):
    """Shown to the person who typed the command; the exit status is 1."""
