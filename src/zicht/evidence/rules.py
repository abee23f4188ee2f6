"""Who may work with evidence, and what follows from what is recorded: no database, no request."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht.evidence.dates import bounds_of as bounds_of
from zicht.people.code_fields import label_of
from zicht.people.rules import AccountLike, compartments_of, purposes_of

# The walls that sources stand behind.
WALLS = frozenset({"evidence", "press"})
PURPOSE = "documentation"
IN_USE = "open"  # code of list source_state
STANCES = ("supports", "contradicts")  # codes of list claim_stance that count
ROUNDING = 1e-5  # of a part of a picture, which is stored with five digits


def walls_of(account: AccountLike) -> frozenset[str]:
    """Give the walls behind which an account works with sources."""
    return compartments_of(account) & WALLS if PURPOSE in purposes_of(account) else frozenset()


def wall_for(account: AccountLike) -> str:
    """Give the wall that a new source of an account stands behind; raise LookupError when it works behind none."""
    for wall in sorted(walls_of(account)):
        return wall
    raise LookupError("this account works with no sources")


def may_testify(interview: Mapping[str, object]) -> bool:
    """Tell whether the person agreed to use as cited testimony."""
    purposes = interview.get("purposes")
    return interview.get("answer") == "yes" and isinstance(purposes, list | tuple) and "testimony" in purposes


def is_region(region: Sequence[float]) -> bool:
    """Tell whether left, top, width and height, in parts of a picture, lie within it."""
    left, top, width, height = region
    return left >= 0 and top >= 0 and 0 < width <= 1 - left + ROUNDING and 0 < height <= 1 - top + ROUNDING


def in_short(subject: str, values: Mapping[str, Any], whom: str) -> str:
    """Say a statement in one line: who, what, to whom, how many."""
    does = str(values.get("wording") or "") or label_of("link_kind", str(values.get("predicate") or ""))
    parts = (subject, does, whom or str(values.get("value") or ""), number_in_words(values))
    return " ".join(part for part in parts if part)


def number_in_words(values: Mapping[str, Any]) -> str:
    """Say a number with its bounds, unit and what is counted."""
    low, high = str(values.get("qty_low") or ""), str(values.get("qty_high") or "")
    if not low and not high:
        return ""
    about = "≈ " if values.get("qty_approx") else ""
    bounds = low if low == high else f"≥ {low}" if not high else f"≤ {high}" if not low else f"{low}–{high}"
    counted = " ".join(str(values.get(name) or "") for name in ("unit", "counts_what"))
    per = f"/ {values['per']}" if values.get("per") else ""
    return " ".join(f"{about}{bounds} {counted} {per}".split())


def roots_in_words(certain: int, possible: int) -> str:
    """Say from how many independent roots a claim comes, as a range where not all is known."""
    if certain != possible:
        return _("%(a)s to %(b)s independent roots") % {"a": certain, "b": possible}
    return ngettext("%(n)s independent root", "%(n)s independent roots", certain) % {"n": certain}


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
