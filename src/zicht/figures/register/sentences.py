"""Say a table of the register in a few sentences, by rules: how many people, which share, what is unknown."""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from zicht.figures.beside_register import ACTION, CASE, CLAIM, POLICY
from zicht.figures.came_in import UNIT
from zicht.figures.extract import (
    ANSWER,
    FULL,
    LENGTH,
    OCCUPIED,
    PERSON,
    REFERRAL,
    REPORT,
    SIGNAL,
    STAGE,
    STAY,
    stages_of,
)
from zicht.figures.justice.keeping import JUSTICE
from zicht.figures.register.axes import Axis, Place
from zicht.figures.register.counting import ABOUT_THB
from zicht.figures.register.enough import LEAST_BASE
from zicht.figures.register.releases import Cell, Release, ShownBlock, ShownTable
from zicht.figures.sentences import Said, count
from zicht.figures.shares import percentage_of
from zicht.people.code_fields import language

SELF = "self_victim"  # the role of whoever speaks of herself
# The row whose share is said, by the name of the rows; of others it is the largest.
SAID = {
    "parent_perpetrator": "yes",
    "met_online": "yes",
    "means": "threat_images",
    "age_class_3": "le15",
    "disclosure_stage": "first",
    "timing": "ongoing",
}


def say(release: Release, table: ShownTable) -> Said:
    """Say a table."""
    rest = [sentence for block in _one_of_each(table) for sentence in _say_block(block)]
    return Said(_say_total(release, table), (*_say_measures(table), *dict.fromkeys(rest)))


def _say_measures(table: ShownTable) -> Iterator[str]:
    """Say what is no count: days, and shares of time and of answers."""
    for one in table.measures:
        told = {
            "days": count(round(one.value)),
            "share": round(100 * one.value),
            "n": count(one.numbers[0]),
            "whole": count(one.whole),
        }
        yield {
            ANSWER: _("Half of the %(n)s answers came within %(days)s days.")
            if round(one.value)
            else _("Half of the %(n)s answers came on the same day."),
            OCCUPIED: _("Of the %(whole)s nights of all places, %(share)s%% was used."),
            FULL: _(
                "Of the %(whole)s answers to requests for a place, %(n)s were no because it was full (%(share)s%%)."
            ),
            LENGTH: _("Half of the %(n)s stays that ended lasted at most %(days)s days."),
        }[one.name] % told


def _one_of_each(table: ShownTable) -> list[ShownBlock]:
    """Give one block for each kind of rows: beside other columns the rows have the same totals."""
    return list({block.rows: block for block in reversed(table.blocks)}.values())[::-1]


# --- how many -------------------------------------------------------------------------------------------------------
def _say_total(release: Release, table: ShownTable) -> str:
    if table.table.universe == JUSTICE:
        return _say_stages_of_court(release, table)
    values = {"year": release.year, "least": count(release.least)}
    if table.total is None:
        return _withheld(table.table.universe) % values
    return _counted(table.table.universe, table.total) % {**values, "people": count(table.total)}


def _say_stages_of_court(release: Release, table: ShownTable) -> str:
    """Say how many stood at each stage; none of these is a part of another."""
    if not table.source:
        return _("No figures of justice partners were delivered.")
    block = table.blocks[0]
    values = {row: block.cell(row, block.whole).value for row in block.rows.places}
    hidden = _("not shown")
    told = [f"{_lower(row)} {hidden if value is None else count(value)}" for row, value in values.items()]
    return _("Delivered on %(year)s: %(told)s.") % {"year": release.year, "told": ", ".join(told)}


def _counted(universe: str, total: int) -> str:
    return {
        "all": ngettext(
            "In %(year)s, %(people)s person was registered, whatever the status.",
            "In %(year)s, %(people)s people were registered, whatever their status.",
            total,
        ),
        "possible and identified": ngettext(
            "In %(year)s, %(people)s possible or identified victim was registered.",
            "In %(year)s, %(people)s possible and identified victims were registered.",
            total,
        ),
        "registered_national": ngettext(
            "Of those registered in %(year)s, %(people)s possible or identified victim is known to the "
            "coordination centre.",
            "Of those registered in %(year)s, %(people)s possible and identified victims are known to the "
            "coordination centre.",
            total,
        ),
        "not family": ngettext(
            "In %(year)s, %(people)s person was registered of whom no alleged perpetrator is family.",
            "In %(year)s, %(people)s people were registered of whom no alleged perpetrator is family.",
            total,
        ),
        ABOUT_THB: ngettext(
            "In %(year)s, %(people)s contact about trafficking was recorded.",
            "In %(year)s, %(people)s contacts about trafficking were recorded.",
            total,
        ),
        REFERRAL: ngettext(
            "In %(year)s, %(people)s referral was sent.", "In %(year)s, %(people)s referrals were sent.", total
        ),
        REPORT: ngettext("In %(year)s, %(people)s report came in.", "In %(year)s, %(people)s reports came in.", total),
        SIGNAL: ngettext("In %(year)s, %(people)s signal came in.", "In %(year)s, %(people)s signals came in.", total),
        CASE: ngettext("In %(year)s, %(people)s case was opened.", "In %(year)s, %(people)s cases were opened.", total),
        CLAIM: ngettext("In %(year)s, %(people)s claim was made.", "In %(year)s, %(people)s claims were made.", total),
        ACTION: ngettext(
            "There is %(people)s action against a step of a criminal process.",
            "There are %(people)s actions against steps of a criminal process.",
            total,
        ),
        POLICY: ngettext("There is %(people)s municipality.", "There are %(people)s municipalities.", total),
        STAY: ngettext("In %(year)s, %(people)s stay began.", "In %(year)s, %(people)s stays began.", total),
        "role self_victim": ngettext(
            "In %(year)s, at most %(people)s visitor said that it happens or happened to them.",
            "In %(year)s, at most %(people)s visitors said that it happens or happened to them.",
            total,
        ),
    }[universe]


def _withheld(universe: str) -> str:
    return {
        "all": _(
            "How many people were registered in %(year)s "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
        "possible and identified": _(
            "How many possible and identified victims were registered in %(year)s "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
        "registered_national": _(
            "How many possible and identified victims of %(year)s are known to the coordination centre "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
        "not family": _(
            "How many people were registered in %(year)s of whom no alleged perpetrator is family "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
        ABOUT_THB: _(
            "How many contacts there were in %(year)s "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
        REFERRAL: _(
            "How many referrals were sent in %(year)s "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
        REPORT: _(
            "How many reports came in in %(year)s is not shown, so that no number under %(least)s can be worked out."
        ),
        SIGNAL: _(
            "How many signals came in in %(year)s is not shown, so that no number under %(least)s can be worked out."
        ),
        CASE: _(
            "How many cases were opened in %(year)s is not shown, so that no number under %(least)s can be worked out."
        ),
        CLAIM: _(
            "How many claims were made in %(year)s is not shown, so that no number under %(least)s can be worked out."
        ),
        ACTION: _("How many actions there are is not shown."),
        POLICY: _("How many municipalities there are is not shown."),
        STAY: _("How many stays began in %(year)s is not shown, so that no number under %(least)s can be worked out."),
        "role self_victim": _(
            "How many visitors said in %(year)s that it happens or happened to them "
            "is not shown, so that no number under %(least)s can be worked out."
        ),
    }[universe]


# --- which share ------------------------------------------------------------------------------------------------------
def _say_block(block: ShownBlock) -> Iterator[str]:
    if not block.rows.of_kind("value"):
        yield from _say_fields(block)
        return
    if not block.rows.has_shares:
        return
    if block.rows.name == STAGE:
        yield from _say_stages(block)
        return
    if block.cols.name == UNIT:
        yield from _say_visitors(block)
        yield from _unknown(block)
        return
    row = _row_to_say(block)
    if row is None:
        yield from _not_said(block)
    else:
        yield _share(block, row) % _values(block, row, block.cell(row, block.whole))
    yield from _unknown(block)


def _say_visitors(block: ShownBlock) -> Iterator[str]:
    """Say how many visitors the contacts came from, and how many of them spoke of themselves."""
    (total,) = block.rows.of_kind("total")
    visitors = block.cell(total, block.whole).value
    if visitors is None:
        yield _("Of how many visitors they came is not shown.")
        return
    selves = next(block.cell(row, block.whole).value for row in block.rows.places if row.code == SELF)
    values = {"visitors": count(visitors), "selves": count(selves or 0)}
    yield (
        ngettext("They came from %(visitors)s visitor.", "They came from at most %(visitors)s visitors.", visitors)
        % values
    )
    if selves is not None and visitors >= LEAST_BASE:
        share = {**values, "share": percentage_of(selves, visitors)}
        yield _("%(selves)s of these %(visitors)s said that it happens or happened to them (%(share)s%%).") % share
    elif selves is not None:
        yield _("%(selves)s of these said that it happens or happened to them.") % values


def _say_stages(block: ShownBlock) -> Iterator[str]:
    """Say how far visitors came, or persons of the register, stage by stage as long as a stage may be shown."""
    first, *others = block.rows.places
    begun = block.cell(first, block.whole)
    if first.code in stages_of(PERSON):
        yield _say_opened(begun.value)
    for row in others if begun.value else []:
        cell = block.cell(row, block.whole)
        if cell.value is None:
            yield _("%(row)s: not shown.") % {"row": _label(row)}
            return
        if cell.share is None:
            yield _("%(row)s: %(value)s.") % _values(block, row, cell)
        else:
            yield _("%(row)s: %(value)s of %(base)s (%(share)s%%).") % _values(block, row, cell)


def _say_opened(value: int | None) -> str:
    if value is None:
        return _("For how many people in the register the organisation opened a case itself is not shown.")
    return ngettext(
        "Apart from these, the organisation itself opened a case for %(people)s person in the register.",
        "Apart from these, the organisation itself opened a case for %(people)s people in the register.",
        value,
    ) % {"people": count(value)}


def _row_to_say(block: ShownBlock) -> Place | None:
    """Choose the row that is said; none where its share cannot be shown."""
    rows = block.rows.of_kind("value")
    with_share = [row for row in rows if block.cell(row, block.whole).share is not None]
    wanted = [row for row in with_share if row.code == SAID.get(block.rows.name)] or with_share
    return max(wanted, key=lambda row: block.cell(row, block.whole).value or 0, default=None)


def _share(block: ShownBlock, row: Place) -> str:
    special = {
        "parent_perpetrator": _(
            "Of the %(base)s people of whom a relation is known, %(value)s have a (step)parent among the alleged "
            "perpetrators (%(share)s%%)."
        ),
        "met_online": _("Of the %(base)s people of whom it is known how they met, %(value)s met online (%(share)s%%)."),
        "means": _(
            "Of the %(base)s people of whom a means of control is known, %(value)s were threatened with images "
            "(%(share)s%%)."
        ),
        "age_class_3": _(
            "Of the %(base)s people whose age class is known, %(value)s were 15 or younger (%(share)s%%)."
        ),
        "disclosure_stage": _(
            "Of the %(base)s of whom it is known whether they told anybody before, %(value)s told it for the first "
            "time (%(share)s%%)."
        ),
        "timing": _(
            "Of the %(base)s of whom it is known, it was going on at the time of contact for %(value)s (%(share)s%%)."
        ),
    }
    if row.code == SAID.get(block.rows.name):
        return special[block.rows.name]
    # That a hidden count is less than one that is shown would tell something about it.
    if any(block.cell(other, block.whole).value is None for other in block.rows.of_kind("value")):
        return _("%(rows)s: known of %(base)s; largest of what is shown: %(row)s, %(value)s (%(share)s%%).")
    return _("%(rows)s: known of %(base)s; most often: %(row)s, %(value)s (%(share)s%%).")


def _values(block: ShownBlock, row: Place, cell: Cell) -> dict[str, object]:
    return {
        "rows": _label(block.rows),
        "row": _label(row),  # as it is written: a country or a police unit keeps its capital
        "base": count(cell.base or 0),
        "value": count(cell.value or 0),
        "share": cell.share,
    }


def _not_said(block: ShownBlock) -> Iterator[str]:
    """Say why there is no share; of nobody there is none to miss."""
    base = block.cell(block.rows.base, block.whole).value
    values = {"rows": _lower(block.rows), "base": LEAST_BASE}
    if base is None or base >= LEAST_BASE:
        yield _("A share by %(rows)s cannot be shown at this level.") % values
    elif base:
        yield _("No share by %(rows)s: it is known of fewer than %(base)s.") % values


def _label(named: Axis | Place) -> str:
    return named.label.in_language(language())


def _lower(named: Axis | Place) -> str:
    label = _label(named)
    # An abbreviation, such as EU, keeps its capitals.
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


# --- what is not known ------------------------------------------------------------------------------------------------
def _unknown(block: ShownBlock) -> Iterator[str]:
    """Say of how many it is not known, and why, as far as that may be shown."""
    values = {row.code: block.cell(row, block.whole).value for row in block.rows.of_kind("missing")}
    if not values:
        return
    told = [_reason(code, value) for code, value in values.items() if value]
    told = [text for text in told if text]
    hidden = any(value is None for value in values.values())
    if told:
        yield _("Not known: %(told)s.") % {"told": ", ".join(told)}
    elif not hidden:
        yield _("It is known of everybody.")
    if hidden:
        yield (
            _("Of how many it is not known for another reason is not shown.")
            if told
            else _("Of how many it is not known is not shown.")
        )


def _reason(code: str, value: int) -> str:
    sentence = {
        "unknown": _("%(n)s asked, not known"),
        "not_asked": _("%(n)s not asked"),
        "declined": _("%(n)s preferred not to say"),
        "not_applicable": _("%(n)s to whom it does not apply"),
        "withheld": _("%(n)s shielded"),
    }[code]
    return sentence % {"n": count(value)}


def _say_fields(block: ShownBlock) -> Iterator[str]:
    """Say which field is known least, of those that may be shown."""
    known = block.cols.places[0]
    cells = [(row, block.cell(row, known)) for row in block.rows.places]
    shown = [(row, cell) for row, cell in cells if cell.share is not None]
    if not shown:
        yield _("How well the fields are filled in cannot be shown at this level.")
        return
    row, cell = min(shown, key=lambda pair: pair[1].share or 0)
    yield _(
        "Known least often, of the fields that can be shown: %(row)s, of %(value)s of %(base)s people (%(share)s%%)."
    ) % {**_values(block, row, cell), "row": _lower(row)}
