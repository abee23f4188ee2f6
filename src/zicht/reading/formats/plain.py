"""Decode plain text: UTF-8, UTF-16 with its mark, and Windows-1252, in which old exports are written."""

from zicht.reading.errors import WrongText

MARKS = {b"\xff\xfe": "utf-16-le", b"\xfe\xff": "utf-16-be"}
# Bytes that Windows-1252 leaves undefined, and control characters that no text has.
CONTROLS = frozenset(range(32)) - {9, 10, 12, 13}


def decode(raw: bytes) -> str:
    """Give the text, line ends untouched so that every place stays; raises WrongText."""
    for mark, encoding in MARKS.items():
        if raw.startswith(mark):
            return _decode(raw[len(mark) :], encoding)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_old(raw)


def _decode(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise WrongText from error


def _decode_old(raw: bytes) -> str:
    """Decode Windows-1252, unless the bytes are no text or are UTF-8 that was damaged on its way."""
    is_no_text = not CONTROLS.isdisjoint(raw)
    # Multi-byte UTF-8 in a file that is not UTF-8 as a whole: two encodings in one, of which one would be misread.
    damaged = raw.decode("utf-8", errors="ignore")
    is_mixed = any(ord(letter) > 127 for letter in damaged)
    if is_no_text or is_mixed:
        raise WrongText
    return _decode(raw, "cp1252")
