"""Which passwords are taken: long ones of any kind, and none that are known, repeated or the user's own address."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from accounts.models import User

SOMEBODY = User(email="administrator@example.org", name="Tom Mulder")


@pytest.mark.parametrize(
    "password", ["vijftien tekens", "alleen kleine letters en spaties", "123 mijn sommen 456", "ééñ lange zin ☂"]
)
def test_long_password_of_any_kind_is_taken(password: str) -> None:
    validate_password(password, SOMEBODY)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("veertien teken", "password_too_short"),
        ("administrator@example.org", "password_too_similar"),
        ("1q2w3e4r5t6y7u8i9o0p", "password_too_common"),
        ("passwordpassword", "password_repeats"),
        ("aaaaaaaaaaaaaaaa", "password_repeats"),
        ("geheimgeheimgeheim!", "password_repeats"),
        ("een lange zin " * 36, "password_too_long"),
    ],
)
def test_password_is_refused_for_one_reason(password: str, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        validate_password(password, SOMEBODY)
    assert [error.code for error in refused.value.error_list] == [code]
