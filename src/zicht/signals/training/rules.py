"""Who keeps the log of training: those who make policy, weigh signals or arrange. Nobody who was trained is in it."""

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.people.rules import AccountLike

KEEPS = frozenset({"policy_officer", "signal_officer", "administrator"})
YEARS_FRESH = 2  # after so long a training counts as gone by in the overview; a choice of ours, no law


def _keeps(account: AccountLike, record: object = None) -> bool:
    return account.status == "active" and bool(account.roles & KEEPS) and _is_about_own(account, record)


def _is_about_own(account: AccountLike, record: object) -> bool:
    """Let an organisation keep what was given to it and what it gave."""
    about = {getattr(record, "org_id", None), getattr(record, "by_org_id", None)}
    return record is None or account.org_id in about


add_perm("signals.keep_training", Predicate(_keeps))  # type: ignore[no-untyped-call]
