"""Say which names may be of one actor, and why; whether they are is for people to judge. No database, no request."""

from difflib import SequenceMatcher

from zicht.evidence.redaction import plain

CLOSE = 0.88  # share of letters that agree, from which two spellings are shown beside each other
SHORTEST = 3  # letters of initials


def reasons(one: str, other: str) -> list[str]:
    """Give the reasons (list actor_reason) for which two names may be of one actor; none for names that differ."""
    a, b = plain(one).split(), plain(other).split()
    if not a or not b:
        return []
    found = []
    if a == b:
        found.append("same_name")
    elif sorted(a) == sorted(b):
        found.append("same_words")
    elif set(a) < set(b) or set(b) < set(a):
        found.append("part_of_name")
    elif SequenceMatcher(None, " ".join(a), " ".join(b), autojunk=False).ratio() >= CLOSE:
        found.append("nearly_same")
    if _are_initials(one, b) or _are_initials(other, a):
        found.append("initials")
    return found


def _are_initials(short: str, words: list[str]) -> bool:
    letters = short.replace(".", "").strip()
    return len(letters) >= SHORTEST and letters.isupper() and letters.casefold() == "".join(word[0] for word in words)
