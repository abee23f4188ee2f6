"""Bring together what the page of consent shows, in words and within what its reader may see."""

from dataclasses import dataclass

from django.utils import timezone

from zicht import words
from zicht.cases.models import Case, Consent, Person
from zicht.cases.queries import may_read_text
from zicht.cases.rights.consent import queries, rules
from zicht.cases.rights.consent.actions import may_be_allowed
from zicht.cases.wording import person_in_words
from zicht.people.code_fields import label_of
from zicht.people.models import Account
from zicht.people.sealed import reveal_each
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words


@dataclass(frozen=True)
class ConsentShown:
    """An answer; why the giver could decide is empty for whoever is not in the team."""

    record: Consent
    purpose: str
    answer: str
    given_by: str
    why_able: str
    withdrawn_by: str
    is_here: bool  # recorded with this person, not with another record of the same one
    may_withdraw: bool
    must_be_looked_at: bool
    may_be_allowed: bool


@dataclass(frozen=True)
class LawShown:
    """What the law asks for some purposes."""

    purposes: str
    needs: tuple[rules.Need, ...]


@dataclass(frozen=True)
class ConsentPage:
    """All that the page shows."""

    person: Person
    code: str
    line: str
    is_parent_suspected: bool
    needed: list[queries.Needed]
    answers: list[ConsentShown]
    may_change: bool
    reads_texts: bool

    @property
    def to_look_at(self) -> list[ConsentShown]:
        """Give what was set aside and nobody looked at."""
        return [answer for answer in self.answers if answer.must_be_looked_at]

    @property
    def others(self) -> list[ConsentShown]:
        """Give the rest."""
        return [answer for answer in self.answers if not answer.must_be_looked_at]


def page_of_consents(reader: Account, case: Case, person: Person) -> ConsentPage:
    """Read what was answered for a person and what it is worth."""
    records = queries.same_person([person.pk])[person.pk]
    consents, suspected = queries.consents_of(records), queries.is_named_in(records)
    person.org = case.org  # read with the case
    reads_texts = may_read_text(reader, case)
    reasons = reveal_each(consents, "why_able") if reads_texts else {}
    may_change = reader.has_perm("cases.change", case)
    return ConsentPage(
        person=person,
        code=short_code(person.pk),
        line=person_in_words(person),
        is_parent_suspected=suspected,
        needed=queries.needed_of(person, consents, is_parent_suspected=suspected),
        answers=[_shown(one, person, reasons.get(one.pk, "")) for one in consents],
        may_change=may_change,
        reads_texts=reads_texts,
    )


def _shown(consent: Consent, person: Person, why_able: str) -> ConsentShown:
    is_here = consent.person_id == person.pk
    is_open = consent.withdrawn_on is None
    return ConsentShown(
        record=consent,
        purpose=in_words("consent", "purpose", consent.purpose),
        answer=in_words("consent", "answer", consent.answer),
        given_by=in_words("consent", "given_by", consent.given_by),
        why_able=why_able,
        withdrawn_by=in_words("consent", "withdrawn_by", consent.withdrawn_by),
        is_here=is_here,
        may_withdraw=is_here and is_open and consent.set_aside_on is None and consent.answer == "yes",
        must_be_looked_at=is_open and consent.set_aside_on is not None,
        may_be_allowed=is_here and may_be_allowed(consent),
    )


def always_needs_reason(person: Person, *, is_parent_suspected: bool) -> bool:
    """Tell whether it must be written down why somebody could decide even where the person answers."""
    return rules.needs_reason("self", _ages_of(person), is_parent_suspected=is_parent_suspected)


def _ages_of(person: Person) -> tuple[str, ...]:
    told = {"age_band": person.age_band, "first_registered": person.first_registered}
    return rules.ages_on(told, timezone.localdate())


def law_for(person: Person) -> list[LawShown]:
    """Say for every purpose what the law of the organisation asks at the age of a person; alike ones together."""
    ages = _ages_of(person)
    purposes: dict[tuple[rules.Need, ...], list[str]] = {}
    for purpose in words.vocabulary().lists["consent_purpose"].codes:
        needs = tuple(dict.fromkeys(rules.need_of(person.org.legal_regime, purpose, age) for age in ages))
        purposes.setdefault(needs, []).append(label_of("consent_purpose", purpose))
    return [LawShown("; ".join(labels), needs) for needs, labels in purposes.items()]
