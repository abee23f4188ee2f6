"""What `make test` says at the end is what the runners said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from tools import all_tests, services
from tools.all_tests import Part, read_counts

NODE_CLOSES = """ℹ tests 7
ℹ suites 0
ℹ pass 5
ℹ fail 1
ℹ cancelled 0
ℹ skipped 1
ℹ todo 0
ℹ duration_ms 75.4""".splitlines()


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("3 passed in 0.01s", {"passed": 3, "failed": 0, "skipped": 0}),
        ("==== 1 failed, 2 passed, 4 skipped in 61.02s (0:01:01) ====", {"passed": 2, "failed": 1, "skipped": 4}),
        ("2 passed, 1 warning, 3 errors in 1.20s", {"passed": 2, "failed": 3, "skipped": 0}),
        ("12 deselected, 5 skipped in 0.20s", {"passed": 0, "failed": 0, "skipped": 5}),
    ],
)
def test_pytests_closing_line_is_read(line: str, counts: dict[str, int]) -> None:
    assert read_counts(["99 passed without a time", line])[0] == counts


def test_the_closing_lines_of_nodes_runner_are_read() -> None:
    assert read_counts(NODE_CLOSES)[0] == {"passed": 5, "failed": 1, "skipped": 1}


def test_a_runner_that_breaks_off_without_counting_counts_as_failed() -> None:
    part = Part("broken", [sys.executable, "-c", "import sys; sys.exit(3)"])
    part.run()
    assert part.counts == {"passed": 0, "failed": 1, "skipped": 0}
    assert not all_tests.report([part])


def test_a_part_that_hangs_is_ended_with_all_it_started_and_counts_as_failed() -> None:
    child = "subprocess.run([sys.executable, '-c', 'import time; time.sleep(60)'])"
    hangs = f"import subprocess, sys; print('1 passed in 1s', flush=True); {child}"
    part = Part("hanging", [sys.executable, "-c", hangs], most_seconds=1.5)
    part.run()
    assert part.seconds < 30
    assert part.counts["failed"] == 1
    assert part.exit_code != 0


def test_a_part_sees_the_surroundings_it_was_given() -> None:
    shown = "import os; print(os.environ['GIVEN'], 'passed in 1s')"
    part = Part("given", [sys.executable, "-c", shown], {"GIVEN": "4"})
    part.run()
    assert part.counts["passed"] == 4


def test_without_a_database_its_tests_are_chosen_and_shown_as_skipped() -> None:
    part = all_tests.plan(["postgresql"], None)[0]
    assert "--database-only" in part.command
    assert "PostgreSQL is not here" in part.command[part.command.index("--skip-because") + 1]


def test_only_the_chosen_parts_are_planned() -> None:
    assert [part.name for part in all_tests.plan(["javascript"], None)] == ["JavaScript"]
    assert len(all_tests.plan([], "postgresql://x@y/z")) == 4


TINY = """
import pytest
pytest_plugins = []
def test_plain(): pass
@pytest.mark.django_db
def test_marked(): pass
def test_by_fixture(db): pass
@pytest.mark.one_database
def test_once(db): pass
def test_page(db, client): pass
"""


@pytest.mark.parametrize(
    ("options", "outcome"),
    [
        (["--database-only", "--collect-only"], "2/5 tests collected (3 deselected)"),
        (["--skip-because", "no reason"], "5 skipped"),
    ],
)
def test_tests_that_touch_a_database_are_found(tmp_path: Path, project: Path, options: list[str], outcome: str) -> None:
    (tmp_path / "test_tiny.py").write_text(TINY, encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "tests.conftest",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:randomly",
    ]
    bare = {name: value for name, value in os.environ.items() if not name.startswith(("ZICHT_", "PYTEST_", "DJANGO_"))}
    done = subprocess.run(
        [*command, "-c", project / "pyproject.toml", "--rootdir", project, tmp_path, *options],
        cwd=project,
        env=bare,
        capture_output=True,
        text=True,
    )
    assert f"{outcome} in" in done.stdout, done.stdout + done.stderr


@pytest.mark.skipif(services.find_postgresql() is None, reason="PostgreSQL is not here")
def test_the_server_for_the_tests_leaves_nothing_behind() -> None:
    with services.postgresql() as address:
        folder = Path(address.split("@")[1].split("/")[0].replace("%2F", "/"))
        assert (folder / "data").is_dir()
        assert folder.stat().st_mode & 0o077 == 0
    assert not folder.exists()


def test_of_two_browsers_the_one_without_windows_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert services.find_chromium() is None
    for name in ("chromium", "chromium-headless-shell"):
        (tmp_path / name).touch(mode=0o755)
        assert services.find_chromium() == str(tmp_path / name)
