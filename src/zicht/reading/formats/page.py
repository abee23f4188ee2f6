"""Take the article out of a web page, without scripts, menus and styles; nothing it points to is fetched."""

import re

import trafilatura

from zicht.reading.errors import NoTextInside, TextTooLong
from zicht.reading.formats.apart import serve
from zicht.reading.formats.bounds import MOST_CHARACTERS
from zicht.reading.formats.plain import decode

DECLARED = re.compile(rb"<meta[^>]+charset=[\"']?\s*(?:iso-8859-1|latin-?1|windows-1252)", re.IGNORECASE)
SCRIPT = re.compile(r"<(script|style|noscript|template)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def read_page(data: bytes) -> tuple[str, str]:
    """Give the text and the date of publication (EDTF, or nothing); raises DocumentError."""
    source = data.decode("cp1252", errors="replace") if DECLARED.search(data[:4096]) else decode(data)
    if len(source) > MOST_CHARACTERS:
        raise TextTooLong(most=MOST_CHARACTERS)
    article = trafilatura.extract(source, include_comments=False, include_tables=True, favor_recall=True)
    # A page may be too short to tell an article from a menu: then all of it is text.
    text = article or trafilatura.html2txt(SCRIPT.sub(" ", source))
    if not text.strip():
        raise NoTextInside
    about = trafilatura.extract_metadata(source)
    return text, str(about.date or "")


if __name__ == "__main__":
    serve(read_page)
