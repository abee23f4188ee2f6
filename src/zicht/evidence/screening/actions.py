"""Everything that changes screening: take in a list, hold actors against it, decide about a candidate."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from zicht.cases.errors import NotAllowedError
from zicht.evidence import rules
from zicht.evidence.models import Actor, ActorName, SanctionsList, Screening, ScreeningCandidate, ScreeningVerdict
from zicht.evidence.screening import kept_index, lists
from zicht.evidence.screening.errors import OlderListError
from zicht.evidence.screening.findings import Finding, find
from zicht.linkage.imo import LENGTH, find_imo_number
from zicht.linkage.screening import THRESHOLD, Asked, Kind
from zicht.people.actions import record_access, record_ending
from zicht.people.models import Account, Organisation
from zicht.people.sealed import reveal_each
from zicht.reading.lists.read import read_list

# What a list of this form is, unless somebody says otherwise.
LIST_OF_FORM = {
    "ofac_csv": "ofac_sdn", "un_csv": "un_sc", "un_xml": "un_sc", "opensanctions_csv": "opensanctions",
    "ftm_json": "opensanctions",
}  # fmt: skip
# What a kind of actor is on a list; an account or a bank account is on none.
KINDS: dict[str, Kind] = {
    "person": "person", "group": "body", "company": "body", "state": "body", "fund": "body", "vessel": "vessel",
    "facility": "", "vehicle": "",
}  # fmt: skip


@dataclass(frozen=True)
class Imported:
    """A version of a list, whether it came in now, and how many candidates are new with it."""

    version: SanctionsList
    is_new: bool
    candidates: int = 0


# --- lists --------------------------------------------------------------------------------------------------------
def import_list(content: bytes, which: str = "") -> Imported:
    """Store a list as the next version and hold all actors against it; the same file again changes nothing.

    Raises ListError or TableError for what is no list, and OlderListError for an earlier version than the one in use.
    """
    digest = hashlib.sha256(content).hexdigest()
    read = read_list(content)
    name = which or LIST_OF_FORM[read.form]
    key = uuid4()
    if not SanctionsList.objects.filter(which=name, sha256=digest).exists():
        # Before the turn is taken: for a long list it takes half a minute, in which others want to write.
        kept_index.keep(key, read.entries)
    with transaction.atomic():
        # The newest version is locked, so that two imports at once get two numbers.
        newest = SanctionsList.objects.filter(which=name).select_for_update().order_by("-number").first()
        if known := SanctionsList.objects.defer("content").filter(which=name, sha256=digest).first():
            if newest is not None and known.number < newest.number:
                raise OlderListError(known.number, newest.number)
            return Imported(known, False)
        version = SanctionsList(
            version_id=key,
            which=name,
            number=newest.number + 1 if newest else 1,
            form=read.form,
            dated=read.dated,
            sha256=digest,
            entries=len(read.entries),
            left_out=read.left_out,
            content=lists.pack(read.entries),
        )
        version.save(force_insert=True)
        imported = Imported(version, True, _screen_everybody(version))
    kept_index.forget_others([one.pk for one in lists.current_versions()])
    return imported


def _screen_everybody(version: SanctionsList) -> int:
    places = Actor.objects.order_by().values_list("org", "compartment").distinct()
    organisations = Organisation.objects.in_bulk([org for org, _wall in places])
    return sum(_screen_behind(organisations[org], wall, version, None) for org, wall in places)


# --- actors -------------------------------------------------------------------------------------------------------
@transaction.atomic
def screen_again(by: Account) -> int:
    """Hold the actors behind the walls of an account against the lists as they are now; give how many are new."""
    if not by.has_perm("evidence.record"):
        raise NotAllowedError
    versions = lists.current_versions()
    return sum(_screen_behind(by.org, wall, version, by) for wall in rules.walls_of(by) for version in versions)


def _screen_behind(org: Organisation, wall: str, version: SanctionsList, by: Account | None) -> int:
    """Screen every actor of an organisation behind a wall; whoever is protected is not looked up at all."""
    actors = Actor.objects.filter(org=org, compartment=wall, protected=False, kind__in=KINDS)
    screening = Screening(org=org, compartment=wall, version=version, threshold=round(100 * THRESHOLD), by=by)
    screening.save(force_insert=True)
    known = _known(org, wall, version.which)
    count = 0
    for actor, source_id, finding in _findings(list(actors), version):
        mark = (actor.pk, source_id, finding.key, finding.print)
        if mark not in known:
            row = ScreeningCandidate(screening=screening, actor=actor, source_id=source_id, told=finding.to_json())
            row.save(force_insert=True)
            count += 1
    record_ending(by or org, "screened", "screening", screening.pk, compartment=wall)
    return count


def _findings(actors: list[Actor], version: SanctionsList) -> Iterator[tuple[Actor, UUID, Finding]]:
    """Ask each name of each actor by the source it stands in; of an entry the best name in a source counts."""
    by_key = {actor.pk: actor for actor in actors}
    best: dict[tuple[UUID, UUID, str], Finding] = {}
    for actor_id, source_id, name in _names(by_key):
        actor = by_key[actor_id]
        for finding in find(Asked.read(name, KINDS[actor.kind], imo_of(actor)), [version]):
            place = (actor_id, source_id, finding.key)
            if place not in best or best[place].score < finding.score:
                best[place] = finding
    for (actor_id, source_id, _key), finding in best.items():
        yield by_key[actor_id], source_id, finding


def _names(actors: dict[UUID, Actor]) -> Iterator[tuple[UUID, UUID, str]]:
    rows = list(ActorName.objects.filter(actor__in=actors, source__state=rules.IN_USE))
    called = reveal_each(rows, "called")
    seen: set[tuple[UUID, UUID, str]] = set()
    for row in rows:
        place = (row.actor_id, row.source_id, called.get(row.pk, ""))
        if place[2] and place not in seen:
            seen.add(place)
            yield place


def imo_of(actor: Actor) -> str:
    """Give the IMO number of a ship from its number in a register; empty where it is another number."""
    if actor.kind != "vessel":
        return ""
    number = actor.register_id.strip()
    return number if len(number) == LENGTH and number.isdigit() else find_imo_number(number)


def _known(org: Organisation, wall: str, which: str) -> set[tuple[UUID, UUID, str, str]]:
    rows = list(
        ScreeningCandidate.objects.filter(
            screening__org=org, screening__compartment=wall, screening__version__which=which
        )
    )
    told = reveal_each(rows, "told")
    found = {row.pk: Finding.read(told[row.pk]) for row in rows if row.pk in told}
    return {(row.actor_id, row.source_id, found[row.pk].key, found[row.pk].print) for row in rows if row.pk in found}


# --- verdicts -----------------------------------------------------------------------------------------------------
@transaction.atomic
def decide(by: Account, candidate: ScreeningCandidate, verdict: str, reason: str) -> ScreeningVerdict:
    """Record what a named person decided about a candidate, with why; it can be decided again, and both stay."""
    if not by.has_perm("evidence.record"):
        raise NotAllowedError
    if not ScreeningCandidate.objects.visible_to(by).filter(pk=candidate.pk).exists():
        raise NotAllowedError
    if not reason.strip():
        raise ValidationError({"reason": [_("Write down what it rests on, so that somebody else can follow it.")]})
    decided = ScreeningVerdict(candidate=candidate, verdict=verdict, reason=reason.strip(), by=by)
    decided.save(force_insert=True)
    record_access(by, "changed", "screening_candidate", candidate.pk, compartment=candidate.screening.compartment)
    return decided
