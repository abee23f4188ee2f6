"""Who may take files in and give records out: whoever works on every case behind a wall."""

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.cases.rules import walls_of_all_cases
from zicht.people.rules import AccountLike


def walls_to_exchange(account: AccountLike) -> frozenset[str]:
    """Give the compartments that an account may read files into and export from."""
    return walls_of_all_cases(account)


def _exchanges(account: AccountLike, record: object = None) -> bool:
    walls = walls_to_exchange(account)
    is_own = record is None or getattr(record, "org_id", None) == account.org_id
    return is_own and bool(walls) and (record is None or getattr(record, "compartment", None) in walls)


PERMISSIONS = {"cases.import": Predicate(_exchanges), "cases.export": Predicate(_exchanges)}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
