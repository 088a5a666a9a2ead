"""Passwords are hashed with Argon2id of the chosen cost, and never more than a few at once."""

import threading
import time
from importlib import import_module

import pytest
from argon2 import extract_parameters
from argon2.low_level import Type
from django.contrib.auth.hashers import Argon2PasswordHasher

from accounts.hashers import AT_ONCE, LimitedArgon2Hasher

SETTINGS = import_module("config.settings.sign_in")


def test_hash_is_argon2id_with_the_chosen_cost() -> None:
    encoded = LimitedArgon2Hasher().encode("een lange zin", "zout zout zout")
    found = extract_parameters(encoded.removeprefix("argon2"))
    assert (found.type, found.memory_cost, found.time_cost, found.parallelism) == (Type.ID, 64 * 1024, 2, 1)


def test_hash_verifies_its_own_password_and_no_other() -> None:
    hasher = LimitedArgon2Hasher()
    encoded = hasher.encode("een lange zin", "zout zout zout")
    assert hasher.verify("een lange zin", encoded)
    assert not hasher.verify("een andere zin", encoded)


def test_all_settings_but_the_tests_use_it_first() -> None:
    assert SETTINGS.PASSWORD_HASHERS[0] == "accounts.hashers.LimitedArgon2Hasher"


def test_no_more_than_a_few_hashes_run_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()

    def slow_verify(self: Argon2PasswordHasher, password: str, encoded: str) -> bool:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.02)
        with lock:
            running -= 1
        return True

    monkeypatch.setattr(Argon2PasswordHasher, "verify", slow_verify)
    threads = [threading.Thread(target=LimitedArgon2Hasher().verify, args=("a", "b")) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == AT_ONCE
