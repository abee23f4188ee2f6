"""Read what screenings found: what is new with a list, what waits for a verdict, and what was decided."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from zicht.evidence.models import Actor, SanctionsList, ScreeningCandidate, ScreeningVerdict
from zicht.evidence.screening.findings import Finding, fingerprint
from zicht.evidence.screening.lists import current_versions, ready
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.sealed import reveal_each

UNDECIDED = "unsure"  # code of list screening_verdict


@dataclass(frozen=True)
class Decided:
    """A verdict, with the version of the list it was given on."""

    record: ScreeningVerdict
    number: int
    reason: str


@dataclass
class Match:
    """An actor and an entry of a list that may be the same; rows are what was found, the newest first."""

    actor: Actor
    rows: list[tuple[ScreeningCandidate, Finding]]
    verdicts: list[Decided] = field(default_factory=list)
    in_use: int = 0
    state: str = ""

    @property
    def record(self) -> ScreeningCandidate:
        """Give the newest row, on which a verdict is given."""
        return self.rows[0][0]

    @property
    def finding(self) -> Finding:
        """Give what was found last, by the name that is most alike."""
        newest = [found for _row, found in self.rows if found.print == self.rows[0][1].print]
        return max(newest, key=lambda found: found.score)

    @property
    def list_name(self) -> str:
        """Give the name of the list."""
        return label_of("sanctions_list_name", self.finding.which)

    @property
    def verdict(self) -> Decided | None:
        """Give the verdict that counts: the last one on the entry as it is now."""
        now = {row.pk for row, found in self.rows if found.print == self.finding.print}
        return next((one for one in self.verdicts if one.record.candidate_id in now), None)

    @property
    def is_open(self) -> bool:
        """Tell whether somebody must look at it."""
        return self.verdict is None or self.verdict.record.verdict == UNDECIDED


def matches(account: Account, actor: UUID | None = None) -> list[Match]:
    """Give everything that screenings found and an account may see, the newest and most alike in front."""
    rows = ScreeningCandidate.objects.visible_to(account).filter(actor__in=Actor.objects.visible_to(account))
    if actor:
        rows = rows.filter(actor=actor)
    found = _grouped(rows.select_related("screening__version", "actor").defer("screening__version__content"))
    _add_verdicts(found)
    _compare_with_current(found)
    return sorted(found, key=lambda one: (one.record.screening.at, one.finding.score), reverse=True)


def find_match(account: Account, candidate: UUID) -> Match | None:
    """Give the match that a candidate is part of, or None for one that an account may not see."""
    row = ScreeningCandidate.objects.visible_to(account).filter(pk=candidate).first()
    if row is None:
        return None
    of_actor = matches(account, row.actor_id)
    return next((one for one in of_actor if any(each.pk == row.pk for each, _found in one.rows)), None)


def _grouped(rows: Iterable[ScreeningCandidate]) -> list[Match]:
    some = sorted(rows, key=lambda row: row.screening.at, reverse=True)
    told = reveal_each(some, "told")
    grouped: defaultdict[tuple[UUID, str, str], list[tuple[ScreeningCandidate, Finding]]] = defaultdict(list)
    for row in some:
        if row.pk in told:
            finding = Finding.read(told[row.pk])
            grouped[row.actor_id, finding.which, finding.key].append((row, finding))
    return [Match(each[0][0].actor, each) for each in grouped.values()]


def _add_verdicts(found: list[Match]) -> None:
    by_row = {row.pk: (one, finding) for one in found for row, finding in one.rows}
    asked = ScreeningVerdict.objects.filter(candidate__in=by_row).select_related("by", "candidate")
    verdicts = list(asked.order_by("-at"))
    reasons = reveal_each(verdicts, "reason")
    for verdict in verdicts:
        one, finding = by_row[verdict.candidate_id]
        one.verdicts.append(Decided(verdict, finding.number, reasons.get(verdict.pk, "")))


def _compare_with_current(found: list[Match]) -> None:
    """Say of each match whether it came with the version in use, changed with it, or is on the list no longer."""
    current: dict[str, SanctionsList] = {version.which: version for version in current_versions()}
    for one in found:
        version = current[one.finding.which]
        one.in_use = version.number
        entry = ready(version.pk).entry(one.finding.key)
        if entry is None:
            one.state = "gone"
        elif one.rows[0][1].number == version.number and version.number > 1 and fingerprint(entry) == one.finding.print:
            one.state = "new" if len({found.print for _row, found in one.rows}) == 1 else "changed"
