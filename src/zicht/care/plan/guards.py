"""Guard what is kept in versions with triggers on both databases: a line is added and never changed.

A line goes only together with what it is about: whoever erases a case or a person takes away its history first, and
until that is gone nothing here can be deleted. A file and an agreement on contact can be taken away, and a step tells
that there was one; they too are never changed. A migration that alters one of the tables on SQLite builds it anew and
so loses its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

STAYS = "what was kept in support is append-only: nothing in it is changed"
GOES_WITH_ITS_CASE = "what was kept in support goes only with the case or the person it is about"
NEVER, MAY_GO = "FALSE", "TRUE"
# The history of a case lies under its own key, as that of a person does.
GONE = "NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = {of})"
OF_A_CASE = GONE.format(of="OLD.case_id")
OF_A_PERSON = f"({OF_A_CASE} OR (OLD.person_id IS NOT NULL AND {GONE.format(of='OLD.person_id')}))"
OF_A_CONFERENCE = (
    "EXISTS (SELECT 1 FROM care_conference o WHERE o.conference_id = OLD.conference_id "  # noqa: S608 - constants
    f"AND {GONE.format(of='o.case_id')})"
)
# Each table with the name of its key and when a line may go; those that hang on another one first.
TABLES: Mapping[str, tuple[str, str]] = {
    "care_decision": ("decision_id", OF_A_CONFERENCE),
    "care_conference_participants": ("id", OF_A_CONFERENCE),
    "care_conference": ("conference_id", OF_A_CASE),
    "care_approval": ("approval_id", OF_A_CASE),
    "care_safetyplan": ("safety_plan_id", OF_A_PERSON),
    "care_accountversion": ("account_version_id", OF_A_PERSON),
    "care_planevent": ("event_id", OF_A_PERSON),
    "care_attachmentbox": ("attachment_id", MAY_GO),
    "care_attachment": ("attachment_id", MAY_GO),
    "care_safecontact": ("safe_contact_id", MAY_GO),
}


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [guard for table in TABLES for guard in _guards_of(table, connection.vendor)]


def _guards_of(table: str, vendor: str) -> list[Guard]:
    key, is_erased = TABLES[table]
    is_new = f"NOT EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - constants
    if vendor == "sqlite":
        # INSERT OR REPLACE removes a line with the same hidden number without asking the guard against DELETE.
        is_new += f" AND NOT EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"  # noqa: S608 - constants
    rules = [("INSERT", is_new, STAYS), ("UPDATE", NEVER, STAYS), ("DELETE", is_erased, GOES_WITH_ITS_CASE)]
    if vendor != "sqlite":
        # An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
        rules.append(("TRUNCATE", f"NOT EXISTS (SELECT 1 FROM {table})", STAYS))  # noqa: S608 - constants
    return [Guard(f"zicht_{table}_{event.lower()}", table, event, rule, said) for event, rule, said in rules]
