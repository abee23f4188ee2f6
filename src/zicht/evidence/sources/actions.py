"""Everything that changes sources: receive, read, open, relate, withdraw. Each writes its line in the access log."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone

from zicht.cases.errors import NotAllowedError
from zicht.evidence import anchoring, rules
from zicht.evidence.errors import (
    NoConsentToTestifyError,
    NotReadableError,
    PlacedAlreadyError,
    WithdrawnError,
    WrongPlaceError,
)
from zicht.evidence.models import (
    Anchor,
    Derivation,
    Interview,
    Original,
    Source,
    SourceReader,
    SourceReading,
    SourceRelation,
    TextVersion,
)
from zicht.evidence.search.index import index_source
from zicht.evidence.sources import custody, suggesting, texts
from zicht.people.actions import record_access
from zicht.people.code_fields import language
from zicht.people.models import Account
from zicht.people.sealed import make_key
from zicht.reading.documents import open_document
from zicht.reading.errors import DocumentError
from zicht.reading.formats.kinds import FIRST_BYTES, Kind, kind_of
from zicht.reading.read import Reading, read_beginning

MEDIA = {Kind.TEXT: "text", Kind.PDF: "pdf", Kind.WORD: "word", Kind.PAGE: "page"}
# First bytes of pictures: PNG (ISO/IEC 15948, 5.2) and JPEG (ITU-T T.81, annex B).
PICTURES = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
# Code points in which figures, dates and names are looked for while somebody waits: a book of 300 pages.
MOST_READ = 600_000
TITLE_LENGTH = 80  # characters of a title that is taken from the text


@dataclass(frozen=True)
class Received:
    """A source, and whether it came in now or was there already."""

    source: Source
    is_new: bool
    suggestions: int = 0
    is_read_in_part: bool = False


@dataclass(frozen=True)
class _Opened:
    """What stands in a file; a picture has no text."""

    media_type: str
    reading: Reading | None


# --- receiving ----------------------------------------------------------------------------------------------------
def receive(
    by: Account,
    data: bytes,
    values: Mapping[str, Any],
    *,
    interview: Mapping[str, Any] | None = None,
    readers: Iterable[Account] = (),
) -> Received:
    """Store a file as a source that can be found; the same bytes come in once."""
    received = take_in(by, data, values, interview=interview, readers=readers)
    if received.is_new:
        # Apart from what was stored: indexing a book takes seconds, in which nobody else could write on SQLite. What is
        # cut off here is found again after `zicht reindex-search`.
        index_source(received.source)
    return received


def take_in(
    by: Account,
    data: bytes,
    values: Mapping[str, Any],
    *,
    interview: Mapping[str, Any] | None = None,
    readers: Iterable[Account] = (),
) -> Received:
    """Store a file with its text and what the reading rules suggest; who calls this indexes it after the commit."""
    _require(by)
    if interview is not None and not rules.may_testify(interview):
        raise NoConsentToTestifyError
    known = _known(by, texts.digest(data), values)
    if known is not None:
        return Received(known, False)
    opened = _open(data, values)
    return _store(by, data, opened, values, interview, readers)


@transaction.atomic
def _store(
    by: Account,
    data: bytes,
    opened: _Opened,
    values: Mapping[str, Any],
    interview: Mapping[str, Any] | None,
    readers: Iterable[Account],
) -> Received:
    source = _new_source(by, data, opened, values)
    if interview is not None:
        Interview(source=source, interviewer=by, **interview).save(force_insert=True)
    for step in ("received", "hashed"):
        custody.add_line(source, step, by)
    count = _store_reading(by, texts.store_original(source, data, opened.media_type), opened)
    for reader in readers:
        _let_in(by, source, reader)
    record_access(by, "opened", "source", source.pk, compartment=source.compartment)
    return Received(source, True, count, opened.reading is not None and len(opened.reading.text) > MOST_READ)


def _new_source(by: Account, data: bytes, opened: _Opened, values: Mapping[str, Any]) -> Source:
    source = Source(org=by.org, collected_by=by, sha256=texts.digest(data), collected_on=timezone.localdate())
    source.compartment = rules.wall_for(by)
    for name, value in values.items():
        setattr(source, name, value)
    if opened.reading is not None:
        source.language = source.language or opened.reading.language
        source.published_edtf = source.published_edtf or opened.reading.published
        source.title = source.title or _title(opened.reading)
    make_key(source)
    source.save(force_insert=True)
    return source


def _store_reading(by: Account, original: Original, opened: _Opened) -> int:
    if opened.reading is None:
        return 0
    version = texts.store_text(original, opened.reading, by)
    custody.add_line(original.source, "read", by, sha256=original.sha256)
    return suggesting.store_suggestions(version, opened.reading)


def _open(data: bytes, values: Mapping[str, Any]) -> _Opened:
    """Read a file within bounds; raise NotReadableError with the sentence that says why not."""
    picture = next((kind for first, kind in PICTURES.items() if data.startswith(first)), "")
    if picture:
        return _Opened(picture, None)
    try:
        kind = kind_of(data[:FIRST_BYTES])
        document = open_document(data)
    except DocumentError as error:
        raise NotReadableError(error.in_language(language())) from error
    published = values.get("published_edtf") or document.published
    reading = read_beginning(document.text, MOST_READ, values.get("language") or "", published)
    return _Opened(MEDIA[kind], reading)


def _known(by: Account, sha256: str, values: Mapping[str, Any]) -> Source | None:
    """Find the same bytes among what this account may see: of what it may not see it learns nothing."""
    seen = Source.objects.visible_to(by).in_use().filter(sha256=sha256, restricted=bool(values.get("restricted")))
    found: Source | None = seen.filter(compartment=rules.wall_for(by)).first()
    return found


def _title(reading: Reading) -> str:
    """Take the beginning of the text for a title, cut at a word."""
    sentence = next(iter(reading.sentences), None)
    words = " ".join(reading.text[sentence.start : sentence.end].split()) if sentence else ""
    return words if len(words) <= TITLE_LENGTH else f"{words[:TITLE_LENGTH].rpartition(' ')[0]} …"


# --- reading anew -------------------------------------------------------------------------------------------------
@transaction.atomic
def read_again(by: Account, source: Source, data: bytes | None = None) -> TextVersion | None:
    """Read a source anew, from the bytes that are there or from a changed file; None when the text is the same.

    Each quotation is looked for in the new text, and how it was found is kept for somebody to look at.
    """
    source = lock(by, source)
    before = texts.current_text(source)
    original = _newest(source)
    opened = _open(texts.bytes_of(original) if data is None else data, {"language": source.language})
    if opened.reading is None or before is None or _is_same(before, opened.reading):
        return None
    if data is not None:
        original = texts.store_original(source, data, opened.media_type)
        custody.add_line(source, "hashed", by, sha256=original.sha256)
    version = texts.store_text(original, opened.reading, by)
    suggesting.store_suggestions(version, opened.reading)
    index_source(source)
    _find_quotations(by, before, version, opened.reading.text)
    custody.add_line(source, "read_again", by, sha256=original.sha256)
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)
    return version


def _newest(source: Source) -> Original:
    found: Original = source.originals.order_by("-number")[:1].get()
    return found


def _is_same(before: TextVersion, reading: Reading) -> bool:
    return before.sha256 == texts.digest(reading.text.encode("utf-8", "surrogatepass"))


def _find_quotations(by: Account, before: TextVersion, version: TextVersion, text: str) -> None:
    # Only the last word on each: what a person confirmed stands behind what was found.
    for anchor in before.anchors.filter(next_ones=None):
        quote = texts.quote_of(anchor)
        found = anchoring.find_again(quote, text)
        if found.start is not None and found.end is not None:
            texts.place_anchor(version, text, found.start, found.end, by, status=found.status, previous=anchor)
            continue
        lost = Anchor(source=version.source, text_version=version, status="lost", previous=anchor, placed_by=by)
        lost.exact, lost.prefix, lost.suffix = quote.exact, quote.prefix, quote.suffix
        lost.save(force_insert=True)


@transaction.atomic
def confirm_anchor(by: Account, anchor: Anchor, start: int, end: int) -> Anchor:
    """Put a quotation that moved or was lost where a person says it stands now."""
    source = lock(by, anchor.source)
    if anchor.next_ones.exists():
        raise PlacedAlreadyError
    text = texts.text_of(anchor.text_version)
    try:
        placed = texts.place_anchor(anchor.text_version, text, start, end, by, status="confirmed", previous=anchor)
    except ValueError as error:
        raise WrongPlaceError from error
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)
    return placed


# --- who may see --------------------------------------------------------------------------------------------------
@transaction.atomic
def open_to(by: Account, source: Source, reader: Account) -> None:
    """Let a colleague see a restricted source."""
    source = lock(by, source)
    _let_in(by, source, reader)
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)


def _let_in(by: Account, source: Source, reader: Account) -> None:
    if reader.org_id != source.org_id or source.compartment not in rules.walls_of(reader):
        raise NotAllowedError
    if not source.readers.filter(account=reader, ended_at=None).exists():
        SourceReader(source=source, account=reader, added_by=by).save(force_insert=True)
        custody.add_line(source, "opened_to", by, about=reader)


@transaction.atomic
def close_to(by: Account, source: Source, reader: Account) -> None:
    """Let a colleague see a restricted source no longer."""
    source = lock(by, source)
    for entry in source.readers.filter(account=reader, ended_at=None):
        entry.ended_at = timezone.now()
        entry.save()
        custody.add_line(source, "closed_to", by, about=reader)
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)


@transaction.atomic
def note_seen(by: Account, source: Source) -> None:
    """Write down that somebody looks at a source: each time in the access log, once a day in the chain of custody."""
    today = timezone.make_aware(dt.datetime.combine(timezone.localdate(), dt.time()))
    if not source.custody.filter(step="seen", by=by, happened_at__gte=today).exists():
        custody.add_line(_locked(source), "seen", by)
    record_access(by, "seen", "source", source.pk, compartment=source.compartment)


# --- what it rests on ---------------------------------------------------------------------------------------------
@transaction.atomic
def rest_on(by: Account, source: Source, other: Source) -> None:
    """Record that a source rests on another, such as a newspaper on a report."""
    source = lock(by, source)
    if not may_see(by, other) or other.pk == source.pk:
        raise NotAllowedError
    if not source.rests_on.filter(from_source=other).exists():
        Derivation(source=source, from_source=other, by=by).save(force_insert=True)
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)


@transaction.atomic
def judge_relation(by: Account, source: Source, other: Source, verdict: str, reason: str | None = None) -> None:
    """Record that two sources are independent, or that both have one root."""
    source = lock(by, source)
    if not may_see(by, other) or other.pk == source.pk:
        raise NotAllowedError
    SourceRelation(source=source, other=other, verdict=verdict, reason=reason, by=by).save(force_insert=True)
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)


# --- parts --------------------------------------------------------------------------------------------------------
def may_see(by: Account, source: Source) -> bool:
    """Tell whether an account may see a source that is in use."""
    return bool(Source.objects.visible_to(by).in_use().filter(pk=source.pk).exists())


def _require(by: Account) -> None:
    if not by.has_perm("evidence.record"):
        raise NotAllowedError


def lock(by: Account, source: Source) -> Source:
    """Take the turn for a source that an account may record in; raise for one that it may not see, or that is gone."""
    _require(by)
    if not Source.objects.visible_to(by).filter(pk=source.pk).exists():
        raise NotAllowedError
    locked = _locked(source)
    if locked.state != rules.IN_USE:
        raise WithdrawnError
    return locked


def _locked(source: Source) -> Source:
    locked: Source = Source.objects.select_for_update(no_key=True).get(pk=source.pk)
    return locked


# --- two readers --------------------------------------------------------------------------------------------------
@transaction.atomic
def read_apart(by: Account, source: Source, *, is_finished: bool = False) -> SourceReading:
    """Begin to read a source on one's own, or say that one is finished: until then the other's work stays hidden."""
    source = lock(by, source)
    reading, _is_new = SourceReading.objects.get_or_create(source=source, reader=by)
    if is_finished and reading.finished_at is None:
        reading.finished_at = timezone.now()
        reading.save()
    record_access(by, "changed", "source", source.pk, compartment=source.compartment)
    return reading
