"""Invented situations to practise with, read once from their file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from zicht.words import Label

FILE = Path(__file__).resolve().parent / "data" / "situations.yaml"


@dataclass(frozen=True)
class Situation:
    """A situation that nobody was in; `seen` and `others` say why an indicator is in the text or is not."""

    code: str
    title: Label
    text: Label
    observers: tuple[str, ...]
    seen: Mapping[str, Label]
    others: Mapping[str, Label]

    @property
    def offered(self) -> list[str]:
        """Give every indicator that can be chosen, in the order of their codes."""
        return sorted({*self.seen, *self.others})

    def why(self, code: str) -> Label:
        """Give the sentence about an indicator that is offered."""
        return self.seen.get(code) or self.others[code]


@lru_cache(maxsize=1)
def situations() -> Mapping[str, Situation]:
    """Give the situations by their codes."""
    found = yaml.safe_load(FILE.read_text(encoding="utf-8"))["situations"]
    return {one["code"]: _situation(one) for one in found}


def _situation(found: dict[str, Any]) -> Situation:
    return Situation(
        code=found["code"],
        title=Label(**found["title"]),
        text=Label(**found["text"]),
        observers=tuple(found["observers"]),
        seen={code: Label(**why) for code, why in found["seen"].items()},
        others={code: Label(**why) for code, why in found["others"].items()},
    )
