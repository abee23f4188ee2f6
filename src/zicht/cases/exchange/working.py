"""Do the work on a file: at once when it is small, and beside the pages when it is not."""

import io
import json
from dataclasses import asdict, dataclass
from functools import partial
from uuid import UUID

from zicht.cases.errors import CasesError
from zicht.cases.exchange import findings as written
from zicht.cases.exchange import importing
from zicht.people.models import Account
from zicht.people.waiting import Stage, Waiting, work_beside
from zicht.reading import tables

AT_ONCE = 500 * 1024  # bytes that are worked on while somebody waits for the page: a second or two


@dataclass(frozen=True, slots=True)
class Order:
    """Hold what somebody asked for: who, in which form the file is, and behind which wall it goes."""

    account: str
    standard: str
    compartment: str
    encoding: str
    separator: str
    size: int
    language: str

    def source(self, content: bytes) -> importing.Source:
        """Give the file as it is read."""
        form = tables.TextForm(self.encoding, self.separator)
        return importing.Source(io.BytesIO(content), self.standard, self.compartment, form)


def keep(waiting: Waiting, order: Order, content: bytes) -> None:
    """Keep a file that was sent, with what is asked."""
    waiting.keep("file", content)
    waiting.keep("order", json.dumps(asdict(order)).encode())
    waiting.tell(Stage("checking"))


def order_of(waiting: Waiting) -> Order | None:
    """Give what was asked; None when the file is gone."""
    told = waiting.open("order")
    return Order(**json.loads(told)) if told else None


def start(waiting: Waiting, order: Order, stage: str, *, again: bool = False) -> None:
    """Begin with a stage, here or beside the pages."""
    waiting.tell(Stage(stage))
    if order.size <= AT_ONCE:
        _work(waiting, order, stage, again)
    else:
        beside = partial(_work, waiting, order, stage, again)
        work_beside(waiting, "the work on a file that was sent", order.language, beside)


def _work(waiting: Waiting, order: Order, stage: str, again: bool) -> None:
    content = waiting.open("file")
    by = Account.objects.select_related("org").get(pk=UUID(order.account))
    try:
        if content is None:
            waiting.tell(Stage("stopped"))
        elif stage == importing.CHECKING:
            _check(waiting, by, order.source(content))
        else:
            _store(waiting, by, order.source(content), again)
    except CasesError as refusal:
        waiting.keep("findings", json.dumps({"refusal": str(refusal)}).encode())
        waiting.tell(Stage("refused"))
        waiting.forget("file")


def _check(waiting: Waiting, by: Account, source: importing.Source) -> None:
    found = importing.examine(by, source, tell=lambda stage, rows: waiting.tell(Stage(stage, rows)))
    waiting.keep("findings", written.write(found))
    waiting.tell(Stage("checked", found.rows))


def _store(waiting: Waiting, by: Account, source: importing.Source, again: bool) -> None:
    found = written.read(waiting.open("findings") or b"{}")
    run = importing.store(by, source, found, again=again, tell=lambda stage, rows: waiting.tell(Stage(stage, rows)))
    waiting.tell(Stage("stored", found.rows, str(run.pk)))
    waiting.forget("file")


def refusal_of(waiting: Waiting) -> str:
    """Give the sentence with which a file was refused."""
    return str(json.loads(waiting.open("findings") or b"{}").get("refusal", ""))
