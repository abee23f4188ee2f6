"""Who may see figures of the own register: whoever may look behind the wall of statistics."""

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.people.rules import AccountLike, compartments_of

WALL = "stats"
PURPOSE = "statistics"


def _sees_register(account: AccountLike, record: object = None) -> bool:
    """Answer for the own organisation, or for a record that names one."""
    return WALL in compartments_of(account) and (record is None or getattr(record, "org_id", None) == account.org_id)


PERMISSIONS = {
    "figures.see_register": Predicate(_sees_register),
    "figures.estimate": Predicate(_sees_register),
    "figures.make_report": Predicate(_sees_register),
    # Whoever made a report may be one of the two who approve it.
    "figures.approve_report": Predicate(_sees_register),
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
