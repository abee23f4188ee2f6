"""Turn a postcode and a house number into a keyed mark that only tells whether another report is about the same spot.

The key of a year lies in a file of its own in settings.KEYS_FOLDER, never in the database and in no backup: losing it
loses nothing but the comparison of older reports. A mark is HMAC-SHA256 (RFC 2104) over the organisation, the wall and
the spot, so that marks of two organisations or walls cannot be compared even by whoever has all of them. Whoever has
the database and the key can try all nine million Dutch addresses; therefore the key of a year is destroyed when the
year after is over, and the marks with it (docs/intake.md).

A report holds two marks, with the key of its year and with the key of the year before: so it is found beside reports
of its own year, of the year before and of the year after, also across the turn of the year.
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from uuid import UUID

from zicht.people.record_keys import KeyStore
from zicht.people.record_keys import store as store_in

FILE = "spot_keys.sqlite3"
FORM = b"zicht spot 1"  # another way of making marks gets another text
POSTCODE = re.compile(r"([1-9]\d{3})\s*([A-Z]{2})")  # PostNL: four digits from 1000 on, two letters
HOUSE = re.compile(r"0*([1-9]\d{0,4})(.*)", re.DOTALL)  # BAG: a number up to 99999, a letter, an addition
LONGEST_ADDITION = 5  # characters: a letter and an addition of four


class NotASpotError(ValueError):
    """Report a postcode or house number that is none; the text names which, and repeats nothing of it."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks of a spot with the key of a year and of the year before; empty where there is no such key."""

    own: str = ""
    before: str = ""


def normalise(postcode: str, house_number: str) -> str:
    """Write a spot in one way, such as "1012AB 12 A" for "1012ab" and "12-a"; raise NotASpotError for what is none.

    A letter, an addition and what stands between them differ from writer to writer; a number after a number is an
    addition too, and never runs together with it: 12-1 is not 121.
    """
    code = POSTCODE.fullmatch(postcode.strip().upper())
    if code is None:
        raise NotASpotError("postcode")
    number = HOUSE.fullmatch(house_number.strip().upper())
    addition = re.sub(r"[^A-Z0-9]", "", number[2]) if number else ""
    if number is None or len(addition) > LONGEST_ADDITION or number[2][:1].isdigit():
        raise NotASpotError("house_number")
    return f"{code[1]}{code[2]} {number[1]} {addition}".rstrip()


def store() -> KeyStore:
    """Give the store of the keys of years."""
    return store_in(FILE)


def marks_of(org_id: UUID, compartment: str, spot: str, *, year: int, now: int) -> Marks:
    """Give the marks of a normalised spot for a report of a year; `now` is the year of today."""
    return Marks(_mark(year, now, org_id, compartment, spot), _mark(year - 1, now, org_id, compartment, spot))


def years_kept(now: int) -> tuple[int, int]:
    """Give the years whose keys there may be: this one, and the one before, which is still compared with."""
    return now - 1, now


def destroy_old_keys(now: int) -> list[int]:
    """Destroy the keys of years that are over for good, and give those years."""
    old = [record for record in store().records() if record.int not in years_kept(now)]
    store().destroy(old)
    return sorted(record.int for record in old)


def _mark(year: int, now: int, org_id: UUID, compartment: str, spot: str) -> str:
    if year not in years_kept(now):
        return ""
    place = b"\0".join([FORM, org_id.bytes, compartment.encode(), spot.encode()])
    return hmac.new(_key_of(year), place, hashlib.sha256).hexdigest()


def _key_of(year: int) -> bytes:
    # A year stands in for a record. Making a key that is there already does nothing.
    store().make([UUID(int=year)])
    return store().key_of(UUID(int=year))
