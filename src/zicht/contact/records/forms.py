"""The form of a contact: its fields, terms and sentences are the words'; one sign answers one question."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.contact.records import rules
from zicht.contact.records.models import Contact
from zicht.contact.records.questions import ENTITY, NO, NOT_ASKED, YES, Question, asked, needed, questions, resting
from zicht.people.code_fields import field_label, language
from zicht.people.option_lists import OptionList
from zicht.people.refusals import ShowsRefusals

LONGEST_LINE = 40  # characters; spaces between the signs are welcome
LARGEST_VERSION = 2**31 - 1  # the largest number of its column
WHEN = "%Y-%m-%dT%H:%M"
YES_OR_NO: Mapping[str, bool | None] = {YES: True, NO: False, "": None}


class Chosen(forms.Field):
    """An answer as it was chosen; the form lets the words judge it."""

    def validate(self, value: Any) -> None:
        """Judge nothing."""


class ChosenHour(Chosen):
    """An hour; what is no time is kept as it was typed for the words to refuse."""

    def to_python(self, value: Any) -> Any:
        """Read a local time and round it down: minutes are never stored."""
        typed = str(value or "").strip()
        try:
            return _rounded(timezone.make_aware(dt.datetime.fromisoformat(typed))) if typed else None
        except ValueError:
            return typed

    def prepare_value(self, value: Any) -> Any:
        """Write it as the input of a browser wants it."""
        return f"{timezone.localtime(value):{WHEN}}" if isinstance(value, dt.datetime) else value


class ContactForm(ShowsRefusals):
    """Ask what is recorded of a contact; `contact` is what is changed, `begin` what the form begins with."""

    use_required_attribute = False

    line = forms.CharField(
        label=gettext_lazy("With the keyboard: one sign for each question, in this order"),
        help_text=gettext_lazy(
            "The sign stands before each answer. The line may end after any question and goes before what is chosen."
        ),
        required=False,
        max_length=LONGEST_LINE,
        widget=forms.TextInput(
            {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "none", "autofocus": True}
        ),
    )

    def __init__(self, data: Any = None, *, contact: Contact | None = None, begin: Mapping[str, object] | None = None):
        stored = {name: _as_chosen(getattr(contact, name)) for name in asked()} if contact else dict(begin or {})
        when = contact.received_at if contact else _rounded(timezone.now())
        rest = {"exclude_from_stats": contact.exclude_from_stats} if contact else {}
        super().__init__(data, initial={**_at_rest(), **stored, **rest, "received_at": when})
        self.contact, self.questions = contact, questions()
        for number, (name, question) in enumerate(self.questions.items(), start=1):
            self.fields[name] = _ask(number, question)
        for name in asked():
            if name not in self.fields:
                self.fields[name] = _ask_from_list(name)
        self._add_the_rest()

    def _add_the_rest(self) -> None:
        hint = _(
            "Yes: this visitor was recorded earlier this year, about trafficking and in the same role. In doubt: no."
        )
        self.fields["repeat_visitor"].help_text = hint
        self.fields["received_at"] = ChosenHour(
            label=field_label(ENTITY, "received_at"),
            help_text=_("Minutes are left out."),
            widget=forms.DateTimeInput({"type": "datetime-local", "step": 3600}),
        )
        self.fields["exclude_from_stats"] = forms.BooleanField(
            label=field_label(ENTITY, "exclude_from_stats"), required=False
        )
        if self.contact is None:
            self.fields["new_id"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
        else:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=self.contact.version, min_value=1, max_value=LARGEST_VERSION
            )

    # --- for the page ---------------------------------------------------------------------------------------------
    @property
    def needed(self) -> "list[forms.BoundField]":
        """Give the questions that every contact is asked."""
        return [self[name] for name in needed()]

    @property
    def others(self) -> "list[forms.BoundField]":
        """Give what is asked as far as it came up."""
        return [self[name] for name in asked() if name not in needed()]

    # --- for the action -------------------------------------------------------------------------------------------
    @property
    def values(self) -> dict[str, object]:
        """Give the fields with what was filled in, as an action takes them."""
        return {name: self.cleaned_data[name] for name in (*asked(), "received_at", "exclude_from_stats")}

    @property
    def new_id(self) -> UUID:
        """Give the identifier of the record that the form makes."""
        return cast("UUID", self.cleaned_data.get("new_id") or uuid4())

    @property
    def version(self) -> int:
        """Give the version of the record at which the form was opened."""
        return int(self.cleaned_data["version"])

    # --- judging --------------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Read the line, then let the words judge each field."""
        given = self.cleaned_data
        self._read_line(given)
        fields = words.vocabulary().entities[ENTITY].fields
        for name in (*asked(), "received_at"):
            value = _as_stored(fields[name], given.get(name))
            given[name] = value
            problem = words.check_value(ENTITY, name, value, is_new=not self._is_as_it_was(name, value))
            if problem:
                self.add_error(name, problem.in_language(language()))
        for name, broken in rules.broken_constraints(given, timezone.now()).items():
            self.add_error(name, broken.in_language(language()))
        return given

    def _read_line(self, given: dict[str, Any]) -> None:
        """Put what the signs stand for in the place of what was chosen."""
        signs = "".join(str(given.get("line") or "").split()).casefold()
        if len(signs) > len(self.questions):
            sentence = _("The line has more signs than there are questions (%(n)d). Nothing was saved.")
            self.add_error("line", sentence % {"n": len(self.questions)})
            return
        for place, (sign, (name, question)) in enumerate(zip(signs, self.questions.items(), strict=False), start=1):
            value = question.value_of(sign)
            if value is None:
                sentence = _("Sign %(place)d stands for no answer to “%(question)s”. Nothing was saved.")
                self.add_error("line", sentence % {"place": place, "question": question.label})
                return
            given[name] = value

    def _is_as_it_was(self, name: str, value: object) -> bool:
        """Let a term that is no longer offered stay where the record has it."""
        return self.contact is not None and getattr(self.contact, name) == value


# --- parts --------------------------------------------------------------------------------------------------------
def _ask(number: int, question: Question) -> forms.Field:
    choices = [
        (option.value, format_html("<kbd>{}</kbd> {}", option.sign, option.label)) for option in question.options
    ]
    # Where something rests in a field, saying that it is optional would only be noise.
    return Chosen(label=f"{number}. {question.label}", widget=forms.RadioSelect(choices=choices))


def _ask_from_list(name: str) -> forms.Field:
    field = words.vocabulary().entities[ENTITY].fields[name]
    choices = [*resting(field)[:1], *words.choices(field.list_name, language()), *resting(field)[1:]]
    return Chosen(label=field.label.in_language(language()), widget=OptionList(choices=choices))


def _at_rest() -> dict[str, object]:
    fields = words.vocabulary().entities[ENTITY].fields
    return {name: rest[0][0] for name in asked() if not fields[name].required and (rest := resting(fields[name]))}


def _as_chosen(value: object) -> object:
    return next((name for name, known in YES_OR_NO.items() if known is value), value)


def _as_stored(field: words.Field, value: Any) -> Any:
    if field.type == "bool":
        return YES_OR_NO.get(value or "", value)
    if field.type == "code" and not value and not field.required:
        return NOT_ASKED
    return value or ""


def _rounded(moment: dt.datetime) -> dt.datetime:
    return words.round_down(words.vocabulary().entities[ENTITY].fields["received_at"], moment)
