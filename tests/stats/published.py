"""Real tables that many papers compare on, and a reader of those that lie beside the project."""

import csv
from pathlib import Path

from zicht.stats.tables import OverlapTable, make_table

# Potential victims, United Kingdom 2013: Silverman (2014), five lists as in Bales, Hesketh & Silverman (2015).
UK_LISTS = ("LA", "NG", "PFNCA", "GO", "GP")
UK_HISTORIES = {
    (1,): 54, (2,): 463, (3,): 995, (4,): 695, (5,): 316, (1, 2): 15, (1, 3): 19, (1, 4): 3, (2, 3): 62, (2, 4): 19,
    (2, 5): 1, (3, 4): 76, (3, 5): 11, (4, 5): 8, (1, 2, 3): 1, (1, 2, 4): 1, (2, 3, 4): 4, (1, 2, 3, 4): 1,
}  # fmt: skip


def count_histories(histories: dict[tuple[int, ...], int], lists: int) -> list[int]:
    """Give the counts by bit pattern out of counts by the lists that somebody is on."""
    counts = [0] * 2**lists
    for on, count in histories.items():
        counts[sum(1 << place - 1 for place in on)] = count
    return counts


def uk_table() -> OverlapTable:
    """Give the British table of five lists."""
    return make_table(UK_LISTS, count_histories(UK_HISTORIES, 5))


def shared_table(shared: Path, name: str) -> OverlapTable:
    """Read a table of counts from the folder beside the project."""
    with (shared / "data" / "mse" / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        names, *rows = list(csv.reader(file))
    counts = [0] * 2 ** (len(names) - 1)
    for row in rows:
        counts[sum(int(on) << place for place, on in enumerate(row[:-1]))] += int(row[-1])
    return make_table(names[:-1], counts)
