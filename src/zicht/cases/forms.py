"""The forms of this room. One topic of the words is one form: nobody writes its fields a second time."""

from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID, uuid4

from django import forms
from django.apps import apps
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases import rules
from zicht.cases.form_fields import NOT_ASKED, Asked, AskedTerms, ask
from zicht.people.code_fields import field_label, language
from zicht.people.models import Organisation
from zicht.people.records import WordsModel
from zicht.people.sealed import Sealed, reveal

Values = Mapping[str, object]  # field name of the entity -> value
Choices = Iterable[tuple[str, str]]


class AskedReference(Asked):
    """One record among those that are offered."""

    def to_python(self, value: Any) -> Any:
        """Read the key; what is none is kept for the words to refuse."""
        if not value:
            return None
        try:
            return UUID(str(value))
        except ValueError:
            return value


class TopicForm(forms.Form):
    """Ask the fields of one topic of an entity, with the labels, terms and sentences of the words.

    `record` is what is changed; without one the form is for a new record and carries its identifier (`new_id`), so
    that sending it twice makes it once. `beside` holds what the record has beside the topic, or will be given by the
    action: constraints are checked together with it. `options` are the choices of fields that hold records or several
    texts. `only` leaves out the other fields. A field that holds an identifier has a step of its own and no input.
    """

    use_required_attribute = False

    def __init__(
        self,
        data: Any = None,
        *,
        entity: str,
        topic: str,
        record: WordsModel | None = None,
        beside: Values | None = None,
        options: Mapping[str, Choices] | None = None,
        only: Iterable[str] = (),
        **rest: Any,
    ) -> None:
        self.entity = words.vocabulary().entities[entity]
        self.record = record
        self.names = [name for name in self.entity.topics[topic].fields if self._has_input(name, only)]
        self.stored = _stored_in(record) if record else {}
        self.beside = {**self.stored, **(beside or {})}
        initial = {**_resting(entity), **self.stored, **(rest.pop("initial", None) or {})}
        super().__init__(data, initial=initial, **rest)
        for name in self.names:
            self.fields[name] = self._ask(name, options or {})
        self._add_hidden()

    def _has_input(self, name: str, only: Iterable[str]) -> bool:
        return self.entity.fields[name].type != "id" and (not only or name in only)

    def _ask(self, name: str, options: Mapping[str, Choices]) -> forms.Field:
        field = self.entity.fields[name]
        told = {"label": field.label.in_language(language()), "help_text": hint_of(self.entity.name, field)}
        if field.type == "ref" or name in options:
            choices = options.get(name) or _organisations()
            return _ask_among(field, list(choices), told)
        old = self.stored.get(name)
        return ask(field, cast("list[str]", old) if isinstance(old, list) else [str(old or "")], **told)

    def _add_hidden(self) -> None:
        if self.record is None:
            self.fields["new_id"] = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
        elif hasattr(self.record, "version"):
            version = self.record.version
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version, min_value=1)

    # --- judging ----------------------------------------------------------------------------------------------------
    def clean(self) -> dict[str, Any]:
        """Let the words judge each field, and the rules of this room all of them together."""
        given = self.cleaned_data
        for name in self.names:
            given[name] = self._as_it_was(name, given.get(name))
        found = {name: problem for name in self.names if (problem := self._judge(name, given[name]))}
        self._show(found or self._broken_together())
        return given

    def _as_it_was(self, name: str, value: Any) -> Any:
        """Keep the stored form of an answer that says the same, such as nothing chosen for "not asked"."""
        old = self.stored.get(name, self.initial.get(name))
        return old if old in (None, "", []) and value in (NOT_ASKED, [NOT_ASKED], "", None, []) else value

    def _judge(self, name: str, value: Any) -> str | None:
        """Say what is wrong with one value; a term that is no longer offered passes where the record has it."""
        field, old = self.entity.fields[name], self.stored.get(name)
        new = value
        if isinstance(value, list) and isinstance(old, list):
            new = [item for item in value if item not in old]
        problem = words.check_value(self.entity.name, name, value, is_new=False)
        if problem is None and new != old and not (isinstance(old, list) and new == []):
            problem = words.check_value(self.entity.name, name, new)
        if problem:
            return problem.in_language(language())
        return _too_large(self.entity.name, field, value)

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

    def _show(self, found: Mapping[str, str]) -> None:
        for name, sentence in found.items():
            if name in self.fields:
                self.add_error(name, sentence)
            else:
                self.add_error(None, f"{field_label(self.entity.name, name)}: {sentence}")

    def add_refusal(self, wrong: ValidationError) -> None:
        """Show what a save refused at the fields it is about."""
        if not hasattr(wrong, "error_dict"):
            return self.add_error(None, wrong)
        return self._show({name: " ".join(sentences) for name, sentences in wrong.message_dict.items()})

    # --- what was filled in -----------------------------------------------------------------------------------------
    @property
    def values(self) -> dict[str, object]:
        """Give the fields of the topic with what was filled in, as an action takes them."""
        return {name: self.cleaned_data[name] for name in self.names}

    @property
    def version(self) -> int:
        """Give the version of the record at which the form was opened."""
        return int(self.cleaned_data["version"])

    @property
    def new_id(self) -> UUID | None:
        """Give the identifier of the record that the form makes."""
        return cast("UUID | None", self.cleaned_data["new_id"])


# --- parts --------------------------------------------------------------------------------------------------------
def hint_of(entity: str, field: words.Field) -> str:
    """Give the line under a label, for staff: what to leave out, or how it is written."""
    if field.sensitivity == "P3" and field.type == "text":
        return _("No names, addresses or numbers. Encrypted, and read by the team only.")
    return _own_hints().get((entity, field.name)) or _hints_of_types().get(field.type, "")


def _own_hints() -> dict[tuple[str, str], str]:
    return {
        ("case", "opened_on"): "",
    }


def _hints_of_types() -> dict[str, str]:
    return {"month": _("Year and month, such as 2025-05.")}


def _stored_in(record: WordsModel) -> dict[str, object]:
    """Give what a record holds by field, texts in plain; relations to many records are no field of a form."""
    stored = {}
    for name, column in record.words_columns().items():
        value = getattr(record, column)
        stored[name] = reveal(cast("Any", record), column) if isinstance(value, Sealed) else value
    return stored


def _model_of(entity: str) -> type[WordsModel] | None:
    models = cast("Iterable[Any]", apps.get_app_config("cases").get_models())
    return next((model for model in models if getattr(model, "words_entity", "") == entity), None)


def _resting(entity: str) -> dict[str, object]:
    """Give what a new record rests at."""
    model = _model_of(entity)
    columns = {field.attname: field for field in model._meta.concrete_fields} if model else {}
    return {
        name: columns[column].get_default()
        for name, column in (model.words_columns() if model else {}).items()
        if columns[column].has_default() and not columns[column].primary_key
    }


def _too_large(entity: str, field: words.Field, value: Any) -> str | None:
    """Say when a value is within the words and does not fit in its column."""
    model = _model_of(entity)
    if model is None or not value or field.type not in ("text", "int"):
        return None
    column = model.words_columns()[field.name]
    stored = next(item for item in model._meta.concrete_fields if item.attname == column)
    try:
        stored.run_validators(value)
    except ValidationError as wrong:
        return " ".join(wrong.messages)
    return None


def _organisations() -> list[tuple[str, str]]:
    return [(str(key), name) for key, name in Organisation.objects.order_by("org_name").values_list("pk", "org_name")]


def _ask_among(field: words.Field, choices: list[tuple[str, str]], told: Mapping[str, Any]) -> forms.Field:
    if field.many:
        return AskedTerms(widget=forms.CheckboxSelectMultiple(choices=choices), required=field.required, **told)
    nothing = [("", _("Nobody chosen"))]
    return AskedReference(widget=forms.Select(choices=nothing + choices), required=field.required, **told)
