"""The command that reads documents: its options, and what it prints. It is the same with and without Django."""

import gc
import json
from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from zicht.reading.calendar import is_edtf
from zicht.reading.documents import read_document
from zicht.reading.errors import WrongDate
from zicht.reading.lexicon import LANGUAGES
from zicht.reading.read import Reading, read_text
from zicht.reading.summary import summarise

REFUSED = 2  # exit code
SEARCHED_AFTER = 500_000  # objects that came and did not go


class Writer(Protocol):
    """Take text, as a file or as Django's wrapper of one."""

    def write(self, text: str, /) -> object:
        """Write it."""


def add_arguments(parser: ArgumentParser) -> None:
    """Take the files and how to print."""
    parser.add_argument(
        "files", type=Path, nargs="+", metavar="FILE", help="text, PDF, Word (.docx) or web page (.html)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON: an object, or a list for several files")
    parser.add_argument("--language", choices=LANGUAGES, default="", help="of the documents (found out otherwise)")
    parser.add_argument("--published", default="", metavar="DATE", help="EDTF; on it “last year” builds")


def run(options: Namespace, out: Writer) -> None:
    """Read and print; raises DocumentError before anything was printed."""
    if options.published and not is_edtf(options.published):
        raise WrongDate(given=options.published)
    spare_search()
    readings = [(file, _read(file, options)) for file in options.files]
    if options.json:
        described = [describe(file.name, reading) for file, reading in readings]
        out.write(json.dumps(described if len(described) > 1 else described[0], ensure_ascii=False) + "\n")
    else:
        out.write("\n".join(summarise(file.name, reading) for file, reading in readings))


def spare_search() -> None:
    """Search for garbage, of which a reading leaves none, seldom: it takes a quarter of the time."""
    gc.freeze()
    gc.set_threshold(SEARCHED_AFTER)


def _read(file: Path, options: Namespace) -> Reading:
    document = read_document(file)
    return read_text(document.text, options.language, options.published or document.published)


def describe(doc: str, reading: Reading) -> dict[str, Any]:
    """Give what `zicht read --json` prints of one document; what the text does not say is null."""
    return {
        "doc": doc,
        "language": reading.language,
        "published": reading.published or None,
        "figures": [_or_null(asdict(figure)) for figure in reading.figures],
        "dates": [asdict(date) for date in reading.dates if date.edtf],
        "names": [asdict(name) for name in reading.names],
    }


def _or_null(values: dict[str, Any]) -> dict[str, Any]:
    return {name: None if value == "" and name != "unit" else value for name, value in values.items()}
