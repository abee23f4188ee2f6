"""Reckon with dates of which only a part is known (EDTF, ISO 8601-2:2019). No database, no request."""

import datetime as dt
import math
import time

from zicht.reading.calendar import edtf as edtf_package

UNCERTAIN = frozenset("?~%XuU[{")


def bounds_of(edtf: str) -> tuple[dt.date | None, dt.date | None]:
    """Give the first and the last day that a date may mean; None for an end that is open or not known."""
    if not edtf:
        return None, None
    try:
        parsed = edtf_package().parse_edtf(edtf)
        return _day(parsed.lower_strict()), _day(parsed.upper_strict())
    except (edtf_package().EDTFParseException, ValueError, TypeError, AttributeError):
        return None, None


def is_uncertain(edtf: str) -> bool:
    """Tell whether a date says of itself that it is about, or not sure."""
    return bool(UNCERTAIN & set(edtf))


def _day(moment: time.struct_time | float) -> dt.date | None:
    """Give a day; infinity and years before the first are none."""
    if isinstance(moment, float):
        return None
    if not math.isfinite(moment.tm_year) or not 1 <= moment.tm_year <= dt.MAXYEAR:
        return None
    return dt.date(moment.tm_year, moment.tm_mon, moment.tm_mday)
