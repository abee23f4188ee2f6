"""Walk through what a data file says, one place at a time, and note what is wrong there instead of stopping."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeVar

from zicht.words.errors import Mistake
from zicht.words.types import Attribute, Label

Named = TypeVar("Named")


class Node:
    """Stand at one place of a data file.

    Every key that is asked for counts as read, so that `refuse_unread` can name the keys nobody knows.
    """

    def __init__(self, content: object, file: str, place: str, mistakes: list[Mistake]) -> None:
        self.file = file
        self.place = place
        self._mistakes = mistakes
        self._read: set[str] = set()
        self._content: Mapping[object, object] = content if isinstance(content, Mapping) else {}
        if not isinstance(content, Mapping):
            self.note("must be a set of keys and values")

    def note(self, what: str) -> None:
        """Note a mistake at this place."""
        self._mistakes.append(Mistake(self.file, self.place, what))

    def get(self, key: str) -> object:
        """Give whatever stands under a key, or None."""
        self._read.add(key)
        return self._content.get(key)

    def text(self, key: str) -> str:
        """Give a text that must be there."""
        return self._filled(key, f"has no {key}")

    def optional_text(self, key: str) -> str:
        """Give a text, or an empty one."""
        value = self.get(key)
        if value is None or isinstance(value, str):
            return value or ""
        self.note(f"{key} must be a text between quotes, not {value!r}")
        return ""

    def flag(self, key: str) -> bool:
        """Give a true or false; false when absent."""
        value = self.get(key)
        if value is None or isinstance(value, bool):
            return bool(value)
        self.note(f"{key} must be true or false")
        return False

    def number(self, key: str) -> int | float | None:
        """Give a number, or None."""
        value = self.get(key)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        self.note(f"{key} must be a number")
        return None

    def texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts; empty when absent."""
        value = self.get(key)
        if value is None:
            return ()
        if isinstance(value, list) and all(isinstance(item, str) for item in value):
            return tuple(value)
        self.note(f"{key} must be a list of texts")
        return ()

    def some_texts(self, key: str) -> tuple[str, ...]:
        """Give a list of texts that must have at least one."""
        found = self.texts(key)
        if not found:
            self.note(f"has no {key}")
        return found

    def label(self, en: str = "en", nl: str = "nl") -> Label:
        """Give the wording in both languages."""
        return Label(self._filled(en, "has no English label"), self._filled(nl, "has no Dutch label"))

    def child(self, key: str) -> "Node":
        """Go to the set of keys and values under a key."""
        value = self.get(key)
        if value is None:
            self.note(f"has no {key}")
            value = {}
        return Node(value, self.file, self._below(key), self._mistakes)

    def children(self, key: str, name: str) -> Iterator["Node"]:
        """Go to each item of a list, called by what it says under `name`."""
        value = self.get(key)
        if not isinstance(value, list):
            self.note(f"{key} must be a list")
            return
        for number, item in enumerate(value, start=1):
            called = item.get(name) if isinstance(item, Mapping) else None
            place = f"{self.place or key}.{called if isinstance(called, str) else f'{key} {number}'}"
            yield Node(item, self.file, place, self._mistakes)

    def optional_child(self, key: str) -> "Node":
        """Go to the set of keys and values under a key; an empty one when absent."""
        return self.child(key) if self.get(key) is not None else Node({}, self.file, self._below(key), self._mistakes)

    def optional_children(self, key: str, name: str) -> Iterator["Node"]:
        """Go to each item of a list that may be absent."""
        return self.children(key, name) if self.get(key) is not None else iter(())

    def names(self) -> Iterator[str]:
        """Give every key of this place."""
        return (str(key) for key in self._content)

    def entries(self) -> Iterator[tuple[str, "Node"]]:
        """Go to each key of this place, whose values are sets of keys and values themselves."""
        for key, value in self._content.items():
            if isinstance(key, str):
                yield key, Node(value, self.file, self._below(key), self._mistakes)
            else:
                self.note(f"{key!r} must be a text between quotes")

    def text_entries(self) -> Mapping[str, str]:
        """Give every key of this place with its text."""
        return MappingProxyType({key: self.text(key) for key in self.names()})

    def rest(self) -> Mapping[str, Attribute]:
        """Give what nobody asked for yet, frozen."""
        unread = {str(key): freeze(value) for key, value in self._content.items() if key not in self._read}
        return MappingProxyType(unread)

    def refuse_unread(self) -> None:
        """Note every key that nobody asked for."""
        for key in self._content:
            if key not in self._read:
                self.note(f"has an unknown key '{key}'")

    def _filled(self, key: str, what: str) -> str:
        value = self.optional_text(key)
        if not value.strip():
            self.note(what)
        return value

    def _below(self, name: str) -> str:
        return f"{self.place}.{name}" if self.place else name


def freeze(value: object) -> Attribute:
    """Turn lists into tuples and mappings into read-only ones, all the way down."""
    if isinstance(value, Mapping):
        return MappingProxyType({str(key): freeze(item) for key, item in value.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(item) for item in value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    return str(value)  # a date that YAML recognised: our files quote those


def keyed(node: Node, items: Iterator[tuple[str, Named]]) -> Mapping[str, Named]:
    """Put items under their names, and note a name that is given twice."""
    found: dict[str, Named] = {}
    for name, item in items:
        if name in found:
            node.note(f"'{name}' is given twice")
        found[name] = item
    return MappingProxyType(found)
