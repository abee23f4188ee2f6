"""Open one document from standard input, in a process that may only use so much: `python -m zicht.reading.formats pdf`.

Prints JSON: the text and the date, or the name and values of an error. Whatever the document does to this process,
the one that asked lives on.
"""

import json
import resource
import sys

from zicht.reading.errors import DocumentDamaged, DocumentError
from zicht.reading.formats.bounds import MOST_MEMORY, MOST_SECONDS
from zicht.reading.formats.kinds import Kind
from zicht.reading.formats.page import read_page
from zicht.reading.formats.pdf import read_pdf
from zicht.reading.formats.word import read_word


def main(kind: str) -> int:
    """Read a document of a kind; the exit code is 0 also when it is refused."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    data = sys.stdin.buffer.read()
    try:
        text, published = read(Kind(kind), data)
        answer: dict[str, object] = {"text": text, "published": published}
    except DocumentError as error:
        answer = {
            "error": type(error).__name__,
            "values": {name: value for name, value in error.values.items() if isinstance(value, int)},
        }
    except RecursionError:
        answer = {"error": DocumentDamaged.__name__, "values": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode())
    return 0


def read(kind: Kind, data: bytes) -> tuple[str, str]:
    """Give the text of a document and its date of publication."""
    if kind is Kind.PDF:
        return read_pdf(data), ""
    return (read_word(data), "") if kind is Kind.WORD else read_page(data)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
