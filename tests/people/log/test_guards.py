"""The triggers that keep the log append-only, on whichever database the tests run."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, models, transaction
from tests.guards import empty_log, guards_taken_down, rewrite
from tests.people.log.conftest import Look

from zicht.people import log
from zicht.people.log import guards, stored
from zicht.people.models import AccessLine, Account, LogCheckpoint, LogPruning

pytestmark = pytest.mark.django_db
TABLES = ("people_accessline", "people_logcheckpoint", "people_logpruning")
EVENTS = ("INSERT", "UPDATE", "DELETE", *(("TRUNCATE",) if connection.vendor == "postgresql" else ()))
COLUMNS = [
    (model._meta.db_table, field.column)
    for model in (AccessLine, LogCheckpoint, LogPruning)
    for field in model._meta.concrete_fields
]


def run(statement: str, values: tuple[Any, ...] = ()) -> None:
    """Run a statement as the program itself could; refused ones leave the transaction of the test alive."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


def refused(statement: str, values: tuple[Any, ...] = ()) -> str:
    """Run a statement that must be refused and give what was said."""
    with pytest.raises(IntegrityError) as error:
        run(statement, values)
    return str(error.value)


def only_on(vendor: str) -> None:
    if connection.vendor != vendor:
        pytest.skip(f"speaks of {vendor} only")


def content() -> list[list[tuple[object, ...]]]:
    return [list(model.objects.order_by("pk").values_list()) for model in (AccessLine, LogCheckpoint, LogPruning)]


@pytest.fixture
def full_log(old_log: list[AccessLine], noor: Account) -> list[AccessLine]:
    """Give a log with lines, checkpoints and a pruning that left its lines standing."""
    first = LogCheckpoint.objects.earliest("through_sequence")
    LogPruning.objects.create(checkpoint=first, through_sequence=4, pruned_at=first.signed_at, pruned_by=noor)
    return old_log


def test_every_guard_is_in_place_after_all_migrations() -> None:
    assert guards.missing(connection) == []


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_no_column_is_ever_changed(full_log: list[AccessLine], table: str, column: str) -> None:
    before = content()

    assert "append-only" in refused(f"UPDATE {table} SET {column} = {column}")

    assert content() == before


def test_the_program_itself_cannot_change_a_line(full_log: list[AccessLine]) -> None:
    line = full_log[2]
    line.purpose = "security"

    with pytest.raises(IntegrityError), transaction.atomic():
        line.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLine.objects.update(purpose="security")


@pytest.mark.parametrize("sequence", [5, 6, 7])
def test_a_line_behind_the_last_pruning_is_not_removed(full_log: list[AccessLine], sequence: int) -> None:
    assert "signed checkpoint" in refused("DELETE FROM people_accessline WHERE sequence = %s", (sequence,))
    with pytest.raises(IntegrityError), transaction.atomic():
        AccessLine.objects.get(sequence=sequence).delete()


def test_lines_up_to_the_last_pruning_can_go(full_log: list[AccessLine]) -> None:
    run("DELETE FROM people_accessline WHERE sequence <= 4")

    assert [link.line.sequence for link in stored.links()] == [5, 6, 7]


def test_a_statement_that_takes_one_line_too_many_takes_none(full_log: list[AccessLine]) -> None:
    refused("DELETE FROM people_accessline WHERE sequence <= 5")

    assert AccessLine.objects.count() == 7


@pytest.mark.parametrize("model", [LogCheckpoint, LogPruning])
def test_checkpoints_and_prunings_stay_for_good(full_log: list[AccessLine], model: type[models.Model]) -> None:
    assert "append-only" in refused(f"DELETE FROM {model._meta.db_table}")


@pytest.mark.parametrize(
    ("sequence", "previous_hash"),
    [
        (9, "the last"),  # a gap
        (7, "the last"),  # a number that is taken
        (0, "the last"),
        (-1, "the last"),
        (8, "f" * 64),  # another past
        (8, "0" * 64),  # a second beginning
    ],
)
def test_a_line_that_does_not_come_next_is_refused(look: Look, sequence: int, previous_hash: str) -> None:
    last = look(7)[-1]
    previous = last.line_hash if previous_hash == "the last" else previous_hash

    message = refused(
        "INSERT INTO people_accessline (sequence, at, compartment, verb, subject, subject_id, purpose, previous_hash, "
        "line_hash) VALUES (%s, %s, '', 'seen', 'case', '', 'care', %s, %s)",
        (sequence, last.at, previous, "a" * 64),
    )

    assert "must follow the last one" in message
    assert AccessLine.objects.count() == 7


def test_several_lines_in_one_statement_must_follow_each_other_too(look: Look) -> None:
    first = look(1)[0]
    row = "'', 'seen', 'case', '', 'care'"

    refused(
        "INSERT INTO people_accessline (sequence, at, compartment, verb, subject, subject_id, purpose, previous_hash, "
        f"line_hash) VALUES (2, %s, {row}, %s, %s), (3, %s, {row}, %s, %s)",
        (first.at, first.line_hash, "a" * 64, first.at, "b" * 64, "c" * 64),
    )

    assert AccessLine.objects.count() == 1


@pytest.mark.parametrize(
    ("through", "line_hash"),
    [(8, "right"), (7, "f" * 64), (6, "right"), (5, "right"), (0, "0" * 64)],
    ids=["line that is not there", "other hash", "sealed already", "before the last", "no line"],
)
def test_a_checkpoint_that_names_no_new_line_is_refused(
    old_log: list[AccessLine], through: int, line_hash: str
) -> None:
    right = {line.sequence: line.line_hash for line in old_log}.get(through, "e" * 64)
    newest = LogCheckpoint.objects.latest("through_sequence")

    with pytest.raises(IntegrityError), transaction.atomic():
        LogCheckpoint.objects.create(
            through_sequence=through,
            line_hash=right if line_hash == "right" else line_hash,
            signed_at=newest.signed_at,
            key_id=newest.key_id,
            signature=newest.signature,
        )


@pytest.mark.parametrize("through", [3, 5, 6, 7, 100])
def test_a_pruning_goes_exactly_up_to_its_checkpoint(old_log: list[AccessLine], through: int) -> None:
    checkpoint = LogCheckpoint.objects.get(through_sequence=4)

    with pytest.raises(IntegrityError), transaction.atomic():
        LogPruning.objects.create(checkpoint=checkpoint, through_sequence=through, pruned_at=checkpoint.signed_at)


def test_a_pruning_never_goes_back(full_log: list[AccessLine]) -> None:
    checkpoint = LogCheckpoint.objects.get(through_sequence=4)

    with pytest.raises(IntegrityError), transaction.atomic():
        LogPruning.objects.create(checkpoint=checkpoint, through_sequence=4, pruned_at=checkpoint.signed_at)


def test_a_pruning_needs_a_checkpoint_that_is_there(old_log: list[AccessLine]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        LogPruning.objects.create(checkpoint_id=uuid4(), through_sequence=6, pruned_at=old_log[0].at)


@pytest.mark.django_db(transaction=True)
def test_a_test_that_really_commits_leaves_an_empty_log_behind(look: Look) -> None:
    """Fail in the teardown, where Django empties all tables, if the fixture of tests/guards.py does not step in."""
    assert len(look(2)) == 2


def test_tests_alone_can_empty_the_log(full_log: list[AccessLine]) -> None:
    empty_log()

    assert content() == [[], [], []]
    assert guards.missing(connection) == []


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("event", EVENTS)
def test_a_guard_that_is_gone_is_missed_and_can_be_put_back(table: str, event: str) -> None:
    name = guards.name_of(table, event)
    run(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))

    assert guards.missing(connection) == [name]
    with guards_taken_down():
        pass
    assert guards.missing(connection) == []


def test_the_migration_can_be_taken_back_and_done_again(keys_folder: Path, look: Look) -> None:
    look(2)

    guards.take_down(connection)
    assert guards.missing(connection) == sorted(guards.name_of(table, event) for table in TABLES for event in EVENTS)
    guards.take_down(connection)
    guards.put_up(connection)
    guards.put_up(connection)

    assert guards.missing(connection) == []
    assert look(1)[0].sequence == 3


def test_a_guard_that_was_made_harmless_is_missed(db: None) -> None:
    name = "zicht_log_accessline_update"
    if connection.vendor == "postgresql":
        run(
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
        )
    else:
        run(f"DROP TRIGGER {name}")
        run(f"CREATE TRIGGER {name} BEFORE UPDATE ON people_accessline BEGIN SELECT 1; END")

    assert guards.missing(connection) == [name]


def swallow(condition: str) -> None:
    """Put a trigger beside the guards that drops new lines, and raises no error."""
    if connection.vendor == "sqlite":
        run(
            f"CREATE TRIGGER helper BEFORE INSERT ON people_accessline WHEN {condition} BEGIN SELECT RAISE(IGNORE); END"
        )
    else:
        run("CREATE FUNCTION helper() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NULL; END$$")
        run(
            "CREATE TRIGGER helper BEFORE INSERT ON people_accessline FOR EACH ROW "
            f"WHEN ({condition}) EXECUTE FUNCTION helper()"
        )


def test_a_line_that_a_trigger_swallows_stops_what_it_tells_of(keys_folder: Path, noor: Account, look: Look) -> None:
    swallow("NEW.verb = 'listed'")
    look(1)

    with pytest.raises(log.NotWritten), transaction.atomic():
        log.append(noor, "listed", "account", purpose="administration")

    assert AccessLine.objects.count() == 1
    assert "trigger 'helper' on people_accessline" in "".join(log.verify().problems)


def test_a_line_that_a_trigger_alters_stops_what_it_tells_of(noor: Account) -> None:
    if connection.vendor == "sqlite":
        run("DROP TRIGGER zicht_log_accessline_update")  # on SQLite a trigger alters a record by an UPDATE only
        run(
            "CREATE TRIGGER helper AFTER INSERT ON people_accessline "
            "BEGIN UPDATE people_accessline SET purpose = 'care' WHERE sequence = NEW.sequence; END"
        )
    else:
        run("CREATE FUNCTION helper() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN NEW.purpose='care'; RETURN NEW;END$$")
        run("CREATE TRIGGER helper BEFORE INSERT ON people_accessline FOR EACH ROW EXECUTE FUNCTION helper()")

    with pytest.raises(log.NotWritten), transaction.atomic():
        log.append(noor, "seen", "account", uuid4(), purpose="administration")

    assert not AccessLine.objects.exists()


@pytest.mark.parametrize("table", TABLES)
def test_a_trigger_beside_the_guards_is_found_on_each_table(db: None, table: str) -> None:
    name = "zicht_log_helper"  # a name like that of a guard does not help
    each = "FOR EACH ROW EXECUTE FUNCTION zicht_log_logpruning_delete()"
    does = "BEGIN SELECT 1; END" if connection.vendor == "sqlite" else each
    run(f"CREATE TRIGGER {name} AFTER DELETE ON {table} {does}")

    assert guards.foreign(connection) == [f"trigger '{name}' on {table}"]
    assert guards.missing(connection) == []


def test_nothing_but_the_guards_stands_on_the_tables_after_all_migrations() -> None:
    assert guards.foreign(connection) == []


def test_a_view_in_the_place_of_the_table_is_found(db: None) -> None:
    run("ALTER TABLE people_logpruning RENAME TO elsewhere")
    run("CREATE VIEW people_logpruning AS SELECT * FROM elsewhere")

    assert "people_logpruning is no ordinary table" in guards.foreign(connection)


# --- PostgreSQL -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("table", [*TABLES, "people_organisation"])
def test_the_tables_cannot_be_emptied_at_one_stroke(full_log: list[AccessLine], table: str) -> None:
    only_on("postgresql")

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert "append-only" in refused(f"TRUNCATE {table} CASCADE")


def test_a_session_that_poses_as_a_replica_is_guarded_too(full_log: list[AccessLine]) -> None:
    only_on("postgresql")
    run("SET LOCAL session_replication_role = replica")

    refused("DELETE FROM people_accessline WHERE sequence = 7")


def test_a_temporary_table_of_the_same_name_does_not_mislead_the_guards(full_log: list[AccessLine]) -> None:
    only_on("postgresql")
    run("CREATE TEMP TABLE people_logpruning (through_sequence bigint)")
    run("INSERT INTO pg_temp.people_logpruning VALUES (7)")

    refused("DELETE FROM people_accessline WHERE sequence = 7")


def test_a_guard_that_is_switched_off_is_missed(db: None) -> None:
    only_on("postgresql")
    run("ALTER TABLE people_accessline DISABLE TRIGGER zicht_log_accessline_delete")

    assert guards.missing(connection) == ["zicht_log_accessline_delete"]


GUARD = "zicht_log_accessline_update"


@pytest.mark.parametrize(
    "statements",
    [
        [
            f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON people_accessline FOR EACH ROW WHEN (false) "
            f"EXECUTE FUNCTION {GUARD}()",
            f"ALTER TABLE people_accessline ENABLE ALWAYS TRIGGER {GUARD}",
        ],
        [
            f"CREATE TRIGGER {GUARD} BEFORE UPDATE OF line_hash ON people_accessline FOR EACH ROW "
            f"EXECUTE FUNCTION {GUARD}()",
            f"ALTER TABLE people_accessline ENABLE ALWAYS TRIGGER {GUARD}",
        ],
        [
            "CREATE TABLE decoy ()",
            f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON decoy FOR EACH ROW EXECUTE FUNCTION {GUARD}()",
            f"ALTER TABLE decoy ENABLE ALWAYS TRIGGER {GUARD}",
        ],
        [
            f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON people_accessline FOR EACH ROW "
            "EXECUTE FUNCTION zicht_log_accessline_insert()",
            f"ALTER TABLE people_accessline ENABLE ALWAYS TRIGGER {GUARD}",
        ],
        [
            "CREATE SCHEMA decoy",
            f"CREATE FUNCTION decoy.{GUARD}() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RETURN NEW; END$$",
            f"CREATE TRIGGER {GUARD} BEFORE UPDATE ON people_accessline FOR EACH ROW EXECUTE FUNCTION decoy.{GUARD}()",
            f"ALTER TABLE people_accessline ENABLE ALWAYS TRIGGER {GUARD}",
        ],
    ],
    ids=["never", "one column", "another table", "another function", "another schema"],
)
def test_a_guard_that_was_made_anew_in_another_way_is_missed(db: None, statements: list[str]) -> None:
    only_on("postgresql")
    run(f"DROP TRIGGER {GUARD} ON people_accessline")
    for statement in statements:
        run(statement)

    assert guards.missing(connection) == [GUARD]
    with guards_taken_down():
        pass
    assert guards.missing(connection) == []


@pytest.mark.parametrize("change", ["RESET search_path", "SET search_path = pg_temp, public", "SECURITY DEFINER"])
def test_a_guard_whose_function_runs_in_another_way_is_missed(db: None, change: str) -> None:
    only_on("postgresql")
    run(f"ALTER FUNCTION {GUARD}() {change}")

    assert guards.missing(connection) == [GUARD]


@pytest.mark.parametrize("instead", ["NOTHING", "INSERT INTO elsewhere VALUES (NEW.*)"])
def test_a_line_that_a_rule_swallows_stops_what_it_tells_of(noor: Account, keys_folder: Path, instead: str) -> None:
    only_on("postgresql")
    run("CREATE TABLE elsewhere (LIKE people_accessline)")
    run(f"CREATE RULE quiet AS ON INSERT TO people_accessline WHERE NEW.verb = 'listed' DO INSTEAD {instead}")

    with pytest.raises(log.NotWritten), transaction.atomic():
        log.append(noor, "listed", "account", purpose="administration")

    assert "rule 'quiet' on people_accessline" in "".join(log.verify().problems)


@pytest.mark.parametrize("way", ["ENABLE", "FORCE"])
@pytest.mark.parametrize("table", TABLES)
def test_row_security_is_found_on_each_table(db: None, table: str, way: str) -> None:
    only_on("postgresql")
    run(f"ALTER TABLE {table} {way} ROW LEVEL SECURITY")

    assert guards.foreign(connection) == [f"row security on {table}"]


# --- SQLite -----------------------------------------------------------------------------------------------------
def test_replacing_a_record_by_its_key_is_refused(full_log: list[AccessLine]) -> None:
    only_on("sqlite")
    before = content()

    for table in TABLES:
        refused(f"INSERT OR REPLACE INTO {table} SELECT * FROM {table} LIMIT 1")

    assert content() == before


def test_replacing_a_record_by_its_hidden_number_is_refused(full_log: list[AccessLine]) -> None:
    only_on("sqlite")
    last = full_log[-1]

    refused(
        "INSERT OR REPLACE INTO people_accessline (rowid, sequence, at, compartment, verb, subject, subject_id, "
        "purpose, previous_hash, line_hash) VALUES (5, 8, %s, '', 'seen', 'case', '', 'care', %s, %s)",
        (last.at, last.line_hash, "a" * 64),
    )
    refused(
        "INSERT OR REPLACE INTO people_logcheckpoint (rowid, checkpoint_id, through_sequence, line_hash, signed_at, "
        "key_id, signature) VALUES (1, %s, 7, %s, %s, %s, '')",
        (uuid4().hex, last.line_hash, last.at, "a" * 32),
    )

    assert [AccessLine.objects.count(), LogCheckpoint.objects.count()] == [7, 2]


@pytest.mark.parametrize("manner", ["OR IGNORE", "OR ABORT", "OR FAIL"])
def test_no_manner_of_statement_gets_round_the_guards(full_log: list[AccessLine], manner: str) -> None:
    only_on("sqlite")

    refused(f"UPDATE {manner} people_accessline SET verb = 'listed' WHERE sequence = 7")


def test_somebody_with_the_whole_database_can_take_the_guards_away(full_log: list[AccessLine]) -> None:
    # Why there is a chain and why there are seals: this is what guards cannot prevent.
    assert rewrite("DELETE FROM people_accessline WHERE sequence = 7") == 1
