"""Bring together what a dossier says, with footnoted quotations and nobody in it who is protected."""

from collections.abc import Callable
from dataclasses import dataclass

from zicht.evidence.actors.shown import redactor_for, shown_names
from zicht.evidence.models import Actor, Claim, Dossier, RightOfReply, Source
from zicht.evidence.sources.queries import references_outside
from zicht.evidence.statements.claims import Weighed, weigh
from zicht.evidence.statements.wording import Row, rows_of, texts_of_claims
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.sealed import reveal

Redact = Callable[[str], str]


@dataclass(frozen=True)
class Footnote:
    """A quotation with its source and who says it."""

    number: int
    quote: str
    source: str
    said_by: str


@dataclass(frozen=True)
class ClaimTold:
    """A claim with its roots and the numbers of its footnotes."""

    text: str
    state: str
    certain: int
    possible: int
    notes: list[int]
    against: list[int]


@dataclass(frozen=True)
class Contents:
    """A dossier as it would leave."""

    title: str
    claims: list[ClaimTold]
    notes: list[Footnote]
    replies: list[tuple[str, str, str]]
    sources: list[Source]
    named: list[Actor]


def contents_of(account: Account, dossier: Dossier) -> Contents:
    """Read a dossier from what this account may see; names of protected people are taken out of every text."""
    found = Claim.objects.visible_to(account).filter(in_dossiers__dossier=dossier).order_by("in_dossiers__number")
    weighed = [one for one in weigh(account, found.select_related("first")) if one.supporting]
    redact = redactor_for(account).redact
    notes: list[Footnote] = []
    worded = zip(weighed, texts_of_claims(account, weighed), strict=True)
    told = [_told(account, one, words, notes, redact) for one, words in worded]
    statements = [one for each in weighed for one in (*each.supporting, *each.contradicting)]
    sources = list({one.source_id: one.source for one in statements}.values())
    actors = {one.subject_id for one in statements} | {one.object_id for one in statements if one.object_id}
    named = list(Actor.objects.filter(pk__in=actors, protected=False))
    return Contents(redact(reveal(dossier, "title")), told, notes, _replies(account, dossier, redact), sources, named)


def _told(account: Account, weighed: Weighed, words: str, notes: list[Footnote], redact: Redact) -> ClaimTold:
    numbers = [_number(rows_of(account, part), notes, redact) for part in (weighed.supporting, weighed.contradicting)]
    roots, state = weighed.roots, label_of("claim_state", weighed.state)
    return ClaimTold(words, state, roots.certain, roots.possible, *numbers)


def _number(rows: list[Row], notes: list[Footnote], redact: Redact) -> list[int]:
    """Add a footnote for each statement, and give their numbers."""
    sources = references_outside(row.record.source for row in rows)
    first = len(notes) + 1
    for number, row in enumerate(rows, start=first):
        said_by = " ← ".join(reversed(row.chain))
        notes.append(Footnote(number, redact(row.quote), redact(sources[row.record.source_id]), redact(said_by)))
    return list(range(first, len(notes) + 1))


def _replies(account: Account, dossier: Dossier, redact: Redact) -> list[tuple[str, str, str]]:
    last = last_replies(dossier)
    names = shown_names(account, [reply.actor_id for reply in last])
    rows = [(names[one.actor_id], label_of("reply_state", one.state), reveal(one, "answer")) for one in last]
    return [(redact(name), state, redact(answer)) for name, state, answer in rows]


def last_replies(dossier: Dossier) -> list[RightOfReply]:
    """Give the last line on each actor."""
    rows = RightOfReply.objects.filter(dossier=dossier).select_related("actor").order_by("at", "reply_id")
    return list({reply.actor_id: reply for reply in rows}.values())


def not_heard(contents: Contents, dossier: Dossier) -> list[Actor]:
    """Give whom a dossier names without a right of reply on record."""
    heard = {reply.actor_id for reply in last_replies(dossier)}
    return [actor for actor in contents.named if actor.pk not in heard]
