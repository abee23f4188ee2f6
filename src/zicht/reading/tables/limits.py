"""How much of a file is read: the caller knows what its files look like, and this room only keeps to it."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024  # bytes
MOST_PARTS = 500  # files inside a workbook; one of a few sheets has about 13
MOST_TIGHTLY_PACKED = 150  # bytes unpacked for one packed; a full sheet has 10 to 40, a file made to exhaust us 1,000
SMALL_PART = 1 * MEGABYTE
LAST_ROW_OF_EXCEL = 1_048_576


@dataclass(frozen=True, slots=True)
class Limits:
    """Bound a file; sizes in bytes.

    most_on_disk: of the file as it is. most_unpacked: of all its parts together. most_in_memory: of a part of a
    workbook that is no sheet, unpacked. most_tightly_packed: bytes unpacked for one packed, in parts larger than
    small_part. most_in_line: of one line or row, also where quotation marks hold lines together.
    """

    most_on_disk: int
    most_unpacked: int
    most_in_memory: int
    most_in_line: int
    most_rows: int
    most_columns: int
    most_tightly_packed: int = MOST_TIGHTLY_PACKED
    small_part: int = SMALL_PART
    most_parts: int = MOST_PARTS
