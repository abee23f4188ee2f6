"""Take in the rows that are right; what is there already stays as it is, so a table can be sent again."""

from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.signals.importing.reading import Taken
from zicht.signals.intake import actions
from zicht.signals.intake.errors import NotThereError


def store(by: Account, rows: list[Taken], wall: str) -> int:
    """Take in rows, each by itself: what was stored when the work stops stays, and is known again the next time."""
    if not by.has_perm("signals.lead"):
        raise NotThereError
    for one in rows:
        actions.take_in(by, one.values, wall=wall, spot=one.spot, noted=one.noted, intake_id=one.intake_id)
    record_access(by, "imported", "intake", compartment=wall)
    return len(rows)
