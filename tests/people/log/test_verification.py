"""What a check of the log notices when somebody with full control over the database went to work."""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from tests.guards import rewrite
from tests.people.log.conftest import TODAY, Clock, Look, make_account

from zicht.people import keys, log
from zicht.people.log import anchors, chain, stored
from zicht.people.log.chain import End, Fault
from zicht.people.log.seals import Kind, Seal
from zicht.people.models import AccessLine, Account, LogCheckpoint, LogPruning

pytestmark = pytest.mark.django_db
ZEROS = "0" * 64


def wrong() -> str:
    """Check the log, which must not be sound, and give all problems as one text."""
    report = log.verify()
    assert report.state is log.State.BROKEN
    return "\n".join(report.problems)


def fault() -> tuple[int, Fault]:
    """Check the log, the chain of which must break, and give where and how."""
    broken = log.verify().broken_at
    assert broken
    return broken.sequence, broken.fault


def rewrite_from(sequence: int) -> None:
    """Make the chain fit again from one line on, as a careful intruder would."""
    end = AccessLine.objects.get(sequence=sequence - 1) if sequence > 1 else None
    last = End(sequence - 1, end.line_hash if end else ZEROS)
    for link in list(stored.links(last.sequence)):
        line_hash = chain.link(last.line_hash, link.line)
        rewrite(
            "UPDATE people_accessline SET previous_hash = %s, line_hash = %s WHERE sequence = %s",
            (last.line_hash, line_hash, link.line.sequence),
        )
        last = End(link.line.sequence, line_hash)


# --- sound ------------------------------------------------------------------------------------------------------
def test_a_log_that_nobody_touched_is_sound(old_log: list[AccessLine]) -> None:
    report = log.verify()

    assert (report.state, report.problems, report.notes) == (log.State.FINE, [], [])
    assert (report.lines, report.first, report.last.sequence) == (7, 1, 7)
    assert (report.seals, report.unsealed, report.pruned_through) == (2, 1, 0)
    assert report.last.line_hash == old_log[-1].line_hash


def test_an_empty_log_is_sound(keys_folder: Path, db: None) -> None:
    report = log.verify()

    assert (report.state, report.lines, report.last) == (log.State.FINE, 0, chain.START)


def test_a_log_that_was_never_sealed_says_so(keys_folder: Path, look: Look) -> None:
    look(3)

    report = log.verify()

    assert report.state is log.State.FINE
    assert "Nothing is sealed yet" in report.notes[0]


def test_a_check_reads_in_batches_and_sees_every_line(
    old_log: list[AccessLine], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "BATCH", 3)

    assert log.verify().lines == 7


def test_a_check_changes_nothing(old_log: list[AccessLine], keys_folder: Path) -> None:
    before = sorted((file.name, file.read_bytes()) for file in keys_folder.iterdir())

    log.verify()

    assert sorted((file.name, file.read_bytes()) for file in keys_folder.iterdir()) == before
    assert AccessLine.objects.count() == 7


# --- lines ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("at", TODAY),
        ("account_id", None),
        ("account_id", "daan"),
        ("org_id", None),
        ("org_id", "daan"),
        ("compartment", "help"),
        ("verb", "listed"),
        ("subject", "case"),
        ("subject_id", "NL-0363"),
        ("subject_id", ""),
        ("purpose", "security"),
        ("previous_hash", "e" * 64),
        ("line_hash", "e" * 64),
    ],
)
def test_a_change_in_any_column_shows_at_that_line(old_log: list[AccessLine], column: str, value: Any) -> None:
    if value == "daan":
        other = make_account("daan")
        value = other.pk if column == "account_id" else other.org_id
        value = value if connection.vendor == "postgresql" else value.hex
    if column == "at":
        value = value.replace(tzinfo=None) if connection.vendor == "sqlite" else value

    rewrite(f"UPDATE people_accessline SET {column} = %s WHERE sequence = 3", (value,))

    assert fault() == (3, Fault.CHANGED)


@pytest.mark.parametrize(("column", "value"), [("at", "yesterday"), ("verb", b"\xff"), ("at", 7)])
def test_a_value_that_no_line_can_hold_shows_at_that_line(old_log: list[AccessLine], column: str, value: Any) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite stores any value in any column")

    rewrite(f"UPDATE people_accessline SET {column} = %s WHERE sequence = 3", (value,))

    assert fault() == (3, Fault.UNREADABLE)
    assert log.verify().lines == 2


@pytest.mark.parametrize(
    "change",
    [
        "account_id = upper(account_id)",
        "org_id = upper(org_id)",
        "account_id = '{' || account_id || '}'",
        "account_id = CAST(account_id AS BLOB)",
        "at = replace(at, ' ', 'T')",
        "at = at || '+00:00'",
        "at = at || '.000'",
        "at = CAST(at AS BLOB)",
    ],
)
def test_a_value_in_another_spelling_shows_although_it_means_the_same(old_log: list[AccessLine], change: str) -> None:
    """A query of a log page compares texts, so it would pass over such a line."""
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite keeps UUIDs and moments as text")

    rewrite(f"UPDATE people_accessline SET {change} WHERE sequence = 3")

    assert fault() == (3, Fault.UNREADABLE)
    # Put back, or Django's own check of foreign keys fails.
    ids = [UUID(str(value)).hex for value in (old_log[2].account_id, old_log[2].org_id)]
    rewrite("UPDATE people_accessline SET account_id = %s, org_id = %s WHERE sequence = 3", ids)


def test_a_line_that_was_removed_from_the_middle_is_missing(old_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_accessline WHERE sequence = 3")

    assert fault() == (3, Fault.MISSING)


def test_the_first_line_that_was_removed_is_missing(old_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_accessline WHERE sequence = 1")

    assert fault() == (1, Fault.MISSING)


def test_two_lines_that_changed_places_show(old_log: list[AccessLine]) -> None:
    for before, after in ((2, -2), (3, 2), (-2, 3)):
        rewrite("UPDATE people_accessline SET sequence = %s WHERE sequence = %s", (after, before))

    assert fault() == (2, Fault.REPLACED)


def test_a_line_that_was_slipped_in_before_the_first_shows(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_accessline SET sequence = -5 WHERE sequence = 7")

    assert fault() == (-5, Fault.ORDER)


def test_sealed_lines_that_were_removed_from_the_end_are_missed(old_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_accessline WHERE sequence >= 6")

    assert "up to line 5, but line 6 was sealed" in wrong()


def test_a_log_that_was_emptied_altogether_is_missed(old_log: list[AccessLine]) -> None:
    for table in ("people_accessline", "people_logcheckpoint"):
        rewrite(f"DELETE FROM {table}")

    problems = wrong()

    assert "up to line 0, but line 6 was sealed" in problems
    assert "checkpoint through line 6" in problems


def test_a_careful_rewriting_of_sealed_lines_shows_at_the_seal(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 5")
    rewrite_from(5)

    assert "Line 6 has another hash than was sealed" in wrong()


def test_what_came_after_the_last_seal_is_protected_by_nothing_but_the_guards(old_log: list[AccessLine]) -> None:
    """State the limit: seal often, and keep the place on paper."""
    before = log.verify().last
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 7")
    rewrite_from(7)

    assert log.verify().state is log.State.FINE
    assert log.verify().unsealed == 1
    assert log.verify([before]).state is log.State.BROKEN


# --- checkpoints ------------------------------------------------------------------------------------------------
def forge(key_folder: Path, through: int, line_hash: str) -> None:
    """Sign a checkpoint with a key of one's own and put it in place of the one in the database."""
    key = keys.signing_key(key_folder)
    signed_at = LogCheckpoint.objects.get(through_sequence=through).signed_at
    signed = Seal(Kind.CHECKPOINT, through, line_hash, signed_at, keys.key_id_of(key.public_key())).signed(key)
    rewrite(
        "UPDATE people_logcheckpoint SET line_hash = %s, key_id = %s, signature = %s WHERE through_sequence = %s",
        (line_hash, signed.key_id, signed.signature, through),
    )


@pytest.fixture
def own_keys(tmp_path: Path) -> Path:
    """Give a folder with a key that the intruder made."""
    folder = tmp_path / "own"
    folder.mkdir()
    keys.make_signing_key(folder)
    return folder


def test_a_checkpoint_signed_with_another_key_does_not_stand(old_log: list[AccessLine], own_keys: Path) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 5")
    rewrite_from(5)
    forge(own_keys, 6, AccessLine.objects.get(sequence=6).line_hash)

    report = log.verify()

    assert report.state is log.State.BROKEN
    assert "checkpoint through line 6 is not in the file" in "\n".join(report.problems)
    assert "no log_signing." in report.unchecked[0]


def test_a_checkpoint_that_claims_the_right_key_does_not_stand(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_logcheckpoint SET signature = 'AAAA' WHERE through_sequence = 6")

    assert "The checkpoint through line 6 was not signed by its key." in wrong()


@pytest.mark.parametrize("column", ["through_sequence", "line_hash", "signed_at", "key_id"])
def test_a_change_in_a_checkpoint_shows(old_log: list[AccessLine], column: str) -> None:
    value = {"through_sequence": 5, "line_hash": "e" * 64, "signed_at": TODAY, "key_id": "e" * 32}[column]

    rewrite(f"UPDATE people_logcheckpoint SET {column} = %s WHERE through_sequence = 6", (value,))

    assert "is not in the file" in wrong()


@pytest.mark.parametrize("through", [4, 6])
def test_a_checkpoint_that_was_removed_from_the_database_is_missed(old_log: list[AccessLine], through: int) -> None:
    rewrite("DELETE FROM people_logcheckpoint WHERE through_sequence = %s", (through,))

    assert f"The checkpoint through line {through}" in wrong()


def test_a_checkpoint_that_no_program_wrote_is_reported(old_log: list[AccessLine]) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("only SQLite stores any value in any column")
    rewrite("UPDATE people_logcheckpoint SET signed_at = 'soon'")

    assert "no checkpoint can hold" in wrong()


# --- the file outside -------------------------------------------------------------------------------------------
def test_an_older_database_beside_a_newer_file_is_noticed(old_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_logcheckpoint WHERE through_sequence = 6")
    rewrite("DELETE FROM people_accessline WHERE sequence > 4")

    problems = wrong()

    assert "The checkpoint through line 6" in problems
    assert "put back to an older state" in problems


def test_an_older_database_that_went_on_from_there_is_noticed(old_log: list[AccessLine], look: Look) -> None:
    rewrite("DELETE FROM people_logcheckpoint WHERE through_sequence = 6")
    rewrite("DELETE FROM people_accessline WHERE sequence > 4")
    look(5)

    assert "Line 6 has another hash than was sealed" in wrong()


def test_a_line_that_was_removed_from_the_file_is_noticed(old_log: list[AccessLine], keys_folder: Path) -> None:
    lines = (keys_folder / anchors.FILE).read_text().splitlines(keepends=True)
    (keys_folder / anchors.FILE).write_text("".join(lines[1:]))

    assert "checkpoint through line 4 is not in the file" in wrong()


def test_a_file_that_was_removed_is_noticed(old_log: list[AccessLine], keys_folder: Path) -> None:
    (keys_folder / anchors.FILE).unlink()

    assert "checkpoint through line 4 is not in the file" in wrong()


def test_a_file_with_a_damaged_line_is_reported_and_the_rest_still_checked(
    old_log: list[AccessLine], keys_folder: Path
) -> None:
    with (keys_folder / anchors.FILE).open("a") as file:
        file.write('{"kind": "checkp')

    report = log.verify()

    assert "Line 3 of log_checkpoints.jsonl is no seal" in report.problems[0]
    assert (len(report.problems), report.lines, report.seals) == (1, 7, 2)


def test_the_newest_checkpoint_may_not_be_in_the_file_yet(old_log: list[AccessLine], keys_folder: Path) -> None:
    lines = (keys_folder / anchors.FILE).read_text().splitlines(keepends=True)
    (keys_folder / anchors.FILE).write_text(lines[0])

    report = log.verify()

    assert report.state is log.State.FINE
    assert "completes it" in report.notes[0]


# --- what cannot be checked -------------------------------------------------------------------------------------
def test_without_the_public_key_nothing_is_called_sound(old_log: list[AccessLine], keys_folder: Path) -> None:
    for file in keys_folder.glob("*.pub"):
        file.unlink()

    report = log.verify()

    assert (report.state, report.problems) == (log.State.UNCHECKED, [])
    assert len(report.unchecked) == 1


def test_the_private_key_is_not_needed_to_check(old_log: list[AccessLine], keys_folder: Path) -> None:
    (keys_folder / keys.PRIVATE_FILE).unlink()

    assert log.verify().state is log.State.FINE


def test_without_the_folder_of_keys_a_check_says_so(old_log: list[AccessLine], keys_folder: Path) -> None:
    shutil.rmtree(keys_folder)

    with pytest.raises(log.LogError, match="folder of keys"):
        log.verify()


# --- places kept on paper ---------------------------------------------------------------------------------------
def test_a_place_on_paper_is_found_again(old_log: list[AccessLine], look: Look) -> None:
    kept = log.verify().last
    look(3)

    assert log.verify([kept]).state is log.State.FINE


def test_a_place_on_paper_that_changed_shows(old_log: list[AccessLine]) -> None:
    report = log.verify([End(5, "e" * 64)])

    assert report.state is log.State.BROKEN
    assert "Line 5 has another hash than is expected" in report.problems[0]


def test_a_place_on_paper_beyond_the_end_shows(old_log: list[AccessLine]) -> None:
    assert "but line 90 is expected" in log.verify([End(90, "e" * 64)]).problems[0]


# --- after a pruning --------------------------------------------------------------------------------------------
@pytest.fixture
def pruned_log(old_log: list[AccessLine], noor: Account) -> list[AccessLine]:
    """Give a log of which lines 1 to 4 were pruned by Noor, which line 8 records."""
    log.prune(LogCheckpoint.objects.get(through_sequence=4), noor)
    return old_log


def test_a_pruned_log_is_sound_from_the_checkpoint_on(pruned_log: list[AccessLine]) -> None:
    report = log.verify()

    assert (report.state, report.notes) == (log.State.FINE, [])
    assert (report.lines, report.first, report.last.sequence, report.pruned_through) == (4, 5, 8, 4)


@pytest.mark.parametrize("place", [4, 6, 8])
def test_a_place_on_paper_holds_after_a_pruning(pruned_log: list[AccessLine], place: int) -> None:
    line_hash = pruned_log[place - 1].line_hash if place < 8 else AccessLine.objects.get(sequence=8).line_hash

    assert log.verify([End(place, line_hash)]).state is log.State.FINE
    assert log.verify([End(place, "e" * 64)]).state is log.State.BROKEN


def test_a_place_on_paper_that_was_pruned_cannot_be_checked(pruned_log: list[AccessLine]) -> None:
    assert log.verify([End(2, pruned_log[1].line_hash)]).state is log.State.UNCHECKED


def test_more_lines_removed_than_were_pruned_show(pruned_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_accessline WHERE sequence = 5")

    assert fault() == (5, Fault.MISSING)


def test_a_pruning_that_was_made_up_shows(old_log: list[AccessLine]) -> None:
    """Pose as somebody with the whole database, but without the key, who lets lines go with a real checkpoint."""
    checkpoint = LogCheckpoint.objects.get(through_sequence=6)
    LogPruning.objects.create(checkpoint=checkpoint, through_sequence=6, pruned_at=checkpoint.signed_at)
    AccessLine.objects.filter(sequence__lte=6).delete()

    assert "The pruning through line 6 was never announced" in wrong()


def test_a_pruning_that_was_wiped_shows(pruned_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_logpruning")

    report = log.verify()

    assert fault() == (1, Fault.MISSING)
    assert "was not carried out" in report.notes[0]


def test_the_checkpoint_at_which_a_pruned_log_starts_cannot_be_replaced(
    pruned_log: list[AccessLine], own_keys: Path
) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 5")
    forge(own_keys, 4, "e" * 64)
    rewrite("UPDATE people_accessline SET previous_hash = %s WHERE sequence = 5", ("e" * 64,))

    assert "was never announced" in wrong()


# --- after a backup was put back --------------------------------------------------------------------------------
def test_a_restored_backup_is_sound_once_it_was_acknowledged(
    old_log: list[AccessLine], look: Look, clock: Clock
) -> None:
    rewrite("DELETE FROM people_logcheckpoint WHERE through_sequence = 6")
    rewrite("DELETE FROM people_accessline WHERE sequence > 4")
    look(1)
    with pytest.raises(log.LogError, match="differ"):
        log.sign_checkpoint()

    log.acknowledge_restore()
    look(4)
    log.sign_checkpoint()
    report = log.verify()

    assert (report.state, report.problems) == (log.State.FINE, [])
    assert "put back from a backup that ended at line 5" in report.notes[0]
    assert report.last.sequence == 9


def test_a_restored_backup_that_was_changed_is_not_acknowledged(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 3")

    with pytest.raises(log.Broken):
        log.acknowledge_restore()


def test_an_acknowledgement_does_not_cover_up_what_was_sealed_before_it(old_log: list[AccessLine]) -> None:
    rewrite("DELETE FROM people_accessline WHERE sequence > 5")
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 2")
    rewrite_from(2)
    log.acknowledge_restore()

    assert "Line 4 has another hash than was sealed" in wrong()


def test_the_report_names_the_keys_that_signed(old_log: list[AccessLine], keys_folder: Path) -> None:
    old_key = keys.key_id_of(keys.signing_key(keys_folder).public_key())
    new_key = keys.make_signing_key(keys_folder, replace=True)
    log.sign_checkpoint()

    report = log.verify()

    assert (report.state, report.key_ids, report.seals) == (log.State.FINE, {old_key, new_key}, 3)


def test_lines_removed_by_a_made_up_pruning_while_all_guards_stand_are_missed(old_log: list[AccessLine]) -> None:
    """State the limit of the guards: whoever can insert into the three tables can do this."""
    last = old_log[-1]
    made_up = LogCheckpoint.objects.create(
        through_sequence=7, line_hash=last.line_hash, signed_at=last.at, key_id="0" * 32, signature="x"
    )
    LogPruning.objects.create(checkpoint=made_up, through_sequence=7, pruned_at=last.at)
    assert AccessLine.objects.all().delete()[0] == 7

    problems = wrong()

    assert "The checkpoint through line 7 is not in the file" in problems
    assert "The pruning through line 7 was never announced" in problems


def test_guards_that_are_gone_are_reported(old_log: list[AccessLine]) -> None:
    with connection.cursor() as cursor:
        on_table = " ON people_accessline" if connection.vendor == "postgresql" else ""
        cursor.execute(f"DROP TRIGGER zicht_log_accessline_update{on_table}")

    assert "zicht_log_accessline_update" in wrong()


def test_a_seal_that_is_not_genuine_in_the_file_is_reported(old_log: list[AccessLine], keys_folder: Path) -> None:
    lying = replace(anchors.read(keys_folder)[0], through_sequence=7)
    anchors.add(keys_folder, lying)

    assert "was not signed by its key" in wrong()
