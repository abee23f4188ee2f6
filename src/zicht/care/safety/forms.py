"""The forms of safety: a version of the safety plan, and how and when somebody can be reached."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from zicht.care.plan.models import SafeContact, SafetyPlan
from zicht.care.safety import rules
from zicht.care.safety.reaching import refuse_a_way_to_reach
from zicht.care.safety.rules import Window
from zicht.cases.forms import TopicForm
from zicht.people.sealed import reveal

OF_A_SAFETY_PLAN = ("risks", "warning_signs", "steps", "who_does", "made_with_person", "review_on")
TEXTS = ("warning_signs", "steps", "who_does")
OF_A_CONTACT = ("channel", "code_phrase", "must_not_know", "leave_message", "checked_on")
SLOTS = 3  # windows of hours that can be named


class SafetyPlanForm(TopicForm):
    """Ask what was agreed to keep a person safe; it begins with what the version before says."""

    def __init__(self, data: Any = None, *, last: SafetyPlan | None = None) -> None:
        begin: dict[str, object] = {"made_with_person": None}
        if last:
            begin = {"risks": last.risks, **{name: reveal(last, name) for name in TEXTS}}
        beside: dict[str, object] = {"made_on": timezone.localdate()}
        super().__init__(data, entity="safety_plan", only=OF_A_SAFETY_PLAN, initial=begin, beside=beside)

    def clean(self) -> dict[str, Any]:
        """Refuse what somebody could be found with."""
        return refuse_a_way_to_reach(self, super().clean(), TEXTS)


class ContactForm(TopicForm):
    """Ask the way, the hours, the code phrase and who may not know; never a number."""

    def __init__(self, data: Any = None, *, contact: SafeContact | None = None) -> None:
        begin: dict[str, object] = {"checked_on": timezone.localdate(), "leave_message": False}
        if contact:
            names = (name for name in OF_A_CONTACT if name not in ("code_phrase", "checked_on"))
            begin |= {name: getattr(contact, name) for name in names}
            begin |= _begin_slots(rules.read_hours(reveal(contact, "hours")))
        super().__init__(data, entity="safe_contact", only=OF_A_CONTACT, initial=begin)
        self.windows: list[Window] = []
        self.fields["code_phrase"].widget = forms.TextInput({"autocomplete": "off", "maxlength": 200})
        self.fields["code_phrase"].help_text = _(
            "Words that tell the person that it is really you. No number, address or account. "
            "Shown only when contact is made, and each time is written down."
        )
        if contact and contact.code_phrase:
            # It is not shown here, which would be outside the safe hours, and without a line that it was shown.
            self.fields["code_phrase"].help_text += " " + _(
                "Leave it empty to keep the one that was agreed. Where only the person makes contact there is none."
            )
        self._add_slots()

    def _add_slots(self) -> None:
        days = [(str(day), label) for day, label in WEEKDAYS.items()]
        for slot in range(1, SLOTS + 1):
            self.fields[f"days_{slot}"] = forms.MultipleChoiceField(
                label=_("Safe days (%(n)d)") % {"n": slot},
                choices=days,
                required=False,
                widget=forms.CheckboxSelectMultiple({"class": "days"}),
                help_text=_("In local time; an end before the beginning is on the day after.") if slot == 1 else "",
            )
            self.fields[f"from_{slot}"] = _time(_("From (%(n)d)") % {"n": slot})
            self.fields[f"until_{slot}"] = _time(_("Until (%(n)d)") % {"n": slot})

    def clean(self) -> dict[str, Any]:
        """Put the hours together, and refuse what somebody could be reached with."""
        given = refuse_a_way_to_reach(self, super().clean(), ("code_phrase",))
        self.windows = [window for slot in range(1, SLOTS + 1) if (window := self._window(slot))]
        if not self.windows and given.get("channel") not in rules.NOT_BY_STAFF and not self.errors:
            self.add_error("days_1", _("Name at least one day with its hours: outside them nobody makes contact."))
        return given

    def _window(self, slot: int) -> Window | None:
        given = self.cleaned_data
        days, begin, end = given.get(f"days_{slot}"), given.get(f"from_{slot}"), given.get(f"until_{slot}")
        if not days and begin is None and end is None:
            return None
        if not days or begin is None or end is None:
            self.add_error(f"days_{slot}", _("Fill in the days, from when and until when, or leave all three empty."))
            return None
        return Window(frozenset(int(day) for day in days), begin, end)

    @property
    def values(self) -> dict[str, object]:
        """Give it as the action takes it."""
        return {**super().values, "hours": rules.write_hours(self.windows)}


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, required=False, widget=forms.TimeInput({"type": "time"}, format="%H:%M"))


def _begin_slots(windows: Iterable[Window]) -> dict[str, object]:
    begin: dict[str, object] = {}
    for slot, window in enumerate(windows, start=1):
        begin |= {f"days_{slot}": sorted(map(str, window.days)), f"from_{slot}": window.begin}
        begin[f"until_{slot}"] = window.end
    return begin


def in_words(windows: Iterable[Window]) -> list[str]:
    """Say windows in words, such as Monday, Wednesday 09:00 to 12:00."""
    return [_window_in_words(window) for window in windows]


def _window_in_words(window: Window) -> str:
    names = ", ".join(str(WEEKDAYS[day]) for day in sorted(window.days))
    told = {"days": names, "begin": _clock(window.begin), "end": _clock(window.end)}
    if window.begin == window.end:
        return _("%(days)s, the whole day") % told
    if window.goes_past_midnight:
        return _("%(days)s from %(begin)s until %(end)s the next day") % told
    return _("%(days)s from %(begin)s until %(end)s") % told


def _clock(time: dt.time) -> str:
    return f"{time:%H:%M}"
