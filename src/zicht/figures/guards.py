"""Guard published reports with triggers on both databases: they never change, and two people approved each of them.

A draft can be thrown away and made anew; its approvals go with it. A migration that alters one of the tables on SQLite
builds it anew and so loses its triggers: such a migration starts with `take_down` and ends with `put_up`.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

from zicht.people.log import guard_statements
from zicht.people.log.guard_statements import Guard

Rule = tuple[str, str, str]  # kind of statement, what must hold, and what is said where it does not
REPORTS, APPROVALS = "figures_yearlyreport", "figures_reportapproval"
NEVER = "FALSE"
FEWEST_APPROVALS = 2
STAYS = "a published report never changes: a correction is a new version"
APPROVED = "a report is published once, unchanged, and after two people approved it"
NO_OTHER = "an approval is given once to a draft, and never changed"
# Everything but the moment of publishing stays as it was made. A NULL must stay one, so that is asked apart.
STAY = (
    "report_id", "org_id", "year", "release_level", "version", "reason", "data_cutoff", "definition_version",
    "sha256", "package", "made_by_id", "made_at",
)  # fmt: skip
SAME = " AND ".join(f"NEW.{name} = OLD.{name}" for name in STAY)
SAME_CORRECTED = "COALESCE(CAST(NEW.corrects_id AS TEXT), '') = COALESCE(CAST(OLD.corrects_id AS TEXT), '')"
HOW_MANY = f"""
    (SELECT COUNT(DISTINCT a.by_id) FROM {APPROVALS} a WHERE a.report_id = OLD.report_id AND a.sha256 = OLD.sha256)
"""  # noqa: S608 - constants
IS_PUBLISHED = (
    f"OLD.published_at IS NULL AND NEW.published_at IS NOT NULL AND {SAME} AND {SAME_CORRECTED} "
    f"AND {HOW_MANY} >= {FEWEST_APPROVALS}"
)
IS_DRAFT = (
    "NEW.published_at IS NULL AND NOT EXISTS (SELECT 1 FROM figures_yearlyreport WHERE report_id = NEW.report_id)"
)
IS_NEW_APPROVAL = "NOT EXISTS (SELECT 1 FROM figures_reportapproval WHERE approval_id = NEW.approval_id)"
OF_A_DRAFT = (
    "EXISTS (SELECT 1 FROM figures_yearlyreport r WHERE r.report_id = {row}.report_id AND r.published_at IS NULL)"
)
TABLES: tuple[tuple[str, str, tuple[Rule, ...]], ...] = (
    (
        "report",
        REPORTS,
        (
            ("INSERT", IS_DRAFT, APPROVED),
            ("UPDATE", IS_PUBLISHED, APPROVED),
            ("DELETE", "OLD.published_at IS NULL", STAYS),
        ),
    ),
    (
        "approval",
        APPROVALS,
        (
            (
                "INSERT",
                f"{OF_A_DRAFT.format(row='NEW')} AND {IS_NEW_APPROVAL}",
                NO_OTHER,
            ),
            ("UPDATE", NEVER, NO_OTHER),
            ("DELETE", OF_A_DRAFT.format(row="OLD"), NO_OTHER),
        ),
    ),
)
GUARDED = tuple(table for _name, table, _rules in TABLES)


def put_up(connection: BaseDatabaseWrapper) -> None:
    """Create every guard that belongs in this kind of database, in place of those that are there."""
    guard_statements.put_up(connection, _guards(connection))


def take_down(connection: BaseDatabaseWrapper) -> None:
    """Remove every guard; only for migrations and tests."""
    guard_statements.take_down(connection, _guards(connection))


def _guards(connection: BaseDatabaseWrapper) -> list[Guard]:
    return [
        Guard(f"zicht_figures_{name}_{event.lower()}", table, event, rule, said)
        for name, table, rules in TABLES
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
