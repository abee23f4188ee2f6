"""Refuse an archive that would unpack to more than a table has, before anything of it is unpacked."""

import re
from os import SEEK_END
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from zicht.reading.packing import has_password, is_out_of_proportion
from zicht.reading.tables.errors import FileDamaged, UnpackedTooLarge, Wording, WrongFileType
from zicht.reading.tables.limits import MEGABYTE, Limits

END_OF_ARCHIVE = 66 * 1024  # bytes; the record at the end and the longest remark after it
SIZE_OF_LIST = re.compile(rb"(?=PK\x05\x06.{8}(.{4}))", re.DOTALL)
LONG_LIST = re.compile(rb"PK\x06\x07.{16}PK\x05\x06", re.DOTALL)  # counts in 64 bits: for archives over 4 GB
BYTES_A_PART = 1024  # in the list of parts: 46, its name and more on it
WORKBOOK = "xl/workbook.xml"
NO_WORKBOOK = Wording(
    "an archive that is no workbook, or has a password", "een archief dat geen werkmap is, of een met een wachtwoord"
)


def refuse_bomb(file: BinaryIO, limits: Limits) -> None:
    """Raise UnpackedTooLarge, WrongFileType or FileDamaged for an archive that is no workbook of a bearable size.

    The sizes written in an archive can be trusted as an upper bound: zipfile never unpacks more of a part than that.
    """
    _refuse_long_list(file, limits)
    try:
        with ZipFile(file) as archive:
            parts = archive.infolist()
    except (BadZipFile, ValueError, NotImplementedError) as error:
        raise FileDamaged from error
    is_workbook = any(part.filename == WORKBOOK for part in parts)
    if not is_workbook or any(map(has_password, parts)):
        raise WrongFileType(found=NO_WORKBOOK)
    is_too_large = sum(part.file_size for part in parts) > limits.most_unpacked or len(parts) > limits.most_parts
    if is_too_large or any(is_out_of_proportion(part, limits.small_part, limits.most_tightly_packed) for part in parts):
        raise too_large(limits)


def too_large(limits: Limits) -> UnpackedTooLarge:
    """Name the bound that an archive, or a part of it, goes past."""
    return UnpackedTooLarge(most=limits.most_unpacked // MEGABYTE)


def _refuse_long_list(file: BinaryIO, limits: Limits) -> None:
    """Refuse an archive whose list of parts, which zipfile reads as a whole, is long: APPNOTE.TXT 4.3.16 and 4.3.15."""
    file.seek(0, SEEK_END)
    file.seek(-min(file.tell(), END_OF_ARCHIVE), SEEK_END)
    end = file.read()
    sizes = [int.from_bytes(found[1], "little") for found in SIZE_OF_LIST.finditer(end)]
    if max(sizes, default=0) > limits.most_parts * BYTES_A_PART or LONG_LIST.search(end):
        raise too_large(limits)
