"""Reports to look at: with signals, of one situation, and closed; with identifiers that every run gives them."""

import datetime as dt
from uuid import UUID

from zicht.people.models import Account
from zicht.signals.intake import actions, linking, meldcode

REPORT, OTHER = UUID("a1111111-1111-4111-8111-111111111111"), UUID("a2222222-2222-4222-8222-222222222222")
CLOSED = UUID("a3333333-3333-4333-8333-333333333333")
OF_THE_REPORT = f"/staff/intake/{REPORT}/"
OF_CASE_WORKERS = (
    "/staff/intake/",
    "/staff/intake/alerts/",
    "/staff/intake/new/",
    OF_THE_REPORT,
    f"{OF_THE_REPORT}ask/arrived/",
    f"{OF_THE_REPORT}ask/about/",
    f"{OF_THE_REPORT}ask/where/",
    f"{OF_THE_REPORT}signals/",
    f"{OF_THE_REPORT}close/",
    f"{OF_THE_REPORT}case/",
    f"{OF_THE_REPORT}meldcode/",
    f"{OF_THE_REPORT}meldcode/paper/",
    f"{OF_THE_REPORT}earlier/{OTHER}/",
    f"/staff/intake/{CLOSED}/",
)
OF_LEADS = ("/staff/intake/import/", "/staff/intake/districts/")
DAY = dt.date(2026, 3, 2)
ARRIVED: dict[str, object] = {"received_on": DAY, "received_hour": 9, "source": "call", "channel": "phone"}
SAID: dict[str, object] = {"kind": "report", "urgency": "u2_today", "forms": ["labour"], "place_code": "GM0363"}


def make_reports(by: Account) -> None:
    """Take in three reports: one with signals and steps of the reporting code, one like it, and one that is closed."""
    noted: list[dict[str, object]] = [{"indicator": code, "basis": "seen"} for code in ("DOC01", "DOC02", "WRK01")]
    report = actions.take_in(by, {**ARRIVED, **SAID}, wall="help", noted=noted, intake_id=REPORT)
    other = actions.take_in(by, {**ARRIVED, **SAID}, wall="help", noted=noted, intake_id=OTHER)
    closed = actions.take_in(by, {**ARRIVED, **SAID, "forms": ["sexual"]}, wall="help", intake_id=CLOSED)
    signal = report.signals.order_by("indicator")[0]
    actions.judge_signal(by, report, signal.pk, "confirmed", version=1)
    steps: dict[str, object] = {**dict.fromkeys(meldcode.TYPED), "weighing": "", "decision": "", "advice_of": []}
    meldcode.keep_steps(by, report, {**steps, "mapped_on": DAY}, version=0)
    linking.decide(by, report, closed.pk, "different", version=0)
    actions.take_on(by, other, version=1)
    actions.close(by, closed, "no_action", "Nothing to go on.", version=1)
