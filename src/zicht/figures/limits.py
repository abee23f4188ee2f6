"""How much of a file is read. UNODC's file of 2025: 2.3 MB as .xlsx, 27 MB unpacked, 58,769 rows, 13 columns."""

from zicht.reading import tables

MEGABYTE = tables.MEGABYTE  # bytes
MOST_ON_DISK = 50 * MEGABYTE
MOST_UNPACKED = 200 * MEGABYTE
MOST_IN_MEMORY = 5 * MEGABYTE  # unpacked, of a part of a workbook that is no sheet; UNODC's texts have 0.1
MOST_PARTS = 500  # files inside a workbook; UNODC's has 13
MOST_ROWS = 250_000
# UNODC's edition of April 2025 has 58,743 rows about 198 countries, ordered by country. A file about several countries
# with fewer rows than this was cut off, or is a part that somebody made; a file about one country may be short.
FEWEST_ROWS = 50_000
MOST_COLUMNS = 30
MOST_IN_LINE = 64 * 1024  # bytes of one line or row, also where quotation marks hold lines together; UNODC's have 300


def of_a_file() -> tables.Limits:
    """Give the bounds in the form in which files are read."""
    return tables.Limits(
        most_on_disk=MOST_ON_DISK,
        most_unpacked=MOST_UNPACKED,
        most_in_memory=MOST_IN_MEMORY,
        most_in_line=MOST_IN_LINE,
        most_rows=MOST_ROWS,
        most_columns=MOST_COLUMNS,
        most_parts=MOST_PARTS,
    )
