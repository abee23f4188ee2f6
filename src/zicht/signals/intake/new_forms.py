"""The forms with which something is taken in: one topic by hand, or all of them filled in by another page."""

import json
from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zicht import words
from zicht.people.code_fields import language
from zicht.signals import rules
from zicht.signals.intake.forms import TOPICS, FieldsForm, NewForm, TopicForm, today_and_hour
from zicht.signals.intake.handed_over import HandedOver, parse_json, take_signals

WHOLE = "whole"  # in the form: it began with what was handed over, and asks every topic
NOTED = "noted"  # in the form: the signals that were handed over
KEPT = "kept"  # in the form: which of them are kept


class HandedSignals:
    """The signals that were handed over, each kept unless somebody takes its tick away."""

    def __init__(self, data: Any, handed: HandedOver | None) -> None:
        self.problems: list[str] = []
        if handed is not None:
            self.noted, self.kept = handed.signals, {str(one["indicator"]) for one in handed.signals}
            return
        again = HandedOver()
        take_signals(again, parse_json((data or {}).get(NOTED, "")))
        self.noted, self.problems = again.signals, again.problems
        self.kept = set(data.getlist(KEPT)) if data else set()

    @property
    def written(self) -> str:
        """Give them as the form carries them."""
        return json.dumps(self.noted, default=str)

    @property
    def rows(self) -> list[dict[str, object]]:
        """Give for each what the page shows."""
        return [_row(one, str(one["indicator"]) in self.kept) for one in self.noted]

    @property
    def chosen(self) -> list[dict[str, object]]:
        """Give those that are kept, as an action takes them."""
        return [one for one in self.noted if one["indicator"] in self.kept]


class NewForms:
    """Ask on one page what is needed to take something in; everything else can be asked later."""

    def __init__(self, data: Any, walls: Iterable[str], handed: HandedOver | None = None) -> None:
        self.new = NewForm(data, walls=walls)
        self.handed = handed or HandedOver()
        self.is_whole = handed is not None or WHOLE in (data or {})
        wall = self.new.walls[0]
        begin = {**today_and_hour(), **({"received_hour": None} if handed else {}), **self.handed.values}
        each: dict[str, Any] = {"begin": {**begin, **self.handed.spot}, "wall": wall}
        self.topics = [TopicForm(data, topic=topic, **each) for topic in (TOPICS if self.is_whole else TOPICS[:1])]
        self.signals = HandedSignals(data, handed) if self.is_whole else None
        self.source = self._ask_source(data) if rules.PRESS in self.new.walls else None

    def _ask_source(self, data: Any) -> FieldsForm:
        return FieldsForm(data, entity="intake", names=["source_yes"], begin={"source_yes": self.handed.source_yes})

    @property
    def forms(self) -> list[forms.Form]:
        """Give all of them."""
        return [form for form in (self.new, *self.topics, self.source) if form]

    def are_valid(self) -> bool:
        """Check all of them, so that everything wrong is said at once."""
        valid = [form.is_valid() for form in self.forms]
        return all(valid)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Give everything wrong as the address of the field, if it has one, and a sentence."""
        told = [
            ("", sentence) for sentence in [*self.handed.problems, *(self.signals.problems if self.signals else [])]
        ]
        told += [("", str(sentence)) for form in self.forms for sentence in form.non_field_errors()]
        fields = [field for form in self.forms for field in form]
        return told + [(f"#{field.auto_id}", f"{field.label}: {text}") for field in fields for text in field.errors]

    @property
    def taken(self) -> dict[str, Any]:
        """Give what the action takes."""
        return {
            "values": {name: value for form in self.topics for name, value in form.values.items()},
            "wall": self.new.wall,
            "spot": next((form.spot for form in self.topics if form.spot), ""),
            "noted": self.signals.chosen if self.signals else [],
            "source_yes": self.source.values["source_yes"] if self.source else None,
            "intake_id": self.new.key,
        }


def _row(signal: dict[str, object], is_kept: bool) -> dict[str, object]:
    fields = words.vocabulary().entities["signal"].fields
    indicator = words.vocabulary().indicators[str(signal["indicator"])]
    basis = words.value_label(fields["basis"], str(signal["basis"]), language())
    absent = _("looked for, and not there") if signal["state"] == "absent" else ""
    return {
        "code": signal["indicator"],
        "text": indicator.label.in_language(language()),
        "about": ", ".join(part for part in (basis, absent) if part),
        "is_kept": is_kept,
    }
