"""The demo prepares itself from nothing, twice as well as once, and never touches a real organisation."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from zicht.site.demo import kept_secret, use_demo_settings


def test_the_demo_puts_the_settings_of_a_real_organisation_aside(tmp_path: Path) -> None:
    environment = {"ZICHT_DATA": "/srv/zicht", "ZICHT_DATABASE_URL": "postgresql://db/real", "PATH": "/bin"}

    folder = use_demo_settings(environment, tmp_path / "demo")

    assert "ZICHT_DATABASE_URL" not in environment
    assert environment["ZICHT_DATA"] == str(folder) == str(tmp_path / "demo")
    assert environment["PATH"] == "/bin"


def test_the_demo_keeps_its_secret_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    first: dict[str, str] = {}
    second: dict[str, str] = {}

    folder = use_demo_settings(first, tmp_path / "demo")
    use_demo_settings(second, tmp_path / "demo")

    assert first["ZICHT_SECRET_KEY"] == second["ZICHT_SECRET_KEY"]
    assert len(first["ZICHT_SECRET_KEY"]) >= 50
    assert stat.S_IMODE((folder / "keys" / "secret_key").stat().st_mode) == 0o600


def test_a_secret_that_was_cut_off_while_it_was_written_is_made_again(tmp_path: Path) -> None:
    (tmp_path / "secret").touch()

    assert len(kept_secret(tmp_path / "secret", 64)) >= 64


@pytest.fixture(scope="module")
def demo_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Prepare a demo in a folder of its own with the command a newcomer uses."""
    folder = tmp_path_factory.mktemp("newcomer")
    prepare(folder)
    return folder


def prepare(folder: Path) -> str:
    """Run `zicht demo --no-serve` and give what it printed."""
    done = run(folder, "demo", "--no-serve")
    assert done.returncode == 0, done.stderr
    return done.stdout


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run `zicht` with these words in a folder, without the settings of the tests."""
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("ZICHT_", "DJANGO_"))}
    program = [sys.executable, "-c", "from zicht.site.cli import main; main()", *words]
    return subprocess.run(program, cwd=folder, env=bare, capture_output=True, text=True, timeout=300)


def test_the_demo_prints_the_addresses_and_one_login_per_role(demo_folder: Path) -> None:
    printed = prepare(demo_folder)

    assert "http://127.0.0.1:8000/figures/" in printed
    for role in ("counsellor", "analyst", "privacy-officer", "administrator", "reporter"):
        assert role in printed


def test_preparing_the_demo_again_changes_no_login(demo_folder: Path) -> None:
    assert prepare(demo_folder) == prepare(demo_folder)


def test_the_demo_has_its_made_up_register_once_and_partners_without_a_login(demo_folder: Path) -> None:
    prepare(demo_folder)

    with closing(sqlite3.connect(demo_folder / "var" / "demo" / "zicht.sqlite3")) as database:
        persons = dict(database.execute("SELECT compartment, count(*) FROM cases_person GROUP BY compartment"))
        alone = database.execute(
            "SELECT org_type FROM people_organisation WHERE org_id NOT IN (SELECT org_id FROM people_account)"
        ).fetchall()
    assert persons == {"help": 2_000, "enforce": 12}
    assert {("coordination",), ("shelter",), ("border_police",)} <= set(alone)


def test_a_command_without_settings_names_each_that_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "check")

    assert done.returncode == 1
    for name in ("ZICHT_SECRET_KEY", "ZICHT_HOSTS", "ZICHT_DATA"):
        assert f"{name} is missing." in done.stderr
    assert "Traceback" not in done.stderr
