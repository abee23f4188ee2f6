"""The form of a topic: the words say which fields it has and what may stand in them, nobody writes them down again."""

import dataclasses
from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.apps import apps
from django.db.models import Field as Column
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases import rules
from zicht.people.asked_fields import NOT_ASKED, Asked, AskedTerms, ask
from zicht.people.code_fields import field_label, language
from zicht.people.models import Organisation
from zicht.people.option_lists import OptionList
from zicht.people.records import WordsModel
from zicht.people.refusals import ShowsRefusals
from zicht.people.sealed import Sealed, reveal

Values = Mapping[str, object]  # field name of the entity -> value
Choices = Iterable[tuple[str, str]]
LARGEST_VERSION = 2**31 - 1  # the largest number of its column
EMPTY: tuple[object, ...] = (None, "", [])
RESTING: tuple[object, ...] = (*EMPTY, NOT_ASKED, [NOT_ASKED])


class RecordForm(ShowsRefusals):
    """Stand behind the forms that change fields of one record: they know the version that was read."""

    use_required_attribute = False
    names: list[str]

    @property
    def values(self) -> dict[str, object]:
        """Give the fields with what was filled in, as an action takes them."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def version(self) -> int:
        """Give the version of the record at which the form was opened."""
        return int(self.cleaned_data["version"])

    @property
    def new_id(self) -> UUID:
        """Give the identifier of the record that the form makes."""
        return cast("UUID", self.cleaned_data["new_id"])

    def _add_version(self, version: int) -> None:
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=version, min_value=1, max_value=LARGEST_VERSION
        )


class TopicForm(RecordForm):
    """Ask the fields of one topic of an entity, with the labels, terms and sentences of the words.

    `record` is what is changed; without one the form is for a new record and carries its identifier (`new_id`), so
    that sending it twice makes it once. `beside` holds what the record has beside the topic, or will be given by the
    action: constraints are checked together with it. `options` are the choices where the list itself does not give
    them, or gives too many. `only` leaves out other fields, or names the fields where there is no topic; those that
    are `needed` must be filled in here, though the words do not ask it. A field that holds an identifier has a step of
    its own and no input.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        entity: str,
        topic: str = "",
        record: WordsModel | None = None,
        beside: Values | None = None,
        options: Mapping[str, Choices] | None = None,
        only: Iterable[str] = (),
        needed: Iterable[str] = (),
        **rest: Any,
    ) -> None:
        self.entity, self.record = words.vocabulary().entities[entity], record
        self.columns = _columns_of(entity)
        self.names = [name for name in self._chosen(topic, tuple(only)) if self.entity.fields[name].type != "id"]
        self.described = {name: self._describe(name, name in tuple(needed)) for name in self.names}
        self.among: dict[str, set[str]] = {}  # what may be chosen where the words do not say it
        self.stored = self._stored(record) if record else {}
        self.beside = {**self.stored, **(beside or {})}
        initial = {**self._resting(), **self.stored, **(rest.pop("initial", None) or {})}
        super().__init__(data, initial=initial, **rest)
        for name in self.names:
            self.fields[name] = self._ask(name, options or {})
        self._add_hidden()

    def _chosen(self, topic: str, only: tuple[str, ...]) -> Iterable[str]:
        every = self.entity.topics[topic].fields if topic else only
        return [name for name in every if not only or name in only]

    def _describe(self, name: str, is_needed: bool) -> words.Field:
        field = self.entity.fields[name]
        return dataclasses.replace(field, required=True) if is_needed else field

    def _stored(self, record: WordsModel) -> dict[str, object]:
        """Give what the record holds by field; texts that this form does not ask stay sealed."""
        stored: dict[str, object] = {}
        for name, column in record.words_columns().items():
            value = getattr(record, column)
            is_asked = isinstance(value, Sealed) and name in self.names
            stored[name] = reveal(cast("Any", record), column) if is_asked else value
        return stored

    def _resting(self) -> dict[str, object]:
        """Give what a new record rests at."""
        return {name: self.columns[name].get_default() for name in self.names if name in self.columns}

    def _ask(self, name: str, options: Mapping[str, Choices]) -> forms.Field:
        field = self.described[name]
        told = {"label": field.label.in_language(language()), "help_text": hint_of(field)}
        if field.type == "ref" or name in options:
            choices = list(options[name]) if name in options else _organisations()
            self.among[name] = {value for value, _label in choices}
            return _ask_among(field, choices, told)
        old = self.stored.get(name)
        return ask(field, cast("list[str]", old) if isinstance(old, list) else [str(old or "")], **told)

    def _add_hidden(self) -> None:
        if self.record is None:
            self.fields["new_id"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
        elif hasattr(self.record, "version"):
            self._add_version(self.record.version)

    # --- judging ----------------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Let the words judge each field, and the rules of this room all of them together."""
        given = self.cleaned_data
        if "new_id" in self.fields:
            given["new_id"] = given.get("new_id") or uuid4()
        for name in self.names:
            given[name] = self._as_it_was(name, given.get(name))
        found = {name: problem for name in self.names if (problem := self._judge(name, given[name]))}
        self._show({name: [problem] for name, problem in (found or self._broken_together()).items()})
        return given

    def _as_it_was(self, name: str, value: Any) -> Any:
        """Keep the stored form of an answer that says the same, such as nothing for "not asked"."""
        old = self.stored.get(name) if self.record else self._resting().get(name)
        if old in EMPTY and value in RESTING:
            return old
        field = self.described[name]
        return [NOT_ASKED] if value == [] and field.type == "multi" and not (field.required or field.strict) else value

    def _judge(self, name: str, value: Any) -> str | None:
        """Say what is wrong with one value; a term that is no longer offered passes where the record has it."""
        problem = words.check_value(self.entity.name, name, value, is_new=False)
        if problem is None and (new := self._what_is_new(name, value)) not in EMPTY:
            problem = words.check_value(self.entity.name, name, new)
        if problem is None and value in EMPTY and self.described[name].required:
            problem = words.Problem("required")
        if problem:
            return problem.in_language(language())
        return self._not_offered(name, value)

    def _not_offered(self, name: str, value: Any) -> str | None:
        given = value if isinstance(value, list) else [value]
        is_fine = name not in self.among or value in EMPTY or value == self.stored.get(name)
        if is_fine or all(str(item) in self.among[name] for item in given):
            return None
        return _("Choose among what is offered.")

    def _what_is_new(self, name: str, value: Any) -> Any:
        old = self.stored.get(name)
        if isinstance(value, list) and isinstance(old, list):
            return [item for item in value if item not in old]
        return None if value == old else value

    def _broken_together(self) -> dict[str, str]:
        """Check the constraints; what was broken before this form is not its business."""
        today = timezone.localdate()
        broken = rules.broken_constraints(self.entity.name, {**self.beside, **self.values}, today)
        before = rules.broken_constraints(self.entity.name, self.beside, today) if self.record else {}
        return {
            name: problem.in_language(language())
            for name, problem in broken.items()
            if name in self.names or name not in before
        }

    def _show(self, found: Mapping[str, list[str]]) -> None:
        """Show sentences at their fields; one about a field that is not asked here begins with its label."""
        away = {name for name in found if name not in self.fields and name in self.entity.fields}
        labels = {name: field_label(self.entity.name, name) for name in away}
        super()._show(
            {name: [f"{labels[name]}: {one}" if name in away else one for one in found[name]] for name in found}
        )


# --- parts --------------------------------------------------------------------------------------------------------
def hint_of(field: words.Field) -> str:
    """Give the line under a label, for staff: what to leave out, or how it is written."""
    if field.sensitivity == "P3" and field.type == "text":
        return _("No names, addresses or numbers. Encrypted, and read by the team only.")
    return _("Year and month, such as 2025-05.") if field.type == "month" else ""


def _columns_of(entity: str) -> "dict[str, Column[Any, Any]]":
    """Give the column of each field of an entity, of this room or a later one; what is no record has none."""
    records = cast("Iterable[Any]", apps.get_models())
    model = next((item for item in records if getattr(item, "words_entity", "") == entity), None)
    if model is None:
        return {}
    columns = {column.attname: column for column in model._meta.concrete_fields}
    return {name: columns[column] for name, column in model.words_columns().items()}


def _organisations() -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in Organisation.objects.order_by("org_name").values_list("pk", "org_name")]


class AskedReference(Asked):
    """One record among those that are offered."""

    def to_python(self, value: Any) -> Any:
        """Read the key; what is none is kept for the words to refuse."""
        try:
            return UUID(str(value)) if value else None
        except ValueError:
            return str(value)


def _ask_among(field: words.Field, choices: list[tuple[str, str]], told: Mapping[str, Any]) -> forms.Field:
    if field.many:
        return AskedTerms(widget=forms.CheckboxSelectMultiple(choices=choices), required=field.required, **told)
    if field.type != "ref":
        return Asked(widget=forms.RadioSelect(choices=choices), required=field.required, **told)
    nothing = [("", _("Not chosen yet"))]
    return AskedReference(widget=OptionList(choices=nothing + choices), required=field.required, **told)
