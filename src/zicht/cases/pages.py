"""Bring together what the page of a case shows, in words and within what its reader may see."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse

from zicht import words
from zicht.cases import queries, rules
from zicht.cases.matching.queries import counted_with
from zicht.cases.models import Assessment, Case, Exploitation, Person
from zicht.cases.queries import Neighbour
from zicht.cases.wording import form_in_words, person_in_words, status_in_words
from zicht.people.code_fields import language
from zicht.people.models import Account
from zicht.people.sealed import reveal, reveal_each
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, Names, in_words, label_of_field

TOPICS_OF_A_CASE = ("intake", "protection")  # notes have a page of their own
TOPICS_OF_A_PERSON = ("who", "circumstances")  # the status stands above them
Address = Callable[[str], str]  # of the page that asks a topic


@dataclass(frozen=True)
class TopicShown:
    """A topic with what is known and what was not asked yet."""

    label: str
    facts: list[tuple[str, str]]
    not_asked: list[str]
    address: str


@dataclass(frozen=True)
class TopicsShown:
    """The topics of a record: those in which something is known, and those to ask next."""

    known: list[TopicShown]
    to_ask: list[TopicShown]


@dataclass(frozen=True)
class PlaceShown:
    """Where something of an episode took place."""

    key: UUID
    text: str


@dataclass(frozen=True)
class EpisodeShown:
    """An episode of exploitation."""

    record: Exploitation
    code: str
    heading: str
    tags: list[str]
    topics: TopicsShown
    places: list[PlaceShown]
    neighbours: list[Neighbour]


@dataclass(frozen=True)
class AssessmentShown:
    """What somebody concluded; the texts are empty for whoever is not in the team."""

    record: Assessment
    conclusion: str
    results: str
    reason: str


@dataclass(frozen=True)
class PersonShown:
    """A person of the case."""

    record: Person
    code: str
    line: str
    status: str
    status_address: str
    tags: list[str]
    topics: TopicsShown
    episodes: list[EpisodeShown]
    assessments: list[AssessmentShown]
    neighbours: list[Neighbour]
    merged: str
    may_change: bool


@dataclass(frozen=True)
class CasePage:
    """All that the page of a case shows."""

    case: Case
    code: str
    topics: TopicsShown
    persons: list[PersonShown]
    team: list[str]
    notes: str
    reads_texts: bool
    may_change: bool
    next_states: list[tuple[str, str]]


def page_of_case(reader: Account, case: Case) -> CasePage:
    """Read a case with everything in it, in as many queries for one person as for twenty."""
    team = list(case.team.all())
    reads_texts = queries.is_on_it(reader, case, team)
    persons = list(queries.persons_of(case))
    found = _Found(reader, case, persons, reads_texts)
    return CasePage(
        case=case,
        code=short_code(case.pk),
        topics=topics_of(case, TOPICS_OF_A_CASE, found.names, _addresses("cases:edit", case.pk)),
        persons=[_person(found, person) for person in persons],
        team=sorted(account.shown_as for account in team),
        notes=reveal(case, "comments") if reads_texts else "",
        reads_texts=reads_texts,
        may_change=found.may_change,
        next_states=_next_states(case),
    )


class _Found:
    """What was read at once for all persons of a case."""

    def __init__(self, reader: Account, case: Case, persons: list[Person], reads_texts: bool) -> None:
        episodes = [episode for person in persons for episode in person.episodes.all()]
        self.case, self.may_change = case, reader.has_perm("cases.change", case)
        self.names: Names = {str(case.incoming_from_id): case.incoming_from.org_name} if case.incoming_from else {}
        self.neighbours = queries.neighbours(reader, case, persons, episodes)
        self.counted = counted_with(reader, persons)
        self.assessments = list(queries.assessments_of(case))
        self.results = reveal_each(self.assessments, "dimension_results") if reads_texts else {}
        self.reasons = reveal_each(self.assessments, "reason") if reads_texts else {}


def topics_of(record: Any, wanted: Iterable[str], names: Names, address: Address) -> TopicsShown:
    """Give topics of a record with what is known in them and what was not asked yet."""
    entity = words.vocabulary().entities[record.words_entity]
    topics = [_topic(record, entity.topics[name], names, address(name)) for name in wanted]
    return TopicsShown([one for one in topics if one.facts], [one for one in topics if not one.facts])


def _topic(record: Any, topic: words.Topic, names: Names, address: str) -> TopicShown:
    entity, columns = words.vocabulary().entities[record.words_entity], record.words_columns()
    facts, not_asked = [], []
    for name in topic.fields:
        value = getattr(record, columns[name])
        if entity.fields[name].type == "id":  # a marker has a line of its own
            continue
        if value in RESTING:
            not_asked.append(label_of_field(entity.name, name))
        else:
            facts.append((label_of_field(entity.name, name), in_words(entity.name, name, value, names)))
    return TopicShown(topic.label.in_language(language()), facts, not_asked, address)


def _addresses(name: str, *keys: UUID) -> Address:
    return lambda topic: reverse(name, args=[*keys, topic])


def _person(found: _Found, person: Person) -> PersonShown:
    address = _addresses("cases:edit_person", found.case.pk, person.pk)
    return PersonShown(
        record=person,
        code=short_code(person.pk),
        line=person_in_words(person),
        status=status_in_words(person),
        status_address=address("status"),
        tags=_tags("person", {"is_minor": rules.is_minor({"age_band": person.age_band})}),
        topics=topics_of(person, TOPICS_OF_A_PERSON, found.names, address),
        episodes=[_episode(found, person, episode) for episode in person.episodes.all()],
        assessments=[_assessment(found, item) for item in found.assessments if item.person_id == person.pk],
        neighbours=found.neighbours.get(person.pk, []),
        merged=found.counted.get(person.pk, ""),
        may_change=found.may_change and not person.restricted_on,
    )


def _episode(found: _Found, person: Person, episode: Exploitation) -> EpisodeShown:
    topics = list(words.vocabulary().entities["exploitation"].topics)
    return EpisodeShown(
        record=episode,
        code=short_code(episode.pk),
        heading=form_in_words(episode),
        tags=_tags("exploitation", _derived(episode, person)),
        topics=topics_of(episode, topics, found.names, _addresses("cases:edit_episode", found.case.pk, episode.pk)),
        places=[PlaceShown(place.pk, _place_in_words(place)) for place in episode.places.all()],
        neighbours=found.neighbours.get(episode.pk, []),
    )


def _derived(episode: Exploitation, person: Person) -> dict[str, bool | None]:
    values = {name: getattr(episode, name) for name in ("acts", "means", "forms", "relations", "recruitment_channel")}
    return {
        "act_means_purpose": rules.act_means_purpose(values, {"age_band": person.age_band}),
        "parent_perpetrator": rules.parent_perpetrator(values),
        "met_online": rules.met_online(values),
        "image_threat": rules.image_threat(values),
    }


def _tags(entity: str, derived: Mapping[str, bool | None]) -> list[str]:
    """Give the labels of what follows from a record, as far as it does."""
    known = words.vocabulary().entities[entity].derived
    return [known[name].label.in_language(language()) for name, holds in derived.items() if holds]


def _place_in_words(place: Any) -> str:
    parts = (in_words("place_event", name, getattr(place, name)) for name in ("event_kind", "place_code", "period"))
    return ", ".join(part for part in parts if part)


def _assessment(found: _Found, item: Assessment) -> AssessmentShown:
    conclusion = in_words("assessment", "conclusion", item.conclusion)
    return AssessmentShown(item, conclusion, found.results.get(item.pk, ""), found.reasons.get(item.pk, ""))


def _next_states(case: Case) -> list[tuple[str, str]]:
    """Give the open states a case may go to from here; closing has a page of its own."""
    after = words.vocabulary().lists["case_state"].codes[case.state].texts("next")
    return [(state, in_words("case", "state", state)) for state in after if rules.is_open(state)]
