"""Take the rows out of lines of separated values (RFC 4180, and its kin with semicolons or tabs)."""

import csv
from collections.abc import Iterator
from itertools import chain

from zicht.reading.tables.errors import NoRows, QuoteNotClosed, RowTooLong, UnclearSeparator
from zicht.reading.tables.limits import Limits

SEPARATORS = (",", ";", "\t")


def read_rows(lines: Iterator[str], separator: str, limits: Limits) -> Iterator[tuple[int, list[str]]]:
    """Give the number of the last line of every row, and its texts; an empty `separator` is found out."""
    if not separator:
        first = next(lines, None)
        if first is None:
            raise NoRows
        separator, lines = find_separator(first), chain([first], lines)
    record = Record(lines, limits)
    # The csv module has a bound of its own, 131,072 characters a value for all readers of the process.
    reader = csv.reader(record, strict=True, delimiter=separator)
    try:
        for values in reader:
            yield reader.line_num, values
            record.begin(reader.line_num + 1)
    except csv.Error as error:
        raise QuoteNotClosed(row=reader.line_num) from error


def find_separator(line: str) -> str:
    """Tell what separates the column names on a first line: what gives the most of them; raises UnclearSeparator."""
    counts = {separator: _count(line, separator) for separator in SEPARATORS}
    most = max(counts.values())
    found = [separator for separator, count in counts.items() if count == most]
    if most > 1 and len(found) > 1:
        raise UnclearSeparator
    return found[0]


def _count(line: str, separator: str) -> int:
    return len(next(csv.reader([line], delimiter=separator), []))


class Record:
    """Give the lines to the csv module, which collects one row out of as many as a quotation mark holds together."""

    def __init__(self, lines: Iterator[str], limits: Limits) -> None:
        self._lines, self._most = lines, limits.most_in_line
        self.begin(1)

    def begin(self, line: int) -> None:
        """Count anew, from the line where a row begins."""
        self._row, self._length = line, 0

    def __iter__(self) -> Iterator[str]:
        """Refuse a row before the csv module has collected too much of it."""
        for line in self._lines:
            self._length += len(line)  # characters, of which there are never more than bytes
            if self._length > self._most:
                raise RowTooLong(row=self._row, most=self._most)
            yield line
