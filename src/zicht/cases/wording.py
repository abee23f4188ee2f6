"""Values of the register in the words of the reader."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from zicht.people.code_fields import entity_label
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, in_words

MOST_PERSONS = 3  # of a case in a row of a list


def person_in_words(person: Any) -> str:
    """Say in one line who a person is, from what is known."""
    gender, age = (in_words("person", name, _known(getattr(person, name))) for name in ("gender", "age_band"))
    return ", ".join(part for part in (gender or _("Person"), age) if part)


def kind_in_words(entity: str) -> str:
    """Name a kind of record as briefly as a line of a table needs it."""
    brief = {
        "case": _("Case"),
        "person": _("Person"),
        "exploitation": _("Exploitation"),
        "place_event": _("Place"),
    }
    return brief.get(entity) or entity_label(entity)


def status_in_words(person: Any) -> str:
    """Say which status somebody has, by whom and since when: never one without the other."""
    fields = ("status", "status_by", "status_date")
    return " · ".join(in_words("person", name, getattr(person, name)) for name in fields)


def form_in_words(episode: Any) -> str:
    """Name the form of exploitation of an episode: the main one, else all."""
    main = _known(episode.main_form)
    given = in_words("exploitation", "main_form", main) or in_words("exploitation", "forms", _known(episode.forms))
    return given or _("Form not asked yet")


@dataclass(frozen=True)
class CaseRow:
    """A case as a row of a list."""

    case: Any
    code: str
    persons: list[str]
    more: int
    forms: list[str]


def rows_of(cases: Iterable[Any]) -> list[CaseRow]:
    """Give the rows of a list for cases read with their persons and episodes."""
    return [_row(case) for case in cases]


def _row(case: Any) -> CaseRow:
    persons = list(case.persons.all())
    forms = [form_in_words(episode) for person in persons for episode in person.episodes.all()]
    shown = [person_in_words(person) for person in persons[:MOST_PERSONS]]
    return CaseRow(case, short_code(case.pk), shown, len(persons) - len(shown), list(dict.fromkeys(forms)))


def _known(value: object) -> object:
    return "" if value in RESTING else value
