"""Turn records into answers, within what the reader may see."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError

from zicht import words
from zicht.cases import models, rules
from zicht.cases.api import described, schemas
from zicht.people.code_fields import language
from zicht.people.models import Account, Organisation
from zicht.people.record_keys import KeyDestroyedError
from zicht.people.sealed import Sealed, reveal
from zicht.people.short_codes import short_code


def tell_case(case: models.Case, *, reads_texts: bool) -> dict[str, object]:
    """Give a case; its notes only to the team, with the name of the field among what is withheld from others."""
    told = _fields(case, schemas.CASE_TOLD, reads_texts=reads_texts)
    team = sorted(account.pk for account in case.team.all())
    withheld = [] if reads_texts else [name for name in schemas.CASE_TOLD if _is_text(case, name)]
    return {**told, "team": team, "version": case.version, "code": short_code(case.pk), "withheld": withheld}


def tell_persons(reader: Account, persons: Iterable[models.Person]) -> list[dict[str, object]]:
    """Give persons; with which record they are counted only where the reader may see that record."""
    found = list(persons)
    roots = {person.merged_into_id for person in found if person.merged_into_id}
    seen = set(models.Person.objects.visible_to(reader).filter(pk__in=roots).values_list("pk", flat=True))
    return [_person(person, seen) for person in found]


def _person(person: models.Person, seen: set[UUID]) -> dict[str, object]:
    told = _fields(person, schemas.PERSON_TOLD, reads_texts=False)
    root = person.merged_into_id if person.merged_into_id in seen else None
    derived = {name: getattr(rules, name)({"age_band": person.age_band}) for name in schemas.DERIVED_OF_PERSON}
    return {**told, **derived, "merged_into": root, "version": person.version, "code": short_code(person.pk)}


def tell_episode(episode: models.Exploitation) -> dict[str, object]:
    """Give an episode with its places and what follows from it."""
    told = _fields(episode, schemas.EPISODE_TOLD, reads_texts=False)
    follows = {name: getattr(rules, name)(told) for name in schemas.DERIVED_OF_EPISODE if name != "act_means_purpose"}
    palermo = rules.act_means_purpose(told, {"age_band": episode.person.age_band})
    places = [tell_place(place) for place in episode.places.all()]
    return {**told, **follows, "act_means_purpose": palermo, "version": episode.version, "places": places}


def tell_place(place: models.PlaceEvent) -> dict[str, object]:
    """Give a place."""
    return _fields(place, schemas.PLACE_TOLD, reads_texts=False)


def _fields(record: Any, names: Iterable[str], *, reads_texts: bool) -> dict[str, object]:
    columns = record.words_columns()
    return {name: _value(record, columns[name], reads_texts=reads_texts) for name in names if name in columns}


def _value(record: Any, column: str, *, reads_texts: bool) -> object:
    value = getattr(record, column)
    if not isinstance(value, Sealed):
        return described.told_as(value)
    try:
        return reveal(record, column) if reads_texts else None
    except KeyDestroyedError:
        return None


def _is_text(record: Any, name: str) -> bool:
    return described.field_of(record.words_entity, name).sensitivity == "P3"


# --- what was sent --------------------------------------------------------------------------------------------------
def changes(record: Any, sent: schemas.Sent) -> Mapping[str, object]:
    """Give the fields that were sent; a term that is no longer offered passes only where the record has it already."""
    columns, values = record.words_columns(), sent.values()
    raw = {name: value for name, value in sent.raw().items() if values[name] != getattr(record, columns[name])}
    wrong = {
        name: problem.in_language(language())
        for name, value in raw.items()
        if (problem := described.problem_of(record.words_entity, name, value, is_new=True))
    }
    if wrong:
        raise ValidationError(wrong)
    refuse_unknown_organisations(record.words_entity, values)
    return values


def refuse_unknown_organisations(entity: str, values: Mapping[str, object], place: str = "") -> None:
    """Refuse an organisation that is not known here, before the database does."""
    named = [name for name, value in values.items() if value and described.field_of(entity, name).ref == "organisation"]
    known = set(Organisation.objects.filter(pk__in=[values[name] for name in named]).values_list("pk", flat=True))
    if wrong := [name for name in named if values[name] not in known]:
        sentence = words.Problem("not_an_identifier", {"most": 36}).in_language(language())
        raise ValidationError({f"{place}{name}": sentence for name in wrong})
