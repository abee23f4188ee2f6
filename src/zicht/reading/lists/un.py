"""The consolidated list of the United Nations Security Council: its XML, and the CSV that others make of it."""

from collections.abc import Iterator, Sequence
from xml.parsers import expat

from zicht.reading.lists.bounds import DEEPEST, MOST_QUIET, PIECE
from zicht.reading.lists.entries import Entry, Kind, Names
from zicht.reading.lists.errors import EntryTooLarge, ListDamaged, ListWithDoctype

NEEDED = frozenset({"dataid", "reference_number", "name"})
ROOT = "CONSOLIDATED_LIST"
KINDS: dict[str, Kind] = {"INDIVIDUAL": "person", "ENTITY": "body"}
NAME_PARTS = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
LOW = "low"  # what the list calls the quality of a weak alias


class XmlList:
    """Take the list apart piece by piece; nothing outside of it is opened, since no document type is let in."""

    def __init__(self) -> None:
        self.dated = ""
        self._found: list[Entry] = []
        self._path: list[str] = []
        self._fields: dict[str, list[str]] = {}
        self._text: list[str] = []
        self._quiet = 0
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text.append
        self._parser.StartDoctypeDeclHandler = self._refuse

    def read(self, content: bytes) -> Iterator[Entry]:
        """Give the entries; raises ListDamaged, ListWithDoctype and EntryTooLarge."""
        try:
            for place in range(0, len(content), PIECE):
                self._quiet += PIECE
                self._parser.Parse(content[place : place + PIECE], False)
                if self._quiet > MOST_QUIET:
                    raise self._too_large()
                yield from self._found
                self._found.clear()
            self._parser.Parse(b"", True)
            yield from self._found
        except expat.ExpatError as error:
            raise ListDamaged(row=error.lineno) from error

    def _refuse(self, *_parts: object) -> None:
        raise ListWithDoctype

    def _too_large(self) -> EntryTooLarge:
        return EntryTooLarge(row=self._parser.CurrentLineNumber, most=MOST_QUIET)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name)
        self._text.clear()
        if len(self._path) > DEEPEST:
            raise self._too_large()
        if name == ROOT:
            self.dated = attributes.get("dateGenerated", "")[:10]
        if name in KINDS:
            self._fields = {}

    def _end(self, name: str) -> None:
        self._path.pop()
        text = "".join(self._text).strip()
        self._text.clear()
        if name in KINDS:
            self._found.append(_xml_entry(KINDS[name], self._fields))
            self._quiet = 0
        elif text:
            self._fields.setdefault(name, []).append(text)
        elif name in ("QUALITY", "ALIAS_NAME"):  # so that the quality of an alias stays beside it
            self._fields.setdefault(name, []).append("")


def _xml_entry(kind: Kind, fields: dict[str, list[str]]) -> Entry:
    first = {name: values[0] for name, values in fields.items()}
    names = Names()
    names.add(" ".join(first[part] for part in NAME_PARTS if part in first), "name")
    for name in fields.get("NAME_ORIGINAL_SCRIPT", ()):
        names.add(name)
    qualities = fields.get("QUALITY", [])
    for place, alias in enumerate(fields.get("ALIAS_NAME", ())):
        is_weak = place < len(qualities) and qualities[place].lower() == LOW
        names.add(alias, "weak" if is_weak else "alias")
    return Entry(
        key=first.get("DATAID", "") or first.get("REFERENCE_NUMBER", ""),
        kind=kind,
        names=names.listed(),
        programmes=tuple(dict.fromkeys(fields.get("UN_LIST_TYPE", ()))),
        countries=tuple(dict.fromkeys(fields.get("COUNTRY", ()))),
        listed_on=first.get("LISTED_ON", "")[:10],
    )


def entries(columns: Sequence[str], rows: Iterator[tuple[int, list[str]]]) -> Iterator[Entry]:
    """Give the entries of a CSV: aliases are separated by semicolons, a reference such as KPe.030 names the list."""
    for _number, values in rows:
        row = dict(zip(columns, values, strict=False))
        names = Names()
        names.add(row["name"], "name")
        for alias in row.get("aliases", "").split(";"):
            names.add(alias.strip().strip('"'))
        reference = row["reference_number"].strip()
        yield Entry(
            key=row["dataid"].strip(),
            kind="person" if reference[2:3] == "i" else "body",
            names=names.listed(),
            programmes=(reference,) if reference else (),
            listed_on=row.get("listed_on", "").strip()[:10],
        )
