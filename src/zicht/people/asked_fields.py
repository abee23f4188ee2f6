"""How a field of the words is asked: the kind of input, what is offered, and how what was typed is read.

None of these fields judges: the form that asks lets the words do that, so that it says what a save would say.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zicht import words
from zicht.people.code_fields import language
from zicht.people.option_lists import OptionList

NOT_ASKED = "not_asked"
# A value that hides something from a reader is no answer that somebody fills in.
NO_ANSWER_TO_GIVE = frozenset({"withheld"})
MOST_RADIOS = 4  # terms; more of them are found sooner in a list that folds open
MOST_BOXES = 60  # terms; beyond these stand countries and languages
Choices = list[tuple[str, Any]]
Build = Callable[[words.Field, Iterable[str], Mapping[str, Any]], forms.Field]


class Asked(forms.Field):
    """A field that takes what was typed as it is."""

    def to_python(self, value: Any) -> Any:
        """Leave out the space around a text, and end lines as Python does."""
        return value.replace("\r\n", "\n").strip() if isinstance(value, str) else value or ""

    def validate(self, value: Any) -> None:
        """Judge nothing: the words do."""


class AskedTyped(Asked):
    """A day, month, year, number or time: read when it can be, else kept as it was typed for the words to refuse."""

    def __init__(self, *, read: Callable[[str], object], write: Callable[[Any], str] = str, **options: Any) -> None:
        super().__init__(**options)
        self.read, self.write = read, write

    def to_python(self, value: Any) -> Any:
        """Read it."""
        typed = super().to_python(value)
        try:
            return self.read(typed) if typed else None
        except ValueError:
            return typed

    def prepare_value(self, value: Any) -> Any:
        """Write it as the input of a browser wants it, whatever the language of the page."""
        return value if value is None or isinstance(value, str) else self.write(value)


class AskedYesOrNo(Asked):
    """Yes, no, or not asked."""

    VALUES: Mapping[str, bool | None] = {"yes": True, "no": False, "": None}

    def to_python(self, value: Any) -> Any:
        """Read it; anything else is kept for the words to refuse."""
        return self.VALUES.get(value or "", value)

    def prepare_value(self, value: Any) -> Any:
        """Write it."""
        return next((name for name, known in self.VALUES.items() if known is value), value)


class AskedTerms(Asked):
    """Several terms, in the order of the form."""

    hidden_widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> Any:
        """Leave out what was not chosen, and "not asked" where something was: it only rested there."""
        chosen = list(dict.fromkeys(item for item in value or [] if item))
        return [item for item in chosen if item != NOT_ASKED] or chosen


class SeveralLists(OptionList):
    """A row of folding lists for a list of hundreds of terms, such as countries: typing finds a term in each."""

    use_fieldset = True
    FEWEST = 2
    MOST = 20  # nobody has more nationalities or languages, and each list is long

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        """Draw a list for each value and at least one to spare."""
        chosen = [item for item in value or [] if item][: self.MOST] or [NOT_ASKED]
        places = [*chosen, *[""] * max(1, self.FEWEST - len(chosen))]
        key = (attrs or {}).get("id", name)
        drawn = []
        for place, item in enumerate(places, start=1):
            own = {**(attrs or {}), "id": f"{key}_{place}", "aria-label": _("Number %(n)d") % {"n": place}}
            drawn.append((super().render(name, item, own, renderer),))
        return format_html('<div id="{}" class="stack">{}</div>', key, format_html_join("", "{}", drawn))

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Take what stands in each list."""
        return data.getlist(name) if hasattr(data, "getlist") else data.get(name)

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        """Name none of the lists: the legend stands for all."""
        return ""


# --- what is offered ----------------------------------------------------------------------------------------------
def offered(field: words.Field, old: Iterable[str] = ()) -> tuple[Choices, Choices]:
    """Give the terms, and apart from them the missing values, that may be chosen; `old` are those of the record.

    "Not asked" stands first among the missing values, and is none where an answer is required.
    """
    missing = words.vocabulary().missing_values
    every = words.value_choices(field, language())
    hidden = NO_ANSWER_TO_GIVE | ({NOT_ASKED} if field.required else set())
    terms: Choices = [pair for pair in every if pair[0] not in missing]
    none: Choices = [pair for pair in every if pair[0] in missing and pair[0] not in hidden]
    known = {value for value, _label in terms + none}
    for value in old:
        if value and value not in known:
            label = words.value_label(field, value, language())
            terms.append((value, _("%(term)s (in this record only)") % {"term": label}))
    return terms, sorted(none, key=lambda pair: pair[0] != NOT_ASKED)


def _in_a_list(field: words.Field, old: Iterable[str]) -> Choices:
    """Put what rests in a field first, and the other missing values in a group of their own."""
    terms, none = offered(field, old)
    rest = [pair for pair in none if pair[0] == NOT_ASKED]
    others = [pair for pair in none if pair not in rest]
    return [*(rest or [("", _("Not chosen yet"))]), *terms, *([(_("No answer"), others)] if others else [])]


# --- how each type is asked -----------------------------------------------------------------------------------------
def ask(field: words.Field, old: Iterable[str] = (), **options: Any) -> forms.Field:
    """Give the form field for a field of the words; `old` are the terms its record has now."""
    # Where something rests in a field, saying that it is optional would only be noise.
    rests = field.type in ("multi", "bool") or (field.type == "code" and not field.strict)
    return BUILD[field.type](field, old, {"required": field.required or rests, **options})


def _ask_term(field: words.Field, old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    terms, none = offered(field, old)
    if len(terms) > MOST_RADIOS:
        return Asked(widget=OptionList(choices=_in_a_list(field, old)), **options)
    nothing = [("", _("Not chosen yet"))] if field.strict and not field.required else []
    return Asked(widget=forms.RadioSelect(choices=terms + none + nothing), **options)


def _ask_terms(field: words.Field, old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    terms, none = offered(field, old)
    if len(terms) > MOST_BOXES:
        return AskedTerms(widget=SeveralLists(choices=[("", "–"), *_in_a_list(field, old)]), **options)
    return AskedTerms(widget=forms.CheckboxSelectMultiple({"class": "choices"}, choices=terms + none), **options)


def _ask_yes_or_no(_field: words.Field, _old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    resting = words.vocabulary().missing_values[NOT_ASKED].in_language(language())
    choices = [("yes", _("Yes")), ("no", _("No")), ("", resting)]
    return AskedYesOrNo(widget=forms.RadioSelect(choices=choices), **options)


def _ask_text(field: words.Field, _old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    is_long = field.sensitivity == "P3"
    return Asked(widget=forms.Textarea({"rows": 6}) if is_long else _line(autocomplete="off"), **options)


def _ask_day(_field: words.Field, _old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    return AskedTyped(widget=_line("date"), read=dt.date.fromisoformat, **options)


def _ask_month(_field: words.Field, _old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    return Asked(widget=_line("month"), **options)


def _ask_number(_field: words.Field, _old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    return AskedTyped(widget=_line("number", min=0), read=int, **options)


def _ask_time(field: words.Field, _old: Iterable[str], options: Mapping[str, Any]) -> forms.Field:
    def read(typed: str) -> dt.datetime:
        return words.round_down(field, timezone.make_aware(dt.datetime.fromisoformat(typed)))

    def write(time: dt.datetime) -> str:
        return f"{timezone.localtime(time):%Y-%m-%dT%H:%M}"

    return AskedTyped(widget=_line("datetime-local"), read=read, write=write, **options)


def _line(kind: str = "text", **attributes: object) -> forms.TextInput:
    return forms.TextInput({"type": kind, **attributes})


BUILD: Mapping[str, Build] = {
    "code": _ask_term,
    "multi": _ask_terms,
    "bool": _ask_yes_or_no,
    "text": _ask_text,
    "date": _ask_day,
    "month": _ask_month,
    "year": _ask_number,
    "int": _ask_number,
    "datetime": _ask_time,
}
