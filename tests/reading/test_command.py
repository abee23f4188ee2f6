"""`zicht read` and `python -m zicht.reading`: what they print, and how they refuse."""

import io
import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from zicht.reading.__main__ import main
from zicht.reading.command import REFUSED

TEXT = "Datum 2021-06-03\n\nVorig jaar kwamen ruim 200 meldingen binnen, zegt Karel Smit tegen Trouw."
KEYS = ["start", "end", "text", "low", "high", "approx", "unit", "per", "what", "period", "attributed_to", "via"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_one_file_is_one_object_of_the_shape_that_is_documented(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert list(read) == ["doc", "language", "published", "figures", "dates", "names"]
    assert (read["doc"], read["language"], read["published"]) == ("a.txt", "nl", "2021-06-03")
    (figure,) = read["figures"]
    assert list(figure) == KEYS
    assert (figure["low"], figure["high"], figure["unit"], figure["per"]) == (200, None, "report", None)
    assert (figure["period"], figure["attributed_to"], figure["via"]) == ("2020", "Karel Smit", "Trouw")
    assert [(date["text"], date["edtf"]) for date in read["dates"]][1:] == [("Vorig jaar", "2020")]
    assert {(name["text"], name["type"]) for name in read["names"]} >= {("Karel Smit", "person")}


def test_several_files_are_a_list(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), str(file), "--json"]) == 0
    assert [one["doc"] for one in json.loads(capsys.readouterr().out)] == ["a.txt", "a.txt"]


def test_a_person_sees_the_figure_marked_in_its_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file)]) == 0
    shown = capsys.readouterr().out
    assert "[ruim 200] meldingen" in shown
    assert "at least 200 report, 2020, says Karel Smit (via Trouw)" in shown


def test_a_date_of_publication_can_be_given(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(file), "--json", "--published", "2018"]) == 0
    assert json.loads(capsys.readouterr().out)["figures"][0]["period"] == "2017"


@pytest.mark.parametrize("words", [["none.txt"], ["--published", "next week"]], ids=["file", "date"])
def test_what_cannot_be_read_is_said_and_nothing_is_printed(
    words: list[str], file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(file), *words, "--json"]) == REFUSED
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("\n") == 1


def test_the_command_of_zicht_does_the_same(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = io.StringIO()
    call_command("read", str(file), "--json", stdout=out)
    main([str(file), "--json"])
    assert out.getvalue() == capsys.readouterr().out
    with pytest.raises(CommandError) as refused:
        call_command("read", str(file.parent / "none.txt"))
    assert refused.value.returncode == REFUSED


def test_the_language_decides_what_a_comma_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text("The police say that 1,250 victims were found in the whole country.", encoding="utf-8")
    assert main([str(path), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["language"], read["figures"][0]["low"]) == ("en", 1250)


def test_a_text_in_another_language_gives_no_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "Die Polizei hat gestern in Berlin zwölf Männer festgenommen, sagte ein Sprecher.", encoding="utf-8"
    )
    assert main([str(path), "--json"]) == 0
    read = json.loads(capsys.readouterr().out)
    assert (read["language"], read["figures"], read["names"]) == ("de", [], [])
