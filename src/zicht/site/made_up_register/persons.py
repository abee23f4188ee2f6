"""Draw persons: what is true of them, and what of it was written down."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from zicht import words
from zicht.site.made_up_register import assumed, margins
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.kinds import AGE_AND_PARENT, CHAT_KINDS, FORM_AND_CITIZENSHIP, stream_of
from zicht.site.made_up_register.missing import ask, ask_many

OLDEST = 70  # years
Values = dict[str, object]  # field name of the vocabulary -> value


@dataclass(frozen=True, slots=True)
class Frame:
    """What the persons of a case have in common."""

    kind: str
    opened_on: dt.date
    last_day: dt.date  # closing, or the last day on which something changed
    is_open: bool
    org: str
    compartment: str
    reporter: str  # type of the organisation that referred, or nothing

    @property
    def stream(self) -> str:
        """Give the stream of the case."""
        return stream_of(self.kind)


@dataclass(frozen=True, slots=True)
class Traits:
    """What is true of a person, whether or not somebody asked."""

    person_id: UUID
    age_class: str
    band: str
    gender: str
    country: str
    status: str

    @property
    def is_minor(self) -> bool:
        """Tell whether the person is a minor."""
        return self.age_class not in ("adult", "ge18")


def draw_traits(chance: Chance, frame: Frame) -> Traits:
    """Draw who somebody is."""
    age_class, gender = _age_and_gender(chance, frame.kind)
    band = chance.pick(assumed.BANDS[age_class].counts)
    status = chance.pick(assumed.STATUS[frame.stream].counts)
    return Traits(chance.key(), age_class, band, gender, _country(chance, frame.kind), status)


def _age_and_gender(chance: Chance, kind: str) -> tuple[str, str]:
    if kind in CHAT_KINDS:
        age_class = chance.pick({age: line[kind] for age, line in AGE_AND_PARENT.items()})
        return age_class, chance.pick(assumed.CHAT_GENDER.counts)
    sex, age_class = chance.pick(margins.SEX_AND_AGE[kind].counts).split()
    return age_class, f"t{sex}" if chance.happens(assumed.TRANS) else sex


def _country(chance: Chance, kind: str) -> str:
    if kind in CHAT_KINDS:
        return chance.pick(assumed.CHAT_CITIZENSHIP.counts)
    country = chance.pick(FORM_AND_CITIZENSHIP[kind])
    return chance.pick(assumed.CITIZENSHIP_OTHERS.counts) if country == "others" else country


def write_person(chance: Chance, frame: Frame, traits: Traits, household: UUID | None) -> Values:
    """Draw what was written down about somebody."""
    return {
        "person_id": traits.person_id,
        "org_id": frame.org,
        "compartment": frame.compartment,
        **_who(chance, frame, traits),
        **_circumstances(chance, frame, traits),
        "household_key": household,
        **_status(chance, frame, traits),
        "first_registered": frame.opened_on.year,
        "match_key": _match_key(chance, frame, traits.person_id),
        "merged_into": None,
        "restricted_on": None,
        "changed_on": frame.last_day,
    }


def _who(chance: Chance, frame: Frame, traits: Traits) -> Values:
    stream = frame.stream
    asked = ask(chance, stream, "citizenship", traits.country)
    is_known = asked == traits.country
    is_stateless = is_known and frame.stream == margins.REGISTERED and chance.happens(assumed.STATELESS)
    return {
        "age_band": ask(chance, stream, "age_band", traits.band),
        "age_start_band": ask(chance, stream, "age_start_band", _younger(chance, traits.band)),
        "gender": ask(chance, stream, "gender", traits.gender),
        "citizenship_group": "stateless" if is_stateless else _group(asked) if is_known else asked,
        "citizenship": ["not_applicable"] if is_stateless else [asked],
        "language": ask(chance, stream, "language", assumed.LANGUAGES[traits.country]),
    }


def _group(country: str) -> str:
    if country == "NLD":
        return "nl"
    return "eu" if country in assumed.IN_THE_EU else "non_eu"


def _younger(chance: Chance, band: str) -> str:
    """Give the band of somebody when it began: the same one, or that of up to three years before."""
    bands = words.vocabulary().lists["age_band"].codes
    least, most = bands[band].number("min"), bands[band].number("max") or OLDEST
    if least is None:  # only known to be a minor, or an adult
        return band
    age = max(chance.between(least, most) - chance.pick({0: 0.6, 1: 0.2, 2: 0.12, 3: 0.08}), 0)
    found = [code for code, term in bands.items() if _holds(term, age)]
    return found[0]


def _holds(band: words.Code, age: int) -> bool:
    least, most = band.number("min"), band.number("max")
    return least is not None and least <= age <= (most or OLDEST)


def _circumstances(chance: Chance, frame: Frame, traits: Traits) -> Values:
    abused = chance.some(assumed.VULNERABILITIES["minor" if traits.is_minor else "adult"].counts)
    is_asked = chance.happens(0.6)
    return {
        "vulnerabilities": ask_many(chance, frame.stream, "vulnerabilities", abused),
        "in_school": chance.happens(0.7) if traits.is_minor and is_asked else None,
        "own_children": None if traits.is_minor or not is_asked else chance.pick(assumed.CHILDREN),
    }


def _status(chance: Chance, frame: Frame, traits: Traits) -> Values:
    by = chance.pick(assumed.STATUS_BY[traits.status].counts)
    if frame.stream == margins.CHAT and traits.status == "possible":
        by = "self" if chance.happens(0.5) else "ngo"
    return {
        "status": traits.status,
        "status_by": by,
        "status_date": frame.opened_on if chance.happens(0.6) else chance.day(frame.opened_on, frame.last_day),
    }


def _match_key(chance: Chance, frame: Frame, person: UUID) -> str:
    """Make up what a key for matching looks like; visitors of a chat have none."""
    if frame.stream == margins.CHAT or not chance.happens(0.6):
        return ""
    return hashlib.sha256(b"made up" + person.bytes).hexdigest()
