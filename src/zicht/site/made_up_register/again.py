"""Plant duplicates: somebody who is in the register already comes in once more, and nobody notices."""

from collections.abc import Iterable

from zicht.site.made_up_register.chance import Chance
from zicht.site.made_up_register.persons import Values

# What stays the same when another colleague asks again, unless it was not asked this time.
SAME_PERSON = ("age_band", "gender", "language", "vulnerabilities")
SAME_CITIZENSHIP = ("citizenship_group", "citizenship")
SAME_FORMS = ("forms", "main_form", "sex_settings", "industry", "crime_kinds")
SAME_MEETING = ("recruitment_channel", "platform_kinds_recruit")
SAME_TIME = ("start_month", "end_month", "duration_band")
SAME_EPISODE = ("means", "relations", "route_kind")
FORGOTTEN = 0.12  # of the answers
SAME_KEY = 0.5  # of the duplicates have the key of the first record


def repeat_person(chance: Chance, first: Values, again: Values) -> None:
    """Let a record about somebody say what the first one said, as far as it was asked again."""
    _take_over(first, again, SAME_CITIZENSHIP)
    _take_over(first, again, [name for name in SAME_PERSON if not chance.happens(FORGOTTEN)])
    if chance.happens(SAME_KEY):
        again["match_key"] = first["match_key"]


def repeat_episode(chance: Chance, first: Values, again: Values) -> None:
    """Let an episode say what the first record of it said, as far as it was asked again."""
    _take_over(first, again, (*SAME_FORMS, *SAME_MEETING, *SAME_TIME))
    _take_over(first, again, [name for name in SAME_EPISODE if not chance.happens(FORGOTTEN)])


def _take_over(first: Values, again: Values, names: Iterable[str]) -> None:
    again.update({name: first[name] for name in names})
