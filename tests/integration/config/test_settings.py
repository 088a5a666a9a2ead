"""Each kind of settings, as a process of its own starts with it: what is missing or does not fit ends it with one sentence."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent.parent
STRONG = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
SOUND = {"DJANGO_SETTINGS_MODULE": "config.settings.production", "BAKEN_SECRET_KEY": STRONG, "BAKEN_HOSTS": "baken.example"}
READ = "from django.conf import settings; print(({}))"


def started(*arguments: str, **changes: str) -> subprocess.CompletedProcess[str]:
    given = ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")
    environment = {key: value for key, value in os.environ.items() if key not in given} | SOUND | changes
    return subprocess.run(
        (sys.executable, *arguments), env=environment, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )


def setting(expression: str, **changes: str) -> str:
    done = started("-c", READ.format(expression), **changes)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"BAKEN_DEMONSTRATION": "yes"}, "The demonstration cannot run with production settings; remove BAKEN_DEMONSTRATION."),
        ({"BAKEN_HOSTS": ""}, "Set BAKEN_HOSTS to the names that this site answers to, separated by commas; * is refused."),
        ({"BAKEN_HOSTS": "*"}, "Set BAKEN_HOSTS to the names that this site answers to, separated by commas; * is refused."),
        ({"BAKEN_SECRET_KEY": "changeme"}, "BAKEN_SECRET_KEY is too short or too simple; make a new one: "),
        ({"BAKEN_ROLE": "web"}, "BAKEN_ROLE must be one of: all, intake, backoffice, monitor, worker."),
        ({"DATABASE_URL": "mysql://x"}, "DATABASE_URL must start with postgres:// or sqlite://."),
    ],
)
def test_production_refuses_to_start_with_one_sentence(changes: dict[str, str], sentence: str) -> None:
    refused = started("manage.py", "check", **changes)
    assert refused.returncode == 1
    assert refused.stderr.startswith(sentence)
    assert refused.stderr.count("\n") == 1


def test_production_without_a_secret_names_it() -> None:
    environment = {key: value for key, value in (os.environ | SOUND).items() if key != "BAKEN_SECRET_KEY"}
    refused = subprocess.run(
        (sys.executable, "manage.py", "check"), env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert refused.stderr == "Set BAKEN_SECRET_KEY, or BAKEN_SECRET_KEY_FILE to a file that holds it.\n"


def test_production_is_no_demonstration_and_knows_no_demonstration_work() -> None:
    assert setting("settings.BAKEN_DEMONSTRATION, settings.DEBUG, settings.BAKEN_MODE") == "(False, False, 'production')"
    assert setting("'config.demonstration' in settings.INSTALLED_APPS") == "False"


def test_production_speaks_https_only() -> None:
    cookies = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE"
    assert setting(cookies) == "(True, True, True)"
    assert setting("settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS > 0") == "(True, True)"
    assert setting("settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME") == "('__Host-session', '__Host-csrf')"


def test_production_passes_the_checks_of_a_deployment(tmp_path: Path) -> None:
    changes = {"BAKEN_DATA": str(tmp_path), "BAKEN_KEYS": os.environ["BAKEN_KEYS"]}
    checked = started("manage.py", "check", "--deploy", "--fail-level", "WARNING", **changes)
    assert checked.returncode == 0, checked.stderr


def test_demonstration_marks_itself() -> None:
    changes = {"DJANGO_SETTINGS_MODULE": "config.settings.demonstration"}
    assert setting("settings.BAKEN_DEMONSTRATION, settings.BAKEN_BEYOND_LOOPBACK", **changes) == "(True, False)"


def test_page_that_waits_for_the_demonstration_has_a_form_that_can_be_sent() -> None:
    order = "settings.MIDDLEWARE.index('{}')".format
    before, waiting = "django.middleware.csrf.CsrfViewMiddleware", "config.demonstration.waiting.WaitUntilLoaded"
    assert setting(f"{order(waiting)} - {order(before)}", DJANGO_SETTINGS_MODULE="config.settings.demonstration") == "1"


def test_uploads_stay_in_memory() -> None:
    assert setting("settings.FILE_UPLOAD_HANDLERS") == "['django.core.files.uploadhandler.MemoryFileUploadHandler']"
