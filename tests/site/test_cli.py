"""The `zicht` command as a process of its own: what it lists, what it loads, and when it refuses."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from zicht.site.cli import ROOMS, commands

ZICHT = Path(sys.executable).parent / "zicht"
LOADED = """
import sys
from zicht.site.cli import main
sys.argv = ["zicht", "--help"]
main()
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
# One after the other in one process: each would take more than a second to load.
EXPLAINED = """
import contextlib, io, json, sys
from zicht.site.cli import main
said = {}
for name in sys.argv[1:]:
    sys.argv = ["zicht", name, "--help"]
    with contextlib.redirect_stdout(io.StringIO()) as out:
        try:
            main()
        except SystemExit as end:
            said[name] = [end.code, out.getvalue()]
print(json.dumps(said))
"""
ASK = ("figures", "glotip", "--country", "NLD")
COMPLETE = {"ZICHT_SECRET_KEY": "0123456789" * 6, "ZICHT_HOSTS": "zicht.example", "ZICHT_HTTPS": "no"}


def run_zicht(*words: str, environment: Mapping[str, str], folder: Path) -> subprocess.CompletedProcess[str]:
    surroundings = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", **environment}
    return subprocess.run([ZICHT, *words], env=surroundings, cwd=folder, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("word", ["--help", "-h", "help", None])
def test_help_lists_every_command_with_a_sentence(word: str | None, tmp_path: Path) -> None:
    done = run_zicht(*([word] if word else []), environment={}, folder=tmp_path)
    assert done.returncode == 0
    assert commands()
    for name, sentence in commands().items():
        assert sentence.endswith("."), f"{name} needs a first line that is a sentence"
        assert any(line.split(maxsplit=1) == [name, sentence] for line in done.stdout.splitlines()), name


def test_help_needs_no_settings_and_loads_no_django() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOADED], env={"PATH": os.environ["PATH"]}, capture_output=True, text=True, check=True
    )
    assert not {"django", "yaml", "babel", "allauth"} & set(done.stderr.split())


def test_every_command_file_of_every_room_is_listed() -> None:
    files = [file for file in ROOMS.rglob("management/commands/*.py") if not file.name.startswith("_")]
    assert sorted(file.stem.replace("_", "-") for file in files) == sorted(commands())


def test_without_a_secret_key_it_refuses_to_start_and_says_which_setting(tmp_path: Path) -> None:
    rest = {name: value for name, value in COMPLETE.items() if name != "ZICHT_SECRET_KEY"}
    done = run_zicht("check", environment={**rest, "ZICHT_DATA": str(tmp_path)}, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.splitlines() == ["Zicht does not start:", "- ZICHT_SECRET_KEY is missing."]


def test_several_wrong_settings_are_named_together_and_none_is_repeated(tmp_path: Path) -> None:
    wrong = {"ZICHT_SECRET_KEY": "hunter2", "ZICHT_DATABASE_URL": "mysql://u:hunter2@db/z", "ZICHT_HOST": "a.example"}
    done = run_zicht("check", environment=wrong, folder=tmp_path)
    assert done.returncode == 1
    for name in ("ZICHT_SECRET_KEY", "ZICHT_DATABASE_URL", "ZICHT_HOSTS", "ZICHT_DATA", "ZICHT_HOST "):
        assert f"- {name}" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_with_complete_settings_the_check_finds_nothing_wrong(tmp_path: Path) -> None:
    done = run_zicht("check", environment={**COMPLETE, "ZICHT_DATA": str(tmp_path)}, folder=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


def test_djangos_deployment_check_agrees_with_the_default_settings(tmp_path: Path) -> None:
    safe = {name: value for name, value in COMPLETE.items() if name != "ZICHT_HTTPS"}
    safe |= {"ZICHT_DATA": str(tmp_path), "ZICHT_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOP"}
    done = run_zicht("check", "--deploy", "--fail-level", "WARNING", environment=safe, folder=tmp_path)
    assert done.returncode == 0, done.stderr


def test_an_unknown_command_is_refused(tmp_path: Path) -> None:
    done = run_zicht("no-such-thing", environment={**COMPLETE, "ZICHT_DATA": str(tmp_path)}, folder=tmp_path)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr


def test_every_command_explains_itself_without_settings_and_under_its_own_name(tmp_path: Path) -> None:
    surroundings = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8"}
    program = [sys.executable, "-c", EXPLAINED, *commands()]
    done = subprocess.run(program, env=surroundings, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    said = json.loads(done.stdout)
    assert sorted(said) == sorted(commands()), done.stderr
    for name, (code, text) in said.items():
        assert code == 0, name
        assert text.startswith(f"usage: zicht {name} ")


def test_the_version_is_told(tmp_path: Path) -> None:
    assert run_zicht("--version", environment={}, folder=tmp_path).stdout.startswith("zicht 0.")


def test_a_command_before_the_first_migration_says_what_to_run(tmp_path: Path) -> None:
    done = run_zicht(*ASK, environment={**COMPLETE, "ZICHT_DATA": str(tmp_path)}, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.strip().endswith("Run: zicht migrate")
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "zicht.sqlite3").write_text("a shopping list, long enough to be read as a header\n" * 40)
    done = run_zicht(*ASK, environment={**COMPLETE, "ZICHT_DATA": str(tmp_path)}, folder=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("The database cannot be used.")


def test_a_database_server_that_is_not_there_is_said_without_its_address(tmp_path: Path) -> None:
    given = {"ZICHT_DATA": str(tmp_path), "ZICHT_DATABASE_URL": "postgresql://somebody:hunter2@127.0.0.1:1/zicht"}
    done = run_zicht(*ASK, environment={**COMPLETE, **given}, folder=tmp_path)
    assert done.stderr.startswith("The database cannot be used.")
    assert "hunter2" not in done.stderr


def test_nobody_reading_the_output_is_no_traceback(tmp_path: Path) -> None:
    pipe = f"{ZICHT} check --help | true"
    done = subprocess.run(["bash", "-c", pipe], cwd=tmp_path, env={"PATH": os.environ["PATH"]}, capture_output=True)
    assert done.stderr == b""
