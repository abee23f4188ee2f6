"""The form that decides about two records, and what it shows of them side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases.forms import LARGEST_VERSION
from zicht.cases.models import Person
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, in_words, label_of_field

DECISIONS = ("same", "different", "undo")
STATUS = ("status", "status_by", "status_date")  # a status never stands without who decided it, and when
# What says which record is counted, and marks that a form does not ask.
NOT_CHOSEN = frozenset({"first_registered", "household_key"})


@dataclass(frozen=True)
class Cell:
    """What one record says, and whether it is what the counted record would have."""

    record: UUID
    code: str
    text: str
    is_chosen: bool
    input_id: str


@dataclass(frozen=True)
class Row:
    """What all records say about one thing; where they differ, one is chosen."""

    name: str
    label: str
    cells: list[Cell]
    differs: bool


def asked_together() -> dict[str, tuple[str, ...]]:
    """Give the things that are compared side by side, each with its fields, in the order of the words."""
    topics = words.vocabulary().entities["person"].topics
    single = [name for topic in ("who", "circumstances") for name in topics[topic].fields if name not in NOT_CHOSEN]
    return {**{name: (name,) for name in single}, "status": STATUS}


class DecisionForm(forms.Form):
    """Take a decision about records as they stood on the page, and from which of them each value is taken.

    `persons` are the records that would be counted as one, the one that counts first.
    """

    decision = forms.ChoiceField(choices=[(name, name) for name in DECISIONS])

    def __init__(self, data: Any = None, *, persons: list[Any]) -> None:
        super().__init__(data)
        self.persons = persons
        self.values = {person.pk: _known(person) for person in persons}
        self.keys = {str(person.pk): person.pk for person in persons}
        for name in self.differing:
            choices = [(key, short_code(record)) for key, record in self.keys.items()]
            label = label_of_field("person", name)
            self.fields[name] = forms.ChoiceField(label=label, choices=choices, required=False)
        for person in persons:
            version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=LARGEST_VERSION)
            version.initial = person.version
            self.fields[f"version-{person.pk}"] = version

    @property
    def differing(self) -> list[str]:
        """Give the things about which the records do not say the same."""
        return [name for name, fields in asked_together().items() if len(set(self._said(fields))) > 1]

    def _said(self, fields: Iterable[str]) -> list[str]:
        return [repr([values[name] for name in fields]) for values in self.values.values()]

    def clean(self) -> dict[str, Any]:
        """Say at once when somebody changed one of the records since the page was opened."""
        given = super().clean() or {}
        if any(name in self.errors for name in self.differing):
            self.add_error(None, _("Choose a value for each field on which the records differ."))
        return given

    # --- what was decided -------------------------------------------------------------------------------------------
    @property
    def versions(self) -> Mapping[UUID, int]:
        """Give the versions of the records that stood on the page."""
        return {person.pk: self.cleaned_data[f"version-{person.pk}"] for person in self.persons}

    @property
    def chosen(self) -> dict[str, UUID]:
        """Give for each field that differs the record whose value the counted record takes."""
        together = asked_together()
        picked = {name: self.keys.get(self.cleaned_data.get(name, "")) for name in self.differing}
        return {field: record for name, record in picked.items() if record for field in together[name]}

    # --- what is shown ----------------------------------------------------------------------------------------------
    @property
    def rows(self) -> list[Row]:
        """Give everything side by side; what nobody asked in any record is left out."""
        differing = set(self.differing)
        return [
            self._row(name, fields, name in differing)
            for name, fields in asked_together().items()
            if any(values[fields[0]] not in RESTING for values in self.values.values())
        ]

    def _row(self, name: str, fields: tuple[str, ...], differs: bool) -> Row:
        picked = self._picked(name, fields[0])
        cells = [
            Cell(key, short_code(key), _text(fields, values), key == picked, f"id_{name}_{place}")
            for place, (key, values) in enumerate(self.values.items())
        ]
        return Row(name, label_of_field("person", name), cells, differs)

    def _picked(self, name: str, field: str) -> UUID:
        """Give what is chosen: what was sent, else what the counted record says, else the first that says something."""
        sent = self.keys.get(self.data.get(name, "")) if self.is_bound else None
        said = (key for key, values in self.values.items() if values[field] not in RESTING)
        first: UUID = self.persons[0].pk
        return sent or next(said, first)


def _known(person: Person) -> dict[str, object]:
    columns = person.words_columns()
    return {name: getattr(person, columns[name]) for fields in asked_together().values() for name in fields}


def _text(fields: Iterable[str], values: Mapping[str, object]) -> str:
    said = (in_words("person", name, values[name]) for name in fields)
    return " · ".join(word for word in said if word) or _("not known")
