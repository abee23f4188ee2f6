"""Find what other rooms keep about persons and cases: an earlier room names no later one, and the database knows both.

Whatever refers to a person or a case and goes when they go is recorded about them: it is erased with its history, and
given in the copy that the person asks for.
"""

from collections.abc import Collection, Iterator
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet

from zicht.cases.models import Case, Person
from zicht.people.records import WordsModel


def kinds_about(record: type[models.Model]) -> Iterator[tuple[type[WordsModel], str]]:
    """Give each kind of record that goes when a person or a case goes, with the field that says about whom it is."""
    for relation in record._meta.related_objects:
        model, field = relation.related_model, relation.field
        if getattr(relation, "on_delete", None) is models.CASCADE and issubclass(model, WordsModel):
            yield model, field.name


def keys_of_what_hangs_on(keys: Collection[UUID]) -> set[UUID]:
    """Give the keys of every record about some persons or cases, in whichever room it stands."""
    found: set[UUID] = set()
    for model in {model for record in (Person, Case) for model, _name in kinds_about(record)}:
        names = [name for record in (Person, Case) for other, name in kinds_about(record) if other is model]
        about = Q(*(Q(**{f"{name}__in": list(keys)}) for name in names), _connector=Q.OR)
        if isinstance(model._meta.pk, models.UUIDField):
            found |= set(model._default_manager.filter(about).values_list("pk", flat=True))
    return found


def later_records_about(persons: Collection[Person], cases: Collection[Case]) -> Iterator[QuerySet[WordsModel]]:
    """Give what rooms after this one keep about persons, and about cases in which there is nobody else.

    What another organisation keeps about somebody is left out: it is asked of that one.
    """
    about_persons = list(kinds_about(Person))
    about_cases = [(model, name) for model, name in kinds_about(Case) if model not in dict(about_persons)]
    direct = {model for model, _name in (*about_persons, *about_cases)}
    for kinds, records in ((about_persons, persons), (about_cases, cases)):
        for model, name in kinds:
            if model.kept_by:
                own = {model.kept_by + "__in": {record.org_id for record in records}}
                about = {f"{name}__in": [record.pk for record in records]}
                yield model._default_manager.filter(**about, **own).order_by("pk")
            # What hangs on such a record is about the same person: a place on a waiting list, a dossier.
            for further, at in kinds_about(model):
                if further.kept_by and further not in direct:
                    own = {further.kept_by + "__in": {record.org_id for record in records}}
                    about = {f"{at}__{name}__in": [record.pk for record in records]}
                    yield further._default_manager.filter(**about, **own).order_by("pk")


def goes_on(keys: Collection[UUID]) -> bool:
    """Tell whether something goes on for which these persons or cases are needed, such as a stay in a shelter."""
    return any(
        model._default_manager.filter(model.goes_on, **{f"{name}__in": list(keys)}).exists()
        for record in (Person, Case)
        for model, name in kinds_about(record)
        if model.goes_on is not None
    )


def with_something_going_on(keys: Collection[UUID]) -> set[UUID]:
    """Give those of some persons for whom something goes on."""
    return {
        key
        for model, name in kinds_about(Person)
        if model.goes_on is not None
        for key in model._default_manager.filter(model.goes_on, **{f"{name}__in": list(keys)}).values_list(
            f"{name}_id", flat=True
        )
    }
