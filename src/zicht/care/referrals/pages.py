"""Bring together what the pages of referrals show, in words and within what their reader may see."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht.care import rules
from zicht.care.models import CareEvent, Referral, Transfer
from zicht.care.referrals import queries
from zicht.cases.models import Case, Person
from zicht.cases.wording import person_in_words
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, in_words, label_of_field

WAITS = ("sent", "accepted")
PLANNED = ("began", "extended")  # steps of a stay that say until when
MOST_SHOWN = 100  # of those who arrived


@dataclass(frozen=True)
class StepShown:
    """One step: what, by which organisation, in which hour, and what was said with it."""

    record: CareEvent
    label: str
    detail: str


@dataclass(frozen=True)
class SentShown:
    """A referral as the side that referred sees it: the answer, and never which shelter."""

    record: Referral
    code: str
    person: str
    person_code: str
    state: str
    refusal: str
    steps: list[StepShown]
    may_send: bool
    may_withdraw: bool
    is_closed: bool  # the receiver sees nothing any more, though nobody took the referral back
    outside: "OutsideShown | None" = None


@dataclass(frozen=True)
class OutsideShown:
    """What there is besides of a referral to a partner outside Zicht, who answers by telephone and reads a dossier."""

    answers: list[tuple[str, str]]
    may_refuse: bool
    may_make: bool
    opens_until: dt.date | None  # the dossier that opens longest
    is_to_recall: bool


@dataclass(frozen=True)
class CasePage:
    """The referrals of a case, and whom of it can be referred."""

    case: Case
    code: str
    persons: list[tuple[Person, str, str]]
    referrals: list[SentShown]
    may_change: bool
    transfer: Transfer | None  # that waits for an answer


def page_of_case(reader: Account, case: Case) -> CasePage:
    """Read the referrals of a case with their steps."""
    referrals = list(
        queries.referrals_of(case).select_related("person", "case").prefetch_related("events__by_org", "dossiers")
    )
    standing = queries.standing_cases(one.pk for one in referrals)
    may_change = reader.has_perm("cases.change", case)
    outside = {one.pk for one in queries.partners().filter(pk__in=[one.to_org_id for one in referrals])}
    return CasePage(
        case=case,
        code=short_code(case.pk),
        persons=[(one, person_in_words(one), short_code(one.pk)) for one in case.persons.order_by("person_id")],
        referrals=[
            _sent(one, one.pk in standing, may_change, is_outside=one.to_org_id in outside) for one in referrals
        ],
        may_change=may_change,
        transfer=case.transfers.select_related("to_org", "asked_by_org").filter(state="asked").first(),
    )


def _sent(referral: Referral, is_standing: bool, may_change: bool, *, is_outside: bool) -> SentShown:
    return SentShown(
        record=referral,
        code=short_code(referral.pk),
        person=person_in_words(referral.person),
        person_code=short_code(referral.person_id),
        state=in_words("referral", "state", referral.state),
        refusal=in_words("referral", "refusal_reason", referral.refusal_reason),
        steps=steps_of(referral, for_sender=True),
        may_send=may_change and rules.may_be_sent(referral.state),
        may_withdraw=may_change and rules.may_follow(referral.state, "withdrawn"),
        is_closed=referral.state in rules.SEEN_BY_RECEIVER and not is_standing,
        outside=_outside(referral, is_standing, may_change) if is_outside else None,
    )


# What is noted of a partner outside, in the words of a button; a refusal asks for a reason on a page of its own.
OF_A_PARTNER = (
    ("accepted", gettext_lazy("The partner accepted")),
    ("arrived", gettext_lazy("The person arrived")),
    ("no_show", gettext_lazy("The person did not come")),
    ("returned", gettext_lazy("Given back by the partner")),
)


def _outside(referral: Referral, is_standing: bool, may_change: bool) -> OutsideShown:
    following = [(state, str(told)) for state, told in OF_A_PARTNER if rules.may_follow(referral.state, state)]
    return OutsideShown(
        answers=following if may_change else [],
        may_refuse=may_change and rules.may_follow(referral.state, "refused"),
        may_make=may_change and is_standing,
        opens_until=max((one.expires_on for one in referral.dossiers.all()), default=None),
        is_to_recall=not is_standing and queries.is_to_be_recalled(referral),
    )


def steps_of(referral: Referral, *, for_sender: bool) -> list[StepShown]:
    """Give the steps of a referral; whoever referred learns nothing of shelters."""
    known = rules.steps_for_sender()
    lines = sorted(referral.events.all(), key=lambda line: line.number)
    return steps_shown(line for line in lines if not for_sender or line.step in known)


def steps_shown(lines: Iterable[CareEvent]) -> list[StepShown]:
    """Put steps in words."""
    return [StepShown(line, label_of("care_step", line.step), _said_with(line)) for line in lines]


def _said_with(line: CareEvent) -> str:
    if line.step in PLANNED and line.planned_until:
        return _("planned until %(day)s") % {"day": in_words("care_event", "planned_until", line.planned_until)}
    return in_words("care_event", "refusal_reason", line.refusal_reason) if line.refusal_reason else ""


# --- received -----------------------------------------------------------------------------------------------------
class ReceivedRow(NamedTuple):
    """A referral in the list of who received it, as plain values: making records of two hundred takes too long."""

    referral_id: UUID
    case_id: UUID
    sent_on: dt.date | None
    sender: str
    reason_code: str
    urgency_code: str
    state: str

    @property
    def address(self) -> str:
        """Give the address of its page."""
        return reverse("care:referral", args=[self.referral_id])

    @property
    def code(self) -> str:
        """Give the code of the case."""
        return short_code(self.case_id)

    @property
    def reason(self) -> str:
        """Say for what the person was referred."""
        return in_words("referral", "reason", self.reason_code)

    @property
    def urgency(self) -> str:
        """Say how urgent it is."""
        return in_words("referral", "urgency", self.urgency_code)

    @property
    def state_label(self) -> str:
        """Say how far it is."""
        return in_words("referral", "state", self.state)


OF_A_ROW = ("referral_id", "case_id", "sent_on", "from_org__org_name", "reason", "urgency", "state")


@dataclass(frozen=True)
class ReceivedPage:
    """A referral as the side that received it sees it: what goes along, and no more."""

    record: Referral
    code: str
    sender: str
    state: str
    asked: list[tuple[str, str]]
    along: list[tuple[str, str]]
    steps: list[StepShown]


@dataclass(frozen=True)
class Received:
    """What an organisation received: what waits for an answer or an arrival, and who arrived last."""

    waiting: list[ReceivedRow]
    there: list[ReceivedRow]
    is_more: bool  # than are shown arrived


def rows_received(reader: Account) -> Received:
    """Give what the reader's organisation received and may see now: what waits by urgency, and the last who arrived."""
    found = queries.received(reader)
    waiting = _seen(_read(found.filter(state__in=WAITS)))
    arrived = found.filter(state="arrived").order_by("-arrived_on", "referral_id")
    there = _read(arrived[: MOST_SHOWN + 1])
    return Received(
        waiting=sorted(waiting, key=lambda row: (row.urgency_code or "z", str(row.sent_on), row.code)),
        there=_seen(there[:MOST_SHOWN]),
        is_more=len(there) > MOST_SHOWN,
    )


def _read(received: QuerySet[Referral]) -> list[ReceivedRow]:
    return [ReceivedRow(*values) for values in received.values_list(*OF_A_ROW)]


def _seen(rows: list[ReceivedRow]) -> list[ReceivedRow]:
    seen = queries.standing_cases(row.referral_id for row in rows)
    return [row for row in rows if row.referral_id in seen]


def page_received(referral: Referral) -> ReceivedPage:
    """Read what goes along from the case as it is now: nothing was copied when the referral was sent."""
    asked = ((name, getattr(referral, name)) for name in ("reason", "support", "place_kind", "urgency", "sent_on"))
    return ReceivedPage(
        record=referral,
        code=short_code(referral.case_id),
        sender=str(referral.from_org),
        state=in_words("referral", "state", referral.state),
        asked=[
            (label_of_field("referral", name), in_words("referral", name, value))
            for name, value in asked
            if value not in RESTING
        ],
        along=list(_along(referral)),
        steps=steps_of(referral, for_sender=False),
    )


def _along(referral: Referral) -> Iterable[tuple[str, str]]:
    fields = rules.read_from_share(referral.share.what) if referral.share else rules.fields_that_may_go()
    episodes = list(referral.person.episodes.order_by("start_month", "exploitation_id"))
    for entity, name in (field.split(".") for field in fields):
        records = [referral.person] if entity == "person" else episodes
        told = (in_words(entity, name, getattr(one, name)) for one in records if getattr(one, name) not in RESTING)
        if text := "; ".join(dict.fromkeys(told)):
            yield label_of_field(entity, name), text
