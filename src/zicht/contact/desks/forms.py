"""The forms of a desk: what it is called, when it is open, who belongs to it, and the root of the organisation."""

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from zicht.contact.models import ANSWER_LENGTH, LABEL_LENGTH, NAME_LENGTH, Desk
from zicht.contact.sealing.errors import SealingError
from zicht.contact.sealing.parts import NAME, check_length, decode
from zicht.contact.sealing.statements import KEY_LENGTH
from zicht.people.code_fields import field_label, label_of, offered
from zicht.people.forms import AccountChoiceField
from zicht.people.models import Account

DAYS = [(number + 1, day) for number, day in WEEKDAYS.items()]  # 1 is Monday, as in ISO 8601


class DeskForm(forms.Form):
    """Ask what may change at a desk."""

    label_nl = forms.CharField(label=field_label("desk", "label_nl"), max_length=LABEL_LENGTH)
    label_en = forms.CharField(label=field_label("desk", "label_en"), max_length=LABEL_LENGTH)
    languages = forms.MultipleChoiceField(
        label=field_label("desk", "languages"), help_text=_("Languages in which somebody answers here.")
    )
    purpose = forms.ChoiceField(
        label=field_label("desk", "purpose"),
        help_text=_("It cannot be changed any more once somebody belongs to the desk."),
        choices=lambda: offered("desk_purpose", strict=True),
    )
    takes_files = forms.BooleanField(
        label=field_label("desk", "takes_files"),
        required=False,
        help_text=_("Visitors can send pictures. Leave it off where nobody is prepared for what may be on them."),
    )
    is_paused = forms.BooleanField(
        label=field_label("desk", "is_paused"),
        required=False,
        help_text=_("No new chats; visitors see telephone numbers and can leave a message."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["languages"].choices = offered("iso639", strict=True)  # type: ignore[attr-defined]


class NewDeskForm(DeskForm):
    """Ask what a new desk needs."""

    slug = forms.CharField(
        label=field_label("desk", "slug"),
        max_length=NAME_LENGTH,
        help_text=_("Small letters a to z, digits and hyphens. It stands in signed keys and cannot be changed later."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    field_order = ("slug",)

    def clean_slug(self) -> str:
        """Refuse what the sealed formats could not name."""
        slug: str = self.cleaned_data["slug"]
        if not NAME.fullmatch(slug):
            raise forms.ValidationError(_("Use small letters a to z, digits and hyphens, at most 64."))
        return slug


class HoursForm(forms.Form):
    """Ask when a desk is open."""

    days = forms.TypedMultipleChoiceField(
        label=_("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    opens = forms.TimeField(label=_("From"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    closes = forms.TimeField(label=_("Until"), widget=forms.TimeInput({"type": "time"}, format="%H:%M"))
    languages = forms.MultipleChoiceField(
        label=_("Only in"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none when all languages of the desk are answered then."),
    )

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, label_of("iso639", code)) for code in desk.languages]
        self.fields["languages"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse hours that end before they begin; a night is written as two."""
        cleaned = super().clean() or {}
        opens, closes = cleaned.get("opens"), cleaned.get("closes")
        if opens and closes and closes <= opens:
            self.add_error(
                "closes", _("This is not after the beginning. Write a night as two: until 23:59, and from 00:00.")
            )
        return cleaned


class HolidayForm(forms.Form):
    """Ask on which day a desk is closed."""

    day = forms.DateField(label=_("Day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class AnswerForm(forms.Form):
    """Ask for an answer that counsellors can begin with."""

    title = forms.CharField(label=_("Name of the answer"), max_length=LABEL_LENGTH)
    language = forms.ChoiceField(label=_("Language"))
    words = forms.CharField(
        label=_("Words"),
        max_length=ANSWER_LENGTH,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("A counsellor changes them before sending. Nothing about a person belongs here."),
    )

    def __init__(self, *args: Any, desk: Desk, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [(code, label_of("iso639", code)) for code in desk.languages]
        self.fields["language"].choices = choices  # type: ignore[attr-defined]


class MemberForm(forms.Form):
    """Ask who comes to a desk."""

    account = AccountChoiceField(
        label=_("Account"), queryset=Account.objects.none(), empty_label=_("Choose an account")
    )

    def __init__(self, *args: Any, possible: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["account"].queryset = possible  # type: ignore[attr-defined]


class RootForm(forms.Form):
    """Ask for the public half of the organisation's root; the fingerprint when there is one already."""

    root = forms.CharField(
        label=_("Root"),
        help_text=_("The 43 characters after “Root:” that zicht desk-key show prints."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    typed = forms.CharField(
        label=_("Fingerprint of the new root"),
        help_text=_("Type it from what the stewards wrote down, not from a screen."),
        widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}),
    )

    def __init__(self, *args: Any, is_change: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_change:
            del self.fields["typed"]

    def clean_root(self) -> bytes:
        """Read 32 bytes."""
        try:
            return check_length(decode(self.cleaned_data["root"].strip()), KEY_LENGTH)
        except SealingError as error:
            raise forms.ValidationError(_("This is not the public half of a root. It has 43 characters.")) from error
