"""Give the lines of a text, each decoded on its own, so that the first one in another encoding can be named."""

import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

from zicht.reading.tables.archives import too_large
from zicht.reading.tables.errors import (
    FileCutOff,
    FileDamaged,
    LineTooLong,
    MixedEncodings,
    NoText,
    NotWindows1252,
    WrongEncoding,
)
from zicht.reading.tables.limits import Limits

UTF_8, WINDOWS_1252 = "utf-8", "cp1252"
BOM = b"\xef\xbb\xbf"


def unpack_lines(file: BinaryIO, encoding: str, limits: Limits) -> Iterator[str]:
    """Give the lines of a text that is packed with gzip."""
    row = 0
    try:
        with gzip.GzipFile(fileobj=file) as unpacked:
            for line in read_lines(cast(BinaryIO, unpacked), encoding, limits):
                row += 1
                yield line
    except EOFError as error:
        raise FileCutOff(row=row + 1) from error
    except (gzip.BadGzipFile, zlib.error) as error:
        raise FileDamaged from error


def read_lines(file: BinaryIO, encoding: str, limits: Limits) -> Iterator[str]:
    """Give the lines of a text in UTF-8, with or without a mark in front, or in Windows-1252 when somebody said so."""
    decoder = Decoder(encoding)
    row = read = 0
    while line := file.readline(limits.most_in_line + 1):
        row, read = row + 1, read + len(line)
        if read > limits.most_unpacked:
            raise too_large(limits)
        if len(line) > limits.most_in_line:
            raise LineTooLong(row=row, most=limits.most_in_line)
        # RFC 4180 makes the last line break optional, but without it the last value may have lost a character.
        if not line.endswith(b"\n"):
            raise FileCutOff(row=row)
        yield decoder.decode(line, row)


class Decoder:
    """Decode line by line, and remember where the encoding showed itself first."""

    def __init__(self, encoding: str) -> None:
        self._encoding = encoding
        self._seen = 0  # the first row with a sign outside ASCII; until there every encoding gives the same

    def decode(self, line: bytes, row: int) -> str:
        """Give the text of a line; raises WrongEncoding, or one of its kinds, with the row."""
        if b"\0" in line:
            raise NoText(row=row)
        if line.isascii():
            return line.decode("ascii")
        text = self._as_windows(line, row) if self._encoding == WINDOWS_1252 else self._as_utf_8(line, row)
        self._seen = self._seen or row
        return text

    def _as_utf_8(self, line: bytes, row: int) -> str:
        if row == 1:
            line = line.removeprefix(BOM)
        try:
            return line.decode(UTF_8)
        except UnicodeDecodeError as error:
            raise (MixedEncodings(row=row, earlier=self._seen) if self._seen else WrongEncoding(row=row)) from error

    def _as_windows(self, line: bytes, row: int) -> str:
        """Refuse what is UTF-8 after all: read as Windows-1252 it would give signs that nobody wrote, and no error."""
        if _is_utf_8(line):
            raise MixedEncodings(row=self._seen, earlier=row) if self._seen else NotWindows1252(row=row)
        try:
            return line.decode(WINDOWS_1252)
        except UnicodeDecodeError as error:
            raise NotWindows1252(row=row) from error


def _is_utf_8(line: bytes) -> bool:
    try:
        line.decode(UTF_8)
    except UnicodeDecodeError:
        return False
    return True
