"""Tell the form of a file by its first bytes, and take out what a camera or a program wrote into it.

No database, no request. The name of a file and what a browser says of it are never believed. A form that can carry a
program (office documents, archives, SVG, HTML) is none of these. What is taken out can tell where a photograph was
made: a place that must not be known.
"""

from collections.abc import Callable, Iterator, Mapping

PNG_HEAD = b"\x89PNG\r\n\x1a\n"  # PNG, third edition, 5.2
PNG_KEPT = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"pHYs"})
# JPEG, ITU T.81 table B.1: application data other than JFIF (E0) and Adobe's colours (EE), and comments.
JPEG_DROPPED = frozenset({*range(0xE1, 0xEE), 0xEF, 0xFE})
JPEG_SCAN, JPEG_END = 0xDA, b"\xff\xd9"
MP3_SYNC = frozenset({0xFB, 0xFA, 0xF3, 0xF2})  # MPEG 1 and 2, layer III
TAG_AT_END = 128  # bytes of ID3 version 1


class NotAFileError(ValueError):
    """Report a file that is none of the forms, or is broken; the text tells nothing of it."""


def form_of(content: bytes) -> str:
    """Give the form of a file (a code of list attachment_form), or nothing for what is none of them."""
    for form, is_it in FORMS.items():
        if is_it(content):
            return form
    return ""


FORMS: Mapping[str, Callable[[bytes], bool]] = {
    "pdf": lambda content: content.startswith(b"%PDF-"),
    "jpeg": lambda content: content.startswith(b"\xff\xd8\xff"),
    "png": lambda content: content.startswith(PNG_HEAD),
    "ogg": lambda content: content.startswith(b"OggS"),
    "wav": lambda content: content.startswith(b"RIFF") and content[8:12] == b"WAVE",
    "mp3": lambda content: content.startswith(b"ID3") or _is_frame(content),
}


def _is_frame(content: bytes) -> bool:
    return len(content) > 1 and content[0] == 0xFF and content[1] in MP3_SYNC


def without_traces(content: bytes) -> bytes:
    """Give a file without what was written beside the picture or sound; raise NotAFileError where it is broken."""
    clean = {"jpeg": _clean_jpeg, "png": _clean_png, "mp3": _clean_mp3}.get(form_of(content))
    try:
        return clean(content) if clean else content
    except (IndexError, ValueError) as error:
        raise NotAFileError("The file is broken.") from error


def _clean_jpeg(content: bytes) -> bytes:
    return b"\xff\xd8" + b"".join(_jpeg_parts(content))


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    place = 2
    while True:
        if content[place] != 0xFF:
            raise ValueError("no marker")
        marker = content[place + 1]
        if marker == JPEG_SCAN:
            # Whatever stands behind the picture is no picture.
            yield content[place : content.rindex(JPEG_END) + len(JPEG_END)]
            return
        length = int.from_bytes(content[place + 2 : place + 4], "big") + 2
        if marker not in JPEG_DROPPED:
            yield content[place : place + length]
        place += length


def _clean_png(content: bytes) -> bytes:
    return PNG_HEAD + b"".join(_png_parts(content))


def _png_parts(content: bytes) -> Iterator[bytes]:
    place, kind = len(PNG_HEAD), b""
    while kind != b"IEND":
        length = int.from_bytes(content[place : place + 4], "big") + 12
        kind = content[place + 4 : place + 8]
        if len(content) < place + length:
            raise ValueError("cut off")
        if kind in PNG_KEPT:
            yield content[place : place + length]
        place += length


def _clean_mp3(content: bytes) -> bytes:
    """Cut off the tags before and behind the sound: their sizes are written in four times seven bits (ID3v2, 3.1)."""
    if content.startswith(b"ID3"):
        size = sum((byte & 0x7F) << 7 * place for place, byte in enumerate(reversed(content[6:10])))
        content = content[10 + size :]
    return content[:-TAG_AT_END] if content[-TAG_AT_END:].startswith(b"TAG") else content
