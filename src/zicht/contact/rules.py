"""What is decided without a database: who may answer, how times are rounded, when a conversation is destroyed."""

import datetime as dt

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.people.rules import AccountLike, compartments_of, compartments_of_role

HOUR = dt.timedelta(hours=1)
ANSWERS = frozenset({"counsellor", "desk_lead"})
LEADS = frozenset({"desk_lead"})
# Who may belong to a desk, by what the desk is for. A desk that stands outside help has no lead of a help desk: there
# whoever answers may lead, if the stewards of the organisation sign it.
ANSWERS_AT = {
    "chat": ANSWERS,
    "reports": ANSWERS | {"signal_officer"},
    "intake": ANSWERS | {"signal_officer"},
    "press": frozenset({"reporter"}),
}
LEADS_OUTSIDE_HELP = frozenset({"signal_officer", "reporter"})
PRESS = "press"  # sources are protected: whoever runs the daily task is told nothing of them, and no number either
WALLS = ("help", "enforce", PRESS)
REPORTED = frozenset({"report", "checklist"})  # kinds at which nobody has to be there now, on either side
LASTING = REPORTED | {"message"}  # kinds that wait until somebody has time for them
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
    if has_return_code or kind in REPORTED:
        return DAYS_AFTER_CODE
    return DAYS_AFTER_MESSAGE if kind == "message" else DAYS_AFTER_CHAT


def longest_open(kind: str) -> dt.timedelta:
    """Give how long a conversation that nobody closed may stay."""
    return LONGEST_MESSAGE if kind in LASTING else LONGEST_OPEN


def kinds_at(purpose: str) -> tuple[str, ...]:
    """Give which conversations may be opened at a desk, by what it is for."""
    return words.vocabulary().lists["desk_purpose"].codes[purpose].texts("kinds")


def has_desks_for(purpose: str, regime: str) -> bool:
    """Tell whether organisations of a legal regime have anybody for such a desk: only a news desk has reporters."""
    return any(compartments_of_role(role, regime) for role in ANSWERS_AT[purpose])


def wall_of(account: AccountLike) -> str:
    """Give the compartment that the desks of somebody's organisation stand behind; each regime has one of them."""
    regime = words.vocabulary().lists["legal_regime"].codes[account.org.legal_regime]
    return next((wall for wall in WALLS if wall in regime.texts("compartments")), WALLS[0])


def roles_at(purpose: str) -> frozenset[str]:
    """Give the roles that may belong to a desk, by what it is for."""
    return ANSWERS_AT[purpose]


def _has_role(account: AccountLike, roles: frozenset[str]) -> bool:
    return bool(account.roles & roles) and "help" in compartments_of(account)


def _records(account: AccountLike, record: object = None) -> bool:
    return _has_role(account, ANSWERS) and _is_own(account, record)


def _answers(account: AccountLike, record: object = None) -> bool:
    """Let who answers at some desk see the page of the desks; a desk itself wants a role of its own purpose."""
    purposes = [record.purpose] if hasattr(record, "purpose") else list(ANSWERS_AT)
    is_behind_wall = wall_of(account) in compartments_of(account)
    return is_behind_wall and any(account.roles & ANSWERS_AT[one] for one in purposes) and _is_own(account, record)


def _leads(account: AccountLike, record: object = None) -> bool:
    is_outside_help = "help" not in compartments_of(account) and bool(account.roles & LEADS_OUTSIDE_HELP)
    return (bool(account.roles & LEADS) or is_outside_help) and _answers(account, record)


def _arranges(account: AccountLike, record: object = None) -> bool:
    """Let an administrator arrange desks too: she sees no content there, and the keys are not hers to give."""
    is_administrator = account.status == "active" and "administrator" in account.roles
    has_desks = any(has_desks_for(purpose, account.org.legal_regime) for purpose in ANSWERS_AT)
    return ((is_administrator and has_desks) or _leads(account)) and _is_own(account, record)


def _changes_record(account: AccountLike, record: object = None) -> bool:
    is_writer = getattr(record, "worker_id", account.account_id) == account.account_id
    return _records(account, record) and (is_writer or _has_role(account, LEADS))


def _is_own(account: AccountLike, record: object) -> bool:
    return record is None or getattr(record, "org_id", None) == account.org_id


PERMISSIONS = {
    "contact.answer": Predicate(_answers),
    "contact.lead": Predicate(_leads),
    "contact.arrange": Predicate(_arranges),
    "contact.record": Predicate(_records),
    "contact.change_record": Predicate(_changes_record),
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
