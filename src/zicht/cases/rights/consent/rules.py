"""Whose yes is needed for a purpose, under which law and at which age: pure decisions.

What the law asks is worked out and shown; that a consent was free, informed and understood is for a person to say, who
writes down why the giver could decide. Sources stand with each rule and in docs/guides/rights.md.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht import words

Values = Mapping[str, object]
UNDER_12, FROM_12, FROM_16, ADULT = "under_12", "12_to_15", "16_or_17", "18_or_over"
OLDEST = 150  # years; where nothing is known of somebody's age
AGES: Mapping[str, tuple[int, int]] = {UNDER_12: (0, 11), FROM_12: (12, 15), FROM_16: (16, 17), ADULT: (18, OLDEST)}
SELF = frozenset({"self"})
GUARDIAN = frozenset({"guardian"})
FOR_A_CHILD = frozenset({"parent", "guardian"})  # who may answer for a child, and a suspected perpetrator never
HELP = frozenset({"care", "recontact"})  # purposes of help that is offered to the person directly
PASSED_ON = frozenset({"referral", "registry", "registry_pseudo", "police"})  # purposes by which data leave the file
NAMES_A_RECIPIENT = frozenset({"referral"})  # GDPR art. 4(11): consent is specific; "to a named organisation"


class Answer(Protocol):
    """What a rule must know about a consent."""

    answer: str
    given_by: str
    withdrawn_on: dt.date | None
    set_aside_on: dt.date | None
    allowed_by_id: UUID | None


@dataclass(frozen=True)
class Need:
    """Whose yes is needed: one giver of each set, or one set alone after a colleague's decision."""

    each: tuple[frozenset[str], ...]
    sentence: str | Promise
    source: str | Promise
    alone: frozenset[str] = frozenset()
    # Who answers where the person's own answer is that it could not decide (BW 7:465; UAVG art. 5(2)).
    stands_in: frozenset[str] = FOR_A_CHILD
    is_basis: bool = True


# --- the rules of the law -----------------------------------------------------------------------------------------
NOT_UNDER_WPG = Need(
    (),
    _("Police data are not kept or shared because somebody agrees. Name the article of the Wpg instead."),
    _("Directive (EU) 2016/680, recital 35; Wpg art. 8-13 and 16-20"),
    is_basis=False,
)
SELF_DECIDES = Need(
    (SELF,), _("The person decides. From 16 nobody else is asked."), _("UAVG art. 5(1); Jeugdwet art. 7.3.5; BW 7:447")
)
ADULT_DECIDES = Need(
    (SELF,),
    _(
        "The person decides. Only a guardian appointed by a court answers for an adult who cannot decide: record that "
        "too, and write down why."
    ),
    _("GDPR art. 4(11); UAVG art. 5(2); BW 7:465(3)"),
    stands_in=GUARDIAN,
)
OFFERED_DIRECTLY = Need(
    (SELF,),
    _("Help and advice that are offered directly and free of charge need no parent, at any age."),
    _("GDPR recital 38; UAVG art. 5(5)"),
)
REPRESENTATIVE_DECIDES = Need(
    (FOR_A_CHILD,),
    _("Under 16 a parent with authority or a guardian decides. Hear the child too: its own no always counts."),
    _("UAVG art. 5(1); GDPR art. 8 for services online"),
)
REPRESENTATIVE_IN_CARE = Need(
    (FOR_A_CHILD,),
    _("Under 12 a parent with authority or a guardian decides. Hear the child too: its own no always counts."),
    _("Jeugdwet art. 7.3.4; BW 7:450, 7:465(1)"),
)
BOTH_DECIDE = Need(
    (SELF, FOR_A_CHILD),
    _(
        "From 12 to 15 both decide: the young person, and a parent with authority or a guardian. The young person "
        "alone is enough where that is needed to prevent serious harm, or where the wish holds after careful thought: "
        "a colleague decides so."
    ),
    _("Jeugdwet art. 7.3.4; BW 7:450(2)"),
    alone=SELF,
)
FROM_12_DECIDES = Need(
    (SELF,),
    _("From 12 a young person who understands what it means decides alone who may have the file."),
    "Jeugdwet art. 7.3.11",
)
SOURCE_DECIDES = Need(
    (SELF,),
    _("The source decides. Zicht keeps to a withdrawal too, which the law does not ask of the press."),
    _("UAVG art. 43; GDPR art. 85"),
    stands_in=GUARDIAN,
)


def need_of(regime: str, purpose: str, age: str) -> Need:
    """Give whose yes is needed under a legal regime, for a purpose, at an age."""
    if regime == "wpg":
        return NOT_UNDER_WPG
    if age == ADULT:
        return SOURCE_DECIDES if regime == "press" else ADULT_DECIDES
    if age == FROM_16:
        return SELF_DECIDES
    if regime in ("care", "youth_care"):
        return _need_in_care(regime, purpose, age)
    # A help desk is under the AVG alone; press and research offer no help. UAVG art. 43(1) keeps art. 5 for the press.
    return OFFERED_DIRECTLY if regime == "avg" and purpose in HELP else REPRESENTATIVE_DECIDES


def _need_in_care(regime: str, purpose: str, age: str) -> Need:
    if age == UNDER_12:
        return REPRESENTATIVE_IN_CARE
    return FROM_12_DECIDES if regime == "youth_care" and purpose in PASSED_ON else BOTH_DECIDE


def ages_on(person: Values, day: dt.date) -> tuple[str, ...]:
    """Give the ages somebody may have on a day, youngest first: the band was noted in the year of registration."""
    bands = words.vocabulary().lists["age_band"].codes
    band = bands.get(str(person.get("age_band")))
    if band is None:
        return tuple(AGES)
    is_minor, youngest, oldest = band.is_marked("minor"), band.number("min"), band.number("max")
    youngest = youngest if youngest is not None else (0 if is_minor else 18)
    oldest = oldest if oldest is not None else (17 if is_minor else OLDEST)
    registered = person.get("first_registered")
    years = max(0, day.year - registered) if isinstance(registered, int) else 0
    # From the last day of one year to the first of the next but one lie between years - 1 and years + 1.
    low, high = youngest + max(0, years - 1), oldest + (years + 1 if years else 0)
    return tuple(age for age, (first, last) in AGES.items() if first <= high and low <= last)


# --- what an answer is worth ----------------------------------------------------------------------------------------
def is_blocked(given_by: str, *, is_parent_suspected: bool) -> bool:
    """Tell whether a giver is refused by default: which parent is suspected the register does not know."""
    return is_parent_suspected and given_by in FOR_A_CHILD


def counts(answer: Answer, *, is_parent_suspected: bool) -> bool:
    """Tell whether an answer stands: not set aside, and not of a giver who is refused and was not allowed by name."""
    is_refused = is_blocked(answer.given_by, is_parent_suspected=is_parent_suspected)
    return answer.set_aside_on is None and (not is_refused or answer.allowed_by_id is not None)


def is_yes(answer: Answer) -> bool:
    """Tell whether an answer says yes and was not withdrawn."""
    return answer.answer == "yes" and answer.withdrawn_on is None


def is_no(answer: Answer) -> bool:
    """Tell whether an answer says no, or takes a yes back; that somebody could not decide is neither."""
    return answer.answer in ("no", "withdrawn") or answer.withdrawn_on is not None


def is_enough(answers: Iterable[Answer], needs: Iterable[Need], *, is_parent_suspected: bool) -> bool:
    """Tell whether the answers given until now, oldest first, are the consent that one of the needs asks for.

    Several needs stand for an age that is not certain: who recorded the answer wrote down why the giver could decide.
    The last answer of each giver is the one that holds, and the person's own no outweighs everybody's yes.
    """
    standing = {
        answer.given_by: answer for answer in answers if counts(answer, is_parent_suspected=is_parent_suspected)
    }
    own = standing.get("self")
    if own is not None and is_no(own):
        return False
    return any(_is_met(need, standing) for need in needs)


def _is_met(need: Need, standing: Mapping[str, Answer]) -> bool:
    if not need.is_basis:
        return False
    yes = {giver for giver, answer in standing.items() if is_yes(answer)}
    allowed = {giver for giver in yes if standing[giver].allowed_by_id is not None}
    could_not_decide = "self" in standing and standing["self"].answer == "not_able"
    own = SELF | need.stands_in if could_not_decide else SELF
    return all(yes & (own if one == SELF else one) for one in need.each) or bool(allowed & need.alone)


def needs_reason(given_by: str, ages: Iterable[str], *, is_parent_suspected: bool) -> bool:
    """Tell whether it must be written down why somebody could decide: for a minor, by another, or in doubt."""
    return given_by != "self" or is_parent_suspected or tuple(ages) != (ADULT,)
