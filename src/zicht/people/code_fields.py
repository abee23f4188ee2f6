"""Columns for terms of the vocabulary: the words say which terms there are, the database only stores them."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from django.utils.functional import lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zicht import words

CODE_LENGTH = 60  # characters; the longest code of the vocabulary has about half of that


def label_of(list_name: str, code: str) -> str:
    """Give the label of a term in the language of the reader, also of a retired or missing one; others as they are."""
    return words.label_of(list_name, code, language())


def offered(list_name: str, *, strict: bool) -> list[tuple[str, str]]:
    """Give the terms of a list that a new record may have, labelled in the language of the reader."""
    return words.choices(list_name, language()) + ([] if strict else words.missing_choices(language()))


def _described(column: "CodeField | MultiCodeField") -> words.Field:
    """Give what the words say about a column."""
    entity = words.vocabulary().entities[column.model.words_entity]  # type: ignore[attr-defined]
    return entity.fields[column.name]


def _offered_in(column: "CodeField | MultiCodeField") -> list[tuple[str, str]]:
    """Give what a new record may have in a column."""
    return words.value_choices(_described(column), language())


def _display(column: "CodeField", value: str) -> str:
    """Give the wording of a value of a column."""
    return words.value_label(_described(column), value, language())


def entity_label(name: str) -> str:
    """Give the label of a kind of record in the language of the reader; what is none (any more) as it is."""
    entity = words.vocabulary().entities.get(name)
    return entity.label.in_language(language()) if entity else name


def language() -> str:
    """Give the language of the reader; a program without reader speaks Dutch."""
    return get_language() or "nl"


def label_of_field(entity: str, name: str) -> str:
    """Give the label of a field of an entity in the language of the reader."""
    return words.vocabulary().entities[entity].fields[name].label.in_language(language())


# The same, in the language of whoever reads it at that moment.
field_label = lazy(label_of_field, str)


if TYPE_CHECKING:
    Text = models.CharField[str, str]
else:
    Text = models.CharField


class CodeField(Text):
    """Store one term of a code list; WordsModel checks it, so no term ever stands in a migration."""

    def __init__(self, list_name: str, *args: Any, strict: bool = False, **options: Any) -> None:
        self.list_name = list_name
        self.strict = strict
        super().__init__(*args, **{"max_length": CODE_LENGTH, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Give what a migration must know: the name of the list, not its terms."""
        name, path, _args, options = super().deconstruct()
        return name, path, [self.list_name], {**options, **({"strict": True} if self.strict else {})}

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        """Offer `get_<field>_display`, as Django does for choices."""
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, f"get_{name}_display", lambda record: _display(self, getattr(record, name)))

    def formfield(self, **options: Any) -> forms.Field:
        """Offer the terms in the language of the reader; nothing is chosen beforehand."""
        return forms.ChoiceField(
            choices=lambda: [("", _("Not chosen yet")), *_offered_in(self)],
            **{"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text, **options},
        )


class MultiCodeField(models.JSONField):
    """Store several terms of a code list, in the order in which they were chosen."""

    def __init__(self, list_name: str, *args: Any, strict: bool = False, **options: Any) -> None:
        self.list_name = list_name
        self.strict = strict
        super().__init__(*args, **{"default": list, "blank": True, **options})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Give what a migration must know: the name of the list, not its terms."""
        name, path, _args, options = super().deconstruct()
        return name, path, [self.list_name], {**options, **({"strict": True} if self.strict else {})}

    def formfield(self, **options: Any) -> forms.Field:
        """Offer the terms in the language of the reader."""
        return forms.MultipleChoiceField(
            choices=lambda: _offered_in(self),
            **{"required": not self.blank, "label": self.verbose_name, "help_text": self.help_text, **options},
        )
