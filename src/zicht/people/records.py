"""What every record of a room is made of: checked against the words at each save, and walled off at each query."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, Self, TypeVar

from django.core import checks
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.expressions import BaseExpression, Combinable
from django.utils import timezone
from django.utils.translation import gettext

from zicht import words
from zicht.people import rules
from zicht.people.code_fields import CodeField, MultiCodeField, language
from zicht.people.column_limits import problems_of
from zicht.people.sealed import Sealed, SealedTextField
from zicht.words import Problem

__all__ = [
    "CodeField",
    "MultiCodeField",
    "RuledModel",
    "SealedTextField",
    "Walled",
    "WalledQuerySet",
    "WordsModel",
    "WordsQuerySet",
]

R = TypeVar("R", bound="WordsModel")
W = TypeVar("W", bound="Walled")


class WordsQuerySet(models.QuerySet[R]):
    """Check against the words on the ways round `save` too, so that no bulk statement brings in a term that is none."""

    def update(self, **values: Any) -> int:
        """Change many records at once to plain values that the words allow; expressions cannot be checked."""
        self.model.refuse_wrong_values(values)
        return super().update(**values)

    def bulk_create(self, objs: Iterable[R], *args: Any, **options: Any) -> list[R]:
        """Store many records at once, none of them when one is wrong."""
        records = list(objs)
        for record in records:
            record.refuse_if_wrong()
        return super().bulk_create(records, *args, **options)

    def bulk_update(self, objs: Iterable[R], fields: Iterable[str], batch_size: int | None = None) -> int:
        """Change many records at once, none of them when one is wrong."""
        records = list(objs)
        for record in records:
            record.refuse_if_wrong()
        # Django builds this from `update` with expressions, which the method above would refuse.
        plain = models.QuerySet[R](self.model, using=self.db)
        return plain.bulk_update(records, fields, batch_size)


class WordsModel(models.Model):
    """Stand behind every noun of the vocabulary: the columns are the fields of the entity, the values its terms."""

    words_entity: ClassVar[str]
    # Columns that are no field of the entity: secrets, such as a password hash.
    words_beside: ClassVar[frozenset[str]] = frozenset()
    # Fields of the entity that are deliberately not kept here; docs/decisions.md says why.
    words_left_out: ClassVar[frozenset[str]] = frozenset()
    # Fields that hold many texts, each of them judged where it comes in: here they only have to be there.
    words_in_parts: ClassVar[frozenset[str]] = frozenset()
    # The way to the organisation that keeps a record about a person, such as case__org: whoever asks for a copy there
    # gets it. Empty where the room that keeps it gives it by itself.
    kept_by: ClassVar[str] = ""
    # Which records of a kind still go on: while there is one, nobody it is about is erased.
    goes_on: ClassVar[models.Q | None] = None

    objects = WordsQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        """Store the record when the words allow every value of it."""
        self.refuse_if_wrong()
        super().save(*args, **options)

    def clean(self) -> None:
        """Let a form show the same sentences that a save would raise."""
        super().clean()
        self.refuse_if_wrong()

    def refuse_if_wrong(self) -> None:
        """Raise ValidationError with one sentence per wrong field."""
        values = {name: _checkable(getattr(self, column)) for name, column in self.words_columns().items()}
        values |= {name: "parts" for name in self.words_in_parts if values[name]}
        # A term that was retired after this record was made stays valid in it.
        wrong = words.check_record(self.words_entity, values, is_new=self._state.adding)
        _raise({**dict(problems_of(type(self), values)), **wrong})

    @classmethod
    def refuse_wrong_values(cls, values: dict[str, Any]) -> None:
        """Raise ValidationError for values, by column, of a statement that changes records without loading them."""
        plain, problems = {}, {}
        for name, column in cls.words_columns().items():
            given = [key for key in (name, column, column.removesuffix("_id")) if key in values]
            if given:
                plain[name] = values[given[0]]
                if problem := _problem(cls.words_entity, name, plain[name]):
                    problems[name] = problem
        _raise({**dict(problems_of(cls, plain)), **problems})

    @classmethod
    def words_columns(cls) -> dict[str, str]:
        """Give the attribute that holds each field of the entity, such as {"org_id": "org_id"}."""
        columns = {field.attname: field for field in cls._meta.concrete_fields if field.name not in cls.words_beside}
        names = words.vocabulary().entities[cls.words_entity].fields
        return {field.name if field.name in names else column: column for column, field in columns.items()}

    @classmethod
    def words_relations(cls) -> frozenset[str]:
        """Give the fields of the entity that hold many records, such as the persons of a case."""
        return frozenset(relation.name for relation in cls._meta.many_to_many)

    @classmethod
    def check(cls, **options: Any) -> list[checks.CheckMessage]:
        """Refuse to start when the columns and the fields of the entity disagree."""
        return [*super().check(**options), *_disagreements(cls)]


class RuledModel(WordsModel):
    """Stand behind the records whose values must also fit each other: what a room demands is checked at each save."""

    # Gives for an entity, the values of a record and the day the problem of each field; of the room.
    broken_constraints: ClassVar["staticmethod[[str, Mapping[str, object], dt.date], dict[str, Problem]]"]

    class Meta:
        abstract = True

    def refuse_if_wrong(self) -> None:
        """Raise ValidationError for values that the words allow one by one and not together."""
        super().refuse_if_wrong()
        values = {name: getattr(self, column) for name, column in self.words_columns().items()}
        broken = type(self).broken_constraints(self.words_entity, values, timezone.localdate())
        if broken:
            raise ValidationError({name: problem.in_language(language()) for name, problem in broken.items()})


class WalledQuerySet(WordsQuerySet[W]):
    """Show an account nothing but what stands behind the walls of its own organisation and roles."""

    def visible_to(self, account: rules.AccountLike) -> Self:
        """Keep the records of the account's organisation in the compartments it may see; for a closed account, none."""
        return self.filter(org_id=account.org_id, compartment__in=rules.compartments_of(account))


class Walled(WordsModel):
    """Stand behind every record that belongs to one organisation and one compartment."""

    org = models.ForeignKey("people.Organisation", on_delete=models.PROTECT, related_name="+")
    compartment = CodeField("compartment", strict=True)

    objects: ClassVar[Any] = WalledQuerySet.as_manager()

    class Meta:
        abstract = True


def _checkable(value: object) -> object:
    """Give what the words can check: a sealed text was checked when it was plain."""
    return "sealed" if isinstance(value, Sealed) else value


def _problem(entity: str, name: str, value: object) -> words.Problem | None:
    """Check one value of an `update`; a related record stands for its key."""
    if isinstance(value, BaseExpression | Combinable):
        message = gettext("Change these records one by one: what a calculation will give cannot be checked beforehand.")
        raise ValidationError({name: message})
    return words.check_value(entity, name, value.pk if isinstance(value, models.Model) else _checkable(value))


def _raise(problems: Mapping[str, words.Problem]) -> None:
    if problems:
        raise ValidationError({name: problem.in_language(language()) for name, problem in problems.items()})


def _disagreements(model: type[WordsModel]) -> list[checks.CheckMessage]:
    """Compare the columns of a model with the fields of its entity, both ways."""
    fields = words.vocabulary().entities[model.words_entity].fields
    columns, relations = model.words_columns(), model.words_relations()
    missing = [
        f"The entity has a field '{name}' that is no column."
        for name in fields
        if name not in columns and name not in relations and name not in model.words_left_out
    ]
    unknown = [
        f"The column '{name}' is no field of the entity." for name in [*columns, *relations] if name not in fields
    ]
    lists = [
        f"The column '{name}' and the field of the entity have different code lists."
        for name, column in columns.items()
        if name in fields and _code_list(model, column) != (fields[name].list_name, fields[name].strict)
    ]
    return [checks.Error(text, obj=model, id="people.E001") for text in missing + unknown + lists]


def _code_list(model: type[WordsModel], column: str) -> tuple[str, bool]:
    field = next(field for field in model._meta.concrete_fields if field.attname == column)
    return (field.list_name, field.strict) if isinstance(field, CodeField | MultiCodeField) else ("", False)
