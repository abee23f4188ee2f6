"""Bring together what a dossier says, with footnoted quotations and nobody in it who is protected."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zicht.evidence.actors.shown import redactor_for, shown_names
from zicht.evidence.models import Actor, Claim, Dossier, RightOfReply, Source
from zicht.evidence.sources.queries import references_outside
from zicht.evidence.statements.claims import Weighed, weigh
from zicht.evidence.statements.wording import Row, rows_of, texts_of_claims
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.sealed import reveal

Redact = Callable[[str], str]
Leaving = Mapping[UUID, Source]  # the sources that leave, by their keys; no other names anybody


@dataclass(frozen=True)
class Footnote:
    """A quotation with its source and who says it."""

    number: int
    quote: str
    source: str
    said_by: str


@dataclass(frozen=True)
class ClaimTold:
    """A claim, from how many roots it comes, and the numbers of its footnotes."""

    text: str
    state: str
    roots: str
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
    statements = [one for each in weighed for one in (*each.supporting, *each.contradicting)]
    sources = {one.source_id: one.source for one in statements}
    told = [_told(account, one, words, notes, sources) for one, words in worded]
    actors = {one.subject_id for one in statements} | {one.object_id for one in statements if one.object_id}
    named = list(Actor.objects.filter(pk__in=actors, protected=False))
    title, replies = redact(reveal(dossier, "title")), _replies(account, dossier, sources)
    return Contents(title, told, notes, replies, list(sources.values()), named)


def _told(account: Account, weighed: Weighed, words: str, notes: list[Footnote], sources: Leaving) -> ClaimTold:
    redact = redactor_for(account).redact
    parts = (weighed.supporting, weighed.contradicting)
    numbers = [_number(rows_of(account, part, sources), notes, redact) for part in parts]
    return ClaimTold(words, label_of("claim_state", weighed.state), weighed.roots_told, *numbers)


def _number(rows: list[Row], notes: list[Footnote], redact: Redact) -> list[int]:
    """Add a footnote for each statement, and give their numbers."""
    sources = references_outside(row.record.source for row in rows)
    first = len(notes) + 1
    for number, row in enumerate(rows, start=first):
        said_by = " ← ".join(reversed(row.chain))
        notes.append(Footnote(number, redact(row.quote), redact(sources[row.record.source_id]), redact(said_by)))
    return list(range(first, len(notes) + 1))


def _replies(account: Account, dossier: Dossier, sources: Leaving) -> list[tuple[str, str, str]]:
    last, redact = last_replies(dossier), redactor_for(account).redact
    names = shown_names(account, [reply.actor_id for reply in last], sources)
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
