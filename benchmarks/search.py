"""Measure search in this process, on SQLite or on ZICHT_TEST_DATABASE_URL, while statements grow.

Prints one line of JSON for each size. Everything is as in use: walls, sealed texts that are opened before they are
shown, names of protected people that are taken out. One source in four is restricted to somebody else.
"""

import sys
from collections.abc import Iterator
from functools import partial
from random import Random
from uuid import UUID

# First, since it sets up Django with the settings of the tests.
from benchmarks.register import EACH, Work, accepted, analyse, browser_of, run  # isort: skip
from django.db import transaction

from benchmarks.bench_reading import text_of
from zicht.evidence.actors.actions import protect
from zicht.evidence.actors.naming import make_actor, note_name
from zicht.evidence.actors.shown import redactor_of
from zicht.evidence.models import Actor, Anchor, SearchRow, Source, Statement, StatementAnchor
from zicht.evidence.search.index import put_terms
from zicht.evidence.search.queries import search
from zicht.evidence.search.terms import index_terms
from zicht.evidence.sources.actions import receive
from zicht.evidence.sources.texts import current_text
from zicht.people.actions import create_organisation, invite_account
from zicht.people.models import Account

A_SOURCE = 500  # statements
WORDS = 14  # of a statement
ACTORS, PROTECTED = 200, 10
RESTRICTED = 4  # one source in so many
QUESTIONS = 200
NAMES = ("Arend", "Bakker", "Dijkstra", "Evers", "Fortuin", "Groen", "Hazelaar", "Jonker", "Linde", "Molenaar", "Noot")


class Growing:
    """Statements that grow, and a researcher who searches them."""

    def __init__(self) -> None:
        values = {"org_name": "House", "org_type": "evidence_ngo", "legal_regime": "research"}
        self.administrator = accepted(create_organisation(values, login="admin", shown_as="Admin").code)
        self.researcher, self.other = self._invite("rene"), self._invite("sofie")
        self.browser = browser_of(self.researcher)
        self.chance = Random(39)  # noqa: S311 - the same statements each time
        self.words = text_of(400_000).split()
        self.actors: list[Actor] = []
        self.count = 0

    def _invite(self, login: str) -> Account:
        invitation = invite_account(self.administrator, login=login, shown_as=login.title(), roles=["researcher"])
        return accepted(invitation.code)

    def grow(self, size: int) -> None:
        """Add statements, each with its quotation and what finds it."""
        while self.count < size:
            with transaction.atomic():
                self._add_source(self.count // A_SOURCE)
            self.count += A_SOURCE
        analyse()

    def _add_source(self, number: int) -> None:
        said = [" ".join(self.chance.choices(self.words, k=WORDS)) for _ in range(A_SOURCE)]
        by = self.other if number % RESTRICTED == RESTRICTED - 1 else self.researcher
        values = {"kind": "press", "title": f"Source {number}", "restricted": by is self.other, "language": "nl"}
        source = receive(by, f"{number}. {said[0]}".encode(), values).source
        if not self.actors:
            self.actors = list(self._make_actors(source))
        self._record(by, source, said)

    def _make_actors(self, source: Source) -> Iterator[Actor]:
        for number in range(ACTORS):
            name = f"{self.chance.choice(NAMES)} {self.chance.choice(NAMES)} {number}"
            actor = make_actor(self.researcher, source, name, "person")
            note_name(self.researcher, actor, source, name)
            yield protect(self.researcher, actor, f"Witness {number}") if number < PROTECTED else actor

    def _record(self, by: Account, source: Source, said: list[str]) -> None:
        """Store statements as the actions do, but many in one statement of the database."""
        version = current_text(source)
        statements, anchors = [], []
        for words in said:
            key = UUID(int=self.chance.getrandbits(128))
            who = {"subject": self.chance.choice(self.actors), "object": self.chance.choice(self.actors)}
            told = {"predicate": "associate", "closeness": "repeated", "method": "by_hand", "text": words[:60]}
            statements.append(Statement(pk=key, source=source, recorded_by=by, **who, **told))
            anchors.append(
                Anchor(source=source, text_version=version, start=0, end=len(words), placed_by=by, exact=words)
            )
        Statement.objects.bulk_create(statements)
        Anchor.objects.bulk_create(anchors)
        pairs = zip(statements, anchors, strict=True)
        StatementAnchor.objects.bulk_create([StatementAnchor(statement=one, anchor=anchor) for one, anchor in pairs])
        rows = [SearchRow(source=source, kind="statement", subject=one.pk) for one in statements]
        SearchRow.objects.bulk_create(rows)
        redact = redactor_of(source.org_id).redact
        put_terms((row.pk, index_terms(redact(words))) for row, words in zip(rows, said, strict=True))

    def load(self) -> None:
        """Load the code of the page."""
        self._show("schip")

    def _show(self, words: str) -> None:
        answer = self.browser.post("/staff/evidence/search/", {"words": words})
        assert answer.status_code == 200, answer.status_code

    def works(self) -> Iterator[tuple[str, list[Work]]]:
        """Give what is measured, each as many pieces of work."""
        for count in (1, 2):
            asked = [" ".join(self.chance.sample(self.words, k=count)) for _ in range(QUESTIONS)]
            yield f"search: {count} word{'s' * (count > 1)}", [partial(search, self.researcher, one) for one in asked]
        whole = [" ".join(self.chance.choices(self.words, k=3)) for _ in range(EACH)]
        yield "search for a name", [partial(search, self.researcher, one, is_phrase=True) for one in whole]
        asked = self.chance.sample(self.words, k=EACH)
        yield "search, the page", [partial(self._show, one) for one in asked]


if __name__ == "__main__":
    run(Growing, [int(size) for size in sys.argv[1:]])
