"""Make sums beside the pages: what is hidden takes a solver, and a form does not wait for that."""

import logging
from threading import Thread
from uuid import UUID

from django.db import connection
from django.utils import translation

from zicht.barriers.holding import actions
from zicht.cases.errors import CasesError
from zicht.people.models import Account
from zicht.people.waiting import Stage, Waiting

log = logging.getLogger(__name__)
REFUSED, STOPPED, DONE, WORKING = "refused", "stopped", "done", "working"


def start(waiting: Waiting, by: Account, period: str, language: str) -> None:
    """Begin, beside the pages."""
    waiting.tell(Stage(WORKING))
    Thread(target=_work_beside, args=(waiting, by.pk, period, language)).start()


def refusal_of(waiting: Waiting) -> str:
    """Give the sentence with which sums were refused; empty where none was."""
    return (waiting.open("refusal") or b"").decode()


def work(waiting: Waiting, by: Account, period: str) -> None:
    """Make the sums and tell how far that is; a refusal is kept for whoever asked."""
    try:
        actions.make_sums(by, period, lambda share: waiting.tell(Stage(WORKING, int(100 * share))))
    except CasesError as refusal:
        waiting.keep("refusal", str(refusal).encode())
        waiting.tell(Stage(REFUSED))
    else:
        waiting.tell(Stage(DONE, 100, period))


def _work_beside(waiting: Waiting, account: UUID, period: str, language: str) -> None:
    try:
        with translation.override(language):
            work(waiting, Account.objects.select_related("org").get(pk=account), period)
    except Exception as error:  # noqa: BLE001 - nobody waits for this thread, and its text may hold a count
        log.error("sums of barriers stopped: %s", type(error).__name__)
        waiting.tell(Stage(STOPPED))
    finally:
        connection.close()
