"""What is decided without a database: who may answer, how times are rounded, when a conversation is destroyed."""

import datetime as dt

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.people.rules import AccountLike, compartments_of, compartments_of_role

HOUR = dt.timedelta(hours=1)
ANSWERS = frozenset({"counsellor", "desk_lead"})
LEADS = frozenset({"desk_lead"})
# Whole days after the day of closing; only the day is known, so 24 hours are one to two days (docs/decisions.md).
DAYS_AFTER_CHAT = 2
DAYS_AFTER_MESSAGE = 14
DAYS_AFTER_CODE = 90
LONGEST_OPEN = dt.timedelta(hours=24)  # a chat that nobody closed, if the server that would have was not running
LONGEST_MESSAGE = dt.timedelta(days=90)  # a message that nobody closed: what is forgotten must not stay for ever


def round_to_hour(moment: dt.datetime) -> dt.datetime:
    """Give the beginning of the hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def days_kept(kind: str, has_return_code: bool) -> int:
    """Give how many days after closing a conversation is destroyed."""
    if has_return_code:
        return DAYS_AFTER_CODE
    return DAYS_AFTER_MESSAGE if kind == "message" else DAYS_AFTER_CHAT


def _has_role(account: AccountLike, roles: frozenset[str]) -> bool:
    return bool(account.roles & roles) and "help" in compartments_of(account)


def _answers(account: AccountLike, record: object = None) -> bool:
    return _has_role(account, ANSWERS) and _is_own(account, record)


def _leads(account: AccountLike, record: object = None) -> bool:
    return _has_role(account, LEADS) and _is_own(account, record)


def _arranges(account: AccountLike, record: object = None) -> bool:
    """Let an administrator arrange desks too: she sees no content there, and the keys are not hers to give."""
    is_administrator = account.status == "active" and "administrator" in account.roles
    has_desks = "help" in compartments_of_role("counsellor", account.org.legal_regime)
    return ((is_administrator and has_desks) or _leads(account)) and _is_own(account, record)


def _changes_record(account: AccountLike, record: object = None) -> bool:
    is_writer = getattr(record, "worker_id", account.account_id) == account.account_id
    return _answers(account, record) and (is_writer or _leads(account, record))


def _is_own(account: AccountLike, record: object) -> bool:
    return record is None or getattr(record, "org_id", None) == account.org_id


PERMISSIONS = {
    "contact.answer": Predicate(_answers),
    "contact.lead": Predicate(_leads),
    "contact.arrange": Predicate(_arranges),
    "contact.record": Predicate(_answers),
    "contact.change_record": Predicate(_changes_record),
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
