"""The commands with which an administrator keeps the log."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from tests.guards import rewrite
from tests.people.log.conftest import Look

from zicht.people import keys, log
from zicht.people.log import anchors, guards
from zicht.people.models import AccessLine, LogCheckpoint, LogPruning

pytestmark = pytest.mark.django_db


def said(command: str, *words: str) -> str:
    """Run a command and give what it printed."""
    out = io.StringIO()
    call_command(command, *words, stdout=out)
    return out.getvalue()


def exit_code(*words: str) -> tuple[int, str]:
    """Run verify-log and give its exit code with everything it printed."""
    out = io.StringIO()
    try:
        call_command("verify_log", *words, stdout=out, stderr=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def type_in(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


# --- verify-log -------------------------------------------------------------------------------------------------
def test_a_sound_log_ends_with_0(old_log: list[AccessLine]) -> None:
    code, text = exit_code()

    assert code == 0
    assert "Lines checked: 7, from 1 to 7." in text
    assert f"7:{old_log[-1].line_hash}" in text
    assert text.rstrip().endswith("The access log is sound.")


def test_a_broken_log_ends_with_1_and_says_where(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 3")

    code, text = exit_code()

    assert code == 1
    assert "WRONG: Line 3 was changed" in text


def test_a_log_that_cannot_be_checked_ends_with_2(old_log: list[AccessLine], keys_folder: Path) -> None:
    for file in keys_folder.glob("*.pub"):
        file.unlink()

    code, text = exit_code()

    assert code == 2
    assert "could not be checked completely" in text


def test_without_a_folder_of_keys_it_ends_with_2(
    old_log: list[AccessLine], settings: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings.KEYS_FOLDER = tmp_path / "nowhere"  # type: ignore[attr-defined]

    assert exit_code()[0] == 2


def test_a_database_that_cannot_be_read_ends_with_2(old_log: list[AccessLine]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE people_logcheckpoint RENAME COLUMN signature TO elsewhere")

    code, text = exit_code()

    assert code == 2
    assert "the database answered" in text


def test_a_place_on_paper_can_be_given(old_log: list[AccessLine]) -> None:
    assert exit_code("--expect-head", f"5:{old_log[4].line_hash}")[0] == 0
    assert exit_code("--expect-head", f"5:{'e' * 64}")[0] == 1


@pytest.mark.parametrize("text", ["5", "5:abc", f"0:{'e' * 64}", f"x:{'e' * 64}", f"5:{'E' * 64}", f"5:{'e' * 64} "])
def test_a_place_that_was_copied_badly_is_refused(old_log: list[AccessLine], text: str) -> None:
    with pytest.raises(CommandError, match="number of a line"):
        call_command("verify_log", "--expect-head", text)


def test_no_report_holds_anything_about_who_looked_at_what(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 3")

    text = exit_code()[1]

    assert "noor" not in text.lower()
    assert not any(line.subject_id in text for line in old_log)


# --- checkpoint-log ---------------------------------------------------------------------------------------------
def test_a_checkpoint_is_printed_so_that_it_can_be_kept_on_paper(keys_folder: Path, look: Look) -> None:
    last = look(2)[-1]

    assert said("checkpoint_log") == f"Sealed through line 2:{last.line_hash}\n"


def test_without_news_a_schedule_stays_silent(keys_folder: Path, look: Look) -> None:
    look(2)
    said("checkpoint_log")

    assert said("checkpoint_log") == ""


def test_a_checkpoint_that_cannot_be_made_says_why(keys_folder: Path, look: Look) -> None:
    look(2)
    (keys_folder / keys.PRIVATE_FILE).chmod(0o640)

    with pytest.raises(CommandError, match="chmod 600"):
        call_command("checkpoint_log")


def test_a_restored_backup_is_acknowledged_only_when_that_is_typed(
    old_log: list[AccessLine], keys_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite("DELETE FROM people_logcheckpoint WHERE through_sequence = 6")
    rewrite("DELETE FROM people_accessline WHERE sequence > 4")

    for text in ("", "yes\n"):
        type_in(text, monkeypatch)
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("checkpoint_log", "--after-restore")
    assert len(anchors.read(keys_folder)) == 2
    type_in("restored\n", monkeypatch)

    assert "ends at line 4:" in said("checkpoint_log", "--after-restore")
    assert exit_code()[0] == 0


# --- prune-log --------------------------------------------------------------------------------------------------
def test_a_preview_removes_nothing(old_log: list[AccessLine]) -> None:
    text = said("prune_log", "--dry-run")

    assert "Lines that are old enough: 4, from 1 to 4." in text
    assert (AccessLine.objects.count(), LogPruning.objects.count()) == (7, 0)


@pytest.mark.parametrize("text", ["", "yes\n", "5\n", "\n"])
def test_lines_only_go_when_their_number_is_typed(
    old_log: list[AccessLine], monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    type_in(text, monkeypatch)

    with pytest.raises(CommandError, match="Nothing was removed"):
        call_command("prune_log", stdout=io.StringIO())

    assert AccessLine.objects.count() == 7


def test_lines_go_when_their_number_is_typed(old_log: list[AccessLine], monkeypatch: pytest.MonkeyPatch) -> None:
    type_in("4\n", monkeypatch)

    assert "Removed 4 lines." in said("prune_log", "--by", "noor")
    assert LogPruning.objects.get().pruned_by == old_log[0].account


def test_a_schedule_need_not_type(old_log: list[AccessLine]) -> None:
    assert "Removed 4 lines." in said("prune_log", "--yes")
    assert exit_code()[0] == 0


def test_when_nothing_is_old_enough_it_says_so(keys_folder: Path, look: Look) -> None:
    look(2)
    log.sign_checkpoint()

    assert "No checkpoint has only lines" in said("prune_log", "--yes")


@pytest.mark.parametrize("years", ["4", "0", "-3", "1000"])
def test_fewer_years_than_five_are_refused(old_log: list[AccessLine], years: str) -> None:
    with pytest.raises(CommandError, match="at least 5"):
        call_command("prune_log", f"--older-than={years}", "--yes")


def test_somebody_who_has_no_account_cannot_have_done_it(old_log: list[AccessLine]) -> None:
    with pytest.raises(CommandError, match="no active account"):
        call_command("prune_log", "--yes", "--by", "nobody")

    assert AccessLine.objects.count() == 7


def test_without_a_checkpoint_nothing_is_pruned(old_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_logcheckpoint")

    assert "No checkpoint" in said("prune_log", "--yes")
    assert AccessLine.objects.count() == 7


# --- guard-log --------------------------------------------------------------------------------------------------
def test_guards_can_be_put_back(old_log: list[AccessLine]) -> None:
    with connection.cursor() as cursor:
        on_table = " ON people_accessline" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER zicht_log_accessline_update{on_table}")
    assert exit_code()[0] == 1

    assert said("guard_log") == "Put back: zicht_log_accessline_update\n"

    assert guards.missing(connection) == []
    assert exit_code()[0] == 0
    assert "All guards are in place." in said("guard_log")


# --- make-keys --------------------------------------------------------------------------------------------------
def test_the_first_key_makes_its_folder(settings: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings.KEYS_FOLDER = tmp_path / "keys"  # type: ignore[attr-defined]

    text = said("make_keys")

    key_id = keys.key_id_of(keys.signing_key(tmp_path / "keys").public_key())
    assert key_id in text
    assert (tmp_path / "keys").stat().st_mode & 0o777 == 0o700


def test_a_second_call_leaves_the_key_as_it_is(keys_folder: Path) -> None:
    before = (keys_folder / keys.PRIVATE_FILE).read_bytes()

    assert "Nothing was changed" in said("make_keys")
    assert (keys_folder / keys.PRIVATE_FILE).read_bytes() == before
    assert said("make_keys", "--verbosity=0") == ""


def test_after_a_rotation_old_and_new_checkpoints_hold(old_log: list[AccessLine], keys_folder: Path) -> None:
    said("make_keys", "--rotate")
    said("checkpoint_log")

    assert len({checkpoint.key_id for checkpoint in LogCheckpoint.objects.all()}) == 2
    assert exit_code()[0] == 0


def test_a_key_that_others_can_read_is_not_passed_over_in_silence(keys_folder: Path) -> None:
    (keys_folder / keys.PRIVATE_FILE).chmod(0o604)

    with pytest.raises(CommandError, match="can be read by others"):
        call_command("make_keys")
