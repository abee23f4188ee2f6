"""Hide how long something is: ISO/IEC 7816-4, a byte 0x80 and then zeros."""

from zicht.contact.sealing.errors import PaddingError, TooLongError

BUCKETS = (256, 1024, 4096, 16384)  # bytes
MARK = b"\x80"


def pad(content: bytes, length: int) -> bytes:
    """Fill up to a length; raise TooLongError when there is no room for the mark."""
    if len(content) >= length:
        raise TooLongError
    return content + MARK + bytes(length - len(content) - 1)


def pad_to_bucket(content: bytes) -> bytes:
    """Fill up to the smallest bucket that holds the content and the mark."""
    fitting = next((bucket for bucket in BUCKETS if len(content) < bucket), None)
    if fitting is None:
        raise TooLongError
    return pad(content, fitting)


def unpad(padded: bytes) -> bytes:
    """Take the filling off; raise PaddingError when it is none."""
    content = padded.rstrip(b"\x00")
    if not content.endswith(MARK):
        raise PaddingError
    return content[:-1]
