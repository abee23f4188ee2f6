"""Mappings: every outside standard, field and value that we name exists, and every field of HTCDS is accounted for."""

import fnmatch
import re
from collections.abc import Iterator, Mapping

from zicht.words.errors import Mistake
from zicht.words.types import CodeList
from zicht.words.vocabulary import Vocabulary

HTCDS_FIELD = re.compile(r"\b(?:org|prs|vic|per|cas|cco|hte|spl|con)_[A-Za-z]{3,}")
CTDC_COLUMN = re.compile(r"CTDC (\w+)")
DEFINITIONS_FILE = "(definitions file)"  # HTCDS's spreadsheet and its definitions file differ


def check_sources(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that every source is a standard we know."""
    used = [
        *(("codes.yaml", f"lists.{name}", code_list.source) for name, code_list in vocabulary.lists.items()),
        *(("figures.yaml", f"tables.{code}", table.source) for code, table in vocabulary.tables.items()),
        *(("indicators.csv", code, sign.source_standards) for code, sign in vocabulary.indicators.items()),
        ("barriers.yaml", "source", vocabulary.barrier_sources),
    ]
    for file, place, sources in used:
        for source in sources:
            if source not in vocabulary.standards:
                yield Mistake(file, place, f"source {source} is not among the standards")


def check_mappings(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check every mapping of a term or a field to HTCDS, CTDC or another standard."""
    for code_list in vocabulary.lists.values():
        for place, mapping in _mappings(code_list):
            for part in mapping.split(";"):
                yield from _check_mapping(vocabulary, code_list.name, place, part.strip())
        for code in code_list.codes.values():
            value = code.text("ctdc")
            if value and value not in vocabulary.outside.ctdc_values.get(code_list.name, ()):
                yield Mistake("codes.yaml", f"lists.{code_list.name}.{code.code}", f"CTDC has no value {value}")
    for entity in vocabulary.entities.values():
        for field in entity.fields.values():
            yield from _check_field_mapping(vocabulary, f"entities.{entity.name}.{field.name}", field.std)


def _mappings(code_list: CodeList) -> Iterator[tuple[str, str]]:
    for attribute in ("group_std", "ctdc_std"):
        groups = code_list.attributes.get(attribute)
        for value in groups.values() if isinstance(groups, Mapping) else ():
            yield f"lists.{code_list.name}.{attribute}", str(value)
    for code in code_list.codes.values():
        if code.text("std"):
            yield f"lists.{code_list.name}.{code.code}", code.text("std")


def _check_mapping(vocabulary: Vocabulary, list_name: str, place: str, mapping: str) -> Iterator[Mistake]:
    standard, colon, value = mapping.partition(":")
    bare = re.sub(r"\s*\(.*\)$", "", value).strip()
    outside = vocabulary.outside
    if not colon or standard not in vocabulary.standards:
        yield Mistake("codes.yaml", place, f"std '{mapping}' names no known standard")
    elif standard == "CTDC" and bare not in outside.ctdc_columns:
        yield Mistake("codes.yaml", place, f"CTDC has no column {bare}")
    elif standard == "HTCDS" and DEFINITIONS_FILE in value:
        if bare not in outside.htcds_definitions.get(list_name, ()):
            yield Mistake("codes.yaml", place, f"the definitions file of HTCDS has no {bare}")
    elif standard == "HTCDS" and list_name not in outside.htcds_values:
        yield Mistake("codes.yaml", place, "HTCDS has no field to map this list to")
    elif standard == "HTCDS" and bare not in outside.htcds_values[list_name]:
        yield Mistake("codes.yaml", place, f"{outside.htcds_list_fields[list_name]} of HTCDS has no value {bare}")


def _check_field_mapping(vocabulary: Vocabulary, place: str, std: str) -> Iterator[Mistake]:
    for name in HTCDS_FIELD.findall(std):
        if name not in vocabulary.outside.htcds_fields:
            yield Mistake("entities.yaml", place, f"HTCDS has no field {name}")
    for name in CTDC_COLUMN.findall(std):
        if name not in vocabulary.outside.ctdc_columns:
            yield Mistake("entities.yaml", place, f"CTDC has no column {name}")


def check_htcds_coverage(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that each field of HTCDS is either mapped or left out with a reason."""
    known = vocabulary.outside.htcds_fields
    left_out = [name for line in vocabulary.htcds_not_taken for name in line.names]
    for name in sorted(known - mapped_fields(vocabulary)):
        if not any(fnmatch.fnmatchcase(name, pattern) for pattern in left_out):
            what = f"HTCDS field {name} is neither mapped nor left out with a reason"
            yield Mistake("entities.yaml", "htcds_not_taken", what)
    for pattern in left_out:
        if not fnmatch.filter(known, pattern):
            yield Mistake("entities.yaml", f"htcds_not_taken.{pattern}", "HTCDS has no such field")


def mapped_fields(vocabulary: Vocabulary) -> set[str]:
    """Give the fields of HTCDS that some entity or field of ours maps to."""
    texts = [
        *(entity.std for entity in vocabulary.entities.values()),
        *(field.std for entity in vocabulary.entities.values() for field in entity.fields.values()),
    ]
    return {word for text in texts for word in re.findall(r"\w+", text)} & vocabulary.outside.htcds_fields
