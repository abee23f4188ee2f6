"""Leave answers out the way registers do: not asked, asked and not known, or not told are three different things."""

from typing import TypeVar

from zicht.site.made_up_register import margins
from zicht.site.made_up_register.assumed_episodes import CHAT_MISSING, REGISTERED_MISSING
from zicht.site.made_up_register.chance import Chance

T = TypeVar("T")


def ask(chance: Chance, stream: str, name: str, answer: T) -> T | str:
    """Give an answer, or the missing value that stands in its place; `name` is what was asked."""
    missing = (CHAT_MISSING if stream == margins.CHAT else REGISTERED_MISSING)[name]
    counts = {"not_asked": missing.not_asked, "unknown": missing.unknown, "declined": missing.declined}
    picked = chance.pick({**counts, "": 1 - sum(counts.values())})
    return picked or answer


def ask_many(chance: Chance, stream: str, name: str, answers: list[str]) -> list[str]:
    """Give the answers to a question with several, or a list with the one missing value."""
    answer = ask(chance, stream, name, answers)
    return [answer] if isinstance(answer, str) else answer
