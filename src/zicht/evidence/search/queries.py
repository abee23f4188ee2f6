"""Search documents, statements and actors behind the walls of their sources; read what is found before showing it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from django.db.models import QuerySet

from zicht.evidence.actors.shown import redactor_for, shown_names
from zicht.evidence.models import Anchor, SearchRow, Source, Statement, StatementAnchor, TextVersion
from zicht.evidence.redaction import Redactor, plain
from zicht.evidence.search.structures import keep_with
from zicht.evidence.search.terms import SHORTEST_PART, WORD, lemma_of, phrase_terms, query_terms, small
from zicht.evidence.sources.queries import statements_seen
from zicht.evidence.sources.texts import text_of
from zicht.people.models import Account
from zicht.people.sealed import reveal_rows

MOST_READ = 200  # rows that are read in plain for one question
MOST_SHOWN = 50
AT_ONCE = MOST_SHOWN  # rows that are read together: nearly always each is shown
AROUND = 90  # characters of a snippet on each side
MOST_ASKED = 12  # words of one question


@dataclass(frozen=True)
class Hit:
    """A place that was found: what it is, in which source, and the words around it in three parts."""

    kind: str
    subject: UUID
    source: UUID
    title: str
    before: str
    found: str
    after: str
    is_whole: bool


def search(account: Account, asked: str, *, is_phrase: bool = False) -> list[Hit]:
    """Give what an account may see and what has every word that is asked, whole words in front of parts of words.

    A word is found in every form of it, and inside longer ones from four letters on; the words of a phrase only as
    they are written, one after the other. Raises nothing for a question without words: then nothing is found.
    """
    written = WORD.findall(asked)
    words = list(dict.fromkeys(map(plain, written)))[:MOST_ASKED]
    phrase = written if is_phrase else []
    if not words:
        return []
    redact = redactor_for(account)
    hits: list[Hit] = []
    for rows in _in_parts(account, words, phrase):
        for row, text in _read(account, rows).items():
            hit = _hit(row, redact.redact(text), words, phrase)
            if hit is not None:
                hits.append(hit)
        if len(hits) >= MOST_SHOWN:
            break
    hits.sort(key=lambda hit: not hit.is_whole)
    return _titled(account, hits[:MOST_SHOWN], redact)


def _in_parts(account: Account, words: list[str], phrase: list[str]) -> Iterator[list[SearchRow]]:
    """Give the rows to read, some at a time: first those with the whole words, then those with parts of words."""
    seen: set[int] = set()
    for is_whole in (True,) if phrase else (True, False):
        found = matching(account, words, phrase, is_whole=is_whole)
        for start in range(0, MOST_READ, AT_ONCE):
            if len(seen) >= MOST_READ:
                return
            rows = list(found[start : start + AT_ONCE])
            fresh = [row for row in rows if row.pk not in seen][: MOST_READ - len(seen)]
            seen |= {row.pk for row in fresh}
            if fresh:
                yield fresh
            if len(rows) < AT_ONCE:
                break


def matching(account: Account, words: list[str], phrase: list[str], *, is_whole: bool = False) -> "QuerySet[SearchRow]":
    """Give the rows with the terms of every word, the newest first, of sources that an account may see."""
    rows: QuerySet[SearchRow] = SearchRow.objects.visible_to(account)
    if phrase:
        return keep_with(rows, [(frozenset({term}), frozenset()) for term in phrase_terms(phrase)])
    terms = query_terms(" ".join(words))
    return keep_with(rows, [(whole, frozenset() if is_whole else inside) for whole, inside in terms])


# --- in plain -----------------------------------------------------------------------------------------------------
def _read(account: Account, rows: list[SearchRow]) -> dict[SearchRow, str]:
    """Read what rows stand for, in the order of the rows; what the account may not see after all is left out."""
    by_kind = {kind: [row for row in rows if row.kind == kind] for kind in ("document", "statement", "actor")}
    found = _documents(by_kind["document"]) | _statements(account, by_kind["statement"])
    names = shown_names(account, {row.subject for row in by_kind["actor"]}) if by_kind["actor"] else {}
    found |= {row: names[row.subject] for row in by_kind["actor"] if row.subject in names}
    return {row: found[row] for row in rows if row in found}


def _documents(rows: list[SearchRow]) -> dict[SearchRow, str]:
    if not rows:
        return {}
    # Of a book the places of its sentences are tens of thousands of numbers, which are of no use here.
    found = TextVersion.objects.select_related("source").defer("sentences")
    versions = found.in_bulk({row.subject for row in rows})
    texts = {key: text_of(version) for key, version in versions.items()}
    return {row: texts[row.subject][row.start : row.end] for row in rows if row.subject in texts}


def _statements(account: Account, rows: list[SearchRow]) -> dict[SearchRow, str]:
    """Read statements with their quotations; of records so many that building each would take most of the time."""
    if not rows:
        return {}
    found = statements_seen(account).filter(pk__in={row.subject for row in rows})
    texts = reveal_rows(Statement, "text", found.values_list("pk", "source_id", "text"))
    beside = StatementAnchor.objects.filter(statement__in=texts).order_by("pk")
    anchors = list(beside.values_list("statement_id", "anchor_id", "anchor__source_id", "anchor__exact"))
    quotes = reveal_rows(Anchor, "exact", {anchor[1:] for anchor in anchors})
    said = {key: [text] for key, text in texts.items()}
    for statement, anchor, _source, _exact in anchors:
        said[statement].append(quotes.get(anchor, ""))
    return {row: " — ".join(said[row.subject]) for row in rows if row.subject in said}


def _hit(row: SearchRow, text: str, words: list[str], phrase: list[str]) -> Hit | None:
    """Cut the words around the first that was asked out of a text; None when a hash deceived, or a name is gone."""
    if phrase and not _has_phrase(list(map(small, WORD.findall(text))), [plain(word) for word in phrase]):
        return None
    firsts = [first for word in words if (first := _first(text, word))]
    if len(firsts) < len(words):
        return None
    start, end, _is_whole = firsts[0]
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    is_whole = all(whole for _start, _end, whole in firsts)
    return Hit(row.kind, row.subject, row.source_id, "", before, text[start:end], after, is_whole)


def _first(text: str, word: str) -> tuple[int, int, bool] | None:
    """Give where a word stands first in any form of it, or else first within a longer one, and which it is."""
    lemma, inside = lemma_of(word), None
    for found in WORD.finditer(text):
        there = small(found[0])
        if there == word or lemma_of(there) == lemma:
            return found.start(), found.end(), True
        if inside is None and len(word) >= SHORTEST_PART and word in there:
            inside = found.start(), found.end(), False
    return inside


def _has_phrase(there: list[str], wanted: list[str]) -> bool:
    length = len(wanted)
    return any(there[place : place + length] == wanted for place in range(len(there) - length + 1))


def _titled(account: Account, hits: list[Hit], redact: Redactor) -> list[Hit]:
    sources = Source.objects.visible_to(account).filter(pk__in={hit.source for hit in hits})
    some = list(sources.values_list("pk", "protected", "title", "alias"))
    titles = reveal_rows(Source, "title", [(key, key, title) for key, protected, title, _ in some if not protected])
    aliases = reveal_rows(Source, "alias", [(key, key, alias) for key, protected, _, alias in some if protected])
    named = {key: (aliases if protected else titles).get(key, "") for key, protected, *_ in some}
    return [replace(hit, title=redact.redact(named[hit.source])) for hit in hits if hit.source in named]
