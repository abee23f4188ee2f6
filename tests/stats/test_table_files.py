"""Reading tables from files: what is accepted, and that everything else ends with a sentence and exit code 2."""

from pathlib import Path

import pytest

from zicht.stats.__main__ import main
from zicht.stats.errors import FileTooLarge, NoSuchFile, TableRefused
from zicht.stats.table_files import parse_table, read_table

GOOD = "A,B,count\n1,0,30\n0,1,20\n1,1,4\n"


def test_counts_stand_at_the_bit_pattern_of_their_lists() -> None:
    assert parse_table(GOOD.encode()).counts.tolist() == [0, 30, 20, 4]


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffA,B,count\r\n1,0,30\r\n0,1,20\r\n1,1,4\r\n",
        "A;B;count\n1;0;30\n0;1;20\n1;1;4\n",
        "A\tB\tcount\n1\t0\t30\n0\t1\t20\n1\t1\t4",
        'A,B,"Count"\n 1 ,0,30\n\n"0",1,+20\n1,1,4\n,,\n',
        "A,B,count\n0,0,\n1,1,4\n0,1,20\n1,0,30\n",
        "A,B,count\n1,0,29\n1,0,1\n0,1,20\n1,1,4\n",
        "count,A,B\n30,1,0\n20,0,1\n4,1,1\n",
    ],
    ids=[
        "excel",
        "semicolons",
        "tabs",
        "quotes and blank lines",
        "blank count of the unseen",
        "repeated",
        "count first",
    ],
)
def test_the_same_table_is_read_however_it_was_written(text: str) -> None:
    assert parse_table(text.encode()).counts.tolist() == [0, 30, 20, 4]


def test_a_repeated_combination_is_added_up_and_said() -> None:
    notes = parse_table(b"A,B,count\n1,0,29\n1,0,1\n0,1,20\n1,1,4\n").notes
    assert [str(note) for note in notes] == [
        "1 rows repeat a combination of lists that was there before; their counts were added up."
    ]
    assert parse_table(GOOD.encode()).notes == ()


def test_without_a_count_every_row_is_a_person_and_that_is_said() -> None:
    table = parse_table(b"A,B\n1,0\n1,0\n0,1\n1,1\n")
    assert table.counts.tolist() == [0, 2, 1, 1]
    assert "every row was counted as one person" in str(table.notes[0])


def test_a_stratum_column_gives_a_table_for_each_and_one_of_all() -> None:
    table = parse_table(b"A,B,stratum,count\n1,0,x,5\n0,1,x,6\n1,1,x,2\n1,0,y,7\n1,1,y,1\n")
    assert table.counts.tolist() == [0, 12, 6, 3]
    assert {name: one.counts.tolist() for name, one in table.strata().items()} == {"x": [0, 5, 6, 2], "y": [0, 7, 0, 1]}


def test_other_columns_split_when_they_are_named() -> None:
    text = b"A,B,region,year,count\n1,0,N,1,5\n0,1,N,1,6\n1,1,S,2,2\n"
    assert list(parse_table(text, ["region", "year"]).strata()) == ["N, 1", "S, 2"]
    with pytest.raises(TableRefused, match="--by"):
        parse_table(text)


BAD = {
    "negative": ("A,B,count\n1,0,-3\n0,1,5\n1,1,2\n", "Row 2: “-3” is not a count"),
    "fractional": ("A,B,count\n1,0,3.5\n0,1,5\n1,1,2\n", "Row 2: “3.5” is not a count"),
    "thousands": ("A,B,count\n1,0,1.000\n0,1,5\n1,1,2\n", "without points or commas"),
    "nan": ("A,B,count\n1,0,NaN\n0,1,5\n1,1,2\n", "“NaN” is not a count"),
    "infinite": ("A,B,count\n1,0,inf\n0,1,5\n1,1,2\n", "“inf” is not a count"),
    "blank": ("A,B,count\n1,0,\n0,1,5\n1,1,2\n", "Row 2 has no count"),
    "unseen counted": ("A,B,count\n0,0,9\n0,1,5\n1,1,2\n", "remove that row, or leave its count empty"),
    "unseen zero": ("A,B,count\n0,0,0\n0,1,5\n1,1,2\n", "remove that row, or leave its count empty"),
    "unseen person": ("A,B\n0,0\n0,1\n1,1\n", "somebody is on no list"),
    "eleven lists": (",".join("ABCDEFGHIJK") + ",count\n" + "1,1,0,0,0,0,0,0,0,0,0,5\n", "at most 10"),
    "one list": ("A,count\n1,5\n", "at least 2"),
    "no overlap": ("A,B,count\n1,0,5\n0,1,6\n1,1,0\n", "No person is on two lists"),
    "nobody": ("A,B,count\n1,0,0\n1,1,0\n", "All counts are 0"),
    "a billion": ("A,B,count\n1,0,1000000000\n0,1,5\n1,1,2\n", "more than 100,000,000 persons"),
    "a billion together": ("A,B,count\n" + "1,0,90000000\n" * 2 + "1,1,2\n", "more than 100,000,000 persons"),
    "beyond all numbers": ("A,B,count\n1,0," + "9" * 5000 + "\n1,1,2\n", "more than 100,000,000 persons"),
    "not 0 or 1": ("A,B,count\n2,0,5\n0,1,6\n1,1,2\n", "“2” is not 0 or 1"),
    "empty mark": ("A,B,count\n,1,5\n0,1,6\n1,1,2\n", "“” is not 0 or 1"),
    "short row": ("A,B,count\n1,0\n0,1,6\n1,1,2\n", "Row 2 has 2 values"),
    "no name": ("A,,count\n1,0,5\n1,1,2\n", "Column 2 has no name"),
    "same name": ("A,A,count\n1,0,5\n1,1,2\n", "Two columns are called A"),
    "empty": ("", "has no rows"),
    "names only": ("A,B,count\n", "has no rows"),
    "no stratum": ("A,B,stratum,count\n1,0,,5\n1,1,x,2\n", "nothing in column stratum"),
    "open quote": ('A,B,count\n1,0,"5\n1,1,2\n', "cannot be read as CSV"),
    "null byte": ("A,B,count\n1,0,\0\n1,1,2\n", "is not a count"),
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_ends_with_a_sentence_that_says_what_to_do_and_never_a_number(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text, sentence = BAD[kind]
    path = tmp_path / "table.csv"
    path.write_text(text, encoding="utf-8")
    assert main([str(path), "--method", "loglinear"]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert sentence in error
    assert len(error.splitlines()) == 1


def test_latin_letters_in_an_old_encoding_are_refused_with_their_row() -> None:
    with pytest.raises(TableRefused, match="Row 3 is not in UTF-8"):
        parse_table("A,B,count\n1,0,3\né,1,2\n".encode("latin-1"))


@pytest.mark.parametrize("name", ["absent.csv", "."])
def test_a_file_that_cannot_be_read_is_named_without_its_folder(name: str, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile) as caught:
        read_table(tmp_path / name)
    assert str(tmp_path.parent) not in str(caught.value)


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.csv"
    with path.open("wb") as file:
        file.truncate(101_000_000)
    with pytest.raises(FileTooLarge, match="101 MB"):
        read_table(path)
