"""The demo prepares itself from nothing, twice as well as once, and never touches a real organisation."""

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests import tables

from zicht.site.demo import kept_secret, use_demo_settings
from zicht.site.made_up_way import ARRIVED, MET, OPENED, REFERRED


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


@dataclass(frozen=True)
class Demo:
    """A demo in a folder of its own, and what the command printed the first time and when it was given once more."""

    folder: Path
    first: str
    again: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Demo:
    """Prepare a demo twice with the command a newcomer uses, on the tables that `migrate` made for all tests."""
    folder = tmp_path_factory.mktemp("newcomer")
    if tables.are_made():
        (folder / "var" / "demo").mkdir(parents=True, mode=0o700)
        tables.copy_to_file(folder / "var" / "demo" / tables.FILE)
    return Demo(folder, prepare(folder), prepare(folder))


@pytest.fixture
def demo_folder(demo: Demo) -> Path:
    """Give the folder of a demo that was prepared twice."""
    return demo.folder


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


def test_the_demo_prints_the_addresses_and_one_login_per_role(demo: Demo) -> None:
    assert "http://127.0.0.1:8000/figures/" in demo.first
    for role in ("counsellor", "analyst", "privacy-officer", "administrator", "reporter"):
        assert role in demo.first


def test_preparing_the_demo_again_changes_no_login(demo: Demo) -> None:
    assert demo.first == demo.again


def test_the_demo_has_its_made_up_register_once_and_partners_without_a_login(demo_folder: Path) -> None:
    with closing(sqlite3.connect(demo_folder / "var" / "demo" / "zicht.sqlite3")) as database:
        persons = dict(database.execute("SELECT compartment, count(*) FROM cases_person GROUP BY compartment"))
        alone = database.execute(
            "SELECT org_type FROM people_organisation WHERE org_id NOT IN (SELECT org_id FROM people_account)"
        ).fetchall()
    assert persons == {"help": 2_000 + OPENED, "enforce": 12}
    assert {("coordination",), ("shelter",), ("border_police",)} <= set(alone)


def test_the_demo_shows_all_that_care_can_do(demo_folder: Path) -> None:
    with closing(sqlite3.connect(demo_folder / "var" / "demo" / "zicht.sqlite3")) as database:

        def told(question: str) -> set[object]:
            return {row[0] for row in database.execute(question)}

        assert told("SELECT state FROM care_referral") == {"sent", "accepted", "refused", "arrived"}
        assert told("SELECT state FROM care_transfer") == {"asked", "agreed", "refused"}
        assert told("SELECT asked_by_org_id = to_org_id FROM care_transfer") == {0, 1}
        assert told("SELECT state FROM care_hold") == {"held", "confirmed"}
        assert told("SELECT urgency FROM care_waitinglistentry") == {"u1_now", "u2_today"}
        assert told("SELECT state FROM care_approval") == {"asked", "approved", "declined"}
        assert told("SELECT version FROM care_accountversion") == {1, 2, 3}
        assert told("SELECT version FROM care_safetyplan") == {1, 2}
        assert told("SELECT form FROM care_attachment") == {"pdf", "png"}
        assert len(told("SELECT channel FROM care_safecontact")) == 3
        assert len(told("SELECT decision_id FROM care_decision")) == 9
        for table in ("goal", "task", "sealeddossier"):
            assert told(f"SELECT count(*) > 0 FROM care_{table}") == {1}
        # Also what lies in the past has its steps, and every step its number.
        steps = "SELECT count(*) = max(number) AND count(*) > 1 FROM care_referral LEFT JOIN care_careevent"
        assert told(f"{steps} USING (referral_id) GROUP BY referral_id") == {1}
        assert told("SELECT count(*) FROM care_stay WHERE until_date IS NULL") == {5}


def test_the_demo_shows_all_that_barriers_can_do(demo_folder: Path) -> None:
    with closing(sqlite3.connect(demo_folder / "var" / "demo" / "zicht.sqlite3")) as database:

        def told(question: str) -> set[object]:
            return {row[0] for row in database.execute(question)}

        assert told("SELECT state FROM barriers_barriermodel") == {"published", "replaced"}
        assert "PARKEN" in told("SELECT process FROM barriers_barriermodel")
        assert told("SELECT state FROM barriers_barrieraction") == {"idea", "agreed", "running", "done", "dropped"}
        assert {"works", "partly", "not"} <= told("SELECT effect FROM barriers_barrieraction")
        partners = "SELECT org_type FROM people_organisation WHERE org_id IN (SELECT lead_org_id FROM {table})"
        assert {"platform", "police", "municipality"} <= told(partners.format(table="barriers_barrieraction"))
        assert told("SELECT state FROM barriers_finding") == {"confirmed", "rejected"}
        assert told("SELECT standing FROM barriers_finding") >= {"nothing", "stood"}
        assert len(told("SELECT period FROM barriers_sum")) == 2
        assert len(told("SELECT municipality FROM barriers_policy WHERE look_again_on IS NOT NULL")) > 100
        since = "SELECT deed FROM barriers_barrierevent WHERE happened_at > (SELECT closed_at FROM barriers_meeting)"
        assert {"action_added", "action_moved", "model_published"} <= told(since)


def test_in_the_demo_people_come_to_every_stage_from_contact_to_care(demo_folder: Path) -> None:
    opened = """
        SELECT count(DISTINCT p.person_id), count(DISTINCT r.person_id) FILTER (WHERE r.sent_on IS NOT NULL),
            count(DISTINCT r.person_id) FILTER (WHERE r.arrived_on IS NOT NULL),
            count(DISTINCT r.person_id) FILTER (WHERE r.arrived_on IS NOT NULL AND c.closure_reason = 'goals_met')
        FROM cases_person p JOIN cases_case_person l USING (person_id) JOIN cases_case c USING (case_id)
        LEFT JOIN care_referral r USING (person_id)
        WHERE c.incoming_from_id IS NULL AND p.compartment = 'help' AND p.first_registered = strftime('%Y', 'now')
    """
    with closing(sqlite3.connect(demo_folder / "var" / "demo" / "zicht.sqlite3")) as database:
        (stages,) = database.execute(opened).fetchall()
    for found, made in zip(stages, (OPENED, REFERRED, ARRIVED, MET), strict=True):
        assert made <= found <= made + 20  # a few of the made-up register came from nobody else either


def test_a_command_without_settings_names_each_that_is_missing(tmp_path: Path) -> None:
    done = run(tmp_path, "check")

    assert done.returncode == 1
    for name in ("ZICHT_SECRET_KEY", "ZICHT_HOSTS", "ZICHT_DATA"):
        assert f"{name} is missing." in done.stderr
    assert "Traceback" not in done.stderr
