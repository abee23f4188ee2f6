"""Find groups that tell of each of their members: where all, or nearly all, share one answer to a sensitive question.

That 40 of 40 girls of a place were blackmailed tells of every girl who is known to be one of them, however many they
are (group disclosure: Hundepool et al., Statistical Disclosure Control, 2012, section 5.2). Their count is hidden then,
so far that a reader must take it for possible that `least` of them or more gave another answer. Who is not known to
have given any answer does not count.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from zicht.stats.disclosure.building import Key
from zicht.stats.disclosure.errors import NoSuchQuestion
from zicht.stats.disclosure.linking import Linked
from zicht.stats.disclosure.published import Published, fold
from zicht.stats.errors import quote

NOT_KNOWN = frozenset(
    {"unknown", "onbekend", "not known", "niet bekend", "not asked", "niet gevraagd", "declined", "geweigerd"}
    | {"no answer", "geen antwoord", "missing", "ontbreekt", "n/b", "nb"}
)


def refuse_unknown(sensitive: Collection[str], tables: Iterable[Published]) -> None:
    """Refuse names of questions that no table has. Raises NoSuchQuestion."""
    known = {fold(name) for table in tables for name in table.dimensions}
    for name in sensitive:
        if fold(name) not in known:
            raise NoSuchQuestion(name=quote(name))


def telling(linked: Linked, least: int, sensitive: Collection[str]) -> dict[int, float]:
    """Give the counts that tell of a whole group, each with how many persons lower it must be possible, in persons.

    `sensitive` are names of dimensions. A group of fewer than `least` has small counts only, which are hidden anyway.
    """
    found: dict[int, float] = {}
    for cells in _groups(linked, sensitive):
        top = max(cells, key=lambda cell: linked.values[cell])
        others = int(linked.values[cells].sum() - linked.values[top])
        if others < least <= linked.values[top] and top not in linked.known and top not in linked.unseen:
            found[top] = max(found.get(top, 0.0), float(least - others))
    return found


def _groups(linked: Linked, sensitive: Collection[str]) -> list[list[int]]:
    """Give the counts of each group, one for each answer that is known."""
    asked = {linked.called.get(fold(name)) for name in sensitive}
    groups: Mapping[tuple[str, Key], list[int]] = defaultdict(list)
    for cell, key in enumerate(linked.keys):
        for dimension, answer in key:
            if dimension in asked and answer.casefold() not in NOT_KNOWN:
                groups[dimension, key - {(dimension, answer)}].append(cell)
    return [cells for cells in groups.values() if len(cells) > 1]
