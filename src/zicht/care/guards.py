"""Guard the steps of care with triggers on both databases: a line is added and never changed.

A line goes only together with what it is about: whoever erases a case or a person takes away its history first, and
until that is gone nothing here can be deleted. A migration that alters the table on SQLite builds it anew and so loses
its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

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
IS_EMPTY = f"NOT EXISTS (SELECT 1 FROM {TABLE})"  # noqa: S608 - a constant
RULES = (
    # SQLite: INSERT OR REPLACE removes a line without asking the guard against DELETE.
    ("INSERT", IS_NEW, STAYS),
    ("UPDATE", NEVER, STAYS),
    ("DELETE", IS_ERASED, GOES_WITH_ITS_CASE),
)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    take_down(connection)
    with connection.cursor() as cursor:
        for event, rule, sentence in _rules(connection):
            for statement in _statements(connection, event, rule, sentence):
                cursor.execute(statement)


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    if connection.vendor == "postgresql":
        # It alters no table for which a check of foreign keys is still waiting.
        connection.check_constraints()
    with connection.cursor() as cursor:
        for event, _rule, _sentence in _rules(connection):
            name = _name_of(event)
            on = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
            if connection.vendor == "postgresql":
                cursor.execute(f"DROP FUNCTION IF EXISTS {name} CASCADE")


def _rules(connection: BaseDatabaseWrapper) -> list[tuple[str, str, str]]:
    if connection.vendor == "postgresql":
        # An empty table has nothing to lose, and Django's own `flush`, as tests use it, truncates empty tables too.
        return [*RULES, ("TRUNCATE", IS_EMPTY, STAYS)]
    return list(RULES)


def _name_of(event: str) -> str:
    return f"zicht_care_event_{event.lower()}"


def _statements(connection: BaseDatabaseWrapper, event: str, rule: str, sentence: str) -> list[str]:
    name = _name_of(event)
    if connection.vendor == "sqlite":
        when = f"WHEN ({rule}) IS NOT TRUE BEGIN SELECT RAISE(ABORT, '{sentence}'); END"
        return [f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} {when}"]
    goes_on_with = {"INSERT": "NEW", "UPDATE": "NEW", "DELETE": "OLD", "TRUNCATE": "NULL"}[event]
    body = (
        f"BEGIN IF ({rule}) IS NOT TRUE THEN "
        f"RAISE integrity_constraint_violation USING MESSAGE = '{sentence}'; END IF; RETURN {goes_on_with}; END"
    )
    each = "STATEMENT" if event == "TRUNCATE" else "ROW"
    return [
        f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $${body}$$",
        f"CREATE TRIGGER {name} BEFORE {event} ON {TABLE} FOR EACH {each} EXECUTE FUNCTION {name}()",
        f"ALTER TABLE {TABLE} ENABLE ALWAYS TRIGGER {name}",
    ]
