"""What a table looks like in a file, what is refused, and what the command makes of it."""

import json
from pathlib import Path

import pytest
from tests.stats.disclosure.made import crosstab, read

from zicht.stats.disclosure import errors
from zicht.stats.disclosure.__main__ import main
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.published import Wording, parse_published
from zicht.stats.errors import NotACsv, StatsError, WrongEncoding, WrongWidth
from zicht.stats.writing import REFUSED

RELEASED = Wording(is_release=True)


@pytest.mark.parametrize(
    ("text", "error", "says"),
    [
        ("region,size\nN,big\n", errors.NoCounts, "--count"),
        ("region,count\nN,1.000\n", errors.NotACell, "1.000"),
        ("region,count\nN,-3\n", errors.NotACell, "-3"),
        ("region,count\nN,<5\n", errors.HiddenAlready, "--earlier"),
        ("region,count\nN,4\nN,5\n", errors.CellTwice, "rows 2 and 3"),
        ("region,count\nN\n", WrongWidth, "1 values"),
        ('region,count\n"N,4\n', NotACsv, "CSV"),
    ],
)
def test_what_is_no_table_of_counts_is_refused_with_a_sentence(text: str, error: type[StatsError], says: str) -> None:
    with pytest.raises(error) as refusal:
        read(text)
    assert says in str(refusal.value)


def test_another_encoding_is_refused_with_its_row() -> None:
    with pytest.raises(WrongEncoding, match="Row 2"):
        parse_published("region,count\nFrysl\xe2n,4\n".encode("latin-1"), "t.csv", Wording())


def test_tables_that_count_the_same_and_differ_are_refused() -> None:
    with pytest.raises(errors.TablesDisagree, match=r"b.csv, row 2 and a.csv, row 2"):
        link([read("region,count\nN,40\n", "a.csv"), read("region,count\nN,41\n", "b.csv")])


def test_a_correction_of_a_few_persons_waits() -> None:
    before = read("region,count\nN,38\n", "before.csv", RELEASED)
    with pytest.raises(errors.CorrectionTooSmall, match="fewer than 10"):
        link([read("region,count\nN,40\n")], [before], least=10)
    linked = link([read("region,count\nN,60\n")], [before], least=10)
    assert linked.cells[0, 1, 1] not in linked.known


def test_an_earlier_release_that_hid_what_nobody_gives_now_is_refused() -> None:
    with pytest.raises(errors.EarlierUnknown):
        link([read("region,count\nN,40\n")], [read("region,count\nS,x\n", "before.csv", RELEASED)])


def test_several_answers_a_person_are_no_parts_of_a_total() -> None:
    linked = link([read("form,count\ntotal,40\nsexual,30\nlabour,20\n")])
    assert linked.sums.shape[0] == 0
    assert linked.limits.shape[0] == 3  # each is at most the total, and together they are at least that
    assert "several answers" in str(linked.notes[0])


def test_dutch_words_and_semicolons_are_read() -> None:
    table = read("regio;aantal\nTotaal;70\nNoord;30\nZuid;40\n")
    assert link([table]).sums.shape[0] == 1


def test_the_command_prints_json_that_does_not_tell_small_counts_from_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text(crosstab([[20, 3], [15, 30], [12, 18]]))
    assert main([str(tmp_path / "t.csv"), "--json"]) == 0
    out, says = capsys.readouterr()
    said = json.loads(out)
    assert said["hidden"] == sum(row.count(None) for row in said["tables"][0]["rows"]) == 4
    assert "primary" not in out
    assert "small" not in out
    assert "4 of 12 counts are hidden" in says


def test_the_command_never_writes_over_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(crosstab([[20, 30], [15, 30]]))
    assert main([str(tmp_path / "t.csv"), "--out", str(tmp_path)]) == 0
    (tmp_path / "t.public.csv").write_text("mine")
    assert main([str(tmp_path / "t.csv"), "--out", str(tmp_path)]) == REFUSED
    assert (tmp_path / "t.public.csv").read_text() == "mine"
    assert "does not exist yet" in capsys.readouterr().err


def test_a_blur_without_a_secret_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.csv").write_text(crosstab([[20, 30], [15, 30]]))
    assert main([str(tmp_path / "t.csv"), "--method", "cellkey"]) == REFUSED
    assert "secret" in capsys.readouterr().err
