"""What a list says of one body, vessel or person: names as it spells them, and by which numbers it is known."""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["person", "body", "vessel", "aircraft", ""]
Quality: TypeAlias = Literal["name", "alias", "weak"]
Form: TypeAlias = Literal["ofac_csv", "un_csv", "un_xml", "opensanctions_csv", "ftm_json"]

MOST_NAMES = 400  # of one entry; the longest in public lists have about 200
LONGEST_NAME = 500  # characters


@dataclass(frozen=True, slots=True)
class ListedName:
    """A name as the list spells it; `weak` where the list itself says that it is."""

    text: str
    quality: Quality = "alias"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list.

    key: what the list calls it, stable from one version to the next. programmes: on which ground it is listed.
    listed_on: as the list writes the date. countries: as the list writes them. imo: seven digits, unchecked.
    """

    key: str
    kind: Kind
    names: tuple[ListedName, ...]
    imo: str = ""
    programmes: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    listed_on: str = ""


@dataclass(frozen=True, slots=True)
class ReadList:
    """A whole list; `dated` is what it says of its own date, `left_out` counts entries that name nobody."""

    form: Form
    entries: tuple[Entry, ...]
    dated: str = ""
    left_out: int = 0


@dataclass(slots=True)
class Names:
    """Collect the names of an entry, each once, the first as its name."""

    found: dict[str, Quality] = field(default_factory=dict)

    def add(self, text: str, quality: Quality = "alias") -> None:
        """Take a name; one that is longer than any name is not taken."""
        name = " ".join(text.split())
        if name and len(name) <= LONGEST_NAME and len(self.found) < MOST_NAMES and name not in self.found:
            self.found[name] = quality

    def listed(self) -> tuple[ListedName, ...]:
        """Give them."""
        return tuple(ListedName(text, quality) for text, quality in self.found.items())
