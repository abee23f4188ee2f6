"""The reference pages that docs make from the vocabulary: everything occurs, and every link has its target."""

import importlib.util
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from zicht import words

SCRIPT = Path(__file__).resolve().parent.parent.parent / "docs" / "generate_words.py"


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the pages and give their texts by name."""
    found = importlib.util.spec_from_file_location("generate_words", SCRIPT)
    assert found is not None
    assert found.loader is not None
    script = importlib.util.module_from_spec(found)
    found.loader.exec_module(script)
    paths: list[Path] = script.generate(tmp_path_factory.mktemp("words"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


def named_on_pages() -> Iterator[tuple[str, str]]:
    vocabulary = words.vocabulary()
    for code_list in vocabulary.lists.values():
        yield "lists", code_list.name
        yield from (("lists", code) for code in code_list.codes)
    for entity in vocabulary.entities.values():
        yield "entities", entity.name
        yield from (("entities", name) for name in (*entity.fields, *entity.derived))
    yield from (("indicators", code) for code in vocabulary.indicators)
    for process in vocabulary.processes.values():
        for step in process.steps.values():
            yield from (("barriers", code) for code in step.barriers)
    for name in (*vocabulary.seed_figures, *vocabulary.derived_examples, *vocabulary.context_figures):
        yield "tables", name
    yield from (("standards", name) for name in vocabulary.missing_values)
    yield from (("places", code) for code in (*words.countries(), *words.languages_iso639(), *words.municipalities()))


def test_every_code_occurs_on_its_page(pages: dict[str, str]) -> None:
    missing = [f"{page}: {name}" for page, name in named_on_pages() if f"`{name}`" not in pages[page]]
    assert missing == []


def test_every_term_stands_on_a_row_of_its_own_list_with_both_labels(pages: dict[str, str]) -> None:
    for code_list in words.vocabulary().lists.values():
        _, _, section = pages["lists"].partition(f"\n## `{code_list.name}`\n")
        section = section.partition("\n## ")[0]
        for code in code_list.codes.values():
            assert f"| `{code.code}` | {code.label.en} | {code.label.nl} |" in section.replace("\\", "")


def test_every_entity_says_how_long_it_is_kept(pages: dict[str, str]) -> None:
    text = pages["entities"].replace("\\", "")
    for entity in words.vocabulary().entities.values():
        assert f"Kept: {entity.retention}\n" in text


def test_every_table_step_and_standard_has_a_section(pages: dict[str, str]) -> None:
    vocabulary = words.vocabulary()
    assert all(f"\n## {code}: " in pages["tables"] for code in vocabulary.tables)
    steps = [code for process in vocabulary.processes.values() for code in process.steps]
    assert all(f"\n### {code}: " in pages["barriers"] for code in steps)
    assert all(f"\n## {name}\n" in pages["standards"] for name in vocabulary.standards)


def test_a_retired_term_says_so(pages: dict[str, str]) -> None:
    assert "retired, use: answer yes with given\\_by parent or guardian" in pages["lists"]
    assert re.search(r"\| `SEX09` \|.*; retired \|", pages["indicators"])


def test_iom_is_credited_where_its_names_are_shown(pages: dict[str, str]) -> None:
    assert words.vocabulary().outside.htcds_credit in pages["entities"]


def test_every_link_has_one_target_and_every_page_one_title(pages: dict[str, str]) -> None:
    targets = [target for page in pages.values() for target in re.findall(r"^\(([a-z0-9-]+)\)=$", page, re.MULTILINE)]
    assert len(set(targets)) == len(targets)
    linked = {target for page in pages.values() for target in re.findall(r"\]\(#([^)]+)\)", page)}
    assert linked <= set(targets)
    assert all(len(re.findall(r"^# ", page, re.MULTILINE)) == 1 for page in pages.values())


def test_every_row_of_a_table_has_the_columns_of_its_heading(pages: dict[str, str]) -> None:
    for page in pages.values():
        for block in re.findall(r"(?:^\|.*\n)+", page, re.MULTILINE):
            widths = {len(re.findall(r"(?<!\\)\|", line)) for line in block.splitlines()}
            assert len(widths) == 1
