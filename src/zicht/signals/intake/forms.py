"""The forms of intake: the words say which fields they have and what may stand in them; one topic stands on a page."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.people.asked_fields import NOT_ASKED, Asked, AskedTerms, ask
from zicht.people.code_fields import label_of, label_of_field, language
from zicht.people.place_input import TownInput
from zicht.people.records import WordsModel
from zicht.people.refusals import ShowsRefusals
from zicht.people.sealed import Sealed, reveal
from zicht.people.wording import RESTING, code_of_place, place_in_words
from zicht.signals import rules
from zicht.signals.intake import spots

LARGEST_VERSION = 2**31 - 1  # the largest number of its column
TOPICS = ("arrived", "about", "where")
HOUR_RULE = gettext_lazy("An hour is a whole number from 0 to 23.")


class FieldsForm(ShowsRefusals):
    """Ask some fields of an entity with the labels, terms and sentences of the words; the words judge what is given."""

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        entity: str,
        names: Iterable[str],
        record: WordsModel | None = None,
        begin: Mapping[str, object] | None = None,
        needed: Iterable[str] = (),
        **rest: Any,
    ) -> None:
        self.entity, self.names, self.needed = words.vocabulary().entities[entity], list(names), tuple(needed)
        self.record = record
        self.stored = {name: _stored(record, name) for name in self.names} if record else {}
        super().__init__(data, initial={**self.stored, **(begin or {})}, **rest)
        for name in self.names:
            self.fields[name] = self._ask(name)

    def _ask(self, name: str) -> forms.Field:
        field, old = self.entity.fields[name], self.stored.get(name)
        told = {"label": field.label.in_language(language()), "help_text": _hint(field)}
        asked = ask(field, old if isinstance(old, list) else [str(old or "")], **told)
        if name in self.needed:
            asked.required = True
        if name == "place_code":
            self.initial[name] = place_in_words(str(self.initial.get(name) or ""))
            asked.widget = TownInput({"autocomplete": "off"})
            asked.help_text = _("A name such as Amsterdam, or a code such as GM0363.")
        return asked

    @property
    def values(self) -> dict[str, object]:
        """Give the fields with what was filled in, as an action takes them."""
        return {name: self.cleaned_data[name] for name in self.names}

    def clean(self) -> dict[str, Any]:
        """Let the words judge each field."""
        for name in self.names:
            value = self._as_stored(name, self.cleaned_data.get(name))
            self.cleaned_data[name] = value
            if sentence := self._judge(name, value):
                self.add_error(name, sentence)
        self._judge_together()
        return self.cleaned_data

    def _as_stored(self, name: str, value: Any) -> Any:
        field = self.entity.fields[name]
        if name == "place_code":
            return code_of_place("municipality", str(value or ""))
        if value in RESTING and field.type == "multi":
            return [] if field.strict else [NOT_ASKED]
        if value in RESTING and field.type == "code":
            return "" if field.strict else NOT_ASKED
        return value if value not in ("", []) or field.type == "text" else None

    def _judge(self, name: str, value: Any) -> str | None:
        is_new = value != self.stored.get(name)  # a term that is no longer offered passes where the record has it
        problem = words.check_value(self.entity.name, name, value, is_new=is_new)
        if problem is None and name in self.needed and value in RESTING:
            problem = words.Problem("required")
        return problem.in_language(language()) if problem else None

    def _judge_together(self) -> None:
        given = {name: value for name, value in self.cleaned_data.items() if name not in self.errors}
        broken = rules.broken_constraints(self.entity.name, given, timezone.localdate())
        for name, problem in broken.items():
            if name in self.fields:
                self.add_error(name, str(HOUR_RULE) if name == "received_hour" else problem.in_language(language()))


class VersionForm(forms.Form):
    """Carry the version that was read, so that two people who decide at once notice each other."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=LARGEST_VERSION)


class TopicForm(FieldsForm):
    """Ask one topic of intake; where it is, also the spot, of which only marks are kept."""

    def __init__(self, data: Any = None, *, topic: str, wall: str, **rest: Any) -> None:
        names = words.vocabulary().entities["intake"].topics[topic].fields
        super().__init__(data, entity="intake", names=names, **rest)
        self.topic = topic
        if "source" in self.fields:
            self._offer_sources(wall)
        if topic == "where":
            self._ask_spot()
        if self.record is not None:
            self.fields["version"] = forms.IntegerField(
                widget=forms.HiddenInput,
                initial=cast("Any", self.record).version,
                min_value=1,
                max_value=LARGEST_VERSION,
            )

    def _offer_sources(self, wall: str) -> None:
        """Offer a tip to a news desk there only, and nothing else there."""
        widget: Any = self.fields["source"].widget
        is_press = wall == rules.PRESS
        self.offered_sources = {
            value for value, _label in widget.choices if (value == rules.PRESS_TIP) == is_press or not value
        }
        widget.choices = [pair for pair in widget.choices if pair[0] in self.offered_sources]
        if is_press:
            self.initial.setdefault("source", rules.PRESS_TIP)

    def _ask_spot(self) -> None:
        hint = _("Only to see that other reports are about the same spot. Kept as a mark that nobody can read back.")
        line = forms.TextInput({"autocomplete": "off"})
        self.fields["postcode"] = Asked(label=_("Postcode"), help_text=hint, required=False, widget=line)
        self.fields["house_number"] = Asked(
            label=_("House number with addition"), required=False, widget=forms.TextInput({"autocomplete": "off"})
        )

    @property
    def label(self) -> str:
        """Give the label of the topic."""
        return self.entity.topics[self.topic].label.in_language(language())

    @property
    def version(self) -> int:
        """Give the version of the record at which the form was opened."""
        return int(self.cleaned_data["version"])

    @property
    def spot(self) -> str:
        """Give the spot, normalised; empty where none was filled in."""
        return str(self.cleaned_data.get("spot", ""))

    def clean(self) -> dict[str, Any]:
        """Judge the fields, and read the spot."""
        given = super().clean()
        if self.topic == "arrived" and given.get("source") and given["source"] not in self.offered_sources:
            self.add_error("source", _("Choose among what is offered."))
        if self.topic == "where":
            self._read_spot(given)
        return given

    def _read_spot(self, given: dict[str, Any]) -> None:
        typed = [str(given.get(name) or "") for name in ("postcode", "house_number")]
        if not any(typed):
            return
        try:
            given["spot"] = spots.normalise(*typed)
        except spots.NotASpotError as wrong:
            sentence = {
                "postcode": _("A postcode is four digits and two letters, such as 1012 AB."),
                "house_number": _("A house number is a number, perhaps with a letter or an addition, such as 12-A."),
            }
            self.add_error(str(wrong), sentence[str(wrong)])


class SignalsForm(forms.Form):
    """Add signals of the catalogue, all resting on the same; those that stand in the report are not offered."""

    use_required_attribute = False

    def __init__(self, data: Any = None, *, standing: Iterable[str] = (), begin: Any = None, **rest: Any) -> None:
        super().__init__(data, initial=begin, **rest)
        catalogue = words.vocabulary().indicators
        there = set(standing)
        self.groups: dict[str, str] = {}
        groups: dict[str, list[tuple[str, str]]] = {}
        for code, indicator in catalogue.items():
            if indicator.is_active and code not in there:
                self.groups.setdefault(indicator.group, indicator.group_label.in_language(language()))
                groups.setdefault(indicator.group, []).append((code, indicator.label.in_language(language())))
        self.offered = {code for some in groups.values() for code, _label in some}
        for group, choices in groups.items():
            boxes = forms.CheckboxSelectMultiple({"class": "choices"}, choices=choices)
            self.fields[f"of_{group}"] = AskedTerms(label=self.groups[group], widget=boxes, required=False)
        for name in ("basis", "observed_on"):
            field = words.vocabulary().entities["signal"].fields[name]
            self.fields[name] = ask(field, label=label_of_field("signal", name))

    @property
    def of_groups(self) -> list[tuple[str, forms.BoundField, int]]:
        """Give a label, the boxes and the number ticked of each group of the catalogue."""
        each = [(label, self[f"of_{group}"]) for group, label in self.groups.items()]
        return [(label, field, len(field.value() or [])) for label, field in each]

    def clean(self) -> dict[str, Any]:
        """Judge what was ticked."""
        given = self.cleaned_data
        given["ticked"] = [code for group in self.groups for code in given.get(f"of_{group}") or []]
        if not given["ticked"]:
            self.add_error(None, _("Tick at least one signal, or go back."))
        if not set(given["ticked"]) <= self.offered:
            self.add_error(None, _("Choose among what is offered."))
        for name in ("basis", "observed_on"):
            if problem := words.check_value("signal", name, given.get(name) or None, today=timezone.localdate()):
                self.add_error(name, problem.in_language(language()))
        return given

    @property
    def noted(self) -> list[dict[str, object]]:
        """Give a signal for each, as an action takes it."""
        seen = {"basis": self.cleaned_data["basis"], "observed_on": self.cleaned_data.get("observed_on") or None}
        return [{"indicator": code, **seen} for code in self.cleaned_data["ticked"]]


class NewForm(forms.Form):
    """Carry the identifier of what is made, so that sending a form twice makes it once; and the wall, if several."""

    new_id = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, walls: Iterable[str]) -> None:
        super().__init__(data, initial={"new_id": uuid4()})
        self.walls = sorted(walls)
        if len(self.walls) > 1:
            choices = [(wall, label_of("compartment", wall)) for wall in self.walls]
            label = label_of_field("intake", "compartment")
            self.fields["compartment"] = forms.ChoiceField(label=label, widget=forms.RadioSelect, choices=choices)

    @property
    def wall(self) -> str:
        """Give the wall behind which it is taken in."""
        return str(self.cleaned_data.get("compartment") or self.walls[0])

    @property
    def key(self) -> UUID:
        """Give the identifier of the record that the form makes."""
        return cast("UUID", self.cleaned_data["new_id"])

    def clean_new_id(self) -> UUID:
        """Give one to a form that came without."""
        return cast("UUID", self.cleaned_data["new_id"] or uuid4())


def _stored(record: WordsModel, name: str) -> Any:
    value = getattr(record, record.words_columns()[name])
    return reveal(cast("Any", record), name) if isinstance(value, Sealed) else value


def _hint(field: words.Field) -> str:
    if field.sensitivity == "P3" and field.type == "text":
        return _("No names, addresses or numbers. Encrypted.")
    return ""


def today_and_hour() -> dict[str, object]:
    """Give what a new report begins with: it usually came in just now."""
    now = timezone.localtime()
    return {"received_on": now.date(), "received_hour": now.hour, "kind": "report"}


def day_of(written: str) -> dt.date | None:
    """Read a day as a browser or program writes it; None for what is none."""
    try:
        return dt.date.fromisoformat(written)
    except ValueError:
        return None
