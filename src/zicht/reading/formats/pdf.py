"""Take the text out of a PDF, page by page; a form feed stands between pages."""

from collections.abc import Iterator

import pypdfium2
from pypdfium2 import raw as pdfium

from zicht.reading.errors import DocumentDamaged, DocumentLocked, NoTextInside, TextTooLong
from zicht.reading.formats.apart import serve
from zicht.reading.formats.bounds import MOST_CHARACTERS, MOST_PAGES
from zicht.reading.formats.columns import read_page

PAGE_BREAK = "\f"


def read_pdf(data: bytes) -> str:
    """Give the text; raises DocumentLocked, DocumentDamaged, TextTooLong, NoTextInside."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _why(error) from error
    with document:
        if len(document) > MOST_PAGES:
            raise TextTooLong(most=MOST_CHARACTERS)
        text = PAGE_BREAK.join(_read_pages(document))
    if not text.strip():
        raise NoTextInside
    return text


def _why(error: pypdfium2.PdfiumError) -> DocumentLocked | DocumentDamaged:
    is_locked = getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD or "password" in str(error).lower()
    return DocumentLocked() if is_locked else DocumentDamaged()


def _read_pages(document: pypdfium2.PdfDocument) -> Iterator[str]:
    length = 0
    for page in document:
        part = read_page(page)
        length += len(part)
        if length > MOST_CHARACTERS:
            raise TextTooLong(most=MOST_CHARACTERS)
        yield part


if __name__ == "__main__":
    serve(lambda data: (read_pdf(data), ""))
