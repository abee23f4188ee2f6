"""The forms of shelter places: what a shelter offers, a hold, the waiting list, a stay, and a forecast."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zicht import words
from zicht.care import rules
from zicht.care.models import Shelter
from zicht.cases.forms import TopicForm
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import field_label, language
from zicht.people.models import Account, Organisation

OFFERED = ("place_kind", "capacity", "max_stay_days", "accepts_age_bands", "accepts_genders", "region", "placing_org")
MOST_TEXT = 4_000  # characters
LONGEST = 3_650  # days, in a forecast
MOST_A_YEAR = 100_000


def _day_input() -> forms.DateInput:
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class ShelterForm(TopicForm):
    """Ask what a shelter offers and to whom; there is no field for where it is."""

    def __init__(self, data: Any = None, *, account: Account, shelter: Shelter | None = None) -> None:
        others = Organisation.objects.filter(accounts__status="active").distinct().order_by("org_name")
        super().__init__(
            data,
            entity="shelter",
            only=OFFERED,
            needed=("max_stay_days",),
            record=shelter,
            initial=None if shelter else {"max_stay_days": 42},
            options={
                "region": [("", _("Not named")), *((name, name) for name in rules.provinces())],
                "placing_org": [(str(one.pk), str(one)) for one in others if one.pk != account.org_id],
            },
        )
        # Of whom it is not known fits everywhere, so what is not known is nothing to choose here.
        for name, terms in (("accepts_age_bands", "age_band"), ("accepts_genders", "gender")):
            self.fields[name].widget.choices = words.choices(terms, language())
            self.fields[name].help_text = _("None chosen: everybody.")
        self.fields["placing_org"].help_text = _("Only where another organisation decides who comes.")
        self.fields["region"].help_text = _("A province, so that nobody is placed where it is not safe for them.")


class HoldForm(forms.Form):
    """Ask in which shelter a place is held, and for how long."""

    use_required_attribute = False
    shelter = forms.ChoiceField(label=gettext_lazy("Shelter"), widget=forms.RadioSelect)
    hours = forms.TypedChoiceField(label=gettext_lazy("Hold it for"), coerce=int, initial=24, widget=forms.RadioSelect)

    def __init__(self, data: Any = None, *, offered: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["shelter"].choices = offered  # type: ignore[attr-defined]
        hours = [(n, ngettext("%(n)s hour", "%(n)s hours", n) % {"n": n}) for n in rules.HOLD_HOURS]
        self.fields["hours"].choices = hours  # type: ignore[attr-defined]


class WaitForm(TopicForm):
    """Ask for what kind of place somebody waits, how urgent it is, and which regions are not safe."""

    unsafe = forms.MultipleChoiceField(
        label=field_label("waiting_list_entry", "unsafe_areas"),
        help_text=gettext_lazy("Encrypted. A place in such a region is not offered."),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices"}),
    )

    def __init__(self, data: Any = None, *, begin: dict[str, object]) -> None:
        super().__init__(data, entity="waiting_list_entry", only=("place_kind", "urgency"), initial=begin)
        self.fields["unsafe"] = self.fields.pop("unsafe")  # last
        self.fields["unsafe"].choices = [(name, name) for name in rules.provinces()]  # type: ignore[attr-defined]


class ExtendForm(forms.Form):
    """Ask until when a stay is planned now, and why it is longer than the longest stay."""

    use_required_attribute = False
    planned_until = forms.DateField(label=gettext_lazy("New planned end"), widget=_day_input())
    extension_reason = forms.CharField(
        label=field_label("stay", "extension_reason"),
        help_text=gettext_lazy("No names or addresses. Encrypted."),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4}),
    )


class EndForm(forms.Form):
    """Ask when and how a stay ended, and what was handed over."""

    use_required_attribute = False
    until_date = forms.DateField(label=field_label("stay", "until_date"), widget=_day_input())
    end_reason = Asked(label=field_label("stay", "end_reason"), widget=forms.RadioSelect)
    handover = forms.CharField(
        label=field_label("stay", "handover"),
        help_text=gettext_lazy("What whoever goes on must know. No names or addresses. Encrypted."),
        required=False,
        max_length=MOST_TEXT,
        widget=forms.Textarea({"rows": 4}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, initial={"until_date": timezone.localdate()})
        self.fields["end_reason"].widget.choices = words.choices("stay_end", language())

    def clean_end_reason(self) -> str:
        """Let the words judge it."""
        typed: str = self.cleaned_data["end_reason"]
        problem = words.check_value("stay", "end_reason", typed) if typed else words.Problem("required")
        if problem:
            raise forms.ValidationError(problem.in_language(language()))
        return typed

    @property
    def day(self) -> dt.date:
        """Give the day."""
        day: dt.date = self.cleaned_data["until_date"]
        return day


class ForecastForm(forms.Form):
    """Ask for how many places, people and days to look ahead."""

    use_required_attribute = False
    places = forms.IntegerField(label=gettext_lazy("Places in the shelter"), min_value=1, max_value=rules.MOST_PLACES)
    a_year = forms.FloatField(
        label=gettext_lazy("People a year who ask for a place"), min_value=0.1, max_value=MOST_A_YEAR
    )
    days = forms.FloatField(label=gettext_lazy("Days that a stay takes"), min_value=0.5, max_value=LONGEST)
    list_length = forms.IntegerField(
        label=gettext_lazy("People on the waiting list, at most"), min_value=0, max_value=100
    )
