"""Claims: statements that say the same put together, and from how many independent roots they come."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from zicht.cases.errors import NotAllowedError
from zicht.evidence import corroboration, rules
from zicht.evidence.actors.judging import same_as
from zicht.evidence.corroboration import Link, Range, Said
from zicht.evidence.models import Attribution, Claim, ClaimPart, Derivation, Source, SourceRelation, Statement
from zicht.evidence.sources.actions import lock
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.sealed import reveal


@dataclass(frozen=True)
class Weighed:
    """A claim with its statements for and against that an account may see, and the range of roots."""

    claim: Claim
    supporting: list[Statement]
    contradicting: list[Statement]
    roots: Range
    state: str

    @property
    def roots_told(self) -> str:
        """Say from how many independent roots it comes."""
        return rules.roots_in_words(self.roots.certain, self.roots.possible)


# --- writing ------------------------------------------------------------------------------------------------------
@transaction.atomic
def make_claim(by: Account, statement: Statement) -> Claim:
    """Make a claim of what a statement says, with that statement as the first that supports it."""
    source = lock(by, statement.source)
    claim = Claim(org=source.org, compartment=source.compartment, first=statement, text=reveal(statement, "text"))
    claim.save(force_insert=True)
    ClaimPart(claim=claim, statement=statement, stance="supports", by=by).save(force_insert=True)
    _update(by, claim)
    record_access(by, "opened", "claim", claim.pk, compartment=claim.compartment)
    return claim


@transaction.atomic
def put_in_claim(by: Account, claim: Claim, statement: Statement, stance: str) -> None:
    """Say that a statement supports or contradicts a claim, or is not about it after all."""
    source = lock(by, statement.source)
    if (source.org_id, source.compartment) != (claim.org_id, claim.compartment):
        raise NotAllowedError
    ClaimPart(claim=claim, statement=statement, stance=stance, by=by).save(force_insert=True)
    _update(by, claim)
    record_access(by, "changed", "claim", claim.pk, compartment=claim.compartment)


def update_claims_of(by: Account, source: Source) -> None:
    """Bring the state of claims up to date that a source had a part in."""
    for claim in Claim.objects.filter(parts__statement__source=source).distinct():
        _update(by, claim)


def _update(by: Account, claim: Claim) -> None:
    """Store the state that follows from every statement in use, whoever sees it."""
    supporting, contradicting = standing_of([claim])[claim.pk]
    claim.state = corroboration.state_of(roots_of(supporting), bool(contradicting))
    claim.reviewed_by = by
    claim.save()


# --- reading ------------------------------------------------------------------------------------------------------
def weigh(account: Account, claims: Iterable[Claim]) -> list[Weighed]:
    """Weigh claims on what an account may see: of a source behind a wall it learns nothing, not even the number."""
    some = list(claims)
    seen = set(Source.objects.visible_to(account).in_use().values_list("pk", flat=True))
    standing = standing_of(some)
    weighed = []
    for claim in some:
        supporting, contradicting = ([one for one in part if one.source_id in seen] for part in standing[claim.pk])
        roots = roots_of(supporting)
        state = corroboration.state_of(roots, bool(contradicting))
        weighed.append(Weighed(claim, supporting, contradicting, roots, state))
    return weighed


def standing_of(claims: Iterable[Claim]) -> dict[UUID, tuple[list[Statement], list[Statement]]]:
    """Give for each claim the statements for and against it that stand, are not corrected and not withdrawn."""
    some = list(claims)
    last: dict[tuple[UUID, UUID], ClaimPart] = {}
    parts = ClaimPart.objects.filter(claim__in=some).select_related("statement__source").order_by("at", "part_id")
    for part in parts.prefetch_related("statement__superseded_by", "statement__chain__claimant"):
        last[part.claim_id, part.statement_id] = part
    found: dict[UUID, tuple[list[Statement], list[Statement]]] = {claim.pk: ([], []) for claim in some}
    for part in last.values():
        if part.stance in rules.STANCES and stands(part.statement):
            found[part.claim_id][rules.STANCES.index(part.stance)].append(part.statement)
    return found


def stands(statement: Statement) -> bool:
    """Tell whether a statement is the last word on what it says, and its source in use."""
    is_current = statement.status == "stands" and not statement.superseded_by.all()
    return bool(is_current and statement.source.state == rules.IN_USE)


def roots_of(statements: Iterable[Statement]) -> Range:
    """Count the independent roots of statements."""
    some = list(statements)
    same = same_as(link.claimant_id for one in some for link in one.chain.all() if link.claimant_id)
    said = [_said(one, same) for one in some]
    return corroboration.count_roots(said, _derived(one.source_id for one in some), _judged())


def _said(statement: Statement, same: Mapping[UUID, UUID]) -> Said:
    chain = sorted(statement.chain.all(), key=lambda link: link.number)
    return Said(str(statement.source_id), statement.closeness, tuple(_link(one, same) for one in chain))


def _link(one: Attribution, same: Mapping[UUID, UUID]) -> Link:
    if one.claimant_id is None:
        return Link()
    return Link(str(same[one.claimant_id]), one.claimant.kind == "person")


def _derived(sources: Iterable[UUID]) -> dict[str, list[str]]:
    """Give what sources rest on, all the way down."""
    rests: dict[str, list[str]] = defaultdict(list)
    waiting = set(sources)
    seen: set[UUID] = set()
    while waiting:
        seen |= waiting
        rows = Derivation.objects.filter(source__in=waiting).values_list("source_id", "from_source_id")
        for source, other in rows:
            rests[str(source)].append(str(other))
        waiting = {UUID(other) for others in rests.values() for other in others} - seen
    return dict(rests)


def _judged() -> dict[frozenset[str], str]:
    """Give the last judgement on each pair of sources."""
    rows = SourceRelation.objects.order_by("at", "relation_id").values_list("source_id", "other_id", "verdict")
    return {frozenset({str(source), str(other)}): verdict for source, other, verdict in rows}
