"""The nouns of this room: organisations, accounts with their roles, and the log of who saw what."""

import re
from collections.abc import Sequence
from functools import cached_property
from typing import ClassVar, Self
from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zicht.people import rules
from zicht.people.code_fields import entity_label, label_of
from zicht.people.names import as_read, has_unseen
from zicht.people.records import CodeField, MultiCodeField, WordsModel, WordsQuerySet
from zicht.people.set_up_codes import hash_code

HASH_LENGTH = 64  # hexadecimal characters of SHA-256
NAME_LENGTH = 200
LOGIN = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
LOGIN_RULE = _("Use 3 to 40 small letters, digits, dots, hyphens or underscores, and no e-mail address.")
SHOWN_AS_RULE = _("Use letters, digits, signs and plain spaces that everybody can see.")
SHOWN_AS_TAKEN = _("Somebody of the organisation is shown under this name. Choose one that cannot be mistaken for it.")
LOGIN_TAKEN = _("This sign-in name cannot be used. Choose another one.")


class Organisation(WordsModel):
    """An organisation with the legal regime that sets its retention and its walls."""

    words_entity = "organisation"

    org_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org_name = models.CharField(max_length=NAME_LENGTH, unique=True)
    org_type = CodeField("org_type", strict=True)
    list_group = CodeField("list_group", blank=True)
    legal_regime = CodeField("legal_regime", strict=True)
    mandatory_reporter = models.BooleanField(default=False)
    region = CodeField("place_level", blank=True)
    area_code = models.CharField(max_length=20, blank=True)
    services = MultiCodeField("support_type")
    languages = MultiCodeField("iso639")
    opening = models.CharField(max_length=NAME_LENGTH, blank=True)

    def __str__(self) -> str:
        return self.org_name


class AccountManager(BaseUserManager["Account"]):
    """Find accounts by the word they sign in with, together with their organisation, which every rule asks for."""

    def get_queryset(self) -> WordsQuerySet["Account"]:
        """Join the organisation."""
        return WordsQuerySet["Account"](self.model, using=self._db).select_related("org")


class Account(WordsModel, AbstractBaseUser):
    """A member of staff who signs in; no e-mail address, no name, and no account that may do everything."""

    words_entity = "account"
    words_beside = frozenset({"password"})

    account_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="accounts")
    login = models.CharField(max_length=40, unique=True)
    shown_as = models.CharField(max_length=60)
    status = CodeField("account_status", strict=True, default="invited")
    created_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    # The log of who saw what holds every sign-in; a second trace would outlive its pruning.
    last_login = None

    USERNAME_FIELD = "login"

    objects: ClassVar[AccountManager] = AccountManager()  # type: ignore[assignment]

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(status="closed", closed_on__isnull=False)
                | (~Q(status="closed") & Q(closed_on__isnull=True)),
                name="account_closed_on_exactly_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_as

    def clean(self) -> None:
        """Refuse a name that others could mistake, and an e-mail address to sign in with."""
        super().clean()
        if not LOGIN.fullmatch(self.login):
            raise ValidationError({"login": LOGIN_RULE})
        if has_unseen(self.shown_as):
            raise ValidationError({"shown_as": SHOWN_AS_RULE})
        if self._is_shown_as_somebody_else():
            raise ValidationError({"shown_as": SHOWN_AS_TAKEN})

    def _is_shown_as_somebody_else(self) -> bool:
        """Compare with everybody who is not closed: who comes back after that may have the old name again."""
        others = Account.objects.filter(org_id=self.org_id).exclude(status="closed").exclude(pk=self.pk)
        return as_read(self.shown_as) in {as_read(name) for name in others.values_list("shown_as", flat=True)}

    def unique_error_message(self, model_class: type[models.Model], unique_check: Sequence[str]) -> ValidationError:
        """Say the same whichever organisation has the word: it must not tell who works elsewhere."""
        if tuple(unique_check) == ("login",):
            return ValidationError(LOGIN_TAKEN, code="unique")
        return super().unique_error_message(model_class, unique_check)

    @property
    def full_label(self) -> str:
        """Give the name that is shown with the one that is nobody else's."""
        return f"{self.shown_as} ({self.login})"

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Tell whether this account may sign in at all."""
        return self.status == "active"

    @cached_property
    def roles(self) -> frozenset[str]:
        """Give the roles this account has now; read once for each request."""
        return frozenset(grant.role for grant in self.grants.all() if grant.ended_on is None)

    def has_perm(self, permission: str, record: object = None) -> bool:
        """Ask the rules; there is no other source of permissions."""
        return rules.may(self, permission, record)


class RoleGrant(WordsModel):
    """A role that an account has, or had: ended, never deleted."""

    words_entity = "role_grant"

    grant_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="grants")
    role = CodeField("staff_role", strict=True)
    granted_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    granted_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account", "role"], condition=Q(ended_on__isnull=True), name="role_held_once_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return label_of("staff_role", self.role)


class SetUpCodeQuerySet(models.QuerySet["SetUpCode"]):
    """Look codes up by their hash: how long that takes tells nothing about a code."""

    def opened_by(self, typed: str) -> Self:
        """Keep the code that was typed, when it is still good and its account is not closed."""
        good = self.filter(code_hash=hash_code(typed), valid_until__gt=timezone.now())
        return good.exclude(account__status="closed")


class SetUpCode(models.Model):
    """The one-time code with which an account gets a (new) password; a secret, so no noun of the vocabulary."""

    account = models.OneToOneField(Account, on_delete=models.CASCADE, primary_key=True, related_name="set_up_code")
    code_hash = models.CharField(max_length=HASH_LENGTH, unique=True)
    valid_until = models.DateTimeField()

    objects = SetUpCodeQuerySet.as_manager()

    def __str__(self) -> str:
        return f"set-up code valid until {self.valid_until:%Y-%m-%d %H:%M}"


class ApiTokenQuerySet(WordsQuerySet["ApiToken"]):
    """Keys for the programming interface."""

    def good(self) -> Self:
        """Keep the keys that can be used today."""
        return self.filter(ended_on=None, expires_on__gte=timezone.localdate())


class ApiToken(WordsModel):
    """A key with which a program acts as an account: only its hash is kept."""

    words_entity = "api_token"
    words_beside = frozenset({"token_hash"})

    token_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="api_tokens")
    label = models.CharField(max_length=60)
    scopes = MultiCodeField("api_scope", strict=True)
    created_on = models.DateField()
    expires_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    token_hash = models.CharField(max_length=HASH_LENGTH, unique=True)

    objects: ClassVar[ApiTokenQuerySet] = ApiTokenQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return self.label

    @property
    def is_good(self) -> bool:
        """Tell whether it can be used today."""
        return self.ended_on is None and self.expires_on >= timezone.localdate()

    def scope_labels(self) -> list[str]:
        """Give what it may do, in the language of the reader."""
        return [label_of("api_scope", scope) for scope in self.scopes]


class AccessLine(WordsModel):
    """One line of the access log: who did what with which record, when and why."""

    words_entity = "access_line"

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    org = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    compartment = CodeField("compartment", strict=True, blank=True)
    verb = CodeField("access_verb", strict=True)
    subject = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=60, blank=True)
    purpose = CodeField("access_purpose", strict=True)
    previous_hash = models.CharField(max_length=HASH_LENGTH)
    line_hash = models.CharField(max_length=HASH_LENGTH)

    class Meta:
        ordering: ClassVar = ["-sequence"]
        indexes: ClassVar = [
            models.Index(fields=["org", "-sequence"], name="log_of_an_organisation"),
            models.Index(fields=["account", "-sequence"], name="log_of_an_account"),
            models.Index(fields=["subject", "subject_id"], name="log_of_a_record"),
        ]

    def __str__(self) -> str:
        return f"line {self.sequence}"

    def get_subject_display(self) -> str:
        """Give the kind of record in the language of the reader."""
        return entity_label(self.subject)


class LogCheckpoint(WordsModel):
    """A signed statement that the log, up to and including one line, had one hash."""

    words_entity = "log_checkpoint"

    checkpoint_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    through_sequence = models.BigIntegerField()
    line_hash = models.CharField(max_length=HASH_LENGTH)
    signed_at = models.DateTimeField()
    key_id = models.CharField(max_length=HASH_LENGTH)
    signature = models.TextField()

    def __str__(self) -> str:
        return f"checkpoint through line {self.through_sequence}"


class LogPruning(WordsModel):
    """The removal of old lines up to a checkpoint."""

    words_entity = "log_pruning"

    pruning_id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    checkpoint = models.ForeignKey(LogCheckpoint, on_delete=models.PROTECT, related_name="prunings")
    through_sequence = models.BigIntegerField()
    pruned_at = models.DateTimeField()
    pruned_by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+", null=True, blank=True)

    def __str__(self) -> str:
        return f"pruning through line {self.through_sequence}"
