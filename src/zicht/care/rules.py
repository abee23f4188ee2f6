"""Who may do what with referrals and places, and what follows: no database, no request."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.cases.rules import terms, walls_of_all_cases
from zicht.people.rules import AccountLike, is_own_organisation, purposes_of

Values = Mapping[str, object]  # field name of an entity -> value
CARE = "care"  # the purpose of those who work in care and shelter
# States of a referral in which somebody still has to do something.
RUNNING = ("proposed", "agreed", "sent", "accepted")
# States in which the receiver sees what goes along: asked, on the way, or there.
SEEN_BY_RECEIVER = ("sent", "accepted", "arrived")
MAY_BE_PLACED = ("accepted", "arrived")  # who is there already may have to move for safety
ON_THE_LIST = ("waiting", "offered")
MOST_PLACES = 500
LONGEST_STAY = 730  # days; a stay beyond two years is living somewhere
HOLD_HOURS = (4, 12, 24, 48, 72)  # for how long a place may be held
DOSSIER_DAYS = (1, 3, 7, 14, 30)  # for how long a dossier for a partner outside may be opened


# --- steps of a referral ------------------------------------------------------------------------------------------
def may_follow(state: str, following: str) -> bool:
    """Tell whether a referral may go from one state to another (attributes `next` and `back` of the list)."""
    code = words.vocabulary().lists["referral_state"].codes[state]
    return following in (*code.texts("next"), *code.texts("back"))


def may_be_sent(state: str) -> bool:
    """Tell whether a referral can go out; one that was only proposed can, on another ground than consent."""
    return state == "proposed" or may_follow(state, "sent")


def steps_for_sender() -> frozenset[str]:
    """Give the steps that the organisation that referred sees too (attribute `to_sender` of list care_step)."""
    steps = words.vocabulary().lists["care_step"].codes.values()
    return frozenset(step.code for step in steps if step.is_marked("to_sender"))


# --- what goes along ----------------------------------------------------------------------------------------------
# Fields that can go along with a referral, by entity: codes that help needs, no text, no identifier, no decision.
GOES_ALONG: Mapping[str, tuple[str, ...]] = {
    "person": (
        "age_band", "gender", "language", "vulnerabilities", "own_children", "in_school", "citizenship_group", "status",
    ),
    "exploitation": ("main_form", "relations", "means"),
}  # fmt: skip
# What a receiver cannot do without; the rest is chosen for each referral.
FIRST_CHOSEN = ("person.age_band", "person.gender", "person.language")


def fields_that_may_go() -> tuple[str, ...]:
    """Give the fields that can be chosen, such as person.age_band."""
    return tuple(f"{entity}.{name}" for entity, names in GOES_ALONG.items() for name in names)


def written_in_share(fields: Iterable[str]) -> str:
    """Write down in a share which fields go along."""
    return f"referral: {', '.join(fields)}"


def read_from_share(what: str) -> tuple[str, ...]:
    """Read back which fields go along; one that may not go (any more) is left out."""
    _kind, _colon, listed = what.partition(": ")
    return tuple(name for name in fields_that_may_go() if name in listed.split(", "))


# --- places -------------------------------------------------------------------------------------------------------
class ShelterLike(Protocol):
    """What a rule must know about a shelter."""

    place_kind: str
    accepts_age_bands: list[str]
    accepts_genders: list[str]
    max_stay_days: int | None


def fits(shelter: ShelterLike, age_band: str, gender: str) -> bool:
    """Tell whether a shelter takes somebody; what is not known of a person excludes nobody, a colleague asks first."""
    return _takes(shelter.accepts_age_bands, age_band) and _takes(shelter.accepts_genders, gender)


def _takes(accepted: Sequence[str], value: str) -> bool:
    named, known = terms(accepted), terms(value)
    return not named or not known or known[0] in named


def last_day(shelter: ShelterLike, from_date: dt.date) -> dt.date | None:
    """Give the day on which a stay ends at the latest without a reason; None where a shelter names no longest stay."""
    return from_date + dt.timedelta(days=shelter.max_stay_days) if shelter.max_stay_days else None


def frees_on(planned_until: dt.date, today: dt.date) -> dt.date:
    """Give the day on which a place that is taken is expected free: tomorrow, where somebody should have left."""
    return max(planned_until, today + dt.timedelta(days=1))


def whole_hour(time: dt.datetime) -> dt.datetime:
    """Round a moment down to the hour of UTC, so that no minute is stored."""
    return time.astimezone(dt.UTC).replace(minute=0, second=0, microsecond=0)


def hold_until(now: dt.datetime, hours: int) -> dt.datetime:
    """Give when a hold runs out: the hours really pass, also where clocks change; never later than was said."""
    return whole_hour(now) + dt.timedelta(hours=hours)


def hold_state_now(state: str, expires_at: dt.datetime, now: dt.datetime) -> str:
    """Give the state of a hold at a moment: one whose time has passed ran out, and nobody has to store that."""
    return "expired" if state == "held" and expires_at <= now else state


def next_free(capacity: int, leaving: Sequence[dt.date], waiting: int, today: dt.date) -> dt.date | None:
    """Give the day from which there is a place for one more, after those who wait; None when nobody can tell.

    `leaving` holds for every place that is taken or held the day on which it becomes free.
    """
    needed = len(leaving) + waiting + 1 - capacity  # how many must leave first
    if needed <= 0:
        return today
    return sorted(leaving)[needed - 1] if needed <= len(leaving) else None


def provinces() -> tuple[str, ...]:
    """Give the regions that may be named."""
    return tuple(sorted({municipality.province for municipality in words.municipalities().values()}))


# --- permissions --------------------------------------------------------------------------------------------------
def works_in_care(account: AccountLike) -> bool:
    """Tell whether somebody works in care or shelter."""
    return account.status == "active" and CARE in purposes_of(account)


def _receives(account: AccountLike, record: object = None) -> bool:
    """Let those who work in care, or on every case behind a wall, answer what is referred to their organisation."""
    is_ours = record is None or getattr(record, "to_org_id", None) == account.org_id
    return is_ours and (works_in_care(account) or bool(walls_of_all_cases(account)))


def _places(account: AccountLike, record: object = None) -> bool:
    """Let those who work in care place people in the shelters of their organisation."""
    return works_in_care(account) and is_own_organisation(account, record)


def _keeps(account: AccountLike, record: object = None) -> bool:
    """Let those who work on every case say which places there are."""
    return _places(account, record) and bool(walls_of_all_cases(account))


PERMISSIONS = {
    "care.receive": Predicate(_receives),
    "care.place": Predicate(_places),
    "care.keep_shelters": Predicate(_keeps),
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
