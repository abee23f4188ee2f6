"""The types of requests and answers, made from the words."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, TypeAlias
from uuid import UUID

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, WithJsonSchema, create_model
from pydantic_core import PydanticCustomError

from zicht import words
from zicht.cases.api import described
from zicht.people.code_fields import language

LARGEST_VERSION = 2**31 - 1
MOST_CASES, MOST_PERSONS, MOST_EPISODES, MOST_PLACES = 100, 20, 20, 20  # in one request


def whole(value: object) -> object:
    """Take 3.0 for 3: JSON knows one kind of number."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Version = Annotated[
    int,
    Field(ge=1, le=LARGEST_VERSION, strict=True, description="The version that was read."),
    BeforeValidator(whole),
]


class Sent(BaseModel):
    """Stand behind what is sent about a record: the fields of its entity, and what goes beside them."""

    model_config = ConfigDict(extra="forbid")
    entity: ClassVar[str] = ""
    fields: ClassVar[frozenset[str]] = frozenset()

    def values(self) -> dict[str, object]:
        """Give the fields that were sent, as a record holds them."""
        sent = ((name, getattr(self, name)) for name in self.fields if name in self.model_fields_set)
        return {name: described.stored_as(self.entity, name, value) for name, value in sent}

    def raw(self) -> dict[str, object]:
        """Give the fields that were sent, as they were sent."""
        return {name: getattr(self, name) for name in self.fields if name in self.model_fields_set}


class Answer(BaseModel):
    """Stand behind what is answered about a record."""


def _reader(entity: str, name: str, is_new: bool) -> Any:
    def read(value: Any) -> Any:
        value = whole(value)
        if problem := described.problem_of(entity, name, value, is_new=is_new):
            raise PydanticCustomError("words", "{sentence}", {"sentence": problem.in_language(language())})
        return value

    return PlainValidator(read)


def _sent(name: str, entity: str, fields: Iterable[str], *, is_new: bool, **beside: Any) -> Any:
    """Make the type of what is sent about a record; a new one needs its required fields, a change needs none."""
    known = words.vocabulary().entities[entity].fields
    types: dict[str, Any] = {}
    names = tuple(fields)
    for field in names:
        kind = Annotated[Any, _reader(entity, field, is_new), WithJsonSchema(described.taken(entity, field))]
        types[field] = (kind, ... if is_new and known[field].required else None)
    made = create_model(name, __base__=Sent, **types, **beside)
    made.entity, made.fields = entity, frozenset(names)
    return made


def _answer(name: str, entity: str, fields: Iterable[str], derived: Iterable[str] = (), **beside: Any) -> Any:
    """Make the type of what is answered about a record."""
    types: dict[str, Any] = {
        field: (Annotated[Any, WithJsonSchema(described.given(entity, field))], ...) for field in fields
    }
    known = words.vocabulary().entities[entity].derived
    for follows in derived:
        told = {"title": known[follows].label.en, "x-title-nl": known[follows].label.nl, "description": "Worked out."}
        kinds = {"anyOf": [{"type": ["boolean", "string"]}, {"type": "null"}]}
        types[follows] = (Annotated[Any, WithJsonSchema({**kinds, **told})], ...)
    return create_model(name, __base__=Answer, **types, **beside)


def part(entity: str, name: str, default: object = ...) -> Any:
    """Give one field as part of a type that is put together by hand; without a default it must be sent."""
    return (Annotated[Any, _reader(entity, name, True), WithJsonSchema(described.taken(entity, name))], default)


def _in_topics(entity: str, *, without: frozenset[str] = frozenset()) -> tuple[str, ...]:
    topics = words.vocabulary().entities[entity].topics.values()
    return tuple(dict.fromkeys(name for topic in topics for name in topic.fields if name not in without))


# --- fields ---------------------------------------------------------------------------------------------------------
CASE = _in_topics("case")
PERSON = _in_topics("person")
EPISODE = (*_in_topics("exploitation"), "situation_id")
PLACE = _in_topics("place_event")
CASE_TOLD = tuple(name for name in words.vocabulary().entities["case"].fields if name != "persons")
PERSON_TOLD = tuple(name for name in words.vocabulary().entities["person"].fields if name != "match_key")
EPISODE_TOLD = tuple(words.vocabulary().entities["exploitation"].fields)
PLACE_TOLD = tuple(words.vocabulary().entities["place_event"].fields)
DERIVED_OF_PERSON = ("is_minor", "age_class_3")
DERIVED_OF_EPISODE = ("act_means_purpose", "parent_perpetrator", "met_online", "image_threat")
OWN_KEY = "Made by the program that sends it, so that sending it twice makes one record."


def _key(entity: str, name: str) -> tuple[Any, Any]:
    return (Annotated[UUID | None, Field(description=OWN_KEY, title=described.field_of(entity, name).label.en)], None)


def _listed(kind: Any, most: int) -> tuple[Any, Any]:
    return (Annotated[list[kind], Field(max_length=most)], Field(default_factory=list))


_version = (Version, ...)

# --- types ----------------------------------------------------------------------------------------------------------
if TYPE_CHECKING:  # made below, from the words
    NewCase: TypeAlias = Any
    CaseChange: TypeAlias = Any
    CaseStep: TypeAlias = Any
    NewPerson: TypeAlias = Any
    PersonChange: TypeAlias = Any
    NewEpisode: TypeAlias = Any
    EpisodeChange: TypeAlias = Any
    NewPlace: TypeAlias = Any
    Bulk: TypeAlias = Any
    Case: TypeAlias = Any
    Person: TypeAlias = Any
    Episode: TypeAlias = Any
    Place: TypeAlias = Any
else:
    NewCase = _sent(
        "NewCase",
        "case",
        CASE,
        is_new=True,
        case_id=_key("case", "case_id"),
        compartment=part("case", "compartment", ""),
    )
    CaseChange = _sent("CaseChange", "case", CASE, is_new=False, version=_version)
    CaseStep = create_model(
        "CaseStep",
        __base__=Sent,
        version=_version,
        state=part("case", "state"),
        closed_on=part("case", "closed_on", None),
        closure_reason=part("case", "closure_reason", None),
    )
    CaseStep.entity, CaseStep.fields = "case", frozenset({"state", "closed_on", "closure_reason"})
    NewPerson = _sent("NewPerson", "person", PERSON, is_new=True, person_id=_key("person", "person_id"))
    PersonChange = _sent("PersonChange", "person", PERSON, is_new=False, version=_version)
    NewEpisode = _sent(
        "NewEpisode", "exploitation", EPISODE, is_new=True, exploitation_id=_key("exploitation", "exploitation_id")
    )
    EpisodeChange = _sent("EpisodeChange", "exploitation", EPISODE, is_new=False, version=_version)
    NewPlace = _sent(
        "NewPlace", "place_event", PLACE, is_new=True, place_event_id=_key("place_event", "place_event_id")
    )
    Place = _answer("Place", "place_event", PLACE_TOLD)
    Episode = _answer(
        "Episode", "exploitation", EPISODE_TOLD, DERIVED_OF_EPISODE, version=(int, ...), places=(list[Place], ...)
    )
    Person = _answer("Person", "person", PERSON_TOLD, DERIVED_OF_PERSON, version=(int, ...), code=(str, ...))
    Case = _answer("Case", "case", CASE_TOLD, version=(int, ...), code=(str, ...), withheld=(list[str], ...))
    _EpisodeInBulk = create_model("EpisodeInBulk", __base__=NewEpisode, places=_listed(NewPlace, MOST_PLACES))
    _PersonInBulk = create_model("PersonInBulk", __base__=NewPerson, episodes=_listed(_EpisodeInBulk, MOST_EPISODES))
    _CaseInBulk = create_model("CaseInBulk", __base__=NewCase, persons=_listed(_PersonInBulk, MOST_PERSONS))
    Bulk = create_model(
        "Bulk", __base__=Sent, cases=(Annotated[list[_CaseInBulk], Field(min_length=1, max_length=MOST_CASES)], ...)
    )


class CaseList(BaseModel):
    """A page of cases, newest first."""

    items: list[Case]
    next: str | None = Field(description="Where the next page begins; null on the last one.")


class PersonList(BaseModel):
    """A page of the persons of a case."""

    items: list[Person]
    next: str | None = Field(description="Where the next page begins; null on the last one.")


class EpisodeList(BaseModel):
    """The episodes of a person."""

    items: list[Episode]


class Made(BaseModel):
    """The identifiers of what a bulk request made, in its order."""

    cases: list[UUID]
    persons: list[UUID]
    episodes: list[UUID]
