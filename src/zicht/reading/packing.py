"""Tell of the parts of an archive what speaks against unpacking it: a password, or that it was made to exhaust us."""

from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

ENCRYPTED = 0x1  # bit 0 of the flags of a part: APPNOTE.TXT 4.4.4


def has_password(part: ZipInfo) -> bool:
    """Answer whether a part is locked with a password."""
    return bool(part.flag_bits & ENCRYPTED)


def is_out_of_proportion(part: ZipInfo, small: int, most_tightly: int) -> bool:
    """Answer whether a part of more than `small` bytes unpacks to more than `most_tightly` bytes for one packed.

    So is a part packed in another way than documents are, which may ask for gigabytes to unpack.
    """
    ratio = part.file_size / max(part.compress_size, 1)
    is_packed_otherwise = part.compress_type not in (ZIP_STORED, ZIP_DEFLATED)
    return is_packed_otherwise or (part.file_size > small and ratio > most_tightly)
