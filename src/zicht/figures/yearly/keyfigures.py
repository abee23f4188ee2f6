"""The figures that a reader takes along, each with what it counts and of whom it is a share."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from zicht.figures.register.axes import Place
from zicht.figures.register.enough import LEAST_BASE
from zicht.figures.register.releases import Cell, Release, ShownBlock
from zicht.figures.sentences import count
from zicht.figures.shares import percentage_of
from zicht.figures.yearly.fractions import in_words


def key_figures(release: Release) -> list[str]:
    """Say the figures that are shown and rest on enough people; a hidden one is left out and not hinted at."""
    makers = (_visitors, _first_disclosure, _ages_of_visitors, _registered, _ages, _parents, _met, _images)
    return [sentence for maker in makers for sentence in maker(release)]


# --- finding ----------------------------------------------------------------------------------------------------------
def _block(release: Release, code: str, rows: str) -> ShownBlock | None:
    table = release.tables.get(code)
    return next((block for block in table.blocks if block.rows.name == rows), None) if table else None


def _place(places: tuple[Place, ...], code: str) -> Place:
    return next(place for place in places if place.code == code)


def _of_row(release: Release, code: str, rows: str, row: str) -> Cell | None:
    block = _block(release, code, rows)
    if block is None or all(place.code != row for place in block.rows.places):
        return None
    return block.cell(_place(block.rows.places, row), block.whole)


def _told(part: int | None, base: int | None) -> dict[str, object] | None:
    """Give the numbers of a sentence, or nothing where one is hidden or too few stand under it."""
    if part is None or base is None or base < LEAST_BASE:
        return None
    share = f"{percentage_of(part, base)}%"
    words = in_words(part, base)
    return {"value": count(part), "base": count(base), "share": f"{words}, {share}" if words else share}


# --- visitors ---------------------------------------------------------------------------------------------------------
def _visitors(release: Release) -> Iterator[str]:
    everybody, selves = (_of_row(release, "F01", "role", row) for row in ("total", "self_victim"))
    if everybody is None or everybody.value is None:
        return
    yield _("At most %(visitors)s unique visitors had contact about trafficking.") % {
        "visitors": count(everybody.value)
    }
    if selves and (told := _told(selves.value, everybody.value)):
        sentence = _("%(value)s of these %(base)s visitors said that it happens or happened to themselves (%(share)s).")
        yield sentence % told


def _first_disclosure(release: Release) -> Iterator[str]:
    sentence = _(
        "%(value)s of the %(base)s visitors of whom it is known whether they told anybody before, told it for the "
        "first time (%(share)s)."
    )
    yield from _of_a_row(release, "F02", "disclosure_stage", "first", sentence)


def _ages_of_visitors(release: Release) -> Iterator[str]:
    values = _ages_in(release)
    minors, youngest = _minors(values), values.get("le15")
    if told := _told(minors, values.get("known")):
        yield (
            _("%(value)s of the %(base)s visitors themselves victims whose age is known, were under 18 (%(share)s).")
            % told
        )
    if told := _told(youngest, values.get("known")):
        yield _("%(value)s of these %(base)s visitors were 15 or younger (%(share)s).") % told


def _ages_in(release: Release) -> dict[str, int | None]:
    """Give the ages of visitors, which stand in the columns of F02, or in rows where it has margins only."""
    if margin := _block(release, "F02", "age_class_3"):
        return {row.code: margin.cell(row, margin.whole).value for row in margin.rows.places}
    block = _block(release, "F02", "disclosure_stage")
    if block is None:
        return {}
    total = _place(block.rows.places, "total")
    return {col.code: block.cell(total, col).value for col in block.cols.places}


def _minors(values: dict[str, int | None]) -> int | None:
    younger, older = values.get("le15"), values.get("a16_17")
    return None if younger is None or older is None else younger + older


# --- persons ----------------------------------------------------------------------------------------------------------
def _registered(release: Release) -> Iterator[str]:
    table = release.tables.get("F03")
    if table and table.total is not None:
        yield _("%(people)s possible and identified victims were registered.") % {"people": count(table.total)}


def _ages(release: Release) -> Iterator[str]:
    block = _block(release, "F03", "age_class_3")
    if block is None:
        return
    values = {row.code: block.cell(row, block.whole).value for row in block.rows.places}
    if told := _told(_minors(values), values["known"]):
        sentence = _("%(value)s of the %(base)s registered victims whose age is known, were under 18 (%(share)s).")
        yield sentence % told
    if told := _told(values["le15"], values["known"]):
        yield _("%(value)s of these %(base)s registered victims were 15 or younger (%(share)s).") % told


def _parents(release: Release) -> Iterator[str]:
    sentence = _(
        "%(value)s of the %(base)s registered people of whom a relation is known, name a (step)parent as alleged "
        "perpetrator (%(share)s)."
    )
    yield from _of_a_row(release, "F05", "parent_perpetrator", "yes", sentence)


def _met(release: Release) -> Iterator[str]:
    sentence = _(
        "%(value)s of the %(base)s registered people of whom it is known how they met, met on social media "
        "(%(share)s of those for whom it is known)."
    )
    yield from _of_a_row(release, "F07", "recruitment_channel", "social_media", sentence)


def _images(release: Release) -> Iterator[str]:
    sentence = _(
        "%(value)s of the %(base)s registered people of whom a means of control is known, were threatened with "
        "images (%(share)s)."
    )
    yield from _of_a_row(release, "F08", "means", "threat_images", sentence)


def _of_a_row(release: Release, code: str, rows: str, row: str, sentence: str) -> Iterator[str]:
    """Say the share of one row of a table."""
    cell = _of_row(release, code, rows, row)
    if cell and (told := _told(cell.value, cell.base)):
        yield sentence % told
