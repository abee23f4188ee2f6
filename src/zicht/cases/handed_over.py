"""Codes that another page hands to the page that opens a case: read and judged like what somebody types.

They come in the body of a form, named as the words name fields (entity.field), from wherever somebody decided to open a
case. Nothing is stored by it: the page shows them filled in, and what it refuses with a sentence.
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases.rights.consent.rules import NAMES_A_RECIPIENT
from zicht.people.code_fields import field_label, language

MARK = "handed-over"  # in the body: these are codes to begin with, and no form that is sent
TAKEN: Mapping[str, tuple[str, ...]] = {
    "case": ("incoming_date",),
    "person": ("age_band", "gender", "citizenship_group", "language"),
    "consent": ("purpose", "given_by", "asked_on"),
    "exploitation": ("forms", "means"),
}
# A yes for each of several purposes; and what an episode has several of.
SEVERAL = frozenset({"purpose", "forms", "means"})


@dataclass
class HandedOver:
    """Hold what may be filled in, by entity and field, and a sentence for what may not."""

    values: dict[str, dict[str, object]] = field(default_factory=lambda: {entity: {} for entity in TAKEN})
    problems: list[str] = field(default_factory=list)


def read(sent: QueryDict) -> HandedOver | None:
    """Read codes that were handed over; None for every other form."""
    if MARK not in sent:
        return None
    handed = HandedOver()
    for key in sent:
        entity, is_named, name = key.partition(".")
        if not is_named:
            continue
        if name in TAKEN.get(entity, ()):
            _take(handed, entity, name, sent.getlist(key))
        else:
            handed.problems.append(_("Something was handed over that a new case is not asked. It was left out."))
    return handed


def purposes() -> list[tuple[str, str]]:
    """Give what somebody can have agreed to before there is a case; a yes to one organisation names it elsewhere."""
    return [pair for pair in words.choices("consent_purpose", language()) if pair[0] not in NAMES_A_RECIPIENT]


def _take(handed: HandedOver, entity: str, name: str, given: list[str]) -> None:
    values = [_as_typed(entity, name, text) for text in given if text]
    is_many = words.vocabulary().entities[entity].fields[name].type == "multi"
    judged = [[value] if is_many else value for value in values]
    problems = [problem for value in judged if (problem := _judge(entity, name, value))]
    if problems:
        handed.problems.append(f"{field_label(entity, name)}: {problems[0]}")
    elif values:
        handed.values[entity][name] = values if name in SEVERAL else values[0]


def _as_typed(entity: str, name: str, text: str) -> object:
    if words.vocabulary().entities[entity].fields[name].type != "date":
        return text
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return text


def _judge(entity: str, name: str, value: object) -> str | None:
    """Say what is wrong with a value, with the sentence that a save would say."""
    problem = words.check_value(entity, name, value)
    if problem:
        return problem.in_language(language())
    is_offered = name != "purpose" or value in dict(purposes())
    return None if is_offered else _("Choose among what is offered.")
