"""Make a report beside the pages: what was asked waits sealed, the work tells how far it is, and a draft comes at once.

Nothing is stored before every page and file of a report is there: who looks meanwhile finds the draft before, or none.
"""

import json
from dataclasses import asdict
from functools import partial
from uuid import UUID

from zicht.figures.errors import NoFigures
from zicht.figures.yearly import actions
from zicht.figures.yearly.actions import Asked
from zicht.people.models import Account
from zicht.people.waiting import Stage, Waiting, work_beside

REFUSED, STOPPED, DONE, WORKING = "refused", "stopped", "done", "working"


def keep(waiting: Waiting, asked: Asked) -> None:
    """Keep what was asked, until somebody looked at what came of it."""
    waiting.keep("order", json.dumps(asdict(asked)).encode())
    waiting.tell(Stage(WORKING))


def order_of(waiting: Waiting) -> Asked | None:
    """Give what was asked; None when it is gone."""
    told = waiting.open("order")
    return Asked(**json.loads(told)) if told else None


def refusal_of(waiting: Waiting) -> str:
    """Give the sentence with which a report was refused."""
    return (waiting.open("refusal") or b"").decode()


def start(waiting: Waiting, by: Account, language: str) -> None:
    """Begin, beside the pages."""
    work_beside(waiting, "a yearly report", language, partial(_work, waiting, by.pk))


def _work(waiting: Waiting, account: UUID) -> None:
    asked = order_of(waiting)
    if asked is None:
        waiting.tell(Stage(STOPPED))
        return
    by = Account.objects.select_related("org").get(pk=account)
    try:
        report = actions.make_report(by, asked, lambda done: waiting.tell(Stage(WORKING, int(100 * done))))
    except NoFigures as refusal:
        waiting.keep("refusal", str(refusal).encode())
        waiting.tell(Stage(REFUSED))
    else:
        waiting.tell(Stage(DONE, 100, str(report.pk)))
