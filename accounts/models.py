"""Organisations, their users with roles, and tokens of their systems."""

from typing import ClassVar
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from accounts.reporters import OtherReporter, PoliceUnit, ReporterGroup
from accounts.roles import Role
from safeguards.classification import FieldClass


class Organisation(models.Model):
    """group is empty for an organisation that does not report (the registry itself, a feed)."""

    class Feed(models.TextChoices):
        EMM = "emm"
        OM = "om"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=120, unique=True)
    group = models.CharField(max_length=24, blank=True, choices=[(g.value, g.value) for g in ReporterGroup])
    other_kind = models.CharField(max_length=24, blank=True, choices=[(k.value, k.value) for k in OtherReporter])
    unit = models.CharField(max_length=24, blank=True, choices=[(u.value, u.value) for u in PoliceUnit])
    feed = models.CharField(max_length=8, blank=True, choices=Feed)
    public_body = models.BooleanField(default=False)
    active = models.BooleanField(default=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "name", "group", "other_kind", "unit", "feed", "public_body", "active")
    }

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(group="police") & ~Q(unit="") | ~Q(group="police") & Q(unit=""),
                name="police_and_only_police_has_a_unit",
            ),
            models.CheckConstraint(condition=Q(group="") | Q(feed=""), name="reports_or_feeds_not_both"),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, name: str = "") -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person who signs in; what they may do follows from their memberships alone."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    language = models.CharField(max_length=2, default="nl")
    is_active = models.BooleanField(default=True)
    created = models.DateTimeField(auto_now_add=True)
    session_version = models.PositiveIntegerField(default=0)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects = UserManager()

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "password", "last_login", "email", "name", "language", "is_active", "created", "session_version")
    }

    def __str__(self) -> str:
        return self.name or str(self.id)

    def _get_session_auth_hash(self, secret: str | bytes | None = None) -> str:
        """Every session carries this value: a new password or a new session_version ends them all at once."""
        content = f"{self.session_version}:{self.password}"
        return salted_hmac("accounts.User.session", content, secret=secret, algorithm="sha256").hexdigest()


class Membership(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=32, choices=[(r.value, r.value) for r in Role])

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "user", "organisation", "role")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "organisation", "role"], name="one_membership_per_role")]


class SystemClient(models.Model):
    """A system that signs in by a key of its own (OAuth 2, private_key_jwt); it holds no secret of ours."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="clients")
    name = models.CharField(max_length=80)
    role = models.CharField(max_length=32, choices=[(r.value, r.value) for r in Role])
    scopes = models.CharField(max_length=200)
    created = models.DateTimeField(auto_now_add=True)
    last_used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "organisation", "name", "role", "scopes", "created", "last_used", "revoked")
    }


class ClientKey(models.Model):
    """The public half; several may be valid at once, so that a new one can take over from an old one."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    client = models.ForeignKey(SystemClient, on_delete=models.CASCADE, related_name="keys")
    kid = models.CharField(max_length=64)
    algorithm = models.CharField(max_length=8, help_text="The only one that this key is used with.")
    public = models.CharField(max_length=400, help_text="JSON Web Key with its required members only.")
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    revoked = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL for name in ("id", "client", "kid", "algorithm", "public", "created", "expires", "revoked")
    }

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "kid"], name="one_key_per_kid")]


class UsedAssertion(models.Model):
    """The number of a client's signed request: the constraint is what makes it good for one time."""

    client = models.ForeignKey(SystemClient, on_delete=models.CASCADE, related_name="used")
    jti = models.CharField(max_length=128)
    expires = models.DateTimeField(db_index=True)

    FIELD_CLASSES = {name: FieldClass.OPERATIONAL for name in ("id", "client", "jti", "expires")}

    class Meta:
        constraints = [models.UniqueConstraint(fields=["client", "jti"], name="each_assertion_once")]


class ApiToken(models.Model):
    """Only a keyed digest is stored; the token itself is shown once. With a key it was given out for some minutes by OAuth."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="tokens")
    key = models.ForeignKey(ClientKey, null=True, on_delete=models.CASCADE, related_name="tokens")
    role = models.CharField(max_length=32, choices=[(r.value, r.value) for r in Role])
    scopes = models.CharField(max_length=200, default="")
    digest = models.BinaryField(unique=True, max_length=32)
    name = models.CharField(max_length=80, blank=True)
    created = models.DateTimeField(auto_now_add=True)
    expires = models.DateTimeField()
    last_used = models.DateTimeField(null=True)
    revoked = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "organisation", "key", "role", "scopes", "digest", "name", "created", "expires", "last_used", "revoked",
        )
    }  # fmt: skip


class Webhook(models.Model):
    """An address of an organisation's system that is told of states; secret is sealed and signs what it is told."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="webhooks")
    address = models.CharField(max_length=400)
    topics = models.CharField(max_length=120)
    secret = models.TextField()
    created = models.DateTimeField(auto_now_add=True)
    failures = models.PositiveIntegerField(default=0, help_text="One after another, since something arrived last.")
    failing_since = models.DateTimeField(null=True)
    paused_until = models.DateTimeField(null=True)
    disabled = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in (
            "id", "organisation", "address", "topics", "secret", "created", "failures", "failing_since", "paused_until",
            "disabled",
        )
    }  # fmt: skip


class WebhookDelivery(models.Model):
    """One telling: which object has which state. Neither ever says anything of a person."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        FAILED = "failed"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    topic = models.CharField(max_length=24)
    object_id = models.CharField(max_length=64)
    status = models.CharField(max_length=40)
    state = models.CharField(max_length=12, choices=State, default=State.WAITING)
    created = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_attempt = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=24, blank=True, help_text="A code of ours, or the status that was answered.")

    FIELD_CLASSES = {
        name: FieldClass.OPERATIONAL
        for name in ("id", "webhook", "topic", "status", "state", "created", "attempts", "last_attempt", "outcome")
    } | {"object_id": FieldClass.PSEUDONYMOUS}

    class Meta:
        indexes = [models.Index(fields=["webhook", "-created"], name="deliveries_of_webhook")]
