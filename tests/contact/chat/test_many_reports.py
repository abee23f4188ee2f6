"""Many report at the same moment, to one process: what was answered is there, once, and in order."""

import os
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from typing import Any

import pytest
from tests.contact.cast import message_json, opening_json, read_message, work_for
from tests.contact.far import FarCounsellor, FarVisitor
from tests.contact.server import Server

from zicht.contact.report_forms.shipped import shipped_forms
from zicht.contact.report_forms.writing import write_report
from zicht.contact.sealing.messages import Envelope, open_message
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR

pytestmark = pytest.mark.django_db
REPORTS = int(os.environ.get("REPORTS", "40"))
AT_ONCE = 25


class Reporter(FarVisitor):
    """Somebody who reports, each from a network of her own: many from one would have to work longer."""

    def __init__(self, server: Server, number: int) -> None:
        super().__init__(server)
        self.desk, self.number = "meld", number
        self.sent: list[Envelope] = []

    def ask(self, method: str, what: str, content: Mapping[str, Any] | None = None, **more: str) -> tuple[int, Any]:
        """Ask from a network of her own."""
        source = f"127.46.{self.number % 250}.{1 + self.number // 250}"
        return self.server.ask(method, f"/chat/v1/{what}", {**self.headers(), **more}, content, source)

    def prepare(self) -> dict[str, Any]:
        """Do the work that is asked."""
        self.__dict__["shown"] = self.ask("GET", "desks/meld")[1]
        return {**opening_json(self.opening), "kind": "report", "language": "nl", "pow": work_for(self)}

    def report(self, opening: Mapping[str, Any]) -> list[int]:
        """Open a report and send it; a connection that broke is tried again with the same bytes, as a page does."""
        answers = {"danger": ["no"], "forms": ["labour"], "basis": ["seen"], "more": [f"verhaal {self.number}"]}
        [body] = write_report(shipped_forms()["citizen"], answers)
        statuses = [self.open_insisting(opening)]
        for kind, content in (("report", body), ("text", "en nog iets")):
            envelope = self.transcript.seal_next(FROM_VISITOR, kind, content, os.urandom(24))
            self.transcript.receive(envelope)
            self.sent.append(envelope)
            statuses.append(self.insist("messages", message_json(envelope))[0])
        return statuses

    def open_insisting(self, opening: Mapping[str, Any]) -> int:
        """Open a report, and work longer when the price rose since it was asked."""
        status, answer = self.insist("open", opening)
        while status == 429 and answer["error"] == "price":
            self.shown["price"] = answer["price"]
            status, answer = self.insist("open", {**opening, "pow": work_for(self)})
        return status

    def insist(self, what: str, content: Mapping[str, Any]) -> tuple[int, Any]:
        """Ask until there is an answer."""
        for _try in range(5):
            with suppress(OSError, HTTPException):
                return self.ask("POST", what, content)
        return 0, None


def test_of_many_reports_at_once_none_is_lost_and_none_is_there_twice(server: Server) -> None:
    lead = FarCounsellor(server, "lotte")
    reporters = [Reporter(server, number) for number in range(REPORTS)]
    with ThreadPoolExecutor(AT_ONCE) as threads:
        openings = list(threads.map(Reporter.prepare, reporters))
        answers = list(threads.map(Reporter.report, reporters, openings))
    assert answers == [[200, 200, 200]] * REPORTS
    rows = lead.ask("conversations", method="GET")[1]["conversations"]
    waiting = {row["conv_id"]: row["last"] for row in rows if row["kind"] == "report" and row["state"] == "waiting"}
    assert {encode(one.conv_id): "1,-1" for one in reporters}.items() <= waiting.items()
    for one in reporters:
        kept = [read_message(event["data"]) for event in one.ask("GET", "messages")[1]["events"][1:]]
        assert kept == one.sent
        assert open_message(one.keys, kept[1]).body == "en nog iets"
