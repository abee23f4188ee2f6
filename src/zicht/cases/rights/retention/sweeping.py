"""Destroy keys that belong to no record: of records that were erased, and of records that were never finished."""

import time
from collections.abc import Iterable, Iterator
from itertools import islice
from uuid import UUID

from django.apps import apps
from django.db import models

from zicht.cases.models import Erasure
from zicht.people.record_keys import store
from zicht.people.records import WordsModel

AT_ONCE = 500  # keys that are looked up together
UNUSED_FOR = 60 * 60  # seconds: no record takes so long to be made
FEWEST_TO_DOUBT = 20  # keys; below this a small register would be doubted for every trifle


class DoubtfulKeysError(Exception):
    """Report that most keys have no record here: it looks like another or an older database than theirs."""

    def __init__(self) -> None:
        super().__init__(
            "More keys are without a record than with one. This looks like another or an older database: "
            "no key was destroyed."
        )


def sweep(now: int | None = None) -> int:
    """Destroy the keys that belong to no record and give their number.

    A key of a record that was erased goes at once. Any other goes when it was seen without a record before, an hour ago
    or more: the key of a record is made first, and a key holds no time of its own.
    """
    unused = set(_without_record(store().records()))
    erased = (
        set(Erasure.objects.filter(record_ref__in=unused).values_list("record_ref", flat=True)) if unused else set()
    )
    never_finished = unused - erased
    _refuse_if_doubtful(len(never_finished))
    moment = int(time.time()) if now is None else now
    since = store().note_unused(never_finished, moment)
    going = erased | {key for key, seen in since.items() if moment - seen >= UNUSED_FOR}
    store().destroy(going)
    return len(going)


def _without_record(keys: Iterable[UUID]) -> Iterator[UUID]:
    every = iter(list(keys))
    while some := set(islice(every, AT_ONCE)):
        for model in _models_with_records():
            some -= set(model._default_manager.filter(pk__in=some).values_list("pk", flat=True))
        yield from some


def _models_with_records() -> list[type[models.Model]]:
    """Give the nouns of every room: rooms after this one keep keys too."""
    nouns = [model for model in apps.get_models() if issubclass(model, WordsModel)]
    return [model for model in nouns if isinstance(model._meta.pk, models.UUIDField)]


def _refuse_if_doubtful(unused: int) -> None:
    every = sum(1 for _key in store().records())
    if unused >= FEWEST_TO_DOUBT and unused * 2 > every:
        raise DoubtfulKeysError
