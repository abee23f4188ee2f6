"""What the dimension rule suggests of a report, and a named person who confirms or rejects it.

The decision is a step of the history. It stands until signals are added or judged, or the age changes what they say:
then there is another suggestion, about which nobody decided yet.
"""

from collections.abc import Iterable

from django.db import transaction

from zicht import words
from zicht.people.models import Account
from zicht.signals import dimensions
from zicht.signals.intake import queries
from zicht.signals.intake.errors import ChangedMeanwhileError, NotThereError
from zicht.signals.intake.saving import lock, save
from zicht.signals.models import Intake, IntakeStep, Signal

AGREED, DISAGREED = "agreed", "disagreed"
CHANGES_IT = frozenset({AGREED, DISAGREED, "noted", "confirmed", "rejected", "reconsidered"})


def suggestion_of(intake: Intake, signals: Iterable[Signal]) -> dimensions.Suggestion:
    """Give what the dimension rule suggests of the signals that count: a suggestion, which a person judges."""
    band = words.vocabulary().lists["age_band"].codes.get(intake.age_band)
    counting = dimensions.counting((signal.indicator, signal.state) for signal in signals)
    is_minor = band.is_marked("minor") if band else None
    return dimensions.suggest(counting, words.vocabulary().indicators, is_minor=is_minor)


def rests_on(suggestion: dimensions.Suggestion) -> str:
    """Write a suggestion with the signals it rests on in one line, by which a later one is told from it."""
    return " ".join([suggestion.kind, *sorted(code for one in suggestion.dimensions for code in one.signals)])


def decision_on(suggestion: dimensions.Suggestion, steps: Iterable[IntakeStep]) -> IntakeStep | None:
    """Give who confirmed or rejected a suggestion as it is now; `steps` are those of its report, the newest first."""
    last = next((step for step in steps if step.deed in CHANGES_IT), None)
    is_decided = last is not None and last.deed in (AGREED, DISAGREED) and last.detail_code == suggestion.kind
    return last if is_decided else None


@transaction.atomic
def decide(by: Account, intake: Intake, deed: str, shown: str, *, version: int) -> Intake:
    """Confirm or reject under one's name what was suggested; `shown` is what it rested on when it was looked at."""
    found = lock(by, intake.pk, version)
    suggestion = suggestion_of(found, queries.signals_of(found))
    if rests_on(suggestion) != shown:
        raise ChangedMeanwhileError
    if deed not in (AGREED, DISAGREED) or suggestion.kind == dimensions.NOTHING:
        raise NotThereError
    return save(by, found, deed, suggestion.kind)
