"""Guard the steps of care, dossiers and transfers with triggers on both databases: a line is added and never changed.

A line goes only together with what it is about: whoever erases a case or a person takes away its history first, and
until that is gone nothing here can be deleted. A migration that alters the table on SQLite builds it anew and so loses
its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

Rule = tuple[str, str, str]  # kind of statement, what must hold, and what is said where it does not
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
RULES = (
    ("INSERT", IS_NEW, STAYS),
    ("UPDATE", NEVER, STAYS),
    ("DELETE", IS_ERASED, GOES_WITH_ITS_CASE),
)
# The transfer of a case is answered once; who owned it when stands in it.
TRANSFERS = "care_transfer"
ANSWERED_ONCE = "the transfer of a case is asked, answered once, and never changed after that"
STAY_IN_A_TRANSFER = (
    "transfer_id", "case_id", "from_org_id", "to_org_id", "asked_by_org_id", "asked_by_id", "asked_at",
)  # fmt: skip
IS_ANSWER = " AND ".join(
    ["OLD.state = 'asked' AND NEW.state <> 'asked'", *(f"NEW.{name} = OLD.{name}" for name in STAY_IN_A_TRANSFER)]
)
IS_ASKED = "NEW.state = 'asked' AND NOT EXISTS (SELECT 1 FROM care_transfer WHERE transfer_id = NEW.transfer_id)"
CASE_IS_ERASED = "NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = OLD.case_id)"
RULES_OF_TRANSFERS = (
    ("INSERT", IS_ASKED, ANSWERED_ONCE),
    ("UPDATE", IS_ANSWER, ANSWERED_ONCE),
    ("DELETE", CASE_IS_ERASED, GOES_WITH_ITS_CASE),
)
# What was made for a partner outside stays as the steps of its referral do.
DOSSIERS = "care_sealeddossier"
IS_NEW_DOSSIER = f"NOT EXISTS (SELECT 1 FROM {DOSSIERS} WHERE sealed_dossier_id = NEW.sealed_dossier_id)"  # noqa: S608 - a constant
RULES_OF_DOSSIERS = (
    ("INSERT", IS_NEW_DOSSIER, STAYS),
    ("UPDATE", NEVER, STAYS),
    ("DELETE", IS_ERASED, GOES_WITH_ITS_CASE),
)
# Name of the guards of a table, and what must hold in it.
TABLES = (
    ("event", TABLE, RULES),
    ("transfer", TRANSFERS, RULES_OF_TRANSFERS),
    ("dossier", DOSSIERS, RULES_OF_DOSSIERS),
)
GUARDED = tuple(table for _name, table, _rules in TABLES)


def put_up(connection: BaseDatabaseWrapper, tables: Collection[str] = GUARDED) -> None:
    """Create every guard of some tables that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection, tables))


def take_down(connection: BaseDatabaseWrapper, tables: Collection[str] = GUARDED) -> None:
    """Remove every guard of some tables; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection, tables))


def _guards(connection: BaseDatabaseWrapper, tables: Collection[str]) -> list[Guard]:
    return [
        Guard(f"zicht_care_{name}_{event.lower()}", table, event, rule, said)
        for name, table, rules in TABLES
        if table in tables
        for event, rule, said in _rules_in(connection.vendor, table, rules)
    ]


def _rules_in(vendor: str, table: str, rules: tuple[Rule, ...]) -> list[Rule]:
    if vendor != "sqlite":
        # An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
        return [*rules, ("TRUNCATE", f"NOT EXISTS (SELECT 1 FROM {table})", STAYS)]  # noqa: S608 - a constant
    (event, rule, said), *others = rules
    # INSERT OR REPLACE removes a line with the same hidden number without asking the guard against DELETE.
    is_free = f"NOT EXISTS (SELECT 1 FROM {table} WHERE rowid = NEW.rowid)"  # noqa: S608 - a constant
    return [(event, f"{rule} AND {is_free}", said), *others]
