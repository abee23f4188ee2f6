"""How much of a list is read. OpenSanctions' whole collection of sanctions is 120 MB as JSON, with 70,000 targets."""

from zicht.reading.tables import MEGABYTE, Limits

MOST_ON_DISK = 256 * MEGABYTE
MOST_ENTRIES = 500_000
MOST_IN_LINE = 4 * MEGABYTE  # bytes of one entry as JSON; the largest have about 1 MB
MOST_COLUMNS = 40
MOST_AS_ARRAY = 64 * MEGABYTE  # of JSON in one piece, which must be in memory as a whole
DEEPEST = 12  # elements of XML inside one another; the UN's list has five
PIECE = 64 * 1024  # bytes of XML at a time
MOST_QUIET = 1 * MEGABYTE  # bytes of XML without the end of an element


def of_a_table() -> Limits:
    """Give the bounds of a CSV."""
    return Limits(
        most_on_disk=MOST_ON_DISK,
        most_unpacked=MOST_ON_DISK,
        most_in_memory=MOST_IN_LINE,
        most_in_line=MOST_IN_LINE,
        most_rows=MOST_ENTRIES,
        most_columns=MOST_COLUMNS,
    )
