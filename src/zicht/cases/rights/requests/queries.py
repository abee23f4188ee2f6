"""What is read about requests, and the person they are about."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from zicht.cases.models import Case, Person, SubjectRequest
from zicht.cases.rights.consent.queries import is_named_in, same_person
from zicht.cases.rights.consent.rules import ages_on
from zicht.cases.rights.requests import rules
from zicht.people.models import Account

REQUESTS_ON_A_PAGE = 100


@dataclass(frozen=True)
class Standing:
    """What holds for a request of this person by this asker."""

    ages: tuple[str, ...]
    is_parent_suspected: bool
    is_only_refused: bool

    @property
    def askers(self) -> list[rules.Asker]:
        """Give who may ask, once for each age the person may have."""
        return [rules.WHO_ASKS[age] for age in self.ages]


def requests_of(reader: Account) -> QuerySet[SubjectRequest]:
    """Give the requests about persons the reader may see, and those that belong to no record; the most urgent first."""
    seen = SubjectRequest.objects.visible_to(reader)
    about = Q(person__in=Person.objects.visible_to(reader)) | Q(person=None)
    found: QuerySet[SubjectRequest] = seen.filter(about).select_related(
        "person__org", "handled_by", "decided_by", "org"
    )
    return found.order_by("answered_on", "due_on", "request_id")


def waiting(requests: QuerySet[SubjectRequest]) -> list[SubjectRequest]:
    """Give those that are not answered yet, the one that is due first in front."""
    return list(requests.filter(answered_on=None).order_by("due_on", "request_id")[:REQUESTS_ON_A_PAGE])


def answered(requests: QuerySet[SubjectRequest]) -> list[SubjectRequest]:
    """Give those that were answered, the newest first."""
    return list(requests.exclude(answered_on=None).order_by("-answered_on", "request_id")[:REQUESTS_ON_A_PAGE])


def terms_of(reader: Account) -> QuerySet[SubjectRequest]:
    """Give kind and terms of every request to the organisation, without whose they are: for the privacy officer."""
    found = SubjectRequest.objects.filter(org=reader.org_id).defer("person", "reason", "contact_id")
    return found.select_related("handled_by")


def find_request(reader: Account, request_id: UUID) -> SubjectRequest | None:
    """Find a request that the reader may see."""
    return requests_of(reader).filter(pk=request_id).first()


def standing_of(request: SubjectRequest, persons: list[Person] | None = None) -> Standing:
    """Work out what holds for a request; `persons` are the records of the person where they were read already."""
    if request.person is None:  # nothing is known of an age
        return Standing((), False, False)
    person = request.person
    told = {"age_band": person.age_band, "first_registered": person.first_registered}
    ages = ages_on(told, timezone.localdate())
    suspected = is_named_in([one.pk for one in (persons or records_of(person))])
    refused = rules.is_only_refused(request.asked_by, ages, is_parent_suspected=suspected)
    return Standing(ages, suspected, refused)


def records_of(person: Person) -> list[Person]:
    """Give all records that are counted as one person."""
    return list(Person.objects.filter(pk__in=same_person([person.pk])[person.pk]).order_by("first_registered", "pk"))


def cases_of(persons: list[Person]) -> list[Case]:
    """Give the cases that persons are in, oldest first."""
    found = Case.objects.filter(persons__in=persons).distinct().order_by("opened_on", "case_id")
    return list(found.select_related("org", "incoming_from"))
