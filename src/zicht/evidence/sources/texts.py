"""Sealed bytes of a source: its originals and the texts that were read out of them."""

import hashlib
from typing import Any

from zicht.evidence import anchoring
from zicht.evidence.anchoring import Quote
from zicht.evidence.models import Anchor, Original, Source, TextVersion
from zicht.people.models import Account
from zicht.people.record_keys import store
from zicht.people.sealed import place_of, reveal, seal_bytes, unseal_bytes
from zicht.reading.read import Reading

# Which rules read the text; a text that other rules read is another row.
EXTRACTOR = "zicht.reading 1"


def digest(data: bytes) -> str:
    """Give the SHA-256 in hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def store_original(source: Source, data: bytes, media_type: str) -> Original:
    """Store the bytes of a source as they came, sealed."""
    original = Original(source=source, media_type=media_type, size=len(data), sha256=digest(data))
    original.number = source.originals.count() + 1
    original.body = _seal(original, data)
    original.save(force_insert=True)
    return original


def bytes_of(original: Original) -> bytes:
    """Give the bytes of a source as they came; raise KeyDestroyedError when it was withdrawn."""
    return _unseal(original)


def store_text(original: Original, reading: Reading, by: Account) -> TextVersion:
    """Store the text that was read, sealed, with the places of its sentences."""
    source = original.source
    content = reading.text.encode("utf-8", "surrogatepass")
    text = TextVersion(source=source, original=original, number=source.texts.count() + 1, extractor=EXTRACTOR)
    text.sha256, text.length, text.made_by = digest(content), len(reading.text), by
    text.sentences = [[sentence.start, sentence.end] for sentence in reading.sentences]
    text.body = _seal(text, content)
    text.save(force_insert=True)
    return text


def text_of(version: TextVersion) -> str:
    """Give a text; raise KeyDestroyedError when its source was withdrawn."""
    return _unseal(version).decode("utf-8", "surrogatepass")


def current_text(source: Source) -> TextVersion | None:
    """Give the newest text of a source; None for a picture."""
    found: TextVersion | None = source.texts.order_by("-number").first()
    return found


def quote_of(anchor: Anchor) -> Quote:
    """Give a quotation with what stands around it."""
    exact, prefix, suffix = (reveal(anchor, name) for name in ("exact", "prefix", "suffix"))
    return Quote(anchor.start or 0, anchor.end or 0, exact, prefix, suffix)


def place_anchor(version: TextVersion, text: str, start: int, end: int, by: Account, **more: Any) -> Anchor:
    """Store a place in a text with its words; raise ValueError for a place that is not in it."""
    quote = anchoring.quote_at(text, start, end)
    anchor = Anchor(source=version.source, text_version=version, start=start, end=end, placed_by=by, **more)
    anchor.page = anchoring.page_of(text, start)
    anchor.exact, anchor.prefix, anchor.suffix = quote.exact, quote.prefix, quote.suffix
    anchor.save(force_insert=True)
    return anchor


def _seal(record: Original | TextVersion, content: bytes) -> bytes:
    return seal_bytes(store().key_of(record.key_record), place_of(record, "body"), content)


def _unseal(record: Original | TextVersion) -> bytes:
    return unseal_bytes(store().key_of(record.key_record), place_of(record, "body"), bytes(record.body))
