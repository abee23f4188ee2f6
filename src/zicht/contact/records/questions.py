"""Which questions the form of a contact asks, and the one sign that stands for each answer.

The signs are the same in every language: terms count from 1, what was not learned has a sign of its own.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from zicht import words
from zicht.people.code_fields import language

ENTITY = "contact"
SIGNS_OF_TERMS = "123456789abcdefghijk"
NOT_ASKED = "not_asked"
# In the order in which they are offered. "Withheld" hides a value from a reader and is no answer to give.
SIGNS_OF_MISSING = {NOT_ASKED: "n", "unknown": "0", "declined": "w", "not_applicable": "x"}
YES, NO = "yes", "no"
BY_SIGNS = ("repeat_visitor", "age_band", "disclosure_stage", "timing")  # beside what every contact is asked


@dataclass(frozen=True)
class Option:
    """One answer."""

    value: str
    sign: str
    label: str


@dataclass(frozen=True)
class Question:
    """One question with its answers."""

    field: words.Field
    options: tuple[Option, ...]

    @property
    def label(self) -> str:
        """Give the question in the language of the reader."""
        return self.field.label.in_language(language())

    def value_of(self, sign: str) -> str | None:
        """Give the answer that a sign stands for."""
        return next((option.value for option in self.options if option.sign == sign), None)


def needed() -> tuple[str, ...]:
    """Name the fields that every contact is asked."""
    return words.vocabulary().entities[ENTITY].topics["needed"].fields


def asked() -> tuple[str, ...]:
    """Name all fields that the form asks by its terms."""
    return (*needed(), *words.vocabulary().entities[ENTITY].topics["said"].fields)


def questions() -> dict[str, Question]:
    """Give the questions that signs answer, in the order of a line of signs."""
    fields = words.vocabulary().entities[ENTITY].fields
    return {name: Question(fields[name], tuple(_options(fields[name]))) for name in (*needed(), *BY_SIGNS)}


def resting(field: words.Field) -> list[tuple[str, str]]:
    """Give what stands for a field that was not learned, the resting answer first; none where the words want a term."""
    if field.type == "bool":
        return [] if field.required else [("", words.vocabulary().missing_values[NOT_ASKED].in_language(language()))]
    if field.strict:
        return []
    labels = words.vocabulary().missing_values
    offered = [value for value in SIGNS_OF_MISSING if value != NOT_ASKED or not field.required]
    return [(value, labels[value].in_language(language())) for value in offered]


def _options(field: words.Field) -> Iterator[Option]:
    terms = [(YES, _("Yes")), (NO, _("No"))] if field.type == "bool" else words.choices(field.list_name, language())
    for (value, label), sign in zip(terms, SIGNS_OF_TERMS, strict=False):
        yield Option(value, sign, label)
    for value, label in resting(field):
        yield Option(value, SIGNS_OF_MISSING[value or NOT_ASKED], label)
