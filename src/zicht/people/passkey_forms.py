"""Forms that receive what a passkey answered: bytes from outside, so anything may be wrong with them."""

import struct
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.forms import HiddenInput, JSONField
from django.forms.fields import InvalidJSONInput

from zicht.people import actions
from zicht.people.models import Account

# What allauth and fido2 let through when an answer is cut short, of another shape, or about nobody.
MALFORMED = (AttributeError, LookupError, TypeError, ValueError, struct.error)
MOST_BRACKETS = 100
MOST_LINES = 5  # of one person's failures
LINES_WITHIN = 5 * 60  # seconds


class PasskeyAnswerField(JSONField):
    """Read the answer of a passkey; JSON that is nested without end breaks Python's own reader."""

    def to_python(self, value: Any) -> Any:
        """Refuse it before it is read."""
        if _is_nested_too_deep(value):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Show it as it came when the form is shown again."""
        return InvalidJSONInput(data) if _is_nested_too_deep(data) else super().bound_data(data, initial)


def _is_nested_too_deep(text: object) -> bool:
    # A real answer opens fewer than ten brackets; what it carries is base64, which has none.
    return isinstance(text, str) and text.count("[") + text.count("{") > MOST_BRACKETS


def _write_down(user: Account | None) -> None:
    """Write a line of a failure, for each person a few at most: allauth counts no attempt that it cannot read."""
    key = f"zicht:passkey-failures:{user.pk}" if user else ""
    before = cache.get(key, 0) if key else 0
    if before >= MOST_LINES:
        return
    if key:
        cache.set(key, before + 1, LINES_WITHIN)
    actions.record_failed_sign_in(user)


class _Careful:
    """Give one answer to every malformed passkey instead of an error page, and write the failure down."""

    user: Any

    def clean_credential(self) -> Any:
        """Check the answer of the passkey."""
        try:
            return super().clean_credential()  # type: ignore[misc]
        except MALFORMED as error:
            _write_down(self.user)
            raise get_adapter().validation_error("incorrect_code") from error
        except ValidationError as refusal:
            if refusal.code == "too_many_login_attempts":  # nothing was tried, so there is nothing to write
                raise
            _write_down(self.user)
            if refusal.code == "invalid":  # an account key that is none, which the sentence would repeat
                raise get_adapter().validation_error("incorrect_code") from refusal
            raise


class PasskeySignInForm(_Careful, LoginWebAuthnForm):  # type: ignore[misc]
    """Sign in with a passkey alone."""

    credential = PasskeyAnswerField(widget=HiddenInput)


class PasskeyCodeForm(_Careful, AuthenticateWebAuthnForm):  # type: ignore[misc]
    """Use a passkey as second factor."""

    credential = PasskeyAnswerField(widget=HiddenInput)


class PasskeyAgainForm(_Careful, ReauthenticateWebAuthnForm):  # type: ignore[misc]
    """Show once more who is there, with a passkey."""

    credential = PasskeyAnswerField(widget=HiddenInput)


class PasskeyAddForm(AddWebAuthnForm):  # type: ignore[misc]
    """Add a passkey."""

    credential = PasskeyAnswerField(widget=HiddenInput)

    def clean(self) -> dict[str, Any]:
        """Check what the new passkey answered."""
        try:
            cleaned: dict[str, Any] = super().clean()
        except MALFORMED as error:
            raise get_adapter().validation_error("incorrect_code") from error
        return cleaned
