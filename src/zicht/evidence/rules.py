"""Who may work with evidence, and what follows from what is recorded: no database, no request."""

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.people.rules import AccountLike, compartments_of, purposes_of

# The walls that sources stand behind.
WALLS = frozenset({"evidence", "press"})
PURPOSE = "documentation"
IN_USE = "open"  # code of list source_state


def walls_of(account: AccountLike) -> frozenset[str]:
    """Give the walls behind which an account works with sources."""
    return compartments_of(account) & WALLS if PURPOSE in purposes_of(account) else frozenset()


def _works_here(account: AccountLike) -> bool:
    return bool(walls_of(account))


def _is_behind_own_wall(account: AccountLike, record: object = None) -> bool:
    """Compare organisation and wall; without a record the question is about the room as a whole."""
    if record is None:
        return True
    place = (getattr(record, "org_id", None), getattr(record, "compartment", ""))
    return place[0] == account.org_id and place[1] in walls_of(account)


works_here = Predicate(_works_here)
is_behind_own_wall = Predicate(_is_behind_own_wall)

PERMISSIONS = {
    "evidence.read": works_here & is_behind_own_wall,
    "evidence.record": works_here & is_behind_own_wall,
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
