"""Everything that records statements: from words that were selected, from a suggestion, corrected, taken back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from zicht.cases.errors import NotAllowedError
from zicht.evidence import rules
from zicht.evidence.actors.naming import actor_called
from zicht.evidence.errors import (
    CorrectedAlreadyError,
    DecidedAlreadyError,
    NotACuratorError,
    NothingSaidError,
    WrongPlaceError,
)
from zicht.evidence.models import (
    Actor,
    Anchor,
    Assessment,
    Attribution,
    Curation,
    Mention,
    Source,
    Statement,
    StatementAnchor,
    Suggestion,
    SuggestionDecision,
)
from zicht.evidence.search.index import forget, index_names, index_statements
from zicht.evidence.sources import texts
from zicht.evidence.sources.actions import lock
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.sealed import reveal

# What a correction may say anew; everything else is taken over.
SEALED = ("text", "wording", "value", "unit", "counts_what", "per")
PLAIN = ("predicate", "polarity", "modality", "closeness", "place_code", "method")
NUMBERS = ("qty_low", "qty_high", "qty_approx", "when_edtf")


@dataclass(frozen=True)
class Named:
    """An actor as somebody typed it: the name, and the kind if nobody is called so yet; or the actor that is meant."""

    name: str
    kind: str = "group"
    actor: Actor | None = None


@dataclass(frozen=True)
class Voice:
    """Somebody in the chain of who says it, the first first; `name` of an actor, or `unnamed` in words."""

    role: str
    name: str = ""
    unnamed: str = ""
    kind: str = "group"
    basis: str = ""


@dataclass(frozen=True)
class Place:
    """The place of a quotation in the text (code points), or a part of a picture in parts of its width and height."""

    start: int = 0
    end: int = 0
    region: tuple[float, float, float, float] | None = None


@dataclass(frozen=True)
class Told:
    """What somebody records: who does what to whom, the values of the statement, who says it, and where it stands."""

    subject: Named
    values: Mapping[str, Any]
    places: Sequence[Place]
    object: Named | None = None
    chain: Sequence[Voice] = ()


# --- recording ----------------------------------------------------------------------------------------------------
@transaction.atomic
def record_statement(by: Account, source: Source, told: Told, *, method: str = "by_hand") -> Statement:
    """Record what a source says, with the words it stands on."""
    source = lock(by, source)
    _refuse_nothing(told)
    anchors = [_place(by, source, place) for place in told.places]
    if not anchors:
        raise WrongPlaceError
    statement = _new_statement(by, source, told, method)
    _attach(statement, anchors)
    _chain(by, statement, told.chain)
    index_statements(source, only=statement.pk)
    index_names(source)
    record_access(by, "opened", "statement", statement.pk, compartment=source.compartment)
    return statement


def _refuse_nothing(told: Told) -> None:
    values = told.values
    says = values.get("predicate") or values.get("wording") or values.get("value")
    if not (says or values.get("qty_low") or values.get("qty_high")):
        raise NothingSaidError


def _new_statement(by: Account, source: Source, told: Told, method: str) -> Statement:
    subject = _actor(by, source, told.subject)
    whom = _actor(by, source, told.object) if told.object else None
    statement = Statement(source=source, subject=subject, object=whom, recorded_by=by, method=method)
    for name, value in told.values.items():
        setattr(statement, name, value)
    to_whom = told.object.name if told.object else ""
    statement.text = statement.text or rules.in_short(told.subject.name, told.values, to_whom)
    statement.earliest, statement.latest = rules.bounds_of(statement.when_edtf)
    statement.save(force_insert=True)
    return statement


def _actor(by: Account, source: Source, named: Named) -> Actor:
    return actor_called(by, source, named.name, named.kind, found=named.actor)


def _attach(statement: Statement, anchors: Iterable[Anchor]) -> None:
    for anchor in anchors:
        StatementAnchor(statement=statement, anchor=anchor).save(force_insert=True)


def _place(by: Account, source: Source, place: Place) -> Anchor:
    """Store a place in the newest text, or a part of the picture; the same words at the same place are one row."""
    if place.region is not None:
        return _place_in_picture(by, source, place.region)
    version = texts.current_text(source)
    if version is None:
        raise WrongPlaceError
    there: Anchor | None = version.anchors.filter(start=place.start, end=place.end).exclude(status="lost").first()
    try:
        return there or texts.place_anchor(version, texts.text_of(version), place.start, place.end, by)
    except ValueError as error:
        raise WrongPlaceError from error


def _place_in_picture(by: Account, source: Source, region: tuple[float, float, float, float]) -> Anchor:
    if not rules.is_region(region):
        raise WrongPlaceError
    anchor = Anchor(source=source, region=" ".join(f"{part:.5f}" for part in region), placed_by=by)
    anchor.save(force_insert=True)
    return anchor


def _chain(by: Account, statement: Statement, chain: Sequence[Voice]) -> None:
    for number, voice in enumerate(chain, start=1):
        link = Attribution(statement=statement, number=number, role=voice.role, basis=voice.basis)
        if voice.name:
            link.claimant = actor_called(by, statement.source, voice.name, voice.kind)
        else:
            link.unnamed = voice.unnamed
        link.save(force_insert=True)


# --- suggestions --------------------------------------------------------------------------------------------------
@transaction.atomic
def promote(by: Account, suggestion: Suggestion, told: Told) -> Statement:
    """Make a statement out of a suggestion, in the name of who does it."""
    source = lock(by, suggestion.source)
    _refuse_decided(by, suggestion)
    statement = record_statement(by, source, told, method="from_suggestion")
    SuggestionDecision(suggestion=suggestion, verdict="promoted", statement=statement, by=by).save(force_insert=True)
    return statement


@transaction.atomic
def promote_name(by: Account, suggestion: Suggestion, named: Named, found: Actor | None = None) -> Mention:
    """Say which actor a name in the text means, in the name of who says so."""
    source = lock(by, suggestion.source)
    _refuse_decided(by, suggestion)
    actor = actor_called(by, source, named.name, named.kind, found=found)
    anchor = _place(by, source, Place(suggestion.start, suggestion.end))
    mention = Mention(anchor=anchor, actor=actor, detector="rules", by=by)
    mention.save(force_insert=True)
    SuggestionDecision(suggestion=suggestion, verdict="promoted", mention=mention, by=by).save(force_insert=True)
    index_names(source)
    record_access(by, "changed", "actor", actor.pk, compartment=source.compartment)
    return mention


@transaction.atomic
def reject(by: Account, suggestion: Suggestion) -> None:
    """Reject a suggestion, in the name of who does it."""
    source = lock(by, suggestion.source)
    _refuse_decided(by, suggestion)
    SuggestionDecision(suggestion=suggestion, verdict="rejected", by=by).save(force_insert=True)
    record_access(by, "changed", "suggestion", suggestion.pk, compartment=source.compartment)


def _refuse_decided(by: Account, suggestion: Suggestion) -> None:
    """One decision a person where two read apart; otherwise the first one counts."""
    decisions = suggestion.decisions.all()
    if (decisions.filter(by=by) if suggestion.source.double_reading else decisions).exists():
        raise DecidedAlreadyError


# --- corrections --------------------------------------------------------------------------------------------------
@transaction.atomic
def correct(by: Account, statement: Statement, changes: Mapping[str, Any], reason: str | None = None) -> Statement:
    """Record a statement anew in place of another, which stays; quotations and who says it are taken over."""
    source = lock(by, statement.source)
    _refuse_corrected(statement)
    values = {name: reveal(statement, name) for name in SEALED} | {name: getattr(statement, name) for name in PLAIN}
    later = Statement(source=source, subject=statement.subject, object=statement.object, recorded_by=by)
    told = {**values, **changes}
    for name, value in told.items():
        setattr(later, name, value)
    if "text" not in changes:
        later.text = rules.in_short(_named_in(statement.subject, source), told, _named_in(statement.object, source))
    later.supersedes, later.reason = statement, reason
    later.earliest, later.latest = rules.bounds_of(later.when_edtf)
    later.save(force_insert=True)
    _attach(later, statement.anchors.all())
    _take_over_chain(statement, later)
    forget(source, [statement.pk])
    index_statements(source, only=later.pk)
    record_access(by, "changed", "statement", later.pk, compartment=source.compartment)
    return later


def _named_in(actor: Actor | None, source: Source) -> str:
    """Give the name of an actor as a source spells it first; the words of a statement hold no other."""
    row = actor.names.filter(source=source).order_by("at", "entry_id").first() if actor else None
    return reveal(row, "called") if row else ""


def retract(by: Account, statement: Statement, reason: str | None = None) -> Statement:
    """Take a statement back: a new row says so, the old one stays."""
    return correct(by, statement, {"status": "retracted"}, reason)


def _refuse_corrected(statement: Statement) -> None:
    if statement.superseded_by.exists() or statement.status == "retracted":
        raise CorrectedAlreadyError


def _take_over_chain(before: Statement, later: Statement) -> None:
    for link in before.chain.order_by("number"):
        unnamed = reveal(link, "unnamed")
        again = Attribution(statement=later, number=link.number, role=link.role, basis=link.basis)
        again.claimant, again.unnamed = link.claimant, unnamed or None
        again.save(force_insert=True)


# --- what people make of it ---------------------------------------------------------------------------------------
@transaction.atomic
def assess(
    by: Account, statement: Statement, reliability: str, credibility: str, reason: str | None = None
) -> Assessment:
    """Assess a statement; what was assessed before stays beside it."""
    source = lock(by, statement.source)
    assessment = Assessment(statement=statement, reliability=reliability, credibility=credibility, reason=reason, by=by)
    assessment.save(force_insert=True)
    record_access(by, "changed", "statement", statement.pk, compartment=source.compartment)
    return assessment


@transaction.atomic
def curate(by: Account, statement: Statement, verdict: str, reason: str | None = None) -> Curation:
    """Decide between readers about a statement; refused to whoever reads the source."""
    source = lock(by, statement.source)
    if statement.recorded_by_id == by.pk or source.readings.filter(reader=by).exists():
        raise NotACuratorError
    if not source.readings.exists():
        raise NotAllowedError
    curation = Curation(statement=statement, verdict=verdict, reason=reason, by=by)
    curation.save(force_insert=True)
    record_access(by, "changed", "statement", statement.pk, compartment=source.compartment)
    return curation
