"""Guard the steps of care with triggers on both databases: a line is added and never changed.

A line goes only together with what it is about: whoever erases a case or a person takes away its history first, and
until that is gone nothing here can be deleted. A migration that alters the table on SQLite builds it anew and so loses
its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

TABLE = "care_careevent"
STAYS = "the steps of care are append-only: nothing in them is changed"
GOES_WITH_ITS_CASE = "a step of care goes only with the case or the person it is about"
NEVER = "FALSE"
IS_NEW = f"NOT EXISTS (SELECT 1 FROM {TABLE} WHERE event_id = NEW.event_id)"  # noqa: S608 - a constant
# The history of a case lies under its own key, as that of a person does.
IS_ERASED = """
    EXISTS (SELECT 1 FROM care_referral r WHERE r.referral_id = OLD.referral_id AND (
        NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = r.case_id)
        OR NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = r.person_id)))
"""
# SQLite: INSERT OR REPLACE removes a line with the same hidden number without asking the guard against DELETE.
HIDDEN_NUMBER_IS_FREE = f"NOT EXISTS (SELECT 1 FROM {TABLE} WHERE rowid = NEW.rowid)"  # noqa: S608 - a constant
IS_EMPTY = f"NOT EXISTS (SELECT 1 FROM {TABLE})"  # noqa: S608 - a constant
RULES = (
    ("INSERT", IS_NEW, STAYS),
    ("UPDATE", NEVER, STAYS),
    ("DELETE", IS_ERASED, GOES_WITH_ITS_CASE),
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    rules = [*RULES]
    if connection.vendor == "sqlite":
        rules[0] = ("INSERT", f"{IS_NEW} AND {HIDDEN_NUMBER_IS_FREE}", STAYS)
    else:
        # An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
        rules.append(("TRUNCATE", IS_EMPTY, STAYS))
    return [Guard(f"zicht_care_event_{event.lower()}", TABLE, event, rule, said) for event, rule, said in rules]
