"""Write down made-up referrals and stays of the past, with every step that led to them, for the demo.

The steps of care tell when they were taken and are never changed, so what lies in the past cannot be done today and
moved: it is written as the actions would have written it on its day, all of it at once.
"""

import datetime as dt
from collections import Counter
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from zicht.care import rules
from zicht.care.models import CareEvent, Hold, Referral, Shelter, Stay, WaitingListEntry
from zicht.cases.models import Case, Person, Share
from zicht.cases.sharing import Ground
from zicht.people.models import Account
from zicht.people.sealed import make_key

LONGEST = 42  # days
MORNING = dt.time(10)  # local time, at which everything was done
HOURS = 24  # of a hold
HANDOVER = "Verzonnen voorbeeld: de begeleider van de vervolgplek belt op maandag."


class Past:
    """Referrals to one shelter by one colleague, answered there by another, as they came about before today."""

    def __init__(self, worker: Account, host: Account, shelter: Shelter, wish: dict[str, object]) -> None:
        self.worker, self.host, self.shelter, self.wish = worker, host, shelter, wish
        self._records: list[models.Model] = []
        self._steps: list[CareEvent] = []
        self._numbers: Counter[UUID] = Counter()

    def send(self, who: tuple[Case, Person], day: dt.date, *, ground: Ground | None = None, **wish: object) -> Referral:
        """Let somebody be referred on a day; without a ground nothing is shared any more."""
        case, person = who
        referral = Referral(
            case=case,
            person=person,
            from_org=case.org,
            to_org=self.shelter.org,
            state="sent",
            sent_on=day,
            share=self._share(person, day, ground) if ground else None,
            **{**self.wish, **wish},
        )
        self._records.append(referral)
        for step in ("proposed", "sent"):
            self._remember(self.worker, step, referral, day)
        return referral

    def accept(self, referral: Referral, day: dt.date) -> None:
        """Let the shelter say yes."""
        referral.state, referral.decided_on = "accepted", day
        self._remember(self.host, "accepted", referral, day)

    def refuse(self, referral: Referral, day: dt.date, reason: str) -> None:
        """Let the shelter say no."""
        referral.state, referral.decided_on, referral.refusal_reason = "refused", day, reason
        self._remember(self.host, "refused", referral, day, refusal_reason=reason)

    def wait(self, referral: Referral, day: dt.date) -> None:
        """Put somebody on the waiting list."""
        kind, urgency = referral.place_kind, referral.urgency
        entry = WaitingListEntry(referral=referral, place_kind=kind, urgency=urgency, asked_on=day)
        self._records.append(entry)
        self._remember(self.host, "waiting", referral, day, record_ref=entry.pk)

    def begin(self, referral: Referral, day: dt.date) -> Stay:
        """Let somebody come to a place that was held since the same day."""
        moment, until = self._moment(day), day + dt.timedelta(days=LONGEST)
        hold = Hold(shelter=self.shelter, referral=referral, held_at=moment, by=self.host, state="confirmed")
        hold.expires_at = rules.hold_until(moment, HOURS)
        stay = Stay(shelter=self.shelter, person=referral.person, referral=referral, from_date=day, planned_until=until)
        self._records += [hold, stay]
        self._remember(self.host, "held", referral, day, record_ref=hold.pk, shelter=self.shelter)
        referral.state, referral.arrived_on = "arrived", day
        self._remember(self.host, "arrived", referral, day)
        self._remember_stay("began", stay, day)
        return stay

    def end(self, stay: Stay, day: dt.date, reason: str) -> None:
        """Let somebody leave; whoever goes on with somebody who moved on is told what they must know."""
        stay.until_date, stay.end_reason = day, reason
        stay.handover = HANDOVER if reason == "moved_on" else ""
        self._remember_stay("ended", stay, day)

    def write(self) -> None:
        """Store it, each kind of record at once."""
        for kind in (Referral, Hold, WaitingListEntry, Stay):
            _store(kind, [record for record in self._records if isinstance(record, kind)])
        _store(CareEvent, self._steps)

    def _share(self, person: Person, day: dt.date, ground: Ground) -> Share:
        share = Share(
            org_id=person.org_id,
            compartment=person.compartment,
            what=rules.written_in_share(rules.FIRST_CHOSEN),
            record_ref=person.pk,
            to_org=self.shelter.org,
            basis=list(ground.basis),
            necessity=ground.necessity,
            person_informed=ground.person_informed,
            shared_at=self._moment(day),
            by=self.worker,
        )
        make_key(share)
        share.save(force_insert=True)
        return share

    def _remember_stay(self, step: str, stay: Stay, day: dt.date) -> None:
        told = {"record_ref": stay.pk, "shelter": self.shelter, "planned_until": stay.planned_until}
        self._remember(self.host, step, stay.referral, day, **told)

    def _remember(self, by: Account, step: str, referral: Referral, day: dt.date, **told: Any) -> None:
        self._numbers[referral.pk] += 1
        number, moment = self._numbers[referral.pk], self._moment(day)
        line = CareEvent(referral=referral, number=number, step=step, happened_at=moment, by=by, **told)
        line.by_org_id = by.org_id
        self._steps.append(line)

    @staticmethod
    def _moment(day: dt.date) -> dt.datetime:
        return rules.whole_hour(dt.datetime.combine(day, MORNING, timezone.get_default_timezone()))


def _store(kind: type[models.Model], records: list[Any]) -> None:
    # Past the check of every record, as the made-up register is: what is drawn is what the words allow.
    QuerySet(kind).bulk_create(records)
