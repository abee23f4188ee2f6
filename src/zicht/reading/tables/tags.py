"""Take a part of a workbook apart, tag by tag, in no more memory than a row of it needs."""

from collections.abc import Iterator
from typing import TypeAlias
from xml.parsers import expat
from zipfile import ZipFile

from zicht.reading.tables.errors import FileDamaged, LineTooLong, Wording, WrongFileType
from zicht.reading.tables.limits import Limits

PIECE = 16 * 1024  # bytes of XML taken apart at a time
MOST_NAMES = 2_000  # of elements and attributes in one part; the standard's sheet knows a few hundred
DEEPEST = 50  # elements inside one another; a cell's text is the seventh
NOT_A_SHEET = Wording(
    "a workbook that no spreadsheet program has made", "een werkmap die niet door een rekenprogramma is gemaakt"
)
# One end of an element: its name, its attributes if this is its beginning, and if not the text just before it.
Tag: TypeAlias = tuple[str, dict[str, str] | None, str]


class Tags:
    """Take a part apart, and refuse it when that would need more memory than a part of a spreadsheet program does."""

    def __init__(self, archive: ZipFile, name: str, limits: Limits) -> None:
        self._archive, self._name, self._limits = archive, name, limits
        self._names: dict[str, str] = {}  # expat keeps every name it has met
        self._found: list[Tag] = []
        self._text: list[str] = []
        self._depth = self._rows = 0
        self._row_from = self._quiet = 0  # bytes: where the row began; read since the last piece with a tag

    def read(self) -> Iterator[Tag]:
        """Give the beginnings and ends of all elements."""
        parser = self._parser = expat.ParserCreate(None, None, self._names)
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler, parser.StartDoctypeDeclHandler = self._text.append, self._refuse_doctype
        with self._archive.open(self._name) as part:
            size = 0
            while piece := part.read(PIECE):
                size += len(piece)
                parser.Parse(piece, False)
                self._quiet = 0 if self._found else self._quiet + len(piece)
                self._refuse_too_much(size)
                yield from self._found
                self._found.clear()
            parser.Parse(b"", True)
            yield from self._found

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "row" and not self._row_from:
            self._row_from, self._rows = self._parser.CurrentByteIndex, self._rows + 1
        self._depth += 1
        self._text.clear()
        self._found.append((name, attributes, ""))

    def _end(self, name: str) -> None:
        if ":" in name:
            name = name.rpartition(":")[2]
        if name == "row":
            self._refuse_long_row(self._parser.CurrentByteIndex)
            self._row_from = 0
        self._depth -= 1
        self._found.append((name, None, "".join(self._text)))
        self._text.clear()

    def _refuse_too_much(self, size: int) -> None:
        self._refuse_long_row(size)
        # One text or comment outside the rows, and a tag, are held as a whole; so is the way down to an element.
        if self._quiet > self._limits.most_in_line or self._depth > DEEPEST or len(self._names) > MOST_NAMES:
            raise WrongFileType(found=NOT_A_SHEET)

    def _refuse_long_row(self, size: int) -> None:
        if self._row_from and size - self._row_from > self._limits.most_in_line:
            raise LineTooLong(row=self._rows, most=self._limits.most_in_line)

    def _refuse_doctype(self, *_doctype: object) -> None:
        """Refuse what could hold texts that grow; no program writes it in a workbook."""
        raise FileDamaged
