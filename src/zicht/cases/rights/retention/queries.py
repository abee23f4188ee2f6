"""What is past its term, what is kept although it is, and which term holds."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from zicht.cases.models import Case, Person, RetentionRule, SubjectRequest
from zicht.cases.rights.consent.queries import same_person
from zicht.cases.rights.rules import months_later, years_later
from zicht.people.models import Organisation
from zicht.people.rules import retention_under
from zicht.people.short_codes import short_code

Found = tuple[dt.date, str]  # the day a term counts from, and why the record is kept all the same
# Why a record is kept although its term is over.
LIMITED, ASKED, ONE_WITH, IN_CASE = "limited", "asked", "one_with", "in_case"
WHY_KEPT: Mapping[str, str | Promise] = {
    LIMITED: _("its use is limited at the person's request"),
    ASKED: _("a request of the person is not answered yet"),
    ONE_WITH: _("it is counted as one with a record that is still in use"),
    IN_CASE: _("somebody in it stays and is in no other case"),
}


@dataclass(frozen=True)
class Term:
    """How long an organisation keeps its records; `years` is None where nothing says it."""

    years: int | None
    review_years: int
    rule: RetentionRule | None
    regime_years: int | None

    @property
    def is_shorter(self) -> bool:
        """Tell whether the organisation keeps its records shorter than its legal regime begins with."""
        return self.rule is not None and self.years is not None and self.years < (self.regime_years or 0)


@dataclass(frozen=True)
class DueRecord:
    """A case or person of which the term is over: its code, and the day from which it counts."""

    entity: str
    key: UUID
    last_day: dt.date
    ended_on: dt.date
    why_kept: str = ""

    @property
    def code(self) -> str:
        """Give the code as people read it aloud."""
        return short_code(self.key)

    @property
    def kept_because(self) -> str | Promise:
        """Say why it is kept."""
        return WHY_KEPT.get(self.why_kept, "")


@dataclass(frozen=True)
class Due:
    """What would be erased today, and what is kept although its term is over."""

    cases: tuple[DueRecord, ...] = ()
    persons: tuple[DueRecord, ...] = ()
    kept: tuple[DueRecord, ...] = ()

    @property
    def records(self) -> int:
        """Give the number of records that would go."""
        return len(self.cases) + len(self.persons)


def term_of(organisation: Organisation) -> Term:
    """Give the term that holds: the newest one the organisation set, else that of its legal regime."""
    return term_under(organisation.legal_regime, rules_of(organisation.pk)[:1])


def term_under(legal_regime: str, rules: Iterable[RetentionRule]) -> Term:
    """Give the term that holds under a legal regime with what an organisation set, the newest first."""
    regime = retention_under(legal_regime)
    rule = next(iter(rules), None)
    return Term(rule.years if rule else regime.years, regime.review_years, rule, regime.years)


def rules_of(org_id: UUID) -> QuerySet[RetentionRule]:
    """Give every term an organisation set, the one that holds first."""
    return RetentionRule.objects.filter(org=org_id).select_related("set_by").order_by("-set_at", "rule_id")


# --- what is due ----------------------------------------------------------------------------------------------------
def find_due(organisation: Organisation, *, only: Collection[UUID] | None = None, term: Term | None = None) -> Due:
    """Find what is past its term today; `only` looks at some cases and persons again, such as before erasing them."""
    term = term or term_of(organisation)
    if term.years is None:
        return Due()
    last = months_later(timezone.localdate(), -12 * term.years)
    persons = _persons(organisation.pk, last, only)
    cases = _cases(organisation.pk, last, {key for key, (_day, why) in persons.items() if not why}, only)
    found = [*_described("case", cases, term.years), *_described("person", persons, term.years)]
    going = [record for record in found if not record.why_kept]
    return Due(
        tuple(record for record in going if record.entity == "case"),
        tuple(record for record in going if record.entity == "person"),
        tuple(record for record in found if record.why_kept),
    )


def _described(entity: str, found: Mapping[UUID, Found], years: int) -> Iterator[DueRecord]:
    """Give the records oldest first."""
    for key, (day, why) in sorted(found.items(), key=lambda item: (item[1][0], item[0])):
        yield DueRecord(entity, key, day, years_later(day, years), why)


def _is_old(last: dt.date) -> Q:
    """Keep the cases that were closed, and changed for the last time, on or before a day; an open one is never old."""
    return Q(state__startswith="closed", closed_on__isnull=False, closed_on__lte=last, changed_on__lte=last)


def _persons(org_id: UUID, last: dt.date, only: Collection[UUID] | None) -> dict[UUID, Found]:
    """Give the persons all of whose cases are old, and why some of them are kept all the same."""
    in_use = Case.objects.filter(~_is_old(last), persons=OuterRef("pk"))
    old = Person.objects.filter(Q(org=org_id, changed_on__lte=last) & ~Q(Exists(in_use)))
    if only is not None:
        old = old.filter(pk__in=only)
    asked = Exists(SubjectRequest.objects.filter(person=OuterRef("pk"), answered_on=None))
    others = Exists(Person.objects.filter(merged_into=OuterRef("pk")))
    rows = list(
        old.annotate(asked=asked, others=others).values_list(
            "pk", "changed_on", "restricted_on", "asked", "others", "merged_into"
        )
    )
    found = {row[0]: (row[1], LIMITED if row[2] else ASKED if row[3] else "") for row in rows}
    groups = same_person(row[0] for row in rows if row[4] or row[5])
    free = {key for key, (_day, why) in found.items() if not why}
    for key in free:
        if not groups.get(key, frozenset()) <= free:
            found[key] = (found[key][0], ONE_WITH)
    return found


def _cases(org_id: UUID, last: dt.date, going: set[UUID], only: Collection[UUID] | None) -> dict[UUID, Found]:
    """Give the old cases; one is kept while somebody in it stays who is in no case that stays."""
    seen = Case.objects.filter(_is_old(last), org=org_id)
    if only is not None:
        seen = seen.filter(pk__in=only)
    elsewhere = Exists(Case.objects.filter(~_is_old(last), persons=OuterRef("person_id")))
    pairs = Case.persons.through.objects.filter(~Q(elsewhere), case__in=seen)
    staying = pairs.values_list("case_id", "person_id")
    kept = {case for case, person in staying if person not in going}
    days = seen.values_list("pk", "closed_on", "changed_on")
    return {key: (max(closed or changed, changed), IN_CASE if key in kept else "") for key, closed, changed in days}
