"""Statements as a reader sees them: in words, with their quotation, who says it, and what people make of it."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from zicht.evidence import agreement, rules
from zicht.evidence.actors.shown import redactor_for, shown_names
from zicht.evidence.models import Anchor, Claim, Source, Statement
from zicht.evidence.sources import queries, texts
from zicht.evidence.statements.claims import Weighed, weigh
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.sealed import reveal

SEALED = ("wording", "value", "unit", "counts_what", "per")
VALUES = ("predicate", "qty_low", "qty_high", "qty_approx", "when_edtf", "closeness", "polarity", "modality")
NO_STATEMENT = "none"


@dataclass(frozen=True)
class Row:
    """A statement in one line, with the words it stands on."""

    record: Statement
    subject: str
    does: str
    object: str
    number: str
    quote: str
    chain: list[str]
    start: int
    end: int
    status: str

    @property
    def line(self) -> str:
        """Say who does what to whom, or how many."""
        return " ".join(part for part in (self.subject, self.does, self.object, self.number) if part)


@dataclass(frozen=True)
class StatementPage:
    """A statement with everything that is known of it."""

    row: Row
    source: Source
    title: str
    assessments: list[tuple[Any, str]]
    history: list[Row]
    is_current: bool


def rows_of(account: Account, statements: Sequence[Statement], sources: Iterable[UUID] | None = None) -> list[Row]:
    """Give statements in words; actors by the names that this account may see, with `sources` in these alone."""
    keys = {key for one in statements for key in (one.subject_id, one.object_id) if key}
    keys |= {link.claimant_id for one in statements for link in one.chain.all() if link.claimant_id}
    names, redact = shown_names(account, keys, sources), redactor_for(account).redact
    return [_row(one, names, redact) for one in statements]


def _row(statement: Statement, names: dict[UUID, str], redact: Callable[[str], str]) -> Row:
    values = values_of(statement)
    does = values["wording"] or (label_of("link_kind", statement.predicate) if statement.predicate else "")
    if statement.polarity == "denied":
        does = _("does not: %(does)s") % {"does": does}
    anchor = current_anchor(statement)
    return Row(
        record=statement,
        subject=names.get(statement.subject_id, ""),
        does=redact(does),
        object=names.get(statement.object_id, "") if statement.object_id else redact(values["value"]),
        number=redact(rules.number_in_words(values)),
        quote=redact(reveal(anchor, "exact")) if anchor else "",
        chain=[redact(one) for one in _chain(statement, names)],
        start=(anchor.start or 0) if anchor else 0,
        end=(anchor.end or 0) if anchor else 0,
        status=anchor.status if anchor else "lost",
    )


def values_of(statement: Statement) -> dict[str, Any]:
    """Give the values of a statement in plain."""
    plain = {name: getattr(statement, name) for name in VALUES}
    return plain | {name: reveal(statement, name) for name in SEALED}


def current_anchor(statement: Statement) -> Anchor | None:
    """Follow the quotation of a statement to where it stands in the newest text."""
    anchor = next(iter(statement.anchors.all()), None)
    while anchor is not None and (later := next(iter(anchor.next_ones.all()), None)):
        anchor = later
    return anchor


def _chain(statement: Statement, names: dict[UUID, str]) -> list[str]:
    links = sorted(statement.chain.all(), key=lambda link: link.number)
    return [names.get(link.claimant_id, "") if link.claimant_id else reveal(link, "unnamed") for link in links]


def page_of(account: Account, statement: Statement) -> StatementPage:
    """Bring together what is known of a statement, with what stood there before."""
    assessments = statement.assessments.select_related("by").order_by("at")
    before, at = [], statement
    while at.supersedes_id:
        at = at.supersedes
        before.append(at)
    return StatementPage(
        row=rows_of(account, [statement])[0],
        source=statement.source,
        title=reveal(statement.source, "title"),
        assessments=[(one, reveal(one, "reason")) for one in assessments],
        history=rows_of(account, before),
        is_current=statement.status == "stands" and not statement.superseded_by.exists(),
    )


def regions_of(statements: Iterable[Statement]) -> list[tuple[Statement, dict[str, float]]]:
    """Give the parts of a picture that statements stand on, in percents of it."""
    found = []
    for statement in statements:
        for anchor in statement.anchors.all():
            if anchor.region:
                left, top, width, height = (round(float(part) * 100, 2) for part in anchor.region.split())
                found.append((statement, {"left": left, "top": top, "width": width, "height": height}))
    return found


# --- claims -------------------------------------------------------------------------------------------------------
def texts_of_claims(account: Account, weighed: Iterable[Weighed]) -> list[str]:
    """Give the words of claims; whoever was protected after they were written is taken out of them."""
    redact = redactor_for(account).redact
    return [redact(_words_of(one)) for one in weighed]


def _words_of(weighed: Weighed) -> str:
    """Give the words it began with, or those of the first statement that can be read."""
    seen = [*weighed.supporting, *weighed.contradicting]
    if any(one.pk == weighed.claim.first_id for one in seen):
        return reveal(weighed.claim, "text")
    return reveal(seen[0], "text") if seen else ""


def claims_of(account: Account, statement: Statement) -> list[tuple[Weighed, str, bool]]:
    """Give the claims that a statement is in, and those that it may be about: with the same subject."""
    seen = queries.statements_seen(account)
    near = (
        Claim.objects.visible_to(account)
        .filter(parts__statement__in=seen)
        .filter(parts__statement__subject=statement.subject_id)
    )
    weighed = weigh(account, near.distinct().select_related("first").order_by("made_at")[:50])
    worded = zip(weighed, texts_of_claims(account, weighed), strict=True)
    return [(one, words, _is_in(one, statement)) for one, words in worded]


def _is_in(weighed: Weighed, statement: Statement) -> bool:
    return any(one.pk == statement.pk for one in (*weighed.supporting, *weighed.contradicting))


# --- readers ------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Agreement:
    """How far readers agree on which sentence says what."""

    readers: list[Account]
    kappa: float | None
    alpha: float | None
    rows: list[tuple[str, list[list[Row]]]]


def agreement_of(account: Account, source: Source) -> Agreement:
    """Compare readers sentence by sentence: which kind of statement each found there, or none."""
    readers = [
        one.reader for one in source.readings.exclude(finished_at=None).select_related("reader").order_by("started_at")
    ]
    version = texts.current_text(source)
    if version is None:
        return Agreement(readers, None, None, [])
    rows = rows_of(account, queries.statements_of(account, source))
    text, units, shown = texts.text_of(version), [], []
    for start, end in version.sentences:
        here = [
            [row for row in rows if row.record.recorded_by_id == one.pk and start <= row.start < end] for one in readers
        ]
        units.append([_label(found) for found in here])
        if any(here):
            shown.append((text[start:end], here))
    pairs = [
        agreement.cohens_kappa([u[a] for u in units], [u[b] for u in units])
        for a, b in combinations(range(len(readers)), 2)
    ]
    return Agreement(readers, pairs[0] if len(pairs) == 1 else None, agreement.krippendorffs_alpha(units), shown)


def _label(rows: Sequence[Row]) -> str:
    kinds = sorted({row.record.predicate or ("number" if row.number else "other") for row in rows})
    return " ".join(kinds) or NO_STATEMENT
