"""Whatever comes in whatever order and however often: the server is where a slow and obvious model says it is."""

from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test
from tests.contact.cast import Cast, Visitor

from zicht.contact import shred_keys
from zicht.contact.chat import actions, destroying
from zicht.contact.chat.actions import Asked
from zicht.contact.chat.errors import Behind, ChatError, Duplicate, Ended, Wiped
from zicht.contact.models import Conversation, Message
from zicht.contact.sealing.messages import Envelope


@dataclass
class Model:
    """What must be so: kept envelopes in their order, and whether it is open, closed or gone."""

    state: str = "none"
    kept: list[Envelope] = field(default_factory=list)


def outcome(step: Any, *args: Any) -> str:
    """Give how a step ended."""
    try:
        step(*args)
    except ChatError as refusal:
        return refusal.code
    return "done"


class AnyOrder(RuleBasedStateMachine):
    """One conversation, to which everything happens in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.model = Model()
        self.visitor = Visitor()
        self.sealed: list[Envelope] = []

    @rule()
    def open(self) -> None:
        got = outcome(actions.open_conversation, self.visitor.opening, Asked("chat", "nl"))
        assert got == (Duplicate.code if self.model.state == "gone" else "done")
        if self.model.state == "none":
            self.model.state = "open"

    @rule()
    def seal(self) -> None:
        """Seal the next message on what was taken so far."""
        self.sealed.append(self.visitor.seal(f"bericht {len(self.sealed)}"))

    @precondition(lambda self: self.sealed)
    @rule(data=st.data())
    def send(self, data: st.DataObject) -> None:
        """Send one of the sealed messages: the next, one that was taken before, or one that lost its place."""
        envelope = data.draw(st.sampled_from(self.sealed))
        visitor, model = self.visitor, self.model
        got = outcome(actions.append_of_visitor, visitor.uuid, visitor.keys.cap, envelope)
        assert got == self._expected(envelope)
        if got == "done" and envelope not in model.kept:
            model.kept.append(envelope)
            visitor.transcript.receive(envelope)

    def _expected(self, envelope: Envelope) -> str:
        if self.model.state in ("none", "gone"):
            return "unknown" if self.model.state == "none" else Wiped.code
        if envelope in self.model.kept:
            return "done"
        if envelope.seq != len(self.model.kept):
            return Behind.code
        return Ended.code if self.model.state == "closed" else "done"

    @rule()
    def end(self) -> None:
        got = outcome(actions.end_of_visitor, self.visitor.uuid, self.visitor.keys.cap)
        assert got == {"none": "unknown", "gone": "wiped"}.get(self.model.state, "done")
        if self.model.state == "open":
            self.model.state = "closed"

    @rule()
    def wipe(self) -> None:
        got = outcome(destroying.wipe_of_visitor, self.visitor.uuid, self.visitor.keys.wipe)
        assert got == ("unknown" if self.model.state == "none" else "done")
        if self.model.state != "none":
            self.model.state, self.model.kept = "gone", []

    @invariant()
    def what_is_kept_is_what_was_taken(self) -> None:
        rows = Message.objects.filter(conversation__conv_id=self.visitor.uuid).order_by("seq")
        assert [Envelope.from_bytes(bytes(row.envelope)) for row in rows] == self.model.kept
        is_there = self.model.state in ("open", "closed")
        assert Conversation.objects.filter(conv_id=self.visitor.uuid).exists() == is_there
        assert bool(shred_keys.store().keys_of([self.visitor.uuid])) == is_there


@pytest.mark.django_db
def test_any_order_of_steps_ends_where_the_model_ends(cast: Cast) -> None:
    cast.desk  # noqa: B018
    run_state_machine_as_test(AnyOrder, settings=settings(max_examples=25, stateful_step_count=12, deadline=None))
