"""Everything that writes intake: one function for each verb, each with a step in the history and a line in the log."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from zicht import words
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.sealed import make_key
from zicht.signals import rules
from zicht.signals.intake import queries, spots
from zicht.signals.intake.errors import (
    AlreadyNotedError,
    ChangedMeanwhileError,
    NotAColleagueError,
    NotInThisStateError,
    NotOpenedAgainError,
    NotThereError,
    SourceHasNotAgreedError,
)
from zicht.signals.intake.saving import Values, fill, lock, log_change, remember, save
from zicht.signals.models import PLACE_LENGTH, Intake, Signal

LEAVES_THE_DESK = frozenset({"case_opened", "linked_case", "referred"})


# --- taking in ------------------------------------------------------------------------------------------------------
@transaction.atomic
def take_in(
    by: Account,
    values: Values,
    *,
    wall: str,
    spot: str = "",
    noted: Iterable[Values] = (),
    source_yes: bool | None = None,
    intake_id: UUID | None = None,
) -> Intake:
    """Keep what came in, behind a wall, with its signals; the same `intake_id` twice is the same record once.

    `spot` is a normalised postcode and house number (spots.py): only its marks are kept.
    `source_yes` is what the source of a news desk answered.
    """
    if wall not in rules.walls_of(Account.objects.get(pk=by.pk)):
        raise NotThereError
    if intake_id and (made := Intake.objects.filter(pk=intake_id).first()):
        return _own(by, made)
    intake = draft(by, values, wall=wall, intake_id=intake_id)
    intake.source_yes = source_yes if wall == rules.PRESS else None
    _mark(intake, spot)
    intake.refuse_if_wrong()  # before the key is made
    make_key(intake)
    if made := _insert(intake):
        return _own(by, made)
    remember(by, intake, "taken_in", intake.source)
    _note(intake, noted)
    record_access(by, "opened", "intake", intake.pk, compartment=wall)
    return intake


def draft(by: Account, values: Values, *, wall: str, intake_id: UUID | None = None) -> Intake:
    """Give a report as it would be kept, to be looked at; nothing is stored. Where no term can be told, it has none."""
    intake = Intake(org=by.org, compartment=wall, **({"intake_id": intake_id} if intake_id else {}))
    fill(intake, values)
    _place(intake)
    if rules.has_a_clock(intake.received_on, intake.received_hour, intake.urgency):
        _start_clock(intake)
    return intake


@transaction.atomic
def change(by: Account, intake: Intake, values: Values, *, version: int, spot: str = "") -> Intake:
    """Change fields that were read at a version; another urgency sets another term, from the same beginning."""
    found = lock(by, intake.pk, version)
    fill(found, values)
    if "place_code" in values:
        _place(found)
    found.due_at = rules.due_at(found.urgency, found.clock_from, timezone.get_default_timezone())
    if found.received_on.year != intake.received_on.year:  # marks of another year compare with nothing
        found.spot_mark = found.spot_mark_before = ""
    _mark(found, spot)
    changed = [name for name in values if getattr(intake, name) != getattr(found, name)]
    return save(by, found, "changed", ",".join(changed)[:PLACE_LENGTH])


# --- who works on it ------------------------------------------------------------------------------------------------
@transaction.atomic
def take_on(by: Account, intake: Intake, *, version: int) -> Intake:
    """Begin to weigh something; whoever comes second is told, and takes nothing away."""
    found = lock(by, intake.pk, version)
    return _move(by, found, "taken_on", handler=by)


@transaction.atomic
def hand_on(by: Account, intake: Intake, to: Account, *, version: int) -> Intake:
    """Hand something to a colleague who weighs behind the same wall."""
    found = lock(by, intake.pk, version)
    if to.pk not in {one.pk for one in queries.colleagues(by, found.compartment)}:
        raise NotAColleagueError
    return _move(by, found, "handed_on", str(to.pk), handler=to)


@transaction.atomic
def acknowledge_alert(by: Account, intake: Intake, kind: str) -> None:
    """Keep that somebody saw why this needs somebody at once; it stays there until somebody acts."""
    found = lock(by, intake.pk)
    if not kind or kind != rules.alert_of(found.urgency, found.state, found.due_at, timezone.now()):
        raise ChangedMeanwhileError
    if found.steps.filter(deed="alert_seen", detail_code=kind, made_by=by).exists():
        return
    remember(by, found, "alert_seen", kind)
    log_change(by, found)


@transaction.atomic
def put_back(by: Account, intake: Intake, *, version: int) -> Intake:
    """Put something back in the queue."""
    found = lock(by, intake.pk, version)
    return _move(by, found, "put_back", handler=None)


# --- signals --------------------------------------------------------------------------------------------------------
@transaction.atomic
def note_signals(by: Account, intake: Intake, noted: Iterable[Values]) -> Intake:
    """Add signals to a report."""
    found = lock(by, intake.pk)
    some = list(noted)
    if Signal.objects.filter(intake=found, indicator__in=[one["indicator"] for one in some]).exists():
        raise AlreadyNotedError
    _note(found, some)
    for one in some:
        remember(by, found, "noted", str(one["indicator"]))
    log_change(by, found)
    return found


@transaction.atomic
def judge_signal(by: Account, intake: Intake, signal_id: UUID, state: str, *, version: int) -> Signal:
    """Confirm or reject a signal under one's name, or take that back (state noted)."""
    found = lock(by, intake.pk)
    signal: Signal | None = Signal.objects.select_for_update().filter(pk=signal_id, intake=found).first()
    if signal is None or state not in (*rules.DECIDED, "noted"):
        raise NotThereError
    if signal.version != version:
        raise ChangedMeanwhileError
    signal.state, signal.version = state, signal.version + 1
    signal.reviewer = by if state in rules.DECIDED else None
    signal.save()
    remember(by, found, state if state in rules.DECIDED else "reconsidered", signal.indicator)
    record_access(by, "changed", "signal", signal.pk, compartment=found.compartment)
    return signal


# --- the end --------------------------------------------------------------------------------------------------------
@transaction.atomic
def close(by: Account, intake: Intake, outcome: str, reason: str, *, version: int) -> Intake:
    """Close with an outcome and a reason; what leaves a news desk needs the yes of its source."""
    found = lock(by, intake.pk, version)
    if found.compartment == rules.PRESS and outcome in LEAVES_THE_DESK and found.source_yes is not True:
        raise SourceHasNotAgreedError
    found.outcome, found.reason = outcome, reason.strip()
    found.decided_by, found.decided_on = by, timezone.localdate()
    return _move(by, found, "closed", outcome, handler=found.handler or by)


@transaction.atomic
def open_again(by: Account, intake: Intake, *, version: int) -> Intake:
    """Open something that was closed; outcome and reason are to be given anew, the step keeps which outcome it was."""
    found = lock(by, intake.pk, version, is_open=False)
    if found.is_open:
        raise NotOpenedAgainError
    outcome, found.outcome, found.reason = found.outcome, "", None
    found.decided_by, found.decided_on = None, None
    return _move(by, found, "opened_again", outcome, handler=by)


@transaction.atomic
def keep_answer_of_source(by: Account, intake: Intake, yes: bool, *, version: int) -> Intake:
    """Keep whether the source of a news desk agreed that it leaves the desk."""
    found = lock(by, intake.pk, version)
    if found.compartment != rules.PRESS:
        raise NotThereError
    found.source_yes = yes
    return save(by, found, "source_asked", "yes" if yes else "no")


# --- parts ----------------------------------------------------------------------------------------------------------
def _move(by: Account, found: Intake, deed: str, detail: str = "", *, handler: Account | None) -> Intake:
    """Move a locked report as the table of rules.MOVES allows, and save it with its step."""
    after = rules.state_after(deed, found.state)
    if after is None:
        raise NotInThisStateError
    found.state, found.handler = after, handler
    return save(by, found, deed, detail)


def _insert(intake: Intake) -> Intake | None:
    """Store a new record; give the one that the same form, sent twice at the same moment, made meanwhile."""
    try:
        with transaction.atomic():
            intake.save(force_insert=True)
    except IntegrityError:
        made: Intake | None = Intake.objects.filter(pk=intake.pk).first()
        if made is None:
            raise
        return made
    return None


def _own(by: Account, made: Intake) -> Intake:
    """Give a record that a form made before; one behind another wall tells nothing."""
    if not by.has_perm("signals.weigh", made):
        raise NotThereError
    return made


def _place(intake: Intake) -> None:
    """Fill in the unit and the district that a municipality lies in; a unit of its own choice stays otherwise."""
    if intake.place_code:
        intake.police_unit = words.police_unit_of(intake.place_code) or intake.police_unit
        intake.district = queries.district_of(intake.org_id, intake.place_code) or intake.district


def _start_clock(intake: Intake) -> None:
    zone = timezone.get_default_timezone()
    intake.clock_from = rules.clock_start(timezone.now(), intake.received_on, intake.received_hour, zone)
    intake.due_at = rules.due_at(intake.urgency, intake.clock_from, zone)


def _mark(intake: Intake, spot: str) -> None:
    if spot:
        now = timezone.localdate().year
        marks = spots.marks_of(intake.org_id, intake.compartment, spot, year=intake.received_on.year, now=now)
        intake.spot_mark, intake.spot_mark_before = marks.own, marks.before


def _note(intake: Intake, noted: Iterable[Values]) -> None:
    Signal.objects.bulk_create(Signal(intake=intake, behind=intake.behind, **one) for one in noted)
