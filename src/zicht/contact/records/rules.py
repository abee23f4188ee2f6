"""What is decided about contact records without a database: which count, and what cannot be recorded."""

import datetime as dt
from collections.abc import Mapping

from zicht import words

WALL = "help"
Values = Mapping[str, object]  # field name of the entity -> value


def uncounted_kinds() -> tuple[str, ...]:
    """Give the kinds that are in no figure: tests, misuse, and who said nothing."""
    kinds = words.vocabulary().lists["contact_kind"].codes.values()
    return tuple(kind.code for kind in kinds if not kind.is_marked("counted"))


def is_counted(contact: Values) -> bool:
    """Tell whether a contact may stand in a figure."""
    return contact["kind"] not in uncounted_kinds() and not contact["exclude_from_stats"]


def broken_constraints(contact: Values, now: dt.datetime) -> dict[str, words.Problem]:
    """Tell for each field which constraint it breaks beyond its own terms; empty when none."""
    received = contact.get("received_at")
    is_to_come = isinstance(received, dt.datetime) and received > now
    return {"received_at": words.Problem("in_the_future")} if is_to_come else {}
