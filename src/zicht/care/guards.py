"""Guard what somebody may ask about later with triggers on both databases.

Steps, dossiers and transfers are added and never changed. Of a referral, a hold, a wait, a stay and a shelter it stays
the same what it is about, and of one that is over everything does. A line goes only together with what it is about:
whoever erases a case or a person takes away its history first, and until that is gone nothing here can be deleted.
Which tables have no guard, and why, says `tests/care/test_guards.py`. A migration that alters a table on SQLite builds
it anew and so loses its triggers: such a migration starts with `take_down` and ends with `put_up`.
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


def _same(*names: str) -> str:
    return " AND ".join(f"NEW.{name} = OLD.{name}" for name in names)


def _same_or_none(name: str) -> str:
    return f"(NEW.{name} = OLD.{name} OR (NEW.{name} IS NULL AND OLD.{name} IS NULL))"


def _new(table: str, key: str) -> str:
    return f"NOT EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608 - constants


# The history of a case lies under its own key, as that of a person does.
IS_ERASED = """
    EXISTS (SELECT 1 FROM care_referral r WHERE r.referral_id = OLD.referral_id AND (
        NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = r.case_id)
        OR NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = r.person_id)))
"""
RULES = (
    ("INSERT", _new(TABLE, "event_id"), STAYS),
    ("UPDATE", NEVER, STAYS),
    ("DELETE", IS_ERASED, GOES_WITH_ITS_CASE),
)


# The transfer of a case is answered once; who owned it when stands in it.
TRANSFERS = "care_transfer"
ANSWERED_ONCE = "the transfer of a case is asked, answered once, and never changed after that"
IS_ANSWER = "OLD.state = 'asked' AND NEW.state <> 'asked' AND " + _same(
    "transfer_id", "case_id", "from_org_id", "to_org_id", "asked_by_org_id", "asked_by_id", "asked_at"
)
IS_ASKED = f"NEW.state = 'asked' AND {_new(TRANSFERS, 'transfer_id')}"
CASE_IS_ERASED = "NOT EXISTS (SELECT 1 FROM cases_change c WHERE c.key_record = OLD.case_id)"
RULES_OF_TRANSFERS = (
    ("INSERT", IS_ASKED, ANSWERED_ONCE),
    ("UPDATE", IS_ANSWER, ANSWERED_ONCE),
    ("DELETE", CASE_IS_ERASED, GOES_WITH_ITS_CASE),
)
# What was made for a partner outside stays as the steps of its referral do.
DOSSIERS = "care_sealeddossier"
RULES_OF_DOSSIERS = (
    ("INSERT", _new(DOSSIERS, "sealed_dossier_id"), STAYS),
    ("UPDATE", NEVER, STAYS),
    ("DELETE", IS_ERASED, GOES_WITH_ITS_CASE),
)
# Who is referred to whom, and what for, never changes; how far it came does, and each step of that is a line.
WHOSE_STAYS = "of a referral only how far it came is changed"
OF_A_REFERRAL = _same("referral_id", "case_id", "person_id", "from_org_id", "to_org_id", "reason", "urgency")
REFERRAL_IS_ERASED = f"({CASE_IS_ERASED} OR {CASE_IS_ERASED.replace('case_id', 'person_id')})"
# A hold ends once; a wait too, after a place was offered or not.
ENDS_ONCE = "what was held or waited for ends once, and is never changed after that"
HOLD_ENDS = "OLD.state = 'held' AND NEW.state <> 'held' AND " + _same(
    "hold_id", "shelter_id", "referral_id", "held_at", "expires_at", "by_id"
)
IS_WAIT = "OLD.state IN ('waiting', 'offered') AND " + " AND ".join(
    [_same("waiting_id", "referral_id", "place_kind", "urgency", "asked_on"), _same_or_none("unsafe")]
)
# A stay is planned longer or ended; the reasons for planning longer are added to, and never taken away with an end.
STAY_ENDS_ONCE = "a stay is only planned longer, or ended once, and never changed after that"
IS_LONGER = f"NEW.until_date IS NULL AND NEW.planned_until > OLD.planned_until AND {_same_or_none('handover')}"
HAS_ENDED = f"NEW.until_date IS NOT NULL AND {_same('planned_until')} AND {_same_or_none('extension_reason')}"
STAY_MOVES_ON = (
    f"OLD.until_date IS NULL AND {_same('stay_id', 'shelter_id', 'person_id', 'referral_id', 'from_date')}"
    f" AND (({IS_LONGER}) OR ({HAS_ENDED}))"
)
# What a shelter offered when is told by its steps; one that is out of use stays as it was.
CLOSED_STAYS = "a shelter that is out of use is not changed any more"
SHELTER_IS_OPEN = f"OLD.closed_on IS NULL AND {_same('shelter_id', 'org_id')}"
SHELTER_HAS_STEPS = f"NOT EXISTS (SELECT 1 FROM {TABLE} e WHERE e.shelter_id = OLD.shelter_id)"  # noqa: S608 - a constant


def _of_a_record(table: str, key: str, changes: str, goes: str, said: str) -> tuple[Rule, ...]:
    return (
        ("INSERT", _new(table, key), said),
        ("UPDATE", changes, said),
        ("DELETE", goes, GOES_WITH_ITS_CASE),
    )


# Name of the guards of a table, and what must hold in it; those that hang on another one first.
TABLES = (
    ("event", TABLE, RULES),
    ("transfer", TRANSFERS, RULES_OF_TRANSFERS),
    ("dossier", DOSSIERS, RULES_OF_DOSSIERS),
    ("hold", "care_hold", _of_a_record("care_hold", "hold_id", HOLD_ENDS, IS_ERASED, ENDS_ONCE)),
    (
        "wait",
        "care_waitinglistentry",
        _of_a_record("care_waitinglistentry", "waiting_id", IS_WAIT, IS_ERASED, ENDS_ONCE),
    ),
    ("stay", "care_stay", _of_a_record("care_stay", "stay_id", STAY_MOVES_ON, IS_ERASED, STAY_ENDS_ONCE)),
    (
        "referral",
        "care_referral",
        _of_a_record("care_referral", "referral_id", OF_A_REFERRAL, REFERRAL_IS_ERASED, WHOSE_STAYS),
    ),
    (
        "shelter",
        "care_shelter",
        _of_a_record("care_shelter", "shelter_id", SHELTER_IS_OPEN, SHELTER_HAS_STEPS, CLOSED_STAYS),
    ),
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
