"""Settings that open a back door stop the start, each with its own cure."""

from pytest_django import Settings

from accounts import checks


def test_demonstration_with_production_settings_stops_the_start(settings: Settings) -> None:
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = True, "production"
    assert [found.id for found in checks.demonstration_only_where_allowed()] == ["baken.E110"]


def test_demonstration_with_its_own_settings_starts(settings: Settings) -> None:
    settings.BAKEN_DEMONSTRATION, settings.BAKEN_MODE = True, "demonstration"
    assert checks.demonstration_only_where_allowed() == []


def test_code_that_always_works_stops_the_start(settings: Settings) -> None:
    settings.MFA_TOTP_INSECURE_BYPASS_CODE = "123456"
    assert [found.id for found in checks.no_shortcut_past_second_factor()] == ["baken.E111"]


def test_start_without_the_closing_middleware_is_refused(settings: Settings) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if name not in checks.REQUIRED_MIDDLEWARE]
    assert [found.id for found in checks.pages_closed_by_default()] == ["baken.E112", "baken.E112"]


def test_weak_password_hash_stops_the_start_in_production(settings: Settings) -> None:
    settings.BAKEN_MODE = "production"
    assert [found.id for found in checks.strong_password_hash()] == ["baken.E113"]


def test_settings_of_the_tests_pass() -> None:
    assert [found for check in checks.CHECKS for found in check()] == []
