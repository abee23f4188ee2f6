"""Everything that is read of the log of training, and how municipalities stand."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from zicht import words
from zicht.people.code_fields import label_of
from zicht.people.models import Account, Organisation
from zicht.signals.rules import years_before
from zicht.signals.training.models import TrainingRecord
from zicht.signals.training.rules import YEARS_FRESH


@dataclass(frozen=True)
class Standing:
    """How far a topic came in a municipality: when last, and how many took part in all; nothing is a gap."""

    topic: str
    last: dt.date | None
    participants: int
    is_gap: bool

    @property
    def label(self) -> str:
        """Give the topic in the language of the reader."""
        return label_of("training_topic", self.topic)


@dataclass(frozen=True)
class MunicipalityStands:
    """A municipality with every topic."""

    name: str
    topics: tuple[Standing, ...]

    @property
    def gaps(self) -> int:
        """Give how many topics are missing or gone by."""
        return sum(one.is_gap for one in self.topics)


def list_trainings(account: Account) -> QuerySet[TrainingRecord]:
    """Give what the organisation of an account gave or was given, newest first."""
    own = Q(org_id=account.org_id) | Q(by_org_id=account.org_id)
    return TrainingRecord.objects.filter(own).select_related("org", "by_org").order_by("-given_on", "pk")


def find_training(account: Account, training_id: UUID) -> TrainingRecord | None:
    """Give one of them."""
    return list_trainings(account).filter(pk=training_id).first()


def choosable_organisations() -> QuerySet[Organisation]:
    """Give the organisations that a training can be about or come from."""
    return Organisation.objects.order_by("org_name")


def how_municipalities_stand(account: Account, today: dt.date) -> list[MunicipalityStands]:
    """Give every municipality that is known here, with what the reader may see of its training, most gaps first."""
    names: dict[str, str] = {}
    organisations = Organisation.objects.filter(Q(org_type="municipality") | ~Q(area_code=""))
    place_of = {one.pk: place for one in organisations if (place := _place(one, names))}
    found: dict[str, list[TrainingRecord]] = defaultdict(list)
    for record in list_trainings(account):
        if record.org_id in place_of:
            found[place_of[record.org_id]].append(record)
    stands = [MunicipalityStands(name, _standings(found[place], today)) for place, name in names.items()]
    return sorted(stands, key=lambda one: (-one.gaps, one.name))


def _place(organisation: Organisation, names: dict[str, str]) -> str:
    """Give the municipality an organisation works in, by its code; one without a code stands for itself."""
    known = words.municipalities().get(organisation.area_code)
    if known:
        names[known.code] = known.name
        return known.code
    if organisation.org_type == "municipality":
        names[str(organisation.pk)] = organisation.org_name
        return str(organisation.pk)
    return ""


def _standings(records: Iterable[TrainingRecord], today: dt.date) -> tuple[Standing, ...]:
    about: dict[str, list[TrainingRecord]] = defaultdict(list)
    for record in records:
        for topic in record.topics:
            about[topic].append(record)
    offered = (one.code for one in words.vocabulary().lists["training_topic"].offered() if one.code != "other")
    return tuple(_standing(topic, about[topic], today) for topic in offered)


def _standing(topic: str, records: list[TrainingRecord], today: dt.date) -> Standing:
    last = max((one.given_on for one in records), default=None)
    is_gap = last is None or last < years_before(today, YEARS_FRESH)
    return Standing(topic, last, sum(one.participants for one in records), is_gap)
