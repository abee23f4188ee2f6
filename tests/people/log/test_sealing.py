"""Checkpoints, and the pruning of lines that are old enough."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from tests.guards import rewrite
from tests.people.log.conftest import LONG_AGO, TODAY, Clock, Look

from zicht.people import keys, log
from zicht.people.log import anchors
from zicht.people.log.seals import Kind
from zicht.people.models import AccessLine, Account, LogCheckpoint, LogPruning

pytestmark = pytest.mark.django_db


def checkpoint_through(sequence: int) -> LogCheckpoint:
    return LogCheckpoint.objects.get(through_sequence=sequence)


def cut_file(folder: Path, lines: int) -> None:
    """Leave only the first lines of the file of seals."""
    file = folder / anchors.FILE
    file.write_text("".join(file.read_text().splitlines(keepends=True)[:lines]))


# --- checkpoints ------------------------------------------------------------------------------------------------
def test_a_checkpoint_seals_the_newest_line_in_database_and_file(keys_folder: Path, look: Look, clock: Clock) -> None:
    last = look(3)[-1]

    checkpoint = log.sign_checkpoint()

    assert checkpoint == LogCheckpoint.objects.get()
    assert (checkpoint.through_sequence, checkpoint.line_hash) == (3, last.line_hash)
    assert checkpoint.signed_at == TODAY.replace(microsecond=0)
    [seal] = anchors.read(keys_folder)
    assert (seal.kind, seal.through_sequence, seal.signature) == (Kind.CHECKPOINT, 3, checkpoint.signature)


def test_without_new_lines_nothing_is_sealed(keys_folder: Path, look: Look) -> None:
    assert log.sign_checkpoint() is None
    look(1)
    assert log.sign_checkpoint()

    assert log.sign_checkpoint() is None
    assert len(anchors.read(keys_folder)) == 1


def test_a_chain_that_is_broken_is_not_sealed(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 7")

    with pytest.raises(log.Broken, match="Line 7"):
        log.sign_checkpoint()

    assert LogCheckpoint.objects.count() == 2


def test_nothing_is_sealed_without_a_key(keys_folder: Path, look: Look) -> None:
    look(1)
    (keys_folder / keys.PRIVATE_FILE).unlink()

    with pytest.raises(keys.KeysError, match="make-keys"):
        log.sign_checkpoint()

    assert not LogCheckpoint.objects.exists()


def test_a_machine_that_stopped_between_database_and_file_goes_on_where_it_was(
    old_log: list[AccessLine], keys_folder: Path
) -> None:
    cut_file(keys_folder, 1)

    log.sign_checkpoint()

    assert [seal.through_sequence for seal in anchors.read(keys_folder)] == [4, 6, 7]
    assert log.verify().notes == []


def test_a_file_that_lost_more_than_the_last_seal_is_not_mended_in_silence(
    old_log: list[AccessLine], keys_folder: Path
) -> None:
    cut_file(keys_folder, 0)

    with pytest.raises(log.LogError, match="differ"):
        log.sign_checkpoint()


def test_a_checkpoint_that_was_not_signed_by_its_key_is_not_built_upon(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_logcheckpoint SET signature = 'AAAA' WHERE through_sequence = 6")

    with pytest.raises(log.LogError, match="not signed by its key"):
        log.sign_checkpoint()


def test_a_file_that_cannot_be_written_to_is_reported(keys_folder: Path, look: Look) -> None:
    look(1)
    (keys_folder / anchors.FILE).mkdir()

    with pytest.raises(log.LogError, match="cannot be"):
        log.sign_checkpoint()


# --- what is old enough -----------------------------------------------------------------------------------------
def test_only_lines_before_a_checkpoint_that_are_all_old_can_go(old_log: list[AccessLine]) -> None:
    prunable = log.find_prunable()

    assert prunable
    assert (prunable.checkpoint.through_sequence, prunable.first, prunable.lines) == (4, 1, 4)


@pytest.mark.parametrize(("days", "goes"), [(-1, False), (0, False), (1, True)])
def test_a_line_is_kept_for_five_years_to_the_day(
    keys_folder: Path, look: Look, clock: Clock, days: int, goes: bool
) -> None:
    clock(dt.datetime(2021, 3, 2, 12, 0, tzinfo=dt.UTC))
    look(1)
    log.sign_checkpoint()

    clock(dt.datetime(2026, 3, 2, 12, 0, tzinfo=dt.UTC) + dt.timedelta(days=days))

    assert (log.find_prunable() is not None) == goes


def test_the_last_day_of_february_is_no_obstacle(old_log: list[AccessLine], clock: Clock) -> None:
    clock(dt.datetime(2028, 2, 29, 12, 0, tzinfo=dt.UTC))

    assert log.find_prunable()


def test_one_young_line_among_old_ones_keeps_what_comes_after_it(keys_folder: Path, look: Look, clock: Clock) -> None:
    """The clock of the machine may have been wrong for a while."""
    for year in (2019, 2025, 2020):
        clock(dt.datetime(year, 1, 1, tzinfo=dt.UTC))
        look(1)
        log.sign_checkpoint()
    clock(TODAY)

    prunable = log.find_prunable()

    assert prunable
    assert prunable.checkpoint.through_sequence == 1


@pytest.mark.parametrize("years", [-1, 0, 4, 101, 10**9])
def test_fewer_years_than_the_words_ask_are_refused(old_log: list[AccessLine], years: int) -> None:
    with pytest.raises(log.LogError, match="at least 5"):
        log.find_prunable(years)


def test_more_years_keep_more_lines(old_log: list[AccessLine]) -> None:
    assert log.find_prunable(6)
    assert log.find_prunable(7) is None


# --- pruning ----------------------------------------------------------------------------------------------------
def test_a_pruning_removes_the_lines_and_records_who_did_it(
    old_log: list[AccessLine], keys_folder: Path, noor: Account
) -> None:
    removed = log.prune(checkpoint_through(4), noor)

    pruning = LogPruning.objects.get()
    line = AccessLine.objects.get(sequence=8)
    assert removed == 4
    assert list(AccessLine.objects.values_list("sequence", flat=True)) == [8, 7, 6, 5]
    assert (pruning.through_sequence, pruning.pruned_by, pruning.pruned_at) == (4, noor, TODAY.replace(microsecond=0))
    assert (line.verb, line.subject, line.subject_id) == ("changed", "log_pruning", str(pruning.pk))
    assert [seal.kind for seal in anchors.read(keys_folder)] == [Kind.CHECKPOINT, Kind.CHECKPOINT, Kind.PRUNING]


def test_a_scheduled_pruning_is_nobodys(old_log: list[AccessLine]) -> None:
    log.prune(checkpoint_through(4), None)

    assert LogPruning.objects.get().pruned_by is None
    assert AccessLine.objects.count() == 3


def test_pruning_twice_goes_on_from_the_first(old_log: list[AccessLine], clock: Clock, look: Look) -> None:
    log.prune(checkpoint_through(4), None)
    clock(dt.datetime(2032, 1, 1, tzinfo=dt.UTC))

    assert log.prune(checkpoint_through(6), None) == 2
    assert log.verify().state is log.State.FINE


def test_young_lines_are_not_pruned(old_log: list[AccessLine]) -> None:
    with pytest.raises(log.LogError, match="not old enough"):
        log.prune(checkpoint_through(6), None)

    assert AccessLine.objects.count() == 7


def test_a_checkpoint_that_was_pruned_already_is_refused(old_log: list[AccessLine]) -> None:
    log.prune(checkpoint_through(4), None)

    with pytest.raises(log.LogError):
        log.prune(checkpoint_through(4), None)


def test_lines_that_may_be_evidence_are_not_pruned(old_log: list[AccessLine], keys_folder: Path) -> None:
    rewrite("UPDATE people_accessline SET purpose = 'security' WHERE sequence = 2")

    with pytest.raises(log.Broken):
        log.prune(checkpoint_through(4), None)

    assert AccessLine.objects.count() == 7
    assert len(anchors.read(keys_folder)) == 2


def test_nothing_is_pruned_up_to_a_checkpoint_that_is_not_signed(old_log: list[AccessLine]) -> None:
    rewrite("UPDATE people_logcheckpoint SET signature = 'AAAA' WHERE through_sequence = 4")

    with pytest.raises(log.LogError, match="not signed by its key"):
        log.prune(checkpoint_through(4), None)


def test_nothing_is_pruned_up_to_a_checkpoint_that_is_not_in_the_file(
    old_log: list[AccessLine], keys_folder: Path
) -> None:
    cut_file(keys_folder, 0)

    with pytest.raises(log.LogError, match="not in the file"):
        log.prune(checkpoint_through(4), None)


def test_nothing_is_pruned_without_the_key(old_log: list[AccessLine], keys_folder: Path) -> None:
    (keys_folder / keys.PRIVATE_FILE).unlink()

    with pytest.raises(keys.KeysError):
        log.prune(checkpoint_through(4), None)

    assert AccessLine.objects.count() == 7


def test_a_pruning_that_stopped_halfway_can_be_done_again(
    old_log: list[AccessLine], keys_folder: Path, clock: Clock
) -> None:
    seal = anchors.read(keys_folder)[0]
    announced = replace(seal, kind=Kind.PRUNING, signed_at=LONG_AGO).signed(keys.signing_key(keys_folder))
    anchors.add(keys_folder, announced)
    assert "was not carried out" in log.verify().notes[0]

    assert log.prune(checkpoint_through(4), None) == 4
    assert log.verify().state is log.State.FINE
