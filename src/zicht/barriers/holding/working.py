"""Make sums beside the pages: what is hidden takes a solver, and a form does not wait for that."""

from functools import partial
from uuid import UUID

from zicht.barriers.holding import actions
from zicht.cases.errors import CasesError
from zicht.people.models import Account
from zicht.people.waiting import Stage, Waiting, work_beside

REFUSED, DONE, WORKING = "refused", "done", "working"


def start(waiting: Waiting, by: Account, period: str, language: str) -> None:
    """Begin, beside the pages."""
    waiting.tell(Stage(WORKING))
    work_beside(waiting, "sums of barriers", language, partial(work, waiting, by.pk, period))


def refusal_of(waiting: Waiting) -> str:
    """Give the sentence with which sums were refused; empty where none was."""
    return (waiting.open("refusal") or b"").decode()


def work(waiting: Waiting, account: UUID, period: str) -> None:
    """Make the sums and tell how far that is; a refusal is kept for whoever asked."""
    by = Account.objects.select_related("org").get(pk=account)
    try:
        actions.make_sums(by, period, lambda share: waiting.tell(Stage(WORKING, int(100 * share))))
    except CasesError as refusal:
        waiting.keep("refusal", str(refusal).encode())
        waiting.tell(Stage(REFUSED))
    else:
        waiting.tell(Stage(DONE, 100, period))
