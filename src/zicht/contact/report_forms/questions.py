"""Read the questions of a form from JSON or YAML that people wrote, and write them again."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Words = Mapping[str, str]  # by language
LANGUAGES = ("nl", "en")
KINDS = ("one", "several", "yes_no", "date", "municipality", "short", "long")
CHOICES = frozenset({"one", "several"})
CODED = CHOICES | {"yes_no"}
# In a script answers lie under the name of their question, where an object of its own has a `constructor`.
NAME = re.compile(r"(?!constructor$)[a-z][a-z0-9_]{0,59}")
CODE = re.compile(r"[A-Za-z0-9_]{1,60}")
FIELDS = frozenset({"name", "kind", "topic", "ask", "help", "needed", "options", "only_if", "field"})


class NotAQuestionError(ValueError):
    """The structure is none of a question."""


@dataclass(frozen=True)
class Option:
    """One choice, with the code that is kept."""

    code: str
    label: Words


@dataclass(frozen=True)
class Condition:
    """A question is asked only if an earlier one was answered with one of these codes."""

    question: str
    codes: frozenset[str]


YES_NO = (
    Option("yes", {"nl": "Ja", "en": "Yes"}),
    Option("no", {"nl": "Nee", "en": "No"}),
    Option("unknown", {"nl": "Dat weet ik niet", "en": "I do not know"}),
)


@dataclass(frozen=True)
class Question:
    """One question; a topic above it begins a new page, `field` is where intake puts the answer."""

    name: str
    kind: str
    ask: Words
    help: Words | None = None
    topic: Words | None = None
    needed: bool = False
    options: tuple[Option, ...] = ()
    only_if: Condition | None = None
    field: str = ""

    @property
    def choices(self) -> tuple[Option, ...]:
        """Give what can be chosen: a question for yes or no brings its own."""
        return YES_NO if self.kind == "yes_no" else self.options

    @property
    def codes(self) -> tuple[str, ...]:
        """Give the codes that an answer can have."""
        return tuple(option.code for option in self.choices)

    def texts(self) -> Iterator[Words]:
        """Give everything that must stand there in each language."""
        yield self.ask
        yield from (text for text in (self.topic, self.help) if text is not None)
        yield from (option.label for option in self.options)


def read_questions(found: object) -> tuple[Question, ...]:
    """Read a list of questions; raise NotAQuestionError for anything else."""
    if not isinstance(found, list):
        raise NotAQuestionError
    return tuple(read_question(one) for one in found)


def read_question(found: object) -> Question:
    """Read one question; what is left out is empty."""
    if not isinstance(found, dict) or not found.keys() <= FIELDS:
        raise NotAQuestionError
    name, kind, field = (found.get(key) or "" for key in ("name", "kind", "field"))
    if not all(isinstance(one, str) for one in (name, kind, field)) or not NAME.fullmatch(name) or kind not in KINDS:
        raise NotAQuestionError
    options = found.get("options") or []
    if not isinstance(options, list):
        raise NotAQuestionError
    return Question(
        name=name,
        kind=kind,
        ask=_read_words(found.get("ask")),
        help=_read_words(found["help"]) if found.get("help") else None,
        topic=_read_words(found["topic"]) if found.get("topic") else None,
        needed=found.get("needed") is True,
        options=tuple(_read_option(one) for one in options),
        only_if=_read_condition(found["only_if"]) if found.get("only_if") else None,
        field=field,
    )


def write_question(question: Question) -> dict[str, Any]:
    """Give a question as it is stored, and as the page of the report box reads it."""
    condition = question.only_if
    return {
        "name": question.name,
        "kind": question.kind,
        "topic": dict(question.topic) if question.topic else None,
        "ask": dict(question.ask),
        "help": dict(question.help) if question.help else None,
        "needed": question.needed,
        "options": [{"code": one.code, "label": dict(one.label)} for one in question.options],
        "only_if": {"question": condition.question, "codes": sorted(condition.codes)} if condition else None,
        "field": question.field,
    }


def _read_words(found: object) -> Words:
    if not isinstance(found, dict) or not all(
        isinstance(language, str) and isinstance(word, str) for language, word in found.items()
    ):
        raise NotAQuestionError
    return {language: " ".join(word.split()) for language, word in found.items()}


def _read_option(found: object) -> Option:
    if not isinstance(found, dict) or found.keys() != {"code", "label"} or not isinstance(found["code"], str):
        raise NotAQuestionError
    if not CODE.fullmatch(found["code"]):
        raise NotAQuestionError
    return Option(found["code"], _read_words(found["label"]))


def _read_condition(found: object) -> Condition:
    if not isinstance(found, dict) or found.keys() != {"question", "codes"} or not isinstance(found["codes"], list):
        raise NotAQuestionError
    if not isinstance(found["question"], str) or not all(isinstance(one, str) for one in found["codes"]):
        raise NotAQuestionError
    return Condition(found["question"], frozenset(found["codes"]))
