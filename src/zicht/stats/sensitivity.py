"""What a total hangs on: every list left out in turn."""

from collections.abc import Callable

from zicht.stats.errors import TableRefused
from zicht.stats.results import Json
from zicht.stats.tables import OverlapTable, leave_out


def leave_each_out(table: OverlapTable, find_total: Callable[[OverlapTable], float | None]) -> dict[str, Json]:
    """Give the total without each list, by its name; None where too little is left for an estimate."""
    return {name: _without(table, name, find_total) for name in table.lists}


def _without(table: OverlapTable, name: str, find_total: Callable[[OverlapTable], float | None]) -> float | None:
    try:
        return find_total(leave_out(table, name))
    except TableRefused:
        return None
