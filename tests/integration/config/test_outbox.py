"""The demonstration shows its mails on a page, without recipient; no other settings have that page or send that way."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from pytest_django import Settings

from accounts import services
from accounts.models import Organisation
from accounts.permissions import operator
from config.demonstration.models import Mail
from config.demonstration.outbox import KEPT

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings: Settings) -> None:
    settings.BAKEN_DEMONSTRATION = True
    settings.EMAIL_BACKEND = "config.demonstration.outbox.Outbox"


def sent(subject: str = "Uw link") -> None:
    EmailMessage(subject, "https://localhost/without-account/link/abc", to=["quirijntje@example.org"]).send()


@pytest.mark.usefixtures("demonstration")
def test_mail_is_shown_without_its_recipient() -> None:
    sent()
    page = Client().get("/demonstration/mail").content.decode()
    assert 'href="https://localhost/without-account/link/abc"' in page
    assert "quirijntje" not in page
    assert "quirijntje" not in repr(list(Mail.objects.values()))


@pytest.mark.usefixtures("demonstration")
def test_only_the_last_mails_are_kept() -> None:
    for number in range(KEPT + 3):
        sent(f"Mail {number}")
    assert Mail.objects.count() == KEPT
    assert not Mail.objects.filter(subject="Mail 0").exists()


@pytest.mark.parametrize("mode", ["production", "test"])
def test_page_is_not_there_otherwise(settings: Settings, mode: str) -> None:
    settings.BAKEN_MODE, settings.BAKEN_DEMONSTRATION = mode, mode == "production"
    assert Client().get("/demonstration/mail").status_code == 404


def test_organisation_of_private_persons_is_made_once() -> None:
    by = operator("tests")
    first, second = (services.ensure_private_persons(by=by) for _ in range(2))
    assert first == second
    made = Organisation.objects.get(other_kind="private-person")
    assert (made.group, made.public_body) == ("other-reporters", False)
    services.deactivate_organisation(organisation=first, by=by)
    assert services.ensure_private_persons(by=by) == first
    assert not Organisation.objects.get(id=first).active
