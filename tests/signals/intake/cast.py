"""Who acts in the tests of intake, and what came in."""

import datetime as dt
from functools import cached_property
from typing import Any

from tests.people.cast import Cast as PeopleCast
from tests.people.cast import colleague, organisation

from zicht.people.models import Account
from zicht.signals.intake import actions
from zicht.signals.models import Intake

REPORT: dict[str, object] = {
    "received_on": dt.date(2026, 3, 2),
    "received_hour": 9,
    "source": "call",
    "channel": "phone",
    "kind": "report",
    "role": "professional",
    "urgency": "u2_today",
    "forms": ["labour"],
    "place_code": "GM0363",
}
SPOT = "1012AB 12 A"


def report(by: Account, *noted: str, spot: str = "", wall: str = "help", **values: object) -> Intake:
    """Take in a report with signals that rest on what the recorder saw."""
    signals: list[dict[str, object]] = [{"indicator": code, "basis": "seen"} for code in noted]
    given: dict[str, Any] = {"wall": wall, "spot": spot, "noted": signals}
    return actions.take_in(by, {**REPORT, **values}, **given)


def steps(intake: Intake) -> list[str]:
    """Give what was done with a report, the oldest first."""
    return list(intake.steps.order_by("made_at").values_list("deed", flat=True))


class Cast(PeopleCast):
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    @cached_property
    def weigher(self) -> Account:
        """Weighs what comes in at the helpline."""
        return colleague(self.administrator, "wieke", "case_worker")

    @cached_property
    def second_weigher(self) -> Account:
        """Weighs there too."""
        return colleague(self.administrator, "wout", "case_worker")

    @cached_property
    def lead(self) -> Account:
        """Leads the helpline."""
        return colleague(self.administrator, "lena", "desk_lead")

    @cached_property
    def analyst(self) -> Account:
        """Makes figures at the helpline, and weighs nothing."""
        return colleague(self.administrator, "arend", "analyst")

    @cached_property
    def elsewhere(self) -> Account:
        """Weighs at another organisation: must see nothing of the helpline."""
        return colleague(organisation("Other help", "chat_service", "avg", "otto"), "olga", "case_worker")

    @cached_property
    def journalist(self) -> Account:
        """Weighs tips at a news desk, which nobody else may know of."""
        return colleague(self.editor, "jurre", "reporter")

    @cached_property
    def intake(self) -> Intake:
        """A report of the helpline."""
        return report(self.weigher)

    @cached_property
    def tip(self) -> Intake:
        """A tip to the news desk."""
        return report(self.journalist, "DOC01", "DOC02", wall="press", source="press_tip", channel="press_tip")
