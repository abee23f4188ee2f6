"""Give a figure the period that its sentence states."""

from zicht.reading.calendar import between
from zicht.reading.dates import Date

SINCE = ("sinds ", "sedert ", "vanaf ", "since ")
UNTIL = ("tot ", "until ", "tot en met ")


def period_of(start: int, end: int, dates: list[Date], published: str) -> str:
    """Give the date of the sentence that stands nearest to a figure, or nothing.

    A date told with “sinds” opens a period that lasts to the publication, written as finely as its beginning.
    """
    told = [date for date in dates if date.edtf]
    if not told:
        return ""
    nearest = min(told, key=lambda date: date.start - end if date.start >= end else start - date.end)
    words = nearest.text.lower()
    if words.startswith(SINCE) and "/" not in nearest.edtf:
        return between(nearest.edtf, published[: len(nearest.edtf)]) or f"{nearest.edtf}/.."
    if words.startswith(UNTIL) and "/" not in nearest.edtf:
        return f"../{nearest.edtf}"
    return nearest.edtf
