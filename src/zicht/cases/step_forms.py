"""The forms beside the topics: which cases to list, who works on one, a note, and who shares a household."""

import datetime as dt
import re
from collections.abc import Callable, Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.cases import queries
from zicht.cases.forms import LARGEST_VERSION, AskedReference, RecordForm, TopicForm
from zicht.cases.models import Case
from zicht.people.asked_fields import Asked, AskedTerms, offered
from zicht.people.code_fields import field_label, language
from zicht.people.models import Account
from zicht.people.option_lists import OptionList
from zicht.people.place_input import PlaceInput
from zicht.people.short_codes import keys_of_code
from zicht.people.wording import code_of_place

Find = Callable[[str], list[Any]]  # a code as typed -> the records that have it and may be seen
MINE = "mine"
POSITION = re.compile(r"\d{8}[0-9a-f]{32}")  # day and identifier of the last case of a page
OF_PERSONS = ("status", "age_band", "gender")


class CaseFilterForm(forms.Form):
    """Ask which cases to list; everything may stay empty."""

    code = forms.CharField(
        label=gettext_lazy("Code of a case or a person"),
        required=False,
        max_length=20,
        widget=forms.TextInput({"type": "search", "autocomplete": "off", "spellcheck": "false"}),
    )
    state = forms.ChoiceField(label=field_label("case", "state"), required=False, widget=OptionList)
    owner = forms.ChoiceField(label=field_label("case", "owner"), required=False, widget=OptionList)
    status = forms.ChoiceField(label=field_label("person", "status"), required=False, widget=OptionList)
    age_band = forms.ChoiceField(label=field_label("person", "age_band"), required=False, widget=OptionList)
    gender = forms.ChoiceField(label=field_label("person", "gender"), required=False, widget=OptionList)
    main_form = forms.ChoiceField(label=field_label("exploitation", "main_form"), required=False, widget=OptionList)
    from_day = forms.DateField(label=gettext_lazy("Opened from"), required=False)
    to_day = forms.DateField(label=gettext_lazy("Opened up to and including"), required=False)
    order = forms.ChoiceField(label=gettext_lazy("Order"), required=False, widget=OptionList)
    begin = forms.RegexField(POSITION, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, reader: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        self.reader = reader
        owners = [(str(one.pk), one.shown_as) for one in queries.owners_of_cases(reader) if one != reader]
        self._offer("state", _terms("case", "state"))
        self._offer("owner", [(MINE, _("My own")), *owners])
        for name in OF_PERSONS:
            self._offer(name, _terms("person", name))
        self._offer("main_form", _terms("exploitation", "main_form"))
        self.fields["order"].choices = [("", _("Newest first")), (queries.OLDEST_FIRST, _("Oldest first"))]  # type: ignore[attr-defined]
        for name in ("from_day", "to_day"):
            # A date input of the browser reads and writes ISO dates, whatever the language of the page.
            self.fields[name].widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")

    def _offer(self, name: str, choices: Iterable[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", _("All")), *choices]  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Refuse what cannot be the beginning of a code."""
        typed: str = self.cleaned_data["code"]
        if typed and keys_of_code(typed) is None:
            raise forms.ValidationError(
                _("A code has 8 letters and digits, such as 7KQM-4TXD; its beginning is enough.")
            )
        return typed

    def clean_begin(self) -> str:
        """Refuse a day that is none."""
        position: str = self.cleaned_data["begin"]
        try:
            dt.date.fromisoformat(position[:8] or "20000101")
        except ValueError as wrong:
            raise forms.ValidationError(_("This page of the list is not there.")) from wrong
        return position

    def clean(self) -> dict[str, Any]:
        """Refuse a period that ends before it begins."""
        cleaned = super().clean() or {}
        first, last = cleaned.get("from_day"), cleaned.get("to_day")
        if first and last and last < first:
            self.add_error("to_day", _("This day lies before the first day."))
        return cleaned

    @property
    def wanted(self) -> dict[str, Any]:
        """Give what was asked for, as the query takes it."""
        asked = dict(self.cleaned_data)
        return {**asked, "owner": self.reader.pk if asked["owner"] == MINE else asked["owner"]}

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything but the order was asked."""
        return any(value for name, value in self.cleaned_data.items() if name not in ("order", "begin"))

    @property
    def folded(self) -> "list[forms.BoundField]":
        """Give the questions that stay folded away until one of them is asked."""
        return [self[name] for name in (*OF_PERSONS, "main_form", "from_day", "to_day", "order")]

    @property
    def is_unfolded(self) -> bool:
        """Tell whether one of the folded questions was asked."""
        return any(field.data for field in self.folded)


class TeamForm(RecordForm):
    """Ask who owns a case and who is in its team."""

    names = ["owner", "team"]

    def __init__(self, data: Any = None, *, case: Case, colleagues: Iterable[Account], **options: Any) -> None:
        team = [str(account.pk) for account in case.team.all()]
        super().__init__(data, initial={"owner": str(case.owner_id), "team": team}, **options)
        choices = [(str(one.pk), one.full_label) for one in colleagues]
        self.offered = {value for value, _label in choices}
        owner, members = (
            OptionList(choices=choices),
            forms.CheckboxSelectMultiple({"class": "choices"}, choices=choices),
        )
        self.fields["owner"] = AskedReference(label=field_label("case", "owner"), widget=owner)
        hint = _("The team reads notes and reasons, beside the owner. Others who see the case do not.")
        self.fields["team"] = AskedTerms(label=field_label("case", "team"), widget=members, help_text=hint)
        self._add_version(case.version)

    def clean(self) -> dict[str, Any]:
        """Refuse whoever is not offered, with one sentence for every reason."""
        given = self.cleaned_data
        given["team"] = sorted(given.get("team") or [])
        for name, chosen in (("owner", [given.get("owner")]), ("team", given["team"])):
            if not {str(one) for one in chosen} <= self.offered:
                self.add_error(name, _("Choose among the colleagues who work on such cases."))
        return given


class PlaceForm(TopicForm):
    """Ask a place by its name or its code."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, entity="place_event", topic="place")
        field = self.fields["place_code"]
        field.widget = PlaceInput({"autocomplete": "off"})
        field.help_text = _("A name such as Amsterdam, or a code such as GM0363 or BEL. Never an address.")

    def clean(self) -> dict[str, Any]:
        """Take a name for its code before the words judge it."""
        level, typed = (str(self.cleaned_data.get(name) or "") for name in ("level", "place_code"))
        self.cleaned_data["place_code"] = code_of_place(level, typed)
        return super().clean()


class NoteForm(forms.Form):
    """Ask a note; it is put below the others with its date and writer."""

    text = Asked(
        label=gettext_lazy("New note"),
        widget=forms.Textarea({"rows": 8}),
        help_text=gettext_lazy("No names, addresses or numbers. Encrypted, and read by the team only."),
    )

    def clean_text(self) -> str:
        """Let the words judge it."""
        typed: str = self.cleaned_data["text"]
        problem = words.check_value("case", "comments", typed) if typed else words.Problem("required")
        if problem:
            raise forms.ValidationError(problem.in_language(language()))
        return typed


class CodeForm(forms.Form):
    """Ask the code of another record: of somebody in the household, of an episode, of somebody registered already."""

    code = forms.CharField(max_length=20, widget=forms.TextInput({"autocomplete": "off", "spellcheck": "false"}))
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_VERSION)

    def __init__(
        self, data: Any, *, label: str, find: Find, own: UUID | None = None, version: int = 0, leaves: bool = False
    ) -> None:
        super().__init__(data, initial={"version": version})
        self.fields["code"].label = label
        self.fields["code"].help_text = _("Such as 7KQM-4TXD. It stands above what was registered.")
        self.own, self.find = own, find
        self.other: Any = None
        for name, is_asked in (("version", bool(version)), ("code", not leaves)):
            if not is_asked:
                del self.fields[name]

    def clean_code(self) -> str:
        """Find the record; what the reader may not see is not there."""
        typed: str = self.cleaned_data["code"]
        found = [one for one in self.find(typed) if one.pk != self.own]
        if not found:
            raise forms.ValidationError(_("There is no other record with this code. Check the code."))
        if len(found) > 1:
            raise forms.ValidationError(_("Two records have this code. Start from the page of the other one."))
        self.other = found[0]
        return typed


def _terms(entity: str, name: str) -> list[tuple[str, str]]:
    terms, none = offered(words.vocabulary().entities[entity].fields[name])
    return terms + none
