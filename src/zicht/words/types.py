"""The nouns of the vocabulary, frozen: whoever holds one can read it and cannot change it for the others."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

# What YAML can say, with lists as tuples and mappings read-only.
Attribute: TypeAlias = "str | int | float | bool | tuple[Attribute, ...] | Mapping[str, Attribute] | None"


@dataclass(frozen=True, slots=True)
class Label:
    """Hold one wording in both languages of the vocabulary."""

    en: str
    nl: str

    def in_language(self, language: str) -> str:
        """Give the wording for a language tag such as `nl` or `nl-NL`; every language but Dutch gets English."""
        return self.nl if language.lower().split("-")[0] == "nl" else self.en


@dataclass(frozen=True, slots=True)
class Code:
    """Describe one term of a code list; what the list says beside its label is in `attributes`."""

    code: str
    label: Label
    is_active: bool
    import_only: bool
    attributes: Mapping[str, Attribute]

    @property
    def is_offered(self) -> bool:
        """Tell whether a new record may use this term; retired and import-only terms live on in old records."""
        return self.is_active and not self.import_only

    def text(self, name: str) -> str:
        """Give an attribute that is a text, such as `use`; empty when this term does not have it."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else ""

    def texts(self, name: str) -> tuple[str, ...]:
        """Give an attribute that is a list of words, such as `compartments`; empty when this term does not have it."""
        value = self.attributes.get(name)
        return tuple(item for item in value if isinstance(item, str)) if isinstance(value, tuple) else ()

    def number(self, name: str) -> int | None:
        """Give an attribute that is a whole number, such as `min_cell`; None when absent or left open."""
        value = self.attributes.get(name)
        return value if isinstance(value, int) and not isinstance(value, bool) else None

    def is_marked(self, name: str) -> bool:
        """Tell whether an attribute such as `minor` is true for this term."""
        return self.attributes.get(name) is True


@dataclass(frozen=True, slots=True)
class CodeList:
    """Describe one code list, its terms in the order of the data file."""

    name: str
    label: Label
    codes: Mapping[str, Code]
    note: str
    source: tuple[str, ...]
    attributes: Mapping[str, Attribute]

    def offered(self) -> tuple[Code, ...]:
        """Give the terms a new record may use."""
        return tuple(code for code in self.codes.values() if code.is_offered)


@dataclass(frozen=True, slots=True)
class Standard:
    """Name an outside standard or data set that the vocabulary maps to or takes facts from."""

    name: str
    title: str
    licence: str
    where: str
    note: str


@dataclass(frozen=True, slots=True)
class OutsideNames:
    """Hold the value and field names of HTCDS and CTDC, against which mappings are checked."""

    htcds_credit: str
    htcds_fields: frozenset[str]
    htcds_list_fields: Mapping[str, str]  # our list -> HTCDS field
    htcds_values: Mapping[str, frozenset[str]]  # our list -> values of that field
    htcds_definitions: Mapping[str, frozenset[str]]  # our list -> values that only the definitions file has
    ctdc_credit: str
    ctdc_columns: frozenset[str]
    ctdc_values: Mapping[str, frozenset[str]]  # our list -> values of the column it maps to


@dataclass(frozen=True, slots=True)
class Sensitivity:
    """Describe a class of sensitivity and the rule that goes with it."""

    name: str
    label: Label
    rule: str


@dataclass(frozen=True, slots=True)
class Field:
    """Describe one field of an entity.

    `type` is one of id, ref, code, multi, date, month, year, int, bool, text, hash, datetime. `list_name` is a code
    list, `iso639`, `iso3166`, `none` (the field brings its own `values`, worded in `value_labels`) or empty.
    `precision` is hour, day or empty.
    """

    name: str
    type: str
    list_name: str
    ref: str
    many: bool
    strict: bool
    values: tuple[str, ...]
    value_labels: Mapping[str, Label]
    precision: str
    required: bool
    label: Label
    std: str
    sensitivity: str
    publication: str
    note: str


@dataclass(frozen=True, slots=True)
class Derived:
    """Describe a value that is worked out from fields and never stored."""

    name: str
    label: Label
    rule: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Name the fields of an entity that a form asks together, on one page."""

    name: str
    label: Label
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entity:
    """Describe a kind of record: its fields, how long it is kept, and what must always hold."""

    name: str
    label: Label
    retention: str
    std: str
    fields: Mapping[str, Field]
    derived: Mapping[str, Derived]
    topics: Mapping[str, Topic]
    constraints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Say why fields of HTCDS are left out; a name may end in `*`."""

    names: tuple[str, ...]
    why: str
