"""Decide what of a record may leave: the sensitivity and publication rule of every field, carried out one by one.

To the own organisation, elsewhere, everything goes but texts of class P3. To anybody else nothing goes that the words
say is never published: days become years, and identifiers become others, made with a key of that recipient alone, so
that two recipients cannot put their files side by side.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from uuid import UUID

from zicht import words
from zicht.cases.exchange.htcds_out import OF_THE_HOUSE
from zicht.cases.exchange.plain import KEYS
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import Bundle, Values, fields_of, is_nothing

MOST_COUNTED = 3  # own children; from there it says "3+"
IDENTIFIERS = frozenset(KEYS.values())
KINDS = {key: entity for entity, key in KEYS.items()}


@dataclass(frozen=True, slots=True)
class Release:
    """Hold who gets it: `key` makes identifiers for them, or is empty for the own organisation."""

    sender: UUID
    key: bytes = b""

    @property
    def is_own(self) -> bool:
        """Tell whether it stays within the organisation."""
        return not self.key

    def rekeyed(self, kind: str, identifier: object) -> UUID:
        """Give the identifier that this recipient sees: HMAC-SHA-256 (RFC 2104), cut to the 128 bits of a UUID."""
        said = f"{self.sender} {kind} {identifier}".encode()
        return UUID(bytes=hmac.digest(self.key, said, "sha256")[:16], version=4)


def release(bundle: Bundle, to: Release) -> tuple[Bundle, list[Loss]]:
    """Give what may leave of a person in a case, and what was held back or made coarser."""
    losses: list[Loss] = []

    def of(entity: str, values: Values) -> Values:
        return dict(_released(entity, values, to, losses))

    released = Bundle(
        case=of("case", bundle.case),
        person=of("person", bundle.person),
        episodes=[of("exploitation", values) for values in bundle.episodes],
        places=[of("place_event", values) for values in bundle.places],
    )
    released.places = [place for place in released.places if place.get("place_code")]
    return released, losses


def _released(entity: str, values: Values, to: Release, losses: list[Loss]) -> Iterator[tuple[str, object]]:
    coarse = _coarser_place(values, to) if entity == "place_event" else values
    for field in _fields(entity):
        value, name = coarse.get(field.name), f"{entity}.{field.name}"
        if is_nothing(values.get(field.name)):
            continue
        allowed = _allowed(field, value, to)
        if allowed != values[field.name] and name not in OF_THE_HOUSE and field.name not in IDENTIFIERS:
            losses.append(Loss(name, Why.NOT_ALLOWED if allowed is None else Why.BROADER))
        if allowed is not None:
            yield field.name, allowed


@cache
def _fields(entity: str) -> tuple[words.Field, ...]:
    return tuple(fields_of(entity).values())


def _allowed(field: words.Field, value: object, to: Release) -> object:
    """Give what of a value may go to a recipient: itself, something coarser, or None."""
    if field.sensitivity == "P3" or value is None:
        return None
    if to.is_own:
        return value
    if field.name in IDENTIFIERS:
        return to.rekeyed(KINDS[field.name], value)
    if field.type in ("date", "month") and field.publication in ("never", "band"):
        return str(value)[:4]
    if field.publication == "never":
        return None
    if field.publication == "band" and field.type == "int":
        return value if isinstance(value, int) and value < MOST_COUNTED else f"{MOST_COUNTED}+"
    return value


def _coarser_place(place: Values, to: Release) -> Values:
    """Make a place as coarse as may be published (attribute `publishable` of list place_level)."""
    level = str(place.get("level", ""))
    code = words.vocabulary().lists["place_level"].codes.get(level)
    if to.is_own or (code and code.is_marked("publishable") and level != "site"):
        return place
    municipality = words.municipalities().get(str(place.get("place_code", "")))
    if level == "municipality" and municipality:
        return {**place, "level": "province", "place_code": municipality.province}
    return {**place, "level": None, "place_code": None}
