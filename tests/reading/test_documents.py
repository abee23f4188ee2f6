"""Documents of every kind give their text; bad ones are refused in a sentence, and whoever asked lives on."""

import io
import os
import socket
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader, PdfWriter

from zicht.reading import documents
from zicht.reading.documents import read_document
from zicht.reading.errors import (
    DocumentDamaged,
    DocumentError,
    DocumentLocked,
    DocumentTooLarge,
    NoSuchDocument,
    NoTextInside,
    TextTooLong,
    UnpackedTooLarge,
    Value,
    WrongDocumentType,
    WrongText,
)
from zicht.reading.formats import word
from zicht.reading.formats.bounds import MEGABYTE
from zicht.reading.formats.page import read_page
from zicht.reading.formats.pdf import read_pdf
from zicht.reading.formats.word import read_word
from zicht.reading.read import read_text

SENTENCE = "De politie hield zes mannen aan."
TEMPLATE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate"
PICTURE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


class Listener:
    """Listen on a free port, and tell whether anybody connected."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.socket.setblocking(False)

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}/{name}"

    def was_called(self) -> bool:
        """Answer whether somebody waits to be accepted, as a connection does also when nobody answers it."""
        try:
            caller, _ = self.socket.accept()
        except BlockingIOError:
            return False
        caller.close()
        return True


@pytest.fixture
def listener() -> Iterator[Listener]:
    one = Listener()
    yield one
    one.socket.close()


def test_the_listener_notices_a_call(listener: Listener) -> None:
    with socket.create_connection(listener.socket.getsockname()):
        assert listener.was_called()


def make_pdf(text: str) -> bytes:
    return make_page([(72, 700, text)])


def make_page(lines: list[tuple[int, int, str]], encoding: bytes = b"") -> bytes:
    """Write a PDF of one page by hand (ISO 32000-1, annex H.2); a line has its place in points from below left."""
    content = "\n".join(f"BT /F1 10 Tf {x} {y} Td ({text}) Tj ET" for x, y, text in lines).encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica %s >>" % encoding,
    ]
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, one in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = len(out)
    out += b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer << /Size 6 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table)


def make_word(*paragraphs: str) -> docx.document.Document:
    document = docx.Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    return document


def saved(document: docx.document.Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write(folder: Path, name: str, data: bytes) -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def test_text_is_read_as_it_stands_with_its_line_ends(tmp_path: Path) -> None:
    raw = f" {SENTENCE}\r\n\r\nCafé.".encode()
    assert read_document(write(tmp_path, "a.txt", raw)).text.encode() == raw


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252", "utf-8-sig"])
def test_other_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    assert "Coördinatie" in read_document(write(tmp_path, "a.txt", "Coördinatie telt.".encode(encoding))).text


@pytest.mark.parametrize(
    "raw",
    [b"tekst \x01\x02 \xff", "Coördinatie ".encode() + b"\xff caf\xe9", b"\xff\xfea"],
    ids=["bytes", "two", "half"],
)
def test_broken_encodings_are_refused_and_not_guessed(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(WrongText):
        read_document(write(tmp_path, "a.txt", raw))


LEFT = [
    "De inspectie vond twaalf mensen in",
    "een loods bij de haven. Zij werk-",
    "ten zestig uur per week in Noord-",
    "Brabant, ook voor in-",
    "en uitvoer.",
]
RIGHT = [
    "Het rapport telt 40 meldingen van",
    "mensen die dit jaar uit Noord-",
    "Korea kwamen, en van 15- tot 17-",
    "jarigen uit het zuiden.",
    "Dat is minder.",
]


@pytest.mark.parametrize("is_by_line", [True, False], ids=["drawn by line", "drawn by column"])
def test_two_columns_are_read_one_after_the_other_and_broken_words_are_mended(is_by_line: bool) -> None:
    lines = [(x, 660 - 14 * at, text) for x, side in ((50, LEFT), (320, RIGHT)) for at, text in enumerate(side)]
    title = (50, 690, "Een kop die over de hele breedte van de bladzijde gaat, dus over beide kolommen heen")
    text = read_pdf(make_page([title, *(sorted(lines, key=lambda one: -one[1]) if is_by_line else lines)]))
    assert " ".join(text.split()) == (
        f"{title[2]} De inspectie vond twaalf mensen in een loods bij de haven. Zij werkten zestig uur per week in "
        "Noord-Brabant, ook voor in- en uitvoer. Het rapport telt 40 meldingen van mensen die dit jaar uit Noord-Korea "
        "kwamen, en van 15- tot 17-jarigen uit het zuiden. Dat is minder."
    )


def test_a_table_in_a_pdf_stays_in_rows_and_ligatures_are_letters() -> None:
    rows = [(x, 700 - 14 * y, cell) for y, row in enumerate(("Jaar 2019 2020 2021", "Meldingen 1.200 900 80"))
            for x, cell in zip((50, 200, 300, 400), row.split(), strict=True)]  # fmt: skip
    assert read_pdf(make_page(rows)).split("\n") == ["Jaar 2019 2020 2021", "Meldingen 1.200 900 80"]
    encoding = b"/Encoding << /Type /Encoding /Differences [1 /fi /fl] >>"
    assert "firma fluistert" in read_pdf(make_page([(50, 700, "De \x01rma \x02uistert.")], encoding))


def test_a_pdf_is_opened_in_a_process_of_its_own(tmp_path: Path) -> None:
    assert SENTENCE in read_document(write(tmp_path, "a.pdf", make_pdf(SENTENCE))).text


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf(SENTENCE))))
    writer.encrypt("a password", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(DocumentLocked):
        read_pdf(out.getvalue())


@pytest.mark.parametrize("data", [b"%PDF-1.7 and then nothing", make_pdf("x")[:200]], ids=["header", "cut"])
def test_a_damaged_pdf_is_refused(data: bytes) -> None:
    with pytest.raises(DocumentDamaged):
        read_pdf(data)


def test_a_pdf_without_text_says_that_it_may_be_a_scan() -> None:
    with pytest.raises(NoTextInside, match="scan"):
        read_pdf(make_pdf(""))


def test_a_file_of_300_mb_is_refused_by_its_size_alone(tmp_path: Path) -> None:
    file = write(tmp_path, "a.pdf", b"%PDF-1.7")
    os.truncate(file, 300 * MEGABYTE)  # takes no room on the disk
    with pytest.raises(DocumentTooLarge, match="300 MB"):
        read_document(file)


def test_a_word_document_gives_paragraphs_and_tables_in_order() -> None:
    document = make_word(SENTENCE)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Vrouwen", "540"
    document.add_paragraph("Einde.")
    assert read_word(saved(document)) == f"{SENTENCE}\n\nVrouwen\t540\n\nEinde."


def test_a_word_document_with_references_outside_fetches_nothing(tmp_path: Path, listener: Listener) -> None:
    document = make_word(SENTENCE)
    document.part.relate_to(listener.address("template.dotm"), TEMPLATE, is_external=True)
    document.part.relate_to(listener.address("picture.png"), PICTURE, is_external=True)
    assert read_document(write(tmp_path, "a.docx", saved(document))).text == SENTENCE
    assert not listener.was_called()


def test_a_web_page_fetches_nothing_that_it_points_to(tmp_path: Path, listener: Listener) -> None:
    page = (
        f"<html><head><script src='{listener.address('a.js')}'></script>"
        f"<link rel='stylesheet' href='{listener.address('a.css')}'>"
        f"<meta http-equiv='refresh' content='0;url={listener.address('')}'></head><body>"
        f"<p>{SENTENCE} {'Het onderzoek loopt nog. ' * 8}</p><img src='{listener.address('a.png')}'></body></html>"
    )
    assert SENTENCE in read_document(write(tmp_path, "a.html", page.encode())).text
    assert not listener.was_called()


def test_an_entity_in_a_word_document_is_not_resolved(tmp_path: Path) -> None:
    secret = write(tmp_path, "secret", b"geheim")
    xml = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    with zipfile.ZipFile(io.BytesIO(saved(make_word(SENTENCE)))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[word.MAIN] = parts[word.MAIN].replace(b"\n<w:document", f"\n{xml}<w:document".encode(), 1)
    parts[word.MAIN] = parts[word.MAIN].replace(SENTENCE.encode(), b"&x;")
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    with pytest.raises(DocumentError):
        read_word(out.getvalue())


def test_a_bomb_in_a_word_document_is_refused_before_it_is_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(word.MAIN, b"0" * (2 * MEGABYTE))
    with pytest.raises(UnpackedTooLarge):
        read_word(out.getvalue())


def test_an_archive_of_another_kind_is_refused_by_name(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(WrongDocumentType, match="no Word document"):
        read_document(write(tmp_path, "a.docx", out.getvalue()))


def test_a_web_page_gives_its_article_and_its_date_and_no_script() -> None:
    page = (
        "<!doctype html><html><head><title>Actie</title>"
        "<meta property='article:published_time' content='2021-06-03'>"
        "<script>var a = '99 slachtoffers';</script></head><body><nav>Menu</nav><article>"
        f"<h1>Actie</h1><p>{SENTENCE} {'Het onderzoek loopt nog. ' * 8}</p></article>"
        "<script>steal()</script></body></html>"
    )
    text, published = read_page(page.encode())
    assert SENTENCE in text
    assert "99" not in text
    assert "steal" not in text
    assert published == "2021-06-03"


def test_a_table_in_a_web_page_is_read_row_by_row_and_soft_hyphens_are_left_out() -> None:
    prose = "<p>" + "De inspectie schreef een rapport over wat er in de havens gebeurt. " * 8 + "</p>"
    rows = "<tr><th>Jaar</th><th>Meldingen</th></tr><tr><td>2019</td><td>1.200</td></tr>"
    page = f"<html><body><article>{prose}<table>{rows}</table>{prose}<p>Werk&shy;nemers.</p></article></body></html>"
    text, _ = read_page(page.encode())
    assert "| 2019 | 1.200 |" in text
    assert "Werknemers." in text
    assert [figure.text for figure in read_text(text, "nl").figures] == ["1.200"]


def test_a_short_web_page_is_read_whole_but_not_its_script() -> None:
    text, _ = read_page(f"<html><body>{SENTENCE}<script>steal(12)</script></body></html>".encode())
    assert text.strip() == SENTENCE


@pytest.mark.parametrize(
    ("name", "data", "what"),
    [("a.doc", b"\xd0\xcf\x11\xe0", "old Office"), ("a.png", b"\x89PNG\r\n", "picture"), ("a.bin", b"a\0b", "no text")],
)
def test_what_is_no_document_is_named(tmp_path: Path, name: str, data: bytes, what: str) -> None:
    with pytest.raises(WrongDocumentType, match=what):
        read_document(write(tmp_path, name, data))


def test_a_text_that_is_too_long_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MOST_CHARACTERS", 10)
    with pytest.raises(TextTooLong):
        read_document(write(tmp_path, "a.txt", SENTENCE.encode()))


def test_a_missing_file_a_folder_and_an_empty_file_are_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(NoSuchDocument):
            read_document(path)
    with pytest.raises(NoTextInside):
        read_document(write(tmp_path, "a.txt", b" \n"))


@pytest.mark.parametrize("error", DocumentError.__subclasses__(), ids=lambda cls: cls.__name__)
def test_every_error_is_a_sentence_in_both_languages(error: type[DocumentError]) -> None:
    values: dict[str, Value] = {"name": "a", "size": 1, "most": 2, "seconds": 3, "found": "x", "given": "y"}
    for language in ("en", "nl"):
        sentence = error(**values).in_language(language)
        assert sentence.endswith(".")
        assert "{" not in sentence
