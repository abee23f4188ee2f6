"""Data files that are damaged: each gives a sentence with its file and place, and none is silently half read."""

import shutil
from pathlib import Path

import pytest

from zicht import words
from zicht.words.files import DATA


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the shipped data files."""
    shutil.copytree(DATA, tmp_path / "data")
    return tmp_path / "data"


def mistakes_of(folder: Path) -> list[str]:
    with pytest.raises(words.VocabularyError) as caught:
        words.load(folder)
    return [str(mistake) for mistake in caught.value.mistakes]


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_whole_copy_loads(folder: Path) -> None:
    assert words.load(folder).version == words.vocabulary().version


def test_a_key_given_twice_is_refused(folder: Path) -> None:
    replace(folder / "codes.yaml", "languages: [en, nl]", 'version: "9"\nlanguages: [en, nl]')
    assert mistakes_of(folder) == ["codes.yaml: line 6: key 'version' is given twice"]


def test_a_key_given_twice_deep_inside_is_refused(folder: Path) -> None:
    term = '{code: chat,        en: "Anonymous help chat",'
    lines = (folder / "codes.yaml").read_text(encoding="utf-8").splitlines()
    number = next(number for number, line in enumerate(lines, start=1) if term in line)
    replace(folder / "codes.yaml", term, '{code: chat, en: "A", en: "B",')
    assert mistakes_of(folder) == [f"codes.yaml: line {number}: key 'en' is given twice"]


def test_half_a_file_is_refused_with_its_line(folder: Path) -> None:
    text = (folder / "entities.yaml").read_text(encoding="utf-8")
    (folder / "entities.yaml").write_text(text[: text.index("org_name, type: text") + 5], encoding="utf-8")
    (mistake,) = mistakes_of(folder)
    assert mistake.startswith("entities.yaml: line ")


def test_another_encoding_is_refused(folder: Path) -> None:
    text = (folder / "indicators.csv").read_text(encoding="utf-8")
    (folder / "indicators.csv").write_bytes(text.encode("cp1252"))
    (mistake,) = mistakes_of(folder)
    assert mistake.startswith("indicators.csv: byte ")
    assert mistake.endswith("is not UTF-8 text")


def test_an_empty_file_is_refused(folder: Path) -> None:
    (folder / "figures.yaml").write_text("", encoding="utf-8")
    assert "figures.yaml: must be a set of keys and values" in mistakes_of(folder)


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "barriers.yaml").unlink()
    assert mistakes_of(folder) == ["barriers.yaml: cannot be read: No such file or directory"]


def test_another_sheets_columns_are_refused(folder: Path) -> None:
    (folder / "indicators.csv").write_text("code;label\nDOC01;x\n", encoding="utf-8")
    assert any(
        mistake.startswith("indicators.csv: row 1: the columns must be: code, group,")
        for mistake in mistakes_of(folder)
    )


def test_a_row_with_a_column_too_many_is_named(folder: Path) -> None:
    replace(folder / "municipalities_2025.csv", "GM0034,Almere,Flevoland", "GM0034,Almere,Flevoland,Europe")
    assert "municipalities_2025.csv: row 3: has 4 columns instead of 3" in mistakes_of(folder)


def test_an_unclosed_quote_is_refused(folder: Path) -> None:
    replace(folder / "municipalities_2025.csv", "GM0034,Almere,", 'GM0034,"Almere,')
    assert any(mistake.startswith("municipalities_2025.csv: ") for mistake in mistakes_of(folder))


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    replace(folder / "codes.yaml", 'nl: "Anonieme hulpchat"', 'nl: ""')
    replace(folder / "barriers.yaml", "kind: prevent", "kind: hinder")
    replace(folder / "figures.yaml", "value: 33", "value: 34")
    assert mistakes_of(folder) == [
        "barriers.yaml: processes.SEXMIN.S1.S1a: list barrier_kind has no hinder",
        "codes.yaml: lists.channel.chat: has no Dutch label",
        "figures.yaml: derived_examples.bystanders_2020: '283 - 250' gives [33], not [34]",
    ]
