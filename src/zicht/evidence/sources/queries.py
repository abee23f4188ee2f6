"""Read sources, statements and what hangs on them, behind their walls."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet

from zicht.evidence import rules
from zicht.evidence.models import Source, SourceReading, Statement
from zicht.people.models import Account
from zicht.people.sealed import reveal_each


def find_source(account: Account, key: UUID) -> Source | None:
    """Find a source that an account may see, also the tombstone of a withdrawn one."""
    found: Source | None = Source.objects.visible_to(account).filter(pk=key).first()
    return found


def newest_sources(account: Account) -> "QuerySet[Source]":
    """Give the sources that an account may see, the newest first."""
    found: QuerySet[Source] = Source.objects.visible_to(account).order_by("-collected_on", "-pk")
    return found


def titles_outside(sources: Iterable[Source]) -> dict[UUID, str]:
    """Name sources for who is not in this Zicht: a protected one by its alias; one whose key is gone has no name."""
    some = {source.pk: source for source in sources}
    titles, aliases = reveal_each(some.values(), "title"), reveal_each(some.values(), "alias")
    return {key: (aliases if source.protected else titles).get(key, "") for key, source in some.items()}


def references_outside(sources: Iterable[Source]) -> dict[UUID, str]:
    """Name sources as a footnote does: with who published them and when; a protected one by its alias alone."""
    some = {source.pk: source for source in sources}
    titles, publishers = titles_outside(some.values()), reveal_each(some.values(), "publisher")
    return {
        key: titles[key]
        if source.protected
        else ", ".join(part for part in (titles[key], publishers.get(key, ""), source.published_edtf) if part)
        for key, source in some.items()
    }


def statements_seen(account: Account) -> "QuerySet[Statement]":
    """Give the statements that stand and that an account may see: who reads apart sees the own ones only."""
    statements: QuerySet[Statement] = Statement.objects.visible_to(account)
    hidden = unfinished_of(account)
    if hidden:
        statements = statements.exclude(source__in=hidden) | statements.filter(source__in=hidden, recorded_by=account)
    return statements.filter(status="stands", superseded_by=None)


def statements_of(account: Account, source: Source) -> list[Statement]:
    """Give the statements of a source with their quotations, in the order of the text."""
    found = statements_seen(account).filter(source=source).select_related("subject", "object", "recorded_by")
    some = list(found.prefetch_related("anchors__next_ones", "chain__claimant", "in_claims"))
    return sorted(some, key=lambda one: (min((a.start or 0 for a in one.anchors.all()), default=0), one.recorded_at))


def statements_about(account: Account, actors: Iterable[UUID]) -> list[Statement]:
    """Give the statements that stand about some actors, whoever does it or to whomever, with all that a row shows."""
    some = list(actors)
    about = Q(subject__in=some) | Q(object__in=some)
    found = statements_seen(account).filter(about).select_related("source", "subject", "object").order_by("recorded_at")
    return list(found.prefetch_related("anchors__next_ones", "chain__claimant"))


def unfinished_of(account: Account) -> list[UUID]:
    """Give the sources that an account reads apart from another reader and has not finished."""
    rows = account_readings(account).filter(finished_at=None, source__double_reading=True)
    return list(rows.values_list("source_id", flat=True))


def account_readings(account: Account) -> "QuerySet[SourceReading]":
    """Give the readings of one reader."""
    return SourceReading.objects.filter(reader=account)


def sources_in_use(account: Account, keys: Iterable[UUID]) -> list[Source]:
    """Give those of some sources that an account may see and that were not withdrawn."""
    return list(Source.objects.visible_to(account).filter(state=rules.IN_USE, pk__in=list(keys)))
