"""The forms of this room: signing in, inviting, choosing a password, giving a role, and filtering the log."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zicht.people import queries, rules
from zicht.people.code_fields import field_label, label_of, offered
from zicht.people.errors import CodeNotValidError
from zicht.people.models import LOGIN, LOGIN_RULE, NAME_LENGTH, SHOWN_AS_RULE, AccessLine, Account
from zicht.people.names import has_unseen

# Beyond these the sum of a day and a time zone is no date any more.
DAYS_OF_THE_LOG = [MinValueValidator(dt.date(2000, 1, 1)), MaxValueValidator(dt.date(2999, 12, 31))]
LARGEST_SEQUENCE = 2**63 - 1  # of a line: a signed 8-byte number
MIDNIGHT = dt.time.min


def _day_input() -> forms.DateInput:
    # A date input of the browser reads and writes ISO dates, whatever the language of the page.
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class SignInForm(LoginForm):  # type: ignore[misc]
    """Ask for the sign-in name in the words of the vocabulary."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["login"].label = field_label("account", "login")
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        # allauth offers a reset by e-mail here, which does not exist.
        self.fields["password"].help_text = _(
            "Forgotten? The administrator of the organisation makes a new set-up code."
        )


class InviteForm(forms.Form):
    """Ask what is needed for a new account."""

    login = forms.CharField(
        label=field_label("account", "login"),
        max_length=40,
        help_text=LOGIN_RULE,
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    shown_as = forms.CharField(
        label=field_label("account", "shown_as"),
        max_length=60,
        help_text=_("A working label is enough, such as “evening desk 2”."),
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("An account without a role sees nothing yet. Roles can be given later, too."),
    )

    def __init__(self, *args: Any, regime: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["roles"].choices = _role_choices(rules.roles_within(regime))  # type: ignore[attr-defined]

    def clean_login(self) -> str:
        """Read capitals as small letters and say at once what a sign-in name looks like."""
        word: str = self.cleaned_data["login"].lower()
        if not LOGIN.fullmatch(word):
            raise forms.ValidationError(LOGIN_RULE)
        return word

    def clean_shown_as(self) -> str:
        """Say at once that a name must be seen whole."""
        name: str = self.cleaned_data["shown_as"]
        if has_unseen(name):
            raise forms.ValidationError(SHOWN_AS_RULE)
        return name


class PartnerForm(forms.Form):
    """Ask what must be known about an organisation that cases come from or go to."""

    org_name = forms.CharField(label=field_label("organisation", "org_name"), max_length=NAME_LENGTH)
    org_type = forms.ChoiceField(label=field_label("organisation", "org_type"))
    legal_regime = forms.ChoiceField(label=field_label("organisation", "legal_regime"))
    list_group = forms.ChoiceField(label=field_label("organisation", "list_group"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("org_type", "legal_regime", "list_group"):
            choices = [("", _("Not chosen yet")), *offered(name, strict=True)]
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_org_name(self) -> str:
        """Say at once that a name must be seen whole."""
        name: str = self.cleaned_data["org_name"]
        if has_unseen(name):
            raise forms.ValidationError(SHOWN_AS_RULE)
        return name


class GrantForm(forms.Form):
    """Ask which role to give."""

    role = forms.ChoiceField(label=field_label("role_grant", "role"))

    def __init__(self, *args: Any, account: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        free = [role for role in rules.roles_within(account.org.legal_regime) if role not in account.roles]
        self.fields["role"].choices = [("", _("Choose a role")), *_role_choices(free)]  # type: ignore[attr-defined]


class SetUpForm(SetPasswordForm):  # type: ignore[type-arg]
    """Ask for a set-up code, and for a password twice."""

    code = forms.CharField(
        label=_("Set-up code"),
        help_text=_("20 letters and digits. Capitals, spaces and hyphens make no difference."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false", "inputmode": "text"}),
    )
    field_order = ("code", "new_password1", "new_password2")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(None, *args, **options)  # whose password it is stands in the code
        self.fields["new_password1"].help_text = _(
            "At least 12 characters. A few words in a row are easy to remember and hard to guess."
        )

    def clean_code(self) -> str:
        """Find the account; wrong, used and old codes get one answer."""
        # No limit on attempts: a thousand a second for 72 hours find one of 2**100 with a chance of 2**-72.
        code: str = self.cleaned_data["code"]
        self.user = queries.find_invited(code)
        if self.user is None:
            raise forms.ValidationError(CodeNotValidError.sentence)
        return code

    def clean(self) -> dict[str, Any]:
        """Judge the password only for somebody with a good code."""
        return super().clean() or {} if self.user else self.cleaned_data


class LogPositionForm(forms.Form):
    """Read from the address where a page of the log begins."""

    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_SEQUENCE, widget=forms.HiddenInput)


class AccountChoiceField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Offer accounts under the name that is shown and the one that is nobody else's."""

    def label_from_instance(self, account: Account) -> str:
        """Give both names."""
        return account.full_label


class LogFilterForm(LogPositionForm):
    """Ask why somebody reads the log of the organisation, and which lines."""

    purpose = forms.ChoiceField(label=field_label("access_line", "purpose"))
    account = AccountChoiceField(
        label=field_label("access_line", "account_id"),
        queryset=Account.objects.none(),
        required=False,
        empty_label=_("Everybody"),
    )
    verb = forms.ChoiceField(label=field_label("access_line", "verb"), required=False)
    from_day = forms.DateField(label=_("From"), required=False, widget=_day_input(), validators=DAYS_OF_THE_LOG)
    to_day = forms.DateField(
        label=_("Up to and including"), required=False, widget=_day_input(), validators=DAYS_OF_THE_LOG
    )

    def __init__(self, *args: Any, reader: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        purposes = [(code, label_of("access_purpose", code)) for code in rules.purposes_for_others(reader)]
        self.fields["purpose"].choices = [("", _("Choose a purpose")), *purposes]  # type: ignore[attr-defined]
        self.fields["verb"].choices = [("", _("Everything")), *offered("access_verb", strict=True)]  # type: ignore[attr-defined]
        # Who works here is told only to somebody who said what for, which writes a line.
        self.names_accounts = self.data.get("purpose") in rules.purposes_for_others(reader)
        if self.names_accounts:
            self.fields["account"].queryset = queries.accounts_of(reader.org_id).prefetch_related(None)  # type: ignore[attr-defined]
        else:
            del self.fields["account"]

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("This day lies before the first day."))
        return cleaned

    def narrow(self, lines: QuerySet[AccessLine]) -> QuerySet[AccessLine]:
        """Keep the lines that were asked for; days begin and end at midnight where the organisation is."""
        asked = self.cleaned_data
        if asked["account"]:
            lines = lines.filter(account=asked["account"])
        if asked["verb"]:
            lines = lines.filter(verb=asked["verb"])
        if asked["from_day"]:
            lines = lines.filter(at__gte=_midnight(asked["from_day"]))
        if asked["to_day"]:
            lines = lines.filter(at__lt=_midnight(asked["to_day"] + dt.timedelta(days=1)))
        return lines


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, MIDNIGHT))


def _role_choices(roles: Iterable[str]) -> list[tuple[str, str]]:
    return [(role, label_of("staff_role", role)) for role in roles]
