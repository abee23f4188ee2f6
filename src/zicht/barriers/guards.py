"""Guard what stays as it was with triggers on both databases: published versions, what happened, and sums.

Of a published version only the state goes on, when a later one takes its place: actions and decisions refer to it, and
must stay readable as they were made. Sums of a half-year are made once: two versions could be subtracted.
A migration that alters one of the tables on SQLite builds it anew and so loses its triggers: such a migration starts
with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

Rule = tuple[str, str, str]  # kind of statement, what must hold, and what is said where it does not
MODELS, EVENTS, SUMS = "barriers_barriermodel", "barriers_barrierevent", "barriers_sum"
AS_PUBLISHED = "a published version of a barrier model stays as it is"
STAYS = "what happened in the barrier approach is added and never changed"
MADE_ONCE = "the sums of a half-year are made once and never changed"
NEVER = "FALSE"
STAY_IN_A_MODEL = (
    "model_id", "org_id", "process", "number", "why", "made_on", "published_on", "published_by_id", "content",
)  # fmt: skip
IS_REPLACED = " AND ".join(
    ["OLD.state = 'published' AND NEW.state = 'replaced'", *(f"NEW.{name} = OLD.{name}" for name in STAY_IN_A_MODEL)]
)
TABLES: tuple[tuple[str, str, str, tuple[Rule, ...]], ...] = (
    (
        "model",
        MODELS,
        "model_id",
        (
            ("UPDATE", f"OLD.state = 'draft' OR ({IS_REPLACED})", AS_PUBLISHED),
            ("DELETE", "OLD.state = 'draft'", AS_PUBLISHED),
        ),
    ),
    ("event", EVENTS, "event_id", (("UPDATE", NEVER, STAYS), ("DELETE", NEVER, STAYS))),
    ("sum", SUMS, "sum_id", (("UPDATE", NEVER, MADE_ONCE), ("DELETE", NEVER, MADE_ONCE))),
)
GUARDED = tuple(table for _name, table, _key, _rules in TABLES)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [
        Guard(f"zicht_barriers_{name}_{event.lower()}", table, event, rule, said)
        for name, table, key, rules in TABLES
        for event, rule, said in (*rules, _against_the_way_round(connection.vendor, table, key, rules[0][2]))
    ]


def _against_the_way_round(vendor: str, table: str, key: str, said: str) -> Rule:
    """Refuse what would remove lines without asking: TRUNCATE on PostgreSQL, INSERT OR REPLACE on SQLite."""
    if vendor != "sqlite":
        # An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
        return ("TRUNCATE", f"NOT EXISTS (SELECT 1 FROM {table})", said)  # noqa: S608 - a constant
    is_free = f"NOT EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key} OR rowid = NEW.rowid)"  # noqa: S608 - a constant
    return ("INSERT", is_free, said)
