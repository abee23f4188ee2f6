"""Read the word lists in `data`: words under a heading in brackets, `_` for a space, `#` before a remark."""

from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"


@cache
def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """Give the words of a file of `data` by heading, in the order in which they stand."""
    sections: dict[str, list[str]] = {}
    heading = ""  # every list opens with one
    for line in read_lines(name):
        if line.startswith("["):
            heading = line.strip("[]")
            sections.setdefault(heading, [])
        else:
            sections[heading].extend(word.replace("_", " ") for word in line.split())
    return {heading: tuple(words) for heading, words in sections.items()}


def read_lines(name: str) -> list[str]:
    """Give the lines of a file of `data` that are neither empty nor a remark."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("#")]
