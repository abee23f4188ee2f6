"""The forms that come with Zicht, one for each who reports; an organisation makes its own version of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from uuid import UUID

import yaml

from zicht.contact.report_forms.questions import Question, Words, read_questions

FOLDER = files("zicht.contact.report_forms") / "data"
SHIPPED = ("citizen", "professional", "source")
FIRST_VERSION = 1


@dataclass(frozen=True)
class Form:
    """One version of a form: who fills it in, what it is called, and what it asks."""

    form_id: UUID
    version: int
    audience: str
    target: str
    label: Words
    questions: tuple[Question, ...]


@lru_cache(maxsize=1)
def shipped_forms() -> Mapping[str, Form]:
    """Give the forms that come with Zicht, by who fills them in."""
    return MappingProxyType({name: _read(name) for name in SHIPPED})


def _read(name: str) -> Form:
    found = yaml.safe_load((FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))
    return Form(
        form_id=UUID(found["form_id"]),
        version=FIRST_VERSION,
        audience=found["audience"],
        target=found["target"],
        label=found["label"],
        questions=read_questions(found["questions"]),
    )
