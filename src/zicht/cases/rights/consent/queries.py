"""What is read about consent: whether it is there, what is still needed, and what must be looked at."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from functools import cache, lru_cache, reduce
from itertools import chain, islice
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from zicht import words
from zicht.cases import history
from zicht.cases.models import Case, Change, Consent, Exploitation, Person, Share
from zicht.cases.rights.consent import rules
from zicht.cases.rules import parent_perpetrator
from zicht.people.code_fields import label_of
from zicht.people.models import Account, Organisation

AT_ONCE = 400  # records looked up together: a statement takes 999 values on every SQLite
# What an answer is judged by (rules.Answer), and the day for which the age is asked.
OF_AN_ANSWER = ("answer", "given_by", "withdrawn_on", "set_aside_on", "allowed_by_id", "asked_on")
# What else counts of whoever it was given for.
OF_A_PERSON = (
    "person_id",
    "person__restricted_on",
    "person__org__legal_regime",
    "person__age_band",
    "person__first_registered",
    "is_linked",
    "is_parent_named",
)


@dataclass(frozen=True)
class Needed:
    """Whose yes a purpose needs for one person, and whether it is there."""

    purpose: str
    recipient: Organisation | None
    needs: tuple[rules.Need, ...]
    is_there: bool

    @property
    def label(self) -> str:
        """Give the purpose in words."""
        return label_of("consent_purpose", self.purpose)


# --- records of one person ------------------------------------------------------------------------------------------
def same_person(person_ids: Iterable[UUID]) -> dict[UUID, frozenset[UUID]]:
    """Give for each record all records that a colleague decided are about the same person, itself among them."""
    return _groups({key: told[0] if told else None for key, told in _told_of(person_ids).items()})


def _told_of(person_ids: Iterable[UUID], *columns: str | Exists) -> dict[UUID, tuple[Any, ...] | None]:
    """Give the record that each one is counted as, and some columns, of all records of some persons."""
    known: dict[UUID, tuple[Any, ...] | None] = {}
    wanted, followed = set(person_ids), set[UUID]()
    while new := set(islice(wanted - followed, AT_ONCE)):
        asked = Person.objects.filter(Q(pk__in=new) | Q(merged_into__in=new))
        rows = asked.values_list("pk", "merged_into_id", *columns)
        known = {**dict.fromkeys(new), **known, **{key: told for key, *told in rows}}
        followed |= new
        wanted |= known.keys() | {told[0] for told in known.values() if told and told[0]}
    return known


def _groups(merged_into: Mapping[UUID, UUID | None]) -> dict[UUID, frozenset[UUID]]:
    groups = {key: {key} for key in merged_into}
    for key, into in merged_into.items():
        if into and groups[key] is not groups[into]:
            groups[into] |= groups[key]
            for member in groups[key]:
                groups[member] = groups[into]
    return {key: frozenset(group) for key, group in groups.items()}


def suspected_parents(person_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Give the records of persons for whom any episode, of any record about them, names a parent as perpetrator."""
    return _suspected_in(same_person(person_ids))


def _suspected_in(groups: Mapping[UUID, frozenset[UUID]]) -> frozenset[UUID]:
    relations = Exploitation.objects.filter(person__in=groups).values_list("person_id", "relations")
    named = {person for person, relation in relations if parent_perpetrator({"relations": relation})}
    return frozenset(key for key, group in groups.items() if group & named)


def _names_a_parent(person: str = "pk") -> Exists:
    """Ask of a person whether any episode has the code of a parent among its relations."""
    told = Exploitation.objects.filter(person=OuterRef(person)).annotate(told=Cast("relations", TextField()))
    return Exists(told.filter(reduce(or_, (Q(told__contains=f'"{code}"') for code in _parents()))))


@cache
def _parents() -> tuple[str, ...]:
    codes = words.vocabulary().lists["relation"].codes
    return tuple(code for code in codes if parent_perpetrator({"relations": [code]}))


def is_parent_suspected(person: Person) -> bool:
    """Tell whether a parent of a person is coded as suspected perpetrator anywhere."""
    return is_named_in(same_person([person.pk])[person.pk])


def is_named_in(records: Collection[UUID]) -> bool:
    """Tell whether any episode of these records of one person names a parent as perpetrator."""
    relations = Exploitation.objects.filter(person__in=records).values_list("relations", flat=True)
    return any(parent_perpetrator({"relations": one}) for one in relations)


# --- whether there is consent ---------------------------------------------------------------------------------------
def has_consent(person: Person, purpose: str, recipient: Organisation | None = None) -> bool:
    """Tell whether a person, or who may answer for them, agreed to a purpose and a recipient, and still does.

    What was withdrawn or set aside, or given by a parent while a parent is suspected, is no. So is everything while the
    use of the data is limited.
    """
    return person.pk in with_consent([person.pk], purpose, recipient)


def with_consent(person_ids: Iterable[UUID], purpose: str, recipient: Organisation | None = None) -> frozenset[UUID]:
    """Give the records of the persons who agreed to a purpose and a recipient, in a fixed number of queries."""
    wanted = set(person_ids)
    given: dict[UUID, list[Any]] = defaultdict(list)
    # Plain values, and of everybody at once: of two hundred persons on a board all else takes longer than reading them.
    for answer in _told_with(_asked(wanted, purpose, recipient)).values_list(*OF_A_PERSON, *OF_AN_ANSWER, named=True):
        given[answer.person_id].append(answer)
    # Of nearly everybody there is one record, whose answers tell all: only of the others are several put together.
    alone = {key: answers for key, answers in given.items() if not answers[0].is_linked}
    agreed = {key for key, answers in alone.items() if _is_told_enough(purpose, answers)}
    return frozenset(agreed) | _with_consent_of_several(wanted - alone.keys(), purpose, recipient)


def _asked(person_ids: Iterable[UUID], purpose: str, recipient: Organisation | None) -> QuerySet[Consent]:
    return _answers(person_ids).filter(_for(purpose, recipient), purpose=purpose)


def _told_with(answers: QuerySet[Consent]) -> QuerySet[Consent]:
    """Tell with each answer whether its person has other records, and whether an episode names a parent."""
    others = Person.objects.filter(merged_into=OuterRef("person"))
    return answers.annotate(
        is_linked=Q(person__merged_into__isnull=False) | Exists(others), is_parent_named=_names_a_parent("person")
    )


def _is_told_enough(purpose: str, answers: list[Any]) -> bool:
    last = answers[-1]
    if last.person__restricted_on:
        return False
    needs = _needs(
        purpose,
        last.asked_on,
        last.person__org__legal_regime,
        last.person__age_band,
        last.person__first_registered,
    )
    return rules.is_enough(answers, needs, is_parent_suspected=last.is_parent_named)


def _with_consent_of_several(wanted: Set[UUID], purpose: str, recipient: Organisation | None) -> frozenset[UUID]:
    """Give the same, of persons of whom there may be several records."""
    if not wanted:
        return frozenset()
    known = _told_of(wanted, "restricted_on", "org__legal_regime", "age_band", "first_registered", _names_a_parent())
    persons = {key: told for key, told in known.items() if told}
    groups = _groups({key: told[0] for key, told in persons.items()})
    answers: dict[UUID | None, list[tuple[int, Any]]] = defaultdict(list)
    given = _asked(known, purpose, recipient).values_list("person_id", *OF_AN_ANSWER, named=True)
    for place, answer in enumerate(given):
        answers[answer.person_id].append((place, answer))
    agreed = set()
    for key in wanted & persons.keys():
        told = [persons[record] for record in groups[key]]
        # In the order in which they were given, also where several records are about one person.
        placed = sorted(chain.from_iterable(answers[record] for record in groups[key]), key=_first)
        own = [answer for _place, answer in placed]
        is_free = not any(limited_on for _into, limited_on, *_rest in told)
        needs = _needs(purpose, own[-1].asked_on, *persons[key][2:-1]) if is_free and own else ()
        if rules.is_enough(own, needs, is_parent_suspected=any(named for *_rest, named in told)):
            agreed.add(key)
    return frozenset(agreed)


def _first(pair: tuple[int, Any]) -> int:
    return pair[0]


def _is_enough(person: Person, purpose: str, answers: list[Consent], *, is_parent_suspected: bool) -> bool:
    needs = needs_of(person, purpose, answers[-1].asked_on)
    return rules.is_enough(answers, needs, is_parent_suspected=is_parent_suspected)


def needs_of(person: Person, purpose: str, day: dt.date | None = None) -> tuple[rules.Need, ...]:
    """Give whose yes is needed, once for each age that the person may have on a day."""
    asked_on = day or timezone.localdate()
    return _needs(purpose, asked_on, person.org.legal_regime, person.age_band, person.first_registered)


@lru_cache(maxsize=2_000)
def _needs(purpose: str, day: dt.date, regime: str, age_band: str, first_registered: int) -> tuple[rules.Need, ...]:
    ages = rules.ages_on({"age_band": age_band, "first_registered": first_registered}, day)
    return tuple(dict.fromkeys(rules.need_of(regime, purpose, age) for age in ages))


def _for(purpose: str, recipient: Organisation | None) -> Q:
    """Keep answers about a recipient; one that names nobody goes for all, unless the purpose is a named one."""
    if recipient is None:
        return Q(recipient=None)
    named = Q(recipient=recipient)
    return named if purpose in rules.NAMES_A_RECIPIENT else named | Q(recipient=None)


def _answers(person_ids: Iterable[UUID]) -> QuerySet[Consent]:
    """Give what was answered for persons, oldest first; of two answers of a day, first what was recorded first."""
    made = Change.objects.filter(record_ref=OuterRef("pk"), field=history.CREATED).values("changed_at")[:1]
    answers: QuerySet[Consent] = Consent.objects.filter(person__in=list(person_ids))
    return answers.annotate(made_at=Subquery(made)).order_by("asked_on", "made_at")


# --- for the page ---------------------------------------------------------------------------------------------------
def consents_of(records: Collection[UUID]) -> list[Consent]:
    """Give everything answered for the records of one person, newest first, with the shares that rest on it."""
    shares = Share.objects.select_related("to_org").order_by("-shared_at")
    found = _answers(records).select_related("recipient", "allowed_by", "person__org")
    return list(found.prefetch_related(Prefetch("shares", shares)))[::-1]


def needed_of(person: Person, consents: Iterable[Consent], *, is_parent_suspected: bool) -> list[Needed]:
    """Tell for each purpose and recipient somebody was asked about whether there is consent now, and what is needed."""
    asked: dict[tuple[str, UUID | None], list[Consent]] = {}
    for consent in reversed(list(consents)):
        asked.setdefault((consent.purpose, consent.recipient_id), []).append(consent)
    return [
        Needed(
            purpose,
            answers[-1].recipient,
            needs_of(person, purpose, answers[-1].asked_on),
            not person.restricted_on and _is_enough(person, purpose, answers, is_parent_suspected=is_parent_suspected),
        )
        for (purpose, _), answers in asked.items()
    ]


def find_consent(reader: Account, case: Case, person: Person, consent_id: UUID) -> Consent | None:
    """Find a consent of a person of a case that the reader may see."""
    seen = Consent.objects.visible_to(reader).filter(pk=consent_id, person=person, person__cases=case)
    found: Consent | None = seen.select_related("recipient", "person__org").first()
    return found


def recorded_by(consent: Consent) -> UUID | None:
    """Give the account that recorded a consent; nobody for one that came in a file."""
    made = Change.objects.filter(record_ref=consent.pk, field=history.CREATED)
    found: UUID | None = made.values_list("changed_by_id", flat=True).first()
    return found


def to_look_at(reader: Account) -> QuerySet[Consent]:
    """Give the consents that were set aside and that nobody has looked at yet."""
    aside: QuerySet[Consent] = Consent.objects.visible_to(reader).filter(
        set_aside_on__isnull=False, withdrawn_on__isnull=True
    )
    in_case = Case.objects.visible_to(reader).filter(persons=OuterRef("person")).values("pk")[:1]
    aside = aside.annotate(in_case=Subquery(in_case)).filter(in_case__isnull=False)
    return aside.order_by("set_aside_on", "consent_id")
