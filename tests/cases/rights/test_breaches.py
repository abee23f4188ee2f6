"""A breach starts 72 hours, kept by people who see no case."""

import datetime as dt
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from tests.cases.rights.cast import Cast

from zicht.cases import history
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError, NotThereError
from zicht.cases.models import Breach, Change, LegalClock
from zicht.cases.rights.breaches import actions, queries
from zicht.cases.rights.errors import NotToldError
from zicht.people.models import AccessLine
from zicht.people.sealed import reveal

FOUND = dt.datetime(2026, 3, 27, 11, tzinfo=dt.UTC)
BREACH: dict[str, object] = {
    "found_at": FOUND,
    "kind": "sent_wrong",
    "entities": ["person", "exploitation"],
    "persons_n": 3,
    "risk": "risk",
    "facts": "a file went to the wrong office; it was deleted there",
}


def clock(breach: Breach) -> LegalClock:
    return LegalClock.objects.get(record_ref=breach.pk)


def test_a_breach_starts_its_clock_of_72_hours(cast: Cast) -> None:
    breach = actions.record_breach(cast.privacy_officer, BREACH)
    assert (clock(breach).started_at, clock(breach).ends_at) == (FOUND, FOUND + dt.timedelta(hours=72))
    assert (clock(breach).kind, clock(breach).state, clock(breach).law) == (
        "breach_report",
        "running",
        "GDPR art. 33(1)",
    )


def test_its_facts_lie_sealed_under_a_key_of_its_own(cast: Cast) -> None:
    breach = actions.record_breach(cast.privacy_officer, BREACH)
    stored = Breach.objects.get(pk=breach.pk)
    assert reveal(stored, "facts") == BREACH["facts"]


@pytest.mark.parametrize("who", ["case_worker", "coordinator", "analyst", "counsellor", "closed"])
def test_whoever_works_on_cases_keeps_no_breaches(cast: Cast, who: str) -> None:
    with pytest.raises(NotAllowedError):
        actions.record_breach(getattr(cast, who), BREACH)
    assert not Breach.objects.exists()


def test_the_administrator_may_keep_them_too_and_another_organisation_sees_none(cast: Cast) -> None:
    breach = actions.record_breach(cast.administrator, BREACH)
    assert queries.find_breach(cast.privacy_officer, breach.pk) == breach
    assert queries.find_breach(cast.stranger_privacy_officer, breach.pk) is None
    with pytest.raises(NotThereError):
        actions.change_breach(cast.stranger_privacy_officer, breach, {"risk": "unlikely"}, version=1)


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"authority_told_on": dt.date(2026, 3, 30)}, "met"),
        ({"authority_told_on": dt.date(2026, 3, 31)}, "missed"),
        ({"risk": "unlikely"}, "met"),
        ({"persons_n": 4}, "running"),
        ({"found_at": FOUND + dt.timedelta(hours=24), "authority_told_on": dt.date(2026, 3, 31)}, "met"),
    ],
)
def test_the_clock_follows_what_was_done(cast: Cast, values: dict[str, object], state: str) -> None:
    breach = actions.record_breach(cast.privacy_officer, BREACH)
    actions.change_breach(cast.privacy_officer, breach, values, version=1)
    assert clock(breach).state == state


def test_a_breach_with_a_risk_is_not_closed_before_the_authority_was_told(cast: Cast) -> None:
    breach = actions.record_breach(cast.privacy_officer, BREACH)
    with pytest.raises(NotToldError):
        actions.close_breach(cast.privacy_officer, breach, version=1)
    actions.change_breach(cast.privacy_officer, breach, {"authority_told_on": dt.date(2026, 3, 28)}, version=1)
    assert actions.close_breach(cast.privacy_officer, breach, version=2).closed_on == timezone.localdate()
    with pytest.raises(NotThereError):
        actions.change_breach(cast.privacy_officer, breach, {"persons_n": 5}, version=3)


def test_a_colleague_does_not_overwrite_a_change_and_every_change_is_kept(cast: Cast) -> None:
    breach = actions.record_breach(cast.privacy_officer, BREACH)
    actions.change_breach(cast.administrator, breach, {"risk": "high"}, version=1)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_breach(cast.privacy_officer, breach, {"risk": "unlikely"}, version=1)
    told = history.told(Change.objects.filter(record_ref=breach.pk, field="risk"))
    assert [(item.before, item.after) for item in told] == [("risk", "high")]


def test_the_same_form_sent_twice_is_one_breach_with_one_clock(cast: Cast) -> None:
    key = uuid4()
    for _ in range(2):
        actions.record_breach(cast.privacy_officer, BREACH, breach_id=key)
    assert (Breach.objects.count(), LegalClock.objects.count()) == (1, 1)


def test_a_breach_is_not_found_in_the_future_and_has_facts(cast: Cast) -> None:
    tomorrow = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=2)
    with pytest.raises(ValidationError) as refused:
        actions.record_breach(cast.privacy_officer, {**BREACH, "found_at": tomorrow, "facts": "", "entities": []})
    assert {"facts", "entities"} <= set(refused.value.message_dict)
    with pytest.raises(ValidationError) as refused:
        actions.record_breach(cast.privacy_officer, {**BREACH, "found_at": tomorrow})
    assert set(refused.value.message_dict) == {"found_at"}


def test_every_step_writes_a_line_in_the_log(cast: Cast) -> None:
    breach = actions.record_breach(cast.privacy_officer, BREACH)
    actions.change_breach(cast.privacy_officer, breach, {"persons_n": 4}, version=1)
    lines = AccessLine.objects.filter(subject="breach", subject_id=str(breach.pk)).order_by("sequence")
    assert [line.verb for line in lines] == ["opened", "changed"]
