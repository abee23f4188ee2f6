"""Guard the steps of intake with triggers on both databases: a line is added, and never changed or taken away alone.

A line goes only with its report: whoever erases one puts it among what is erased first, and nothing comes back from
there. A migration that alters one of the tables on SQLite builds it anew and so loses its triggers: such a migration
starts with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard
from zicht.signals.rules import ERASED

STEPS, REPORTS = "signals_intakestep", "signals_intake"
STAYS = "the steps of intake are append-only: nothing in them is changed"
GOES_WITH_ITS_REPORT = "a step of intake goes only with the report it is about"
ERASED_FOR_GOOD = "a report that is being erased does not come back"
IS_NEW = f"NOT EXISTS (SELECT 1 FROM {STEPS} WHERE step_id = NEW.step_id)"  # noqa: S608 - a constant
# INSERT OR REPLACE removes a line with the same hidden number without asking the guard against DELETE.
IS_FREE = f"NOT EXISTS (SELECT 1 FROM {STEPS} WHERE rowid = NEW.rowid)"  # noqa: S608 - a constant
IS_ERASED = f"NOT EXISTS (SELECT 1 FROM {REPORTS} i WHERE i.intake_id = OLD.intake_id AND i.shelf <> '{ERASED}')"  # noqa: S608 - a constant
# An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
IS_EMPTY = f"NOT EXISTS (SELECT 1 FROM {STEPS})"  # noqa: S608 - a constant
ALWAYS = (
    Guard("zicht_signals_step_update", STEPS, "UPDATE", "FALSE", STAYS),
    Guard("zicht_signals_step_delete", STEPS, "DELETE", IS_ERASED, GOES_WITH_ITS_REPORT),
    Guard("zicht_signals_report_update", REPORTS, "UPDATE", f"OLD.shelf <> '{ERASED}'", ERASED_FOR_GOOD),
)
ON_SQLITE = (Guard("zicht_signals_step_insert", STEPS, "INSERT", f"{IS_NEW} AND {IS_FREE}", STAYS),)
ON_POSTGRESQL = (
    Guard("zicht_signals_step_insert", STEPS, "INSERT", IS_NEW, STAYS),
    Guard("zicht_signals_step_truncate", STEPS, "TRUNCATE", IS_EMPTY, STAYS),
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [*ALWAYS, *(ON_SQLITE if connection.vendor == "sqlite" else ON_POSTGRESQL)]
