"""Keep what searching finds in step with what was recorded; what is withdrawn goes at once."""

from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.db import connection, transaction

from zicht.evidence import rules
from zicht.evidence.actors.shown import redactor_of
from zicht.evidence.models import ActorName, SearchRow, Source, Statement, TextVersion
from zicht.evidence.redaction import Redactor, telling_words
from zicht.evidence.search.structures import keep_with
from zicht.evidence.search.terms import index_terms, query_terms
from zicht.evidence.sources.texts import current_text, text_of
from zicht.people.sealed import reveal_each

AT_ONCE = 300  # rows in one statement
A_PART = 1_500  # characters of a text that one row stands for, cut at a sentence


def index_source(source: Source) -> None:
    """Make all that can be found of a source anew, without the names of who is protected."""
    forget(source)
    if source.state != rules.IN_USE:
        return
    redact = redactor_of(source.org_id)
    version = current_text(source)
    if version is not None:
        _index_text(version, redact)
    index_statements(source, redact)
    index_names(source, redact)


def forget(source: Source, subjects: Iterable[UUID] | None = None) -> None:
    """Delete what can be found of a source, or of some of what stands in it."""
    rows = SearchRow.objects.filter(source=source)
    (rows if subjects is None else rows.filter(subject__in=list(subjects))).delete()


def index_statements(source: Source, redact: Redactor | None = None, only: UUID | None = None) -> None:
    """Index the statements of a source that stand, or one of them, with their quotations."""
    found = source.statements.filter(status="stands", superseded_by=None).prefetch_related("anchors")
    statements: list[Statement] = list(found.filter(pk=only) if only else found)
    texts = reveal_each(statements, "text")
    quotes = reveal_each({one for each in statements for one in each.anchors.all()}, "exact")
    redact = redact or redactor_of(source.org_id)
    rows, said = [], []
    for statement in statements:
        words = [texts.get(statement.pk, ""), *(quotes.get(one.pk, "") for one in statement.anchors.all())]
        rows.append(SearchRow(source=source, kind="statement", subject=statement.pk))
        said.append(redact.redact(" ".join(words)))
    _put(source, rows, said)


def index_names(source: Source, redact: Redactor | None = None) -> None:
    """Index the names that a source gives to actors; nobody who is protected."""
    names = list(ActorName.objects.filter(source=source, actor__protected=False))
    called = reveal_each(names, "called")
    by_actor: dict[UUID, list[str]] = {}
    for name in names:
        by_actor.setdefault(name.actor_id, []).append(called.get(name.pk, ""))
    redact = redact or redactor_of(source.org_id)
    SearchRow.objects.filter(source=source, kind="actor").delete()
    rows = [SearchRow(source=source, kind="actor", subject=actor) for actor in by_actor]
    _put(source, rows, (redact.redact(" ".join(given)) for given in by_actor.values()))


def index_without(org_id: UUID, names: Iterable[str]) -> int:
    """Index those sources anew in which a word of some names stands, so that nobody finds it any more; give how many.

    Which these are the index itself tells, so that for one name not every source is read.
    """
    words = query_terms(" ".join(word for name in names for word in telling_words(name)))
    if not words:
        return 0
    rows = keep_with(SearchRow.objects.filter(source__org=org_id), words, is_each_needed=False)
    sources = Source.objects.filter(state=rules.IN_USE, pk__in=set(rows.values_list("source_id", flat=True)))
    for source in sources:
        index_source(source)
    return len(sources)


def _index_text(version: TextVersion, redact: Redactor) -> None:
    text = text_of(version)
    parts = list(parts_of(version.sentences, len(text)))
    rows = [
        SearchRow(source=version.source, kind="document", subject=version.pk, start=start, end=end)
        for start, end in parts
    ]
    _put(version.source, rows, (redact.redact(text[start:end]) for start, end in parts))


def parts_of(sentences: list[list[int]], length: int) -> Iterator[tuple[int, int]]:
    """Cut a text at sentences into parts, so that a place in it is found without reading all of it."""
    start = 0
    for _begin, end in sentences:
        if end - start >= A_PART:
            yield start, end
            start = end
    if start < length:
        yield start, length


def _put(source: Source, rows: list[SearchRow], texts: Iterable[str]) -> None:
    """Store rows with the terms of their texts, some hundreds at once: a book has thousands.

    Ends where the source was withdrawn meanwhile: nothing of it may come back.
    """
    pairs = zip(rows, texts, strict=True)
    while some := [(row, index_terms(text)) for row, text in islice(pairs, AT_ONCE)]:
        with transaction.atomic():
            in_use = Source.objects.select_for_update(no_key=True).filter(pk=source.pk, state=rules.IN_USE)
            if not in_use.exists():
                return
            SearchRow.objects.bulk_create([row for row, _terms in some])
            put_terms((row.pk, terms) for row, terms in some)


def put_terms(rows: Iterable[tuple[int, str]]) -> None:
    """Store the terms of rows where the database searches them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.executemany("INSERT INTO evidence_searchterms(rowid, terms) VALUES (%s, %s)", list(rows))
        else:
            statement = "UPDATE evidence_searchrow SET terms = array_to_tsvector(%s::text[]) WHERE row_id = %s"
            cursor.executemany(statement, [(terms.split(), row) for row, terms in rows])
