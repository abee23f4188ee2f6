"""The command: what it prints, for whom, with and without Django."""

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from zicht.stats import translation
from zicht.stats.__main__ import main
from zicht.stats.methods import Options, estimate, estimate_all, methods_for
from zicht.stats.progress import Bar
from zicht.stats.release import protect, round_digits
from zicht.stats.results import tell_nobody
from zicht.stats.shipped import FOLDER, read_shipped

FOUR = str(FOLDER / "uk_2013_4lists.csv")
FEW = ("--bootstrap", "50")
KEYS = {"method", "observed", "total", "lower", "upper", "unseen", "coverage", "models", "diagnostics", "warnings"}
STRATA = "A,B,C,stratum,count\n" + "".join(
    f"{history},{stratum},{count}\n"
    for stratum, counts in (("old", (30, 20, 9, 40, 8, 7, 2)), ("young", (50, 10, 3, 22, 6, 5, 1)))
    for history, count in zip(("1,0,0", "0,1,0", "1,1,0", "0,0,1", "1,0,1", "0,1,1", "1,1,1"), counts, strict=True)
)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> Any:
    assert main([*words, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def test_one_method_is_one_object_with_all_there_is_to_know(capsys: pytest.CaptureFixture[str]) -> None:
    result = run(capsys, FOUR, "--method", "stepwise", *FEW)
    assert result.keys() >= KEYS
    assert result["method"] == "stepwise"
    assert result["observed"] == 2428
    assert result["unseen"] == pytest.approx(result["total"] - 2428)
    assert result["coverage"] == pytest.approx(2428 / result["total"])
    assert {"model", "total", "weight"} <= result["models"][0].keys()


def test_all_methods_are_a_list_of_them_in_one_order() -> None:
    assert methods_for(read_shipped("uk_2013_4lists")) == ["loglinear", "stepwise", "bic", "dga", "lcm"]
    assert "covariates" in methods_for(read_shipped("extra_scotpwid_2006_4lists_covariates"))
    assert "bic" not in methods_for(read_shipped("new_orleans_8lists"))


def test_two_lists_are_estimated_with_a_warning_by_whatever_method(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "two.csv"
    path.write_text("A,B,count\n1,0,80\n0,1,50\n1,1,25\n")
    both = run(capsys, str(path))
    assert [one["method"] for one in both] == ["lincoln-petersen", "chapman"]
    assert both[0]["total"] == pytest.approx(105 * 75 / 25)
    assert both[1]["total"] == pytest.approx(106 * 76 / 26 - 1)
    assert any("With two lists" in warning for warning in both[0]["warnings"])
    assert run(capsys, str(path), "--method", "stepwise")["method"] == "chapman"


def test_strata_are_estimated_each_and_together(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "strata.csv"
    path.write_text(STRATA)
    result = run(capsys, str(path), "--method", "loglinear")
    assert [one["stratum"] for one in result["strata"]] == ["old", "young"]
    assert sum(one["observed"] for one in result["strata"]) == result["observed"]
    assert all(one["total"] > one["observed"] for one in result["strata"])


def test_a_stratum_without_overlap_has_no_number_and_says_why(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "strata.csv"
    path.write_text(STRATA + "1,0,0,alone,9\n")
    alone = run(capsys, str(path), "--method", "stepwise", *FEW)["strata"][0]
    assert alone["stratum"] == "alone"
    assert alone["total"] is None
    assert "Nobody in this stratum is on two lists" in alone["warnings"][0]


def test_lists_can_be_taken_together(capsys: pytest.CaptureFixture[str]) -> None:
    six = str(FOLDER / "uk_2013_6lists.csv")
    merged = run(capsys, six, "--merge", "PF,NCA", "--method", "stepwise", *FEW)
    assert merged["lists"] == ["LA", "NG", "PF+NCA", "GO", "GP"]
    assert merged["total"] == pytest.approx(11312.99, abs=0.005)


@pytest.mark.parametrize("release", ["partners", "public"])
def test_what_leaves_is_rounded_and_says_nothing_of_single_cells(
    release: str, capsys: pytest.CaptureFixture[str]
) -> None:
    new_orleans = str(FOLDER / "new_orleans_5lists.csv")
    inside = run(capsys, new_orleans, "--method", "bic", *FEW)
    outside = run(capsys, new_orleans, "--method", "bic", *FEW, "--release", release)
    assert outside["total"] == 1030
    for name in ("total", "lower", "upper"):
        assert outside[name] == round_digits(inside[name], 3)
    assert outside["diagnostics"] == {}
    assert all(model["score"] is None for model in outside["models"])
    assert any("12 of 185" in warning for warning in inside["warnings"])
    assert not any("12 of" in warning or "share nobody" in warning for warning in outside["warnings"])
    assert any("shown only inside" in warning for warning in outside["warnings"])


def test_a_group_below_the_threshold_is_not_shown_at_all() -> None:
    table = read_shipped("new_orleans_5lists")
    small = estimate(table, "loglinear", Options(), tell_nobody)
    object.__setattr__(small, "observed", 9)
    assert protect(small, "partners")["total"] is not None
    hidden = protect(small, "public")
    assert [hidden[name] for name in ("observed", "total", "lower", "upper", "unseen", "coverage")] == [None] * 6


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--method", "guess"), "There is no method guess. The methods are: loglinear"),
        (("--level", "95"), "level is 95.0; give a number between 0 and 1"),
        (("--threshold", "-1"), "threshold is -1.0"),
        (("--maxorder", "0"), "maxorder is 0"),
        (("--bootstrap", "-5"), "bootstrap is -5"),
        (("--seed", "-1"), "seed is -1"),
        (("--method", "loglinear", "--model", "[19]"), "is not a model of these lists"),
        (("--method", "covariates"), "is not split into any"),
        (("--merge", "LA,XX"), "There is no list XX. The lists are: LA, NG, PFNCA, GO"),
        (("--by", "region"), "There is no column region"),
        (("--level", "nan"), "level is nan"),
    ],
)
def test_what_cannot_be_done_is_refused_with_a_sentence(
    words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([FOUR, *words]) == 2
    out, error = capsys.readouterr()
    assert out == ""
    assert sentence in error


def test_the_text_leads_with_how_far_the_methods_are_apart(capsys: pytest.CaptureFixture[str]) -> None:
    from_netherlands = str(FOLDER / "netherlands_2010_2015_5lists.csv")
    assert main([from_netherlands, "--method", "stepwise", *FEW]) == 0
    text = capsys.readouterr().out
    assert text.startswith("8,234 persons are on at least one list.\n")
    assert "121,522" in text


def test_the_command_of_the_house_gives_the_same_and_refuses_with_the_same_code(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    out = io.StringIO()
    call_command("estimate", FOUR, "--method", "bic", *FEW, "--json", stdout=out)
    ours, theirs = run(capsys, FOUR, "--method", "bic", *FEW), json.loads(out.getvalue())
    assert {**ours, "seconds": 0} == {**theirs, "seconds": 0}
    with pytest.raises(CommandError) as caught:
        call_command("estimate", str(tmp_path / "absent.csv"))
    assert caught.value.returncode == 2


def test_it_needs_no_settings_and_no_database(tmp_path: Path) -> None:
    zicht = str(Path(sys.executable).parent / "zicht")
    words = [zicht, "estimate", FOUR, "--method", "loglinear", "--json"]
    done = subprocess.run(words, env={}, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["method"] == "loglinear"


def test_without_django_it_loads_no_django() -> None:
    program = "import sys, zicht.stats.__main__; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not {"django", "yaml", "numba"} & set(done.stdout.split())


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_bar_is_drawn_on_a_terminal_only_and_only_after_a_second() -> None:
    for out, started, is_drawn in ((Terminal(), 5.0, True), (Terminal(), 0.0, False), (io.StringIO(), 5.0, False)):
        bar = Bar(out)
        bar.started -= started
        bar.tell("stepwise", 0.5)
        assert ("50% stepwise" in out.getvalue()) is is_drawn
        bar.end()
        assert out.getvalue().endswith("\r") is is_drawn


def test_the_sampler_is_translated_by_another_process_only_where_that_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "count_cores", lambda: 1)
    assert translation.begin() is None
    monkeypatch.setattr(translation, "count_cores", lambda: 2)
    translation.translate()
    assert translation.begin() is None  # it is on disk now


def test_beside_other_methods_the_sampler_runs_few_chains_and_says_so() -> None:
    table = read_shipped("artificial_3lists")
    beside = estimate_all(table, ["loglinear", "lcm"], Options(), lambda what, share: None)[1]
    assert beside.settings["chains"] == 4
    assert any("Only 4 chains" in str(caution) for caution in beside.warnings)
    alone = estimate_all(table, ["lcm"], Options(chains=1), lambda what, share: None)[0]
    assert not any("chains were run beside" in str(caution) for caution in alone.warnings)
