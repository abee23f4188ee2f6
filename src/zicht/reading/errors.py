"""Why a file is not read: one tree, and each error is one sentence in both languages that says what to do.

A sentence names what was found and its bounds, and never repeats what the file says: it may be about a person.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

# A row is looked up in the file: its number is written as it is, without separators.
PLAIN = frozenset({"row", "earlier"})


@dataclass(frozen=True, slots=True)
class Wording:
    """Hold one wording in English and in Dutch."""

    en: str
    nl: str

    def in_language(self, language: str) -> str:
        """Give the wording for a language tag such as `nl` or `nl-NL`; every language but Dutch gets English."""
        return self.nl if language.lower().split("-")[0] == "nl" else self.en


Value = str | int | Wording


class ReadingError(Exception):
    """Stand above every reason for which a file is not read."""

    sentence: ClassVar[Wording] = Wording("", "")

    def __init__(self, **values: Value) -> None:
        super().__init__(values)
        self.values: Mapping[str, Value] = values

    def in_language(self, language: str) -> str:
        """Give the sentence for a language tag such as `nl`."""
        shown = {name: _show(name, value, language) for name, value in self.values.items()}
        return self.sentence.in_language(language).format(**shown)

    def __str__(self) -> str:
        return self.in_language("en")


def _show(name: str, value: Value, language: str) -> str:
    if isinstance(value, Wording):
        return value.in_language(language)
    if isinstance(value, int) and name not in PLAIN:
        return Wording(f"{value:,}", f"{value:,}".replace(",", ".")).in_language(language)
    return str(value)


class DocumentError(ReadingError):
    """Stand above every reason for which a document is not read."""


class NoSuchDocument(DocumentError):
    sentence = Wording(
        "There is no file {name}, or this program may not read it.",
        "Er is geen bestand {name}, of dit programma mag het niet lezen.",
    )


class DocumentTooLarge(DocumentError):
    sentence = Wording(
        "The file has {size} MB; more than {most} MB is not read. Divide it, or save its text alone.",
        "Het bestand is {size} MB; meer dan {most} MB wordt niet gelezen. Verdeel het, of bewaar alleen de tekst.",
    )


class TextTooLong(DocumentError):
    sentence = Wording(
        "The text has more than {most} characters. It is not read; divide the document.",
        "De tekst is langer dan {most} tekens. Zij wordt niet gelezen; verdeel het document.",
    )


class UnpackedTooLarge(DocumentError):
    sentence = Wording(
        "Unpacked, the document would be larger than {most} MB, or its parts are packed more tightly than text can "
        "be. It is not read. Save it as text or PDF and give that.",
        "Uitgepakt zou het document groter zijn dan {most} MB, of de onderdelen zijn dichter ingepakt dan bij tekst "
        "kan. Het wordt niet gelezen. Sla het op als tekst of pdf en geef dat.",
    )


class DocumentLocked(DocumentError):
    sentence = Wording(
        "The document is locked with a password. It is not read; save a copy without a password and give that.",
        "Het document is met een wachtwoord vergrendeld. Het wordt niet gelezen; bewaar een kopie zonder wachtwoord en "
        "geef die.",
    )


class DocumentDamaged(DocumentError):
    sentence = Wording(
        "The document is damaged, or is not what its first bytes say. It is not read; get it again from where it came.",
        "Het document is beschadigd, of is niet wat de eerste bytes zeggen. Het wordt niet gelezen; haal het opnieuw "
        "op.",
    )


class NoTextInside(DocumentError):
    sentence = Wording(
        "There is no text in the document; it may be a scan. Let a program that reads pictures make text of it first.",
        "Er staat geen tekst in het document; misschien is het een scan. Laat eerst een programma dat beeld leest er "
        "tekst van maken.",
    )


class WrongDocumentType(DocumentError):
    sentence = Wording(
        "This is {found}. Read are text (.txt), PDF, Word (.docx) and web pages (.html).",
        "Dit is {found}. Gelezen worden tekst (.txt), pdf, Word (.docx) en webpagina's (.html).",
    )


class WrongText(DocumentError):
    sentence = Wording(
        "The file is no text in UTF-8, UTF-16 or Windows-1252. Save it as UTF-8 and give that.",
        "Het bestand is geen tekst in UTF-8, UTF-16 of Windows-1252. Sla het op als UTF-8 en geef dat.",
    )


class TookTooMuch(DocumentError):
    sentence = Wording(
        "Opening the document took more than {seconds} seconds or {most} MB of memory. It is not read; divide it.",
        "Het openen van het document kostte meer dan {seconds} seconden of {most} MB geheugen. Het wordt niet gelezen; "
        "verdeel het.",
    )


class WrongDate(DocumentError):
    sentence = Wording(
        "“{given}” is no date in EDTF, such as 2019, 2019-06 or 2019-06-03.",
        "“{given}” is geen datum in EDTF, zoals 2019, 2019-06 of 2019-06-03.",
    )
