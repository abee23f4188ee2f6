"""What a document is opened with: a process that may only use so much, and whose end is nobody else's.

It reads the document from standard input and prints JSON: the text and the date, or the name and values of an error.
"""

import json
import resource
import sys
from collections.abc import Callable

from zicht.reading.errors import DocumentDamaged, DocumentError
from zicht.reading.formats.bounds import MOST_MEMORY, MOST_SECONDS

Answer = dict[str, object]


def serve(read: Callable[[bytes], tuple[str, str]]) -> None:
    """Read the document from standard input with `read`, which gives its text and date, and print the answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
    answer = answer_for(read, sys.stdin.buffer.read())
    sys.stdout.buffer.write(json.dumps(answer).encode())


def answer_for(read: Callable[[bytes], tuple[str, str]], data: bytes) -> Answer:
    """Give the text and date of a document, or why there are none."""
    try:
        text, published = read(data)
    except DocumentError as error:
        values = {name: value for name, value in error.values.items() if isinstance(value, int)}
        return {"error": type(error).__name__, "values": values}
    except RecursionError:
        return {"error": DocumentDamaged.__name__, "values": {}}
    return {"text": text, "published": published}
