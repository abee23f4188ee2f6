"""Measure the queue and the earlier reports of intake in this process, on SQLite or on ZICHT_TEST_DATABASE_URL.

Prints one line of JSON for each size. The requests are real but for the network, as in benchmarks/register.py. One in
five reports is open, a third lies in the largest town, and the signals are as common as in a catalogue whose first
signals are seen far more often than its last.
"""

import datetime as dt
import re
import sys
from collections.abc import Iterator
from functools import partial
from random import Random
from uuid import UUID

# First, since it sets up Django with the settings of the tests.
from benchmarks.register import EACH, Work, accepted, analyse, browser_of, get, post, run, take  # isort: skip
from django.db.models import QuerySet
from django.utils import timezone

from benchmarks.forms import Fields
from zicht import words
from zicht.people.actions import create_organisation, invite_account
from zicht.people.models import Account
from zicht.signals import rules
from zicht.signals.intake import earlier
from zicht.signals.models import Intake, Signal

FURTHER = re.compile(r"begin=(\d{18}[0-9a-f]{32})")  # in the address of the next page of the queue
AT_ONCE = 5_000  # reports in one statement
OPEN_SHARE, IN_LARGEST = 0.2, 0.33
DAYS = 3 * 365
SPOTS_A_REPORT = 0.5  # spots for each report: most occur more than once
URGENCIES = ("u1_now", "u2_today", "u3_week", "u4_info")
FORMS = ("sexual", "labour", "criminal", "domestic", "begging", "organ")
SOURCES = ("chat_contact", "report_box", "checklist", "call", "partner")
FILTERS = {
    "urgency, common": {"urgency": "u3_week"},
    "urgency, rare": {"urgency": "u1_now"},
    "source": {"source": "call"},
    "unit": {"police_unit": "limburg"},
    "municipality, common": {"place_code": "Amsterdam"},
    "municipality, rare": {"place_code": "Vlieland"},
    "mine": {"handler": "mine"},
    "nobody's": {"handler": "nobody"},
    "late": {"late": "on"},
    "closed": {"state": "closed"},
    "closed, of one town": {"state": "closed", "place_code": "Vlieland"},
    "urgency, unit and nobody's": {"urgency": "u2_today", "police_unit": "limburg", "handler": "nobody"},
}


class Growing:
    """Intake that grows, and the browser of somebody who weighs it."""

    def __init__(self) -> None:
        values = {"org_name": "Help", "org_type": "care_coord", "legal_regime": "avg"}
        administrator = accepted(create_organisation(values, login="admin", shown_as="Admin").code)
        self.weigher = accepted(
            invite_account(administrator, login="weigher", shown_as="Weigher", roles=["case_worker"]).code
        )
        self.browser = browser_of(self.weigher)
        self.size = 0
        self.chance = Random(1)  # noqa: S311 - keeps no secret

    def grow(self, size: int) -> None:
        """Add reports with their signals, past the checks."""
        while self.size < size:
            more = min(AT_ONCE, size - self.size)
            reports = [draw(self.chance, self.weigher, size) for _ in range(more)]
            QuerySet[Intake](Intake).bulk_create(reports)
            signals = [signal for report in reports for signal in draw_signals(self.chance, report)]
            QuerySet[Signal](Signal).bulk_create(signals)
            self.size += more
        analyse()

    def load(self) -> None:
        """Load the code of every page."""
        take(get(self.browser, "/staff/intake/"))

    def works(self) -> Iterator[tuple[str, list[Work]]]:
        """Give what is measured, each as many pieces of work."""
        yield "list", [get(self.browser, "/staff/intake/")] * EACH
        further = FURTHER.search(self.browser.get("/staff/intake/").content.decode())
        yield "list, next page", [get(self.browser, "/staff/intake/", begin=further[1] if further else "")] * EACH
        for name, wanted in FILTERS.items():
            yield f"list: {name}", [get(self.browser, "/staff/intake/", **wanted)] * EACH
        yield "list of alerts", [get(self.browser, "/staff/intake/alerts/")] * EACH
        some = list(Intake.objects.filter(shelf=rules.OPEN).order_by("pk")[:EACH])
        yield "earlier reports of one", [partial(earlier.find, self.weigher, report) for report in some]
        yield "page of a report", [get(self.browser, f"/staff/intake/{report.pk}/") for report in some]
        yield "save a new report", [post(self.browser, "/staff/intake/new/", _fill_in)] * EACH


def draw(chance: Random, weigher: Account, size: int) -> Intake:
    """Give a report that could have come in."""
    today, now = timezone.localdate(), timezone.now()
    town = "GM0363" if chance.random() < IN_LARGEST else chance.choice(list(words.municipalities()))
    day = today - dt.timedelta(days=int(DAYS * chance.random()))
    urgency = chance.choices(URGENCIES, [1, 5, 20, 10])[0]
    is_open = chance.random() < OPEN_SHARE
    start = now - dt.timedelta(minutes=chance.randrange(20_000))
    due = rules.due_at(urgency, start, timezone.get_default_timezone())
    closed = {"decided_by": weigher, "decided_on": today, "outcome": "no_action", "state": "closed"}
    mark = f"{int(size * SPOTS_A_REPORT * chance.random()):064x}"
    return Intake(
        intake_id=UUID(int=chance.getrandbits(128)),
        org=weigher.org,
        compartment="help",
        received_on=day,
        clock_from=start,
        due_at=due,
        sorts_at=rules.sorts_at(due, day, is_open=is_open),
        shelf=rules.OPEN if is_open else rules.CLOSED,
        source=chance.choice(SOURCES),
        channel="phone",
        kind="report",
        urgency=urgency,
        forms=[chance.choices(FORMS, [30, 30, 20, 10, 5, 1])[0]],
        place_code=town,
        police_unit=words.police_unit_of(town),
        spot_mark=mark if chance.random() < 0.6 else "",
        handler=weigher if chance.random() < 0.05 else None,
        **({} if is_open else closed),
    )


def draw_signals(chance: Random, report: Intake) -> list[Signal]:
    """Give its signals: the first of the catalogue far more often than the last."""
    codes = list(words.vocabulary().indicators)
    places = {min(int(chance.expovariate(1 / 15)), len(codes) - 1) for _ in range(4)}
    each = {"intake": report, "behind": report.behind, "basis": "seen", "state": "noted"}
    return [Signal(indicator=codes[place], **each) for place in places]


def _fill_in(fields: Fields) -> None:
    fields.update({"source": ["call"], "channel": ["phone"], "urgency": ["u2_today"]})


if __name__ == "__main__":
    run(Growing, [int(size) for size in sys.argv[1:]])
