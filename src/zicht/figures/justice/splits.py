"""The stages and splits of standard table F13, with the terms that stand in them."""

from functools import cache

from zicht import words
from zicht.figures.bits import codes_of
from zicht.words import Label

TOTAL, UNKNOWN, STAGE = "total", "unknown", "stage"
# Of the list outside_indicator: victims and offences are no persons before a court.
STAGES = ("formal_contact", "prosecuted", "convicted")
ANSWERS = {"yes": Label("Under 18", "Jonger dan 18"), "no": Label("18 or over", "18 of ouder")}


def splits() -> tuple[str, ...]:
    """Name the columns of the table."""
    return words.vocabulary().tables["F13"].cols


@cache
def labels_of(split: str) -> dict[str, Label]:
    """Give the terms of a split, or of the stages, with their labels."""
    vocabulary = words.vocabulary()
    if split == STAGE:
        return {code: vocabulary.lists["outside_indicator"].codes[code].label for code in STAGES}
    if split == "is_minor":
        return dict(ANSWERS)
    list_name, _, attribute = split.partition(".")
    terms = vocabulary.lists[list_name].codes
    if not attribute:
        return {code: terms[code].label for code in codes_of(vocabulary.entities["person"].fields[split])}
    groups = dict.fromkeys(term.text(attribute) for term in terms.values() if term.text(attribute))
    return {group: terms[group].label for group in groups}


def codes_of_split(split: str) -> tuple[str, ...]:
    """Give the codes of a split."""
    return tuple(labels_of(split))
