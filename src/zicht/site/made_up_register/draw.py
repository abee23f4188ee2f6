"""Draw a whole register out of a seed: cases with their persons, episodes, places, consents and assessments.

Nobody in it exists. Records are mappings from field names of the vocabulary to values. Staff stand in it as roles,
other organisations as types of organisations: whoever stores it knows which accounts and organisations those are.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from uuid import UUID

from zicht.cases.rules import parent_perpetrator
from zicht.site.made_up_register import assumed, margins
from zicht.site.made_up_register.again import repeat_episode, repeat_person
from zicht.site.made_up_register.answers import draw_assessment, draw_consents
from zicht.site.made_up_register.assumed_episodes import SHARED_SITUATION
from zicht.site.made_up_register.cases import Desk, draw_frame, write_case
from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.episodes import draw_episodes, draw_places
from zicht.site.made_up_register.kinds import cases_by_kind
from zicht.site.made_up_register.persons import Frame, Traits, Values, draw_traits, write_person

YEARS_BEFORE = 6  # beside the present one
REMEMBERED = 100  # cases of whom somebody may be registered again


@dataclass(slots=True)
class DrawnCase:
    """A case with everything that is recorded in it, each record as field values."""

    kind: str
    traits: list[Traits]
    case: Values
    persons: list[Values] = field(default_factory=list)
    episodes: list[Values] = field(default_factory=list)
    places: list[Values] = field(default_factory=list)
    consents: list[Values] = field(default_factory=list)
    assessments: list[Values] = field(default_factory=list)


def draw(seed: str, persons: int, today: dt.date, desk: Desk) -> Iterator[DrawnCase]:
    """Draw cases with exactly this many persons together, opened in the six years before `today` and in this one."""
    chance = Chance(f"{seed}/{desk.org}")  # two organisations have no record in common
    earlier: list[DrawnCase] = []
    for year, count in persons_by_year(persons, today).items():
        while count > 0:
            is_again = bool(earlier) and chance.happens(assumed.DUPLICATE_SHARE)
            drawn = (
                _draw_again(chance, year, chance.one_of(earlier), today, desk)
                if is_again
                else _draw_case(chance, year, count, today, desk)
            )
            earlier = [*earlier, drawn][-REMEMBERED:]
            count -= len(drawn.persons)
            yield drawn


def persons_by_year(persons: int, today: dt.date) -> dict[int, int]:
    """Share persons out over the years as the publications do; the present year counts for the part that has passed."""
    years = range(today.year - YEARS_BEFORE, today.year + 1)
    counts = {year: float(margins.persons_of(year)) for year in years}
    counts[today.year] *= today.timetuple().tm_yday / 365
    return _whole(counts, persons)


def _whole(counts: Mapping[int, float], total: int) -> dict[int, int]:
    """Round to whole numbers with this sum (largest remainders)."""
    exact = {key: total * count / sum(counts.values()) for key, count in counts.items()}
    whole = {key: int(number) for key, number in exact.items()}
    rest = sorted(exact, key=lambda key: (whole[key] - exact[key], key))[: total - sum(whole.values())]
    return {key: number + (key in rest) for key, number in whole.items()}


def _draw_case(chance: Chance, year: int, most: int, today: dt.date, desk: Desk) -> DrawnCase:
    kind = chance.pick(cases_by_kind(year, desk.chat_share))
    frame = draw_frame(chance, kind, year, today, desk)
    size = min(chance.pick(assumed.SIZES[kind]), most)
    return _fill(chance, frame, [draw_traits(chance, frame) for _ in range(size)], today, desk)


def _draw_again(chance: Chance, year: int, first: DrawnCase, today: dt.date, desk: Desk) -> DrawnCase:
    """Draw a further case of somebody who is in an earlier one, registered as if new."""
    frame = draw_frame(chance, first.kind, year, today, desk)
    drawn = _fill(chance, frame, [replace(first.traits[0], person_id=chance.key())], today, desk)
    repeat_person(chance, first.persons[0], drawn.persons[0])
    repeat_episode(chance, first.episodes[0], drawn.episodes[0])
    return drawn


def _fill(chance: Chance, frame: Frame, everybody: list[Traits], today: dt.date, desk: Desk) -> DrawnCase:
    case_id = chance.key()
    drawn = DrawnCase(frame.kind, everybody, write_case(chance, frame, case_id, everybody, desk))
    has_several = len(everybody) > 1
    household = chance.key() if frame.kind == "parent" and has_several else None
    situation = chance.key() if has_several and chance.happens(SHARED_SITUATION) else None
    for traits in everybody:
        drawn.persons.append(write_person(chance, frame, traits, household))
        _fill_about(chance, drawn, frame, traits, situation, desk)
    return drawn


def _fill_about(
    chance: Chance, drawn: DrawnCase, frame: Frame, traits: Traits, situation: UUID | None, desk: Desk
) -> None:
    case_id = UUID(str(drawn.case["case_id"]))
    episodes = draw_episodes(chance, frame, case_id, traits, situation)
    drawn.episodes += episodes
    drawn.places += [place for episode in episodes for place in draw_places(chance, episode, traits)]
    if desk.asks_consent:
        is_suspected = any(parent_perpetrator(episode) for episode in episodes)
        drawn.consents += draw_consents(chance, frame, traits, is_parent_suspected=is_suspected)
    drawn.assessments += draw_assessment(chance, frame, case_id, traits, str(drawn.case["owner"]))
