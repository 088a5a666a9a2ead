"""Argon2id for passwords, a few hashes at a time, so that a burst of sign-ins cannot take all memory."""

from threading import BoundedSemaphore

from django.contrib.auth.hashers import Argon2PasswordHasher

AT_ONCE = 2
_turns = BoundedSemaphore(AT_ONCE)


class LimitedArgon2Hasher(Argon2PasswordHasher):
    """64 MiB, two passes, one lane: on a small server more lanes only compete with each other."""

    memory_cost = 64 * 1024
    time_cost = 2
    parallelism = 1

    def encode(self, password: str, salt: str) -> str:
        with _turns:
            return super().encode(password, salt)

    def verify(self, password: str, encoded: str) -> bool:
        with _turns:
            return super().verify(password, encoded)
