"""Why a table is not read: one tree, and each error is one sentence in both languages that says what to do.

A sentence names rows and columns and never repeats what a cell holds: it may be about a person.
"""

from zicht.reading.errors import ReadingError, Value, Wording

__all__ = ["Value", "Wording"]


class TableError(ReadingError):
    """Stand above every reason for which a table is not read."""


class NoSuchFile(TableError):
    sentence = Wording(
        "There is no file {name}, or this program may not read it.",
        "Er is geen bestand {name}, of dit programma mag het niet lezen.",
    )


class FileTooLarge(TableError):
    sentence = Wording(
        "The file has {size} MB; more than {most} MB is not read. Divide it.",
        "Het bestand is {size} MB; meer dan {most} MB wordt niet gelezen. Verdeel het.",
    )


class UnpackedTooLarge(TableError):
    sentence = Wording(
        "Unpacked, the file would be larger than {most} MB, or its parts are packed more tightly than a table can be. "
        "It is not read. Save the sheet as CSV and give that.",
        "Uitgepakt zou het bestand groter zijn dan {most} MB, of de onderdelen zijn dichter ingepakt dan bij een tabel "
        "kan. Het wordt niet gelezen. Sla het blad op als CSV en geef dat.",
    )


class TooManyRows(TableError):
    sentence = Wording(
        "The file has more than {most} rows. It is not read; divide it.",
        "Het bestand heeft meer dan {most} rijen. Het wordt niet gelezen; verdeel het.",
    )


class TooManyColumns(TableError):
    sentence = Wording(
        "Row {row} has more than {most} columns. It is not read.",
        "Rij {row} heeft meer dan {most} kolommen. Het bestand wordt niet gelezen.",
    )


class WrongFileType(TableError):
    sentence = Wording(
        "This is {found}. Give a workbook (.xlsx) or a text with columns (.csv).",
        "Dit is {found}. Geef een werkmap (.xlsx) of een tekst met kolommen (.csv).",
    )


class WrongEncoding(TableError):
    sentence = Wording(
        "Row {row} is not in UTF-8. Save the file as “CSV UTF-8”, or say that it is in Windows-1252.",
        "Rij {row} staat niet in UTF-8. Sla het bestand op als “CSV UTF-8”, of geef aan dat het Windows-1252 is.",
    )


class MixedEncodings(WrongEncoding):
    sentence = Wording(
        "Row {earlier} is in UTF-8 and row {row} is not: the file was put together from two kinds of text. "
        "Save its parts in one kind, “CSV UTF-8”, and put them together again.",
        "Rij {earlier} staat in UTF-8 en rij {row} niet: het bestand is samengesteld uit twee soorten tekst. "
        "Sla de delen op in één soort, “CSV UTF-8”, en voeg ze opnieuw samen.",
    )


class NotWindows1252(WrongEncoding):
    sentence = Wording(
        "Row {row} is in UTF-8 or holds signs that Windows-1252 does not have. "
        "Read the file as UTF-8, or save it anew in one kind of text.",
        "Rij {row} staat in UTF-8 of bevat tekens die Windows-1252 niet heeft. "
        "Lees het bestand als UTF-8, of sla het opnieuw op in één soort tekst.",
    )


class NoText(WrongEncoding):
    sentence = Wording(
        "Row {row} holds a NUL character: this is no text. Save the file anew as “CSV UTF-8”.",
        "Rij {row} bevat een NUL-teken: dit is geen tekst. Sla het bestand opnieuw op als “CSV UTF-8”.",
    )


class LineTooLong(TableError):
    sentence = Wording(
        "Row {row} has more than {most} bytes. Shorten it or look whether line breaks are missing.",
        "Rij {row} heeft meer dan {most} bytes. Verkort die of kijk of er regeleinden ontbreken.",
    )


class RowTooLong(TableError):
    sentence = Wording(
        "The row that begins on line {row} goes on for more than {most} bytes over several lines: "
        "a quotation mark was probably opened there and not closed.",
        "De rij die begint op regel {row} gaat meer dan {most} bytes door over verschillende regels: "
        "waarschijnlijk is daar een aanhalingsteken geopend en niet gesloten.",
    )


class FileCutOff(TableError):
    sentence = Wording(
        "The last row, {row}, is cut off or ends without a line break. Save the file again, "
        "or add a line break at its end if it is complete.",
        "De laatste rij, {row}, is afgebroken of eindigt zonder regeleinde. Sla het bestand opnieuw op, "
        "of voeg aan het eind een regeleinde toe als het compleet is.",
    )


class FileDamaged(TableError):
    sentence = Wording(
        "The file is damaged and cannot be unpacked. Save it again.",
        "Het bestand is beschadigd en kan niet worden uitgepakt. Sla het opnieuw op.",
    )


class QuoteNotClosed(TableError):
    sentence = Wording(
        "Row {row}: a quotation mark is opened and not closed, or text follows it.",
        "Rij {row}: een aanhalingsteken is geopend en niet gesloten, of er volgt tekst op.",
    )


class NoRows(TableError):
    sentence = Wording("The file is empty.", "Het bestand is leeg.")


class NoColumns(TableError):
    sentence = Wording(
        "The first row of the file has no column names.",
        "De eerste rij van het bestand heeft geen kolomnamen.",
    )


class ColumnWithoutName(TableError):
    sentence = Wording(
        "Column {column} has values and no name in the first row.",
        "Kolom {column} heeft waarden en geen naam in de eerste rij.",
    )


class ColumnTwice(TableError):
    sentence = Wording(
        "Columns {first} and {second} have the same name. Remove or rename one.",
        "Kolom {first} en {second} hebben dezelfde naam. Verwijder of hernoem er een.",
    )


class UnclearSeparator(TableError):
    sentence = Wording(
        "It is not clear whether the columns are separated by a comma, a semicolon or a tab. Say which.",
        "Het is niet duidelijk of een komma, een puntkomma of een tab de kolommen scheidt. Geef aan welke.",
    )


class RaggedRow(TableError):
    sentence = Wording(
        "Row {row} has {found} columns, and there are {expected} column names. "
        "A separator inside a text is probably not between quotation marks.",
        "Rij {row} heeft {found} kolommen, en er zijn {expected} kolomnamen. "
        "Waarschijnlijk staat een scheidingsteken binnen een tekst niet tussen aanhalingstekens.",
    )
