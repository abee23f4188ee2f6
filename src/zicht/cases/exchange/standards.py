"""The forms a file may have, and who reads each."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.cases.exchange import ctdc, plain
from zicht.cases.exchange.htcds_columns import CASE_COLUMN, PERSON_COLUMN, pairs
from zicht.cases.exchange.htcds_columns import known_column as known_htcds_column
from zicht.cases.exchange.htcds_in import HtcdsReader
from zicht.cases.exchange.report import Loss
from zicht.cases.exchange.shapes import Mapped, Surroundings


class Reader(Protocol):
    """Turn the rows of one file into persons in cases."""

    loose_losses: list[Loss]  # columns that are not read

    def read(self, values: Sequence[str]) -> Mapped:
        """Give what a row says."""


@dataclass(frozen=True, slots=True)
class Standard:
    """Describe one form of files; `keeps_keys` where identifiers in the file are those of a house like this one."""

    name: str
    label: Promise
    reader: Callable[[Sequence[str], Surroundings], Reader]
    is_known: Callable[[str], bool]
    keeps_keys: bool = False


STANDARDS: Mapping[str, Standard] = {
    standard.name: standard
    for standard in (
        Standard("htcds", _("HTCDS 2.0 (IOM)"), HtcdsReader, lambda name: bool(known_htcds_column(name))),
        Standard("ctdc", _("CTDC data set (IOM)"), ctdc.CtdcReader, lambda name: bool(ctdc.known_column(name))),
        Standard("plain", _("Columns of Zicht"), plain.PlainReader, plain.columns().__contains__, keeps_keys=True),
    )
}


# Where a field came from that is not found by its pair of field and column.
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "htcds": {
        "case.case_id": CASE_COLUMN, "person.person_id": PERSON_COLUMN, "place_event.event_kind": "hte_Type",
        "place_event.level": "hte_State", "place_event.place_code": "hte_Country", "place_event.period": "hte_Date",
    },
    "ctdc": {
        "person.first_registered": "yearOfRegistration", "person.gender": "gender", "person.age_band": "ageBroad",
        "person.citizenship": "citizenship", "exploitation.country_exploitation": "CountryOfExploitation",
        "exploitation.duration_band": "traffickMonths",
    },
    "plain": {},
}  # fmt: skip


@cache
def column_of(standard: str, field: str) -> str:
    """Name the column that a field of ours came from, for a person who looks it up in the file."""
    paired = {pair.name: pair.column for pair in pairs()} if standard == "htcds" else {}
    return {**paired, **COLUMNS[standard]}.get(field, field)
