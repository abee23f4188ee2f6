"""The documentation names every command, setting, dependency, term and make target, and none that does not exist."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

from zicht import words
from zicht.site.cli import commands
from zicht.site.settings import environment


def headings(file: Path, pattern: str) -> list[str]:
    return re.findall(rf"^#+ {pattern}$", file.read_text(encoding="utf-8"), re.MULTILINE)


def test_every_setting_has_its_place_in_the_docs_and_no_other_does(project: Path) -> None:
    described = headings(project / "docs" / "settings.md", r"(ZICHT_\w+)")
    assert sorted(described) == sorted(environment.names)


def test_every_setting_is_described_with_an_example_and_a_default_unless_it_is_required(project: Path) -> None:
    sections = re.split(r"^## ", (project / "docs" / "settings.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    for section in sections:
        if section.startswith("ZICHT_"):
            name = section.split("\n", 1)[0]
            assert re.search(r"Default:|Required", section), name
            assert "Example: " in section, name


def test_every_command_has_its_place_in_the_docs_and_no_other_does(project: Path) -> None:
    described = headings(project / "docs" / "commands.md", r"zicht ([\w-]+)")
    assert sorted(described) == sorted(commands())


def test_every_direct_dependency_is_in_the_decisions_with_what_it_saves(project: Path) -> None:
    declared = tomllib.loads((project / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    needed = [
        *declared["dependencies"],
        *(one for extra in declared["optional-dependencies"].values() for one in extra),
    ]
    names = {re.split(r"[<>=\[]", requirement)[0] for requirement in needed}
    table_rows = re.findall(
        r"^\| (`.*`) \| .+ \|$", (project / "docs" / "decisions.md").read_text("utf-8"), re.MULTILINE
    )
    explained = {name for row in table_rows for name in re.findall(r"`([^`]+)`", row)}
    assert explained == names


def test_every_make_target_is_explained_to_developers(project: Path) -> None:
    targets = re.findall(r"^([a-z-]+):.*## ", (project / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    explained = re.findall(
        r"^\| `make ([a-z-]+)` \|", (project / "docs/developing.md").read_text("utf-8"), re.MULTILINE
    )
    assert sorted(explained) == sorted(targets)


def test_the_two_commands_of_the_readme_exist(project: Path) -> None:
    makefile = (project / "Makefile").read_text(encoding="utf-8")
    readme = (project / "README.md").read_text(encoding="utf-8")
    for target in ("demo", "test"):
        assert f"$ make {target}" in readme
        assert re.search(rf"^{target}:", makefile, re.MULTILINE)


@pytest.fixture(scope="module")
def reference(project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Generate the reference of the vocabulary and give each page by its name."""
    folder = tmp_path_factory.mktemp("words")
    files: list[Path] = runpy.run_path(str(project / "docs" / "generate_words.py"))["generate"](folder)
    return {file.stem: file.read_text(encoding="utf-8") for file in files}


def test_every_list_and_code_of_the_vocabulary_is_in_the_reference(reference: dict[str, str]) -> None:
    sections = dict(re.findall(r"^## `(\w+)`$(.*?)(?=^## |\Z)", reference["lists"], re.MULTILINE | re.DOTALL))
    absent = [
        f"{name}.{code}"
        for name, code_list in words.vocabulary().lists.items()
        for code in code_list.codes
        if f"| `{code}` |" not in sections.get(name, "")
    ]
    assert not absent


def test_every_entity_and_field_of_the_vocabulary_is_in_the_reference(reference: dict[str, str]) -> None:
    sections = dict(re.findall(r"^## `(\w+)`$(.*?)(?=^## |\Z)", reference["entities"], re.MULTILINE | re.DOTALL))
    absent = [
        f"{name}.{field}"
        for name, entity in words.vocabulary().entities.items()
        for field in entity.fields
        if f"| `{field}` |" not in sections.get(name, "")
    ]
    assert not absent


def test_every_indicator_of_the_vocabulary_is_in_the_reference(reference: dict[str, str]) -> None:
    assert not [code for code in words.vocabulary().indicators if f"`{code}`" not in reference["indicators"]]
