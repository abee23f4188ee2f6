"""OFAC's SDN list as CSV, with or without a row of column names.

The columns and `-0-` for “nothing” are those of OFAC's “SDN and Consolidated Lists Data Specification”. Aliases of
good quality stand in another file of OFAC (ALT.CSV); what stands in the remarks as a.k.a. in quotation marks are
those that OFAC calls weak (its frequently asked question 122).
"""

import re
from collections.abc import Iterator, Sequence

from zicht.reading.lists.entries import Entry, Kind, Names

COLUMNS = (
    "ent_num", "name", "type", "program", "title", "call_sign", "vess_type", "tonnage", "grt", "vess_flag",
    "vess_owner", "remarks",
)  # fmt: skip
NEEDED = frozenset({"ent_num", "name", "program", "remarks"})
NOTHING = "-0-"
# A body has no type in OFAC's own file.
KINDS: dict[str, Kind] = {"individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
WEAK_ALIAS = re.compile(r"\b[afn]\.k\.a\. '(.+?)'(?=[;.]|$)")
SHIP_NUMBER = re.compile(r"Vessel Registration Identification IMO (\d{7})\b")


def is_row(values: Sequence[str]) -> bool:
    """Answer whether a row without column names is one of OFAC's: a number, a name, and twelve columns."""
    return len(values) == len(COLUMNS) and values[0].strip().isdigit() and bool(values[1].strip())


def entries(columns: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Entry]:
    """Give the entries of the list."""
    names = [name.strip().lower() for name in columns]
    for _number, values in rows:
        cleaned = ["" if value.strip() == NOTHING else value.strip() for value in values]
        yield _entry(dict(zip(names, cleaned, strict=False)))


def _entry(row: dict[str, str]) -> Entry:
    remarks = row.get("remarks", "")
    names = Names()
    names.add(row["name"], "name")
    for alias in WEAK_ALIAS.findall(remarks):
        names.add(alias, "weak")
    # A body can be registered with IMO too, by a number of another kind.
    kind = KINDS.get(row.get("type", "").lower(), "body")
    ship = SHIP_NUMBER.search(remarks) if kind == "vessel" else None
    flag = row.get("vess_flag", "")
    return Entry(
        key=row["ent_num"],
        kind=kind,
        names=names.listed(),
        imo=ship[1] if ship else "",
        programmes=tuple(part.strip() for part in row["program"].split("] [") if part.strip()),
        countries=(flag,) if flag else (),
    )
