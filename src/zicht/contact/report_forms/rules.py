"""Decide about the questions of a form: which may be asked, which are shown, and what is wrong with an answer.

The page of the report box decides the same with static/contact/report/form_rules.js; vectors hold the two together
(tests/contact/vectors/report_forms.json).
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from zicht import words
from zicht.contact.report_forms.identifying import asks_who_somebody_is
from zicht.contact.report_forms.questions import CODED, LANGUAGES, Question
from zicht.contact.sealing.parts import canonical
from zicht.people.names import has_unseen

Answers = Mapping[str, Sequence[str]]  # by question: codes, or one text
MOST_QUESTIONS = 40
MOST_OPTIONS = 30
SHORT, LONG = 200, 2000  # characters
LONGEST_TEXT, LONGEST_CHOICE = 300, 150  # characters of what is asked, and of one choice
# Bytes of one answer as it is sealed (writing.py): 15,000 fit, and its question and the signs between take the rest.
ROOM_OF_CHOICES = 12_000
MUNICIPALITY = re.compile(r"GM\d{4}")
# Types of fields that say who somebody is, when they may never be published.
WHO_SOMEBODY_IS = frozenset({"id", "ref", "hash", "text"})
LETTERS = frozenset({"Lu", "Ll", "Lt"})
KIND_OF_FIELD = {"signal.observed_on": "date", "signal.place_code": "municipality"}
SECRET = frozenset({"P3", "P4"})
NOWHERE_ELSE = frozenset({"observer", "situation"})  # lists that intake asks for, and no field of a record


class Wrong(StrEnum):
    """What can be wrong with a question."""

    NAME = "name"
    WORDS = "words"
    SIGNS = "signs"
    LONG = "long"
    IDENTITY = "identity"
    OPTIONS = "options"
    CONDITION = "condition"
    FIELD = "field"
    KIND = "kind"
    CODES = "codes"
    MANY = "many"


class Fault(StrEnum):
    """What can be wrong with an answer."""

    NEEDED = "needed"
    CHOICE = "choice"
    DATE = "date"
    PLACE = "place"
    LONG = "long"


@dataclass(frozen=True)
class Finding:
    """Something wrong with one question."""

    question: str
    wrong: Wrong


# --- which questions may be asked -------------------------------------------------------------------------------
def findings_of(questions: Sequence[Question], languages: Iterable[str] = LANGUAGES) -> list[Finding]:
    """Give everything that is wrong with the questions of a form, in their order."""
    asked = tuple(languages)
    found = [
        Finding(question.name, wrong)
        for place, question in enumerate(questions)
        for wrong in _wrong_with(question, questions[:place], asked)
    ]
    return [*found, *([Finding("", Wrong.MANY)] if not 0 < len(questions) <= MOST_QUESTIONS else [])]


def _wrong_with(question: Question, before: Sequence[Question], languages: tuple[str, ...]) -> Iterator[Wrong]:
    if question.name in {one.name for one in before}:
        yield Wrong.NAME
    if not all(text.get(one, "").strip() for text in question.texts() for one in languages):
        yield Wrong.WORDS
    if any(has_false_signs(word) for text in question.texts() for word in text.values()):
        yield Wrong.SIGNS
    if not _has_room(question):
        yield Wrong.LONG
    if asks_who_somebody_is(question.ask, question.help, question.topic):
        yield Wrong.IDENTITY
    if not _has_right_options(question):
        yield Wrong.OPTIONS
    if not _has_right_condition(question, before):
        yield Wrong.CONDITION
    yield from _wrong_with_field(question)


def has_false_signs(text: str) -> bool:
    """Tell whether a text holds what nobody sees, or a word with letters of two alphabets that look alike.

    Both make it read otherwise than it is stored, and get round the list of what may not be asked.
    """
    if text.isascii() and text.isprintable():  # as nearly every text is
        return False
    return has_unseen(text) or any(len(_alphabets(word)) > 1 for word in re.findall(r"\w+", text))


def _alphabets(word: str) -> set[str]:
    """Name the alphabets of the letters of a word, as their names in Unicode begin."""
    return {unicodedata.name(sign, "").split(" ")[0] for sign in word if unicodedata.category(sign) in LETTERS}


def _has_room(question: Question) -> bool:
    """Keep texts to a length that can be read, and an answer to a size that can be sealed in one message."""
    asked = (question.ask, question.help or {}, question.topic or {})
    is_short = all(len(word) <= LONGEST_TEXT for text in asked for word in text.values())
    labels = [dict(option.label) for option in question.options]
    are_short = all(len(word) <= LONGEST_CHOICE for label in labels for word in label.values())
    sealed = canonical({"codes": list(question.codes), "said": labels})
    return is_short and are_short and len(sealed) <= ROOM_OF_CHOICES


def _has_right_options(question: Question) -> bool:
    codes = question.codes
    if question.kind not in CODED:
        return not codes
    return 2 <= len(codes) <= MOST_OPTIONS and len(set(codes)) == len(codes)


def _has_right_condition(question: Question, before: Sequence[Question]) -> bool:
    """Let a condition name only an earlier question with choices: so no two can wait for each other."""
    if question.only_if is None:
        return True
    other = next((one for one in before if one.name == question.only_if.question), None)
    return other is not None and bool(question.only_if.codes) and question.only_if.codes <= set(other.codes)


def _wrong_with_field(question: Question) -> Iterator[Wrong]:
    if not question.field:
        return
    allowed = codes_of_field(question.field)
    if allowed is None or is_identifying(question.field):
        yield Wrong.FIELD
    elif not _fits_kind(question, is_coded=bool(allowed)):
        yield Wrong.KIND
    elif question.kind in CODED and allowed and not set(question.codes) <= allowed:
        yield Wrong.CODES


def _fits_kind(question: Question, *, is_coded: bool) -> bool:
    """Tell whether a field takes this kind of answer; of another kind nothing would go along to intake."""
    if is_coded:
        return question.kind in CODED
    return KIND_OF_FIELD.get(question.field, question.kind) == question.kind


def codes_of_field(name: str) -> frozenset[str] | None:
    """Give the codes a field may have, none where it has no list; None when there is no such field."""
    vocabulary = words.vocabulary()
    if name in NOWHERE_ELSE:
        return frozenset(vocabulary.lists[name].codes)
    if name == "signal.indicator":
        return frozenset(code for code, one in vocabulary.indicators.items() if one.is_active)
    described = _describe(name)
    if described is None:
        return None
    return frozenset(dict(words.value_choices(described, "en")) if described.list_name else ())


def is_identifying(name: str) -> bool:
    """Tell whether a field says who somebody is: it may never be published, and holds a name, key or text."""
    described = _describe(name)
    if described is None:
        return False
    return described.publication == "never" and (described.type in WHO_SOMEBODY_IS or described.sensitivity in SECRET)


def _describe(name: str) -> words.Field | None:
    """Give what the words say about a field; None when there is none."""
    entity, _dot, field = name.partition(".")
    described = words.vocabulary().entities.get(entity)
    return described.fields.get(field) if described else None


# --- which questions are shown, and what is wrong with their answers --------------------------------------------
def shown(questions: Sequence[Question], answers: Answers) -> list[str]:
    """Name the questions that are asked of whoever gave these answers, in their order."""
    found: list[str] = []
    for question in questions:
        condition = question.only_if
        # An answer to a question that is not shown any more counts for nothing.
        if condition is None or (
            condition.question in found and condition.codes & set(answers.get(condition.question, ()))
        ):
            found.append(question.name)
    return found


def faults(questions: Sequence[Question], answers: Answers, today: dt.date) -> dict[str, Fault]:
    """Give what is wrong with the answers to the questions that are shown."""
    asked = set(shown(questions, answers))
    found = {one.name: _fault_of(one, answers.get(one.name, ()), today) for one in questions if one.name in asked}
    return {name: fault for name, fault in found.items() if fault is not None}


def _fault_of(question: Question, given: Sequence[str], today: dt.date) -> Fault | None:
    values = [one for one in given if one.strip()]
    if not values:
        return Fault.NEEDED if question.needed else None
    if question.kind in CODED:
        is_one = question.kind == "several" or len(values) == 1
        return None if is_one and set(values) <= set(question.codes) else Fault.CHOICE
    if question.kind == "municipality":
        return None if len(values) == 1 and MUNICIPALITY.fullmatch(values[0]) else Fault.PLACE
    if question.kind == "date":
        return None if len(values) == 1 and _is_past_day(values[0], today) else Fault.DATE
    # Counted as browsers count: a sign outside the first plane is two.
    length = sum(len(one.encode("utf-16-le")) // 2 for one in values)
    return Fault.LONG if length > (SHORT if question.kind == "short" else LONG) else None


def _is_past_day(text: str, today: dt.date) -> bool:
    try:
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", text)) and dt.date.fromisoformat(text) <= today
    except ValueError:
        return False
