"""The bed board: what is free, who leaves when, which holds run out, and who waits.

It is looked at all day, so it reads plain values in a fixed number of queries and gives its page texts that are ready:
two hundred records, and as many addresses and days worked out in a template, take longer than everything else.
"""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext

from zicht.care.models import Shelter
from zicht.care.referrals.queries import received, standing_cases
from zicht.care.shelter import queries
from zicht.care.shelter.drawing import draw_places
from zicht.care.shelter.queries import HoldLine, LeftLine, StayLine, WaitLine
from zicht.cases.rules import terms
from zicht.people.models import Account
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words

L = TypeVar("L", StayLine, HoldLine)
MOST_SHOWN = 100  # waits on the board
RECENT, MOST_LEFT = 30, 20  # days, and people who left in them
SOON = 7  # days
FEW = 10  # people; of more of them the list is opened by who wants to see it
NOBODY = UUID(int=0)


@dataclass(frozen=True, slots=True)
class StayShown:
    """Somebody who stays: the code of the case as long as it is shared, and when they leave."""

    address: str
    code: str
    planned_until: dt.date
    days_left: int


ROW = '<li><a class="code" href="{}">{}</a> {}</li>'
WITH_YEAR, SOON_DAY = "j N Y", "D j N"


def _rows(stays: Iterable[StayShown], form: str) -> SafeString:
    """Write who leaves when as rows of a list: a template takes ten times as long for it."""
    language, hidden = get_language(), gettext("no longer shared")
    told = (
        (one.address, one.code or hidden, _leaves(one.planned_until, one.days_left, form, language)) for one in stays
    )
    return format_html_join("\n", ROW, told)


@lru_cache(maxsize=1_000)
def _leaves(until: dt.date, days_left: int, form: str, language: str | None) -> SafeString:
    """Write when somebody leaves; remembered by language, since many leave on the same day."""
    look = "muted" if days_left > SOON else "tag tag--stop" if days_left < 0 else "tag tag--waiting"
    return format_html('{} <span class="{}">{}</span>', _day(until, form, language), look, _in_days(days_left))


@dataclass(frozen=True, slots=True)
class HoldShown:
    """A place that is held, until a moment."""

    address: str
    code: str
    expires_at: dt.datetime


SVG = (
    '<svg class="places" viewBox="0 0 {0} {1}" width="{0}" height="{1}" aria-hidden="true" focusable="false">{2}</svg>'
)
PATH = '<path class="place place--{}" d="{}" />'


@lru_cache(maxsize=1_000)
def _picture(capacity: int, taken: int, held: int) -> SafeString:
    """Write a square for each place; the numbers stand beside it for whoever does not see it."""
    bar = draw_places(capacity, taken, held)
    drawn = format_html_join("", PATH, ((squares.kind, squares.path) for squares in bar.squares))
    return format_html(SVG, bar.width, bar.height, drawn) if drawn else drawn


@dataclass(frozen=True, slots=True)
class ShelterShown:
    """A shelter with its places; `heading` is its kind, with a number where there are several of it."""

    key: UUID
    to_change: str
    heading: str
    kind: str
    takes: str
    capacity: int
    max_stay_days: int | None
    next_free: dt.date | None
    stays: list[StayShown]
    holds: list[HoldShown]

    @property
    def free(self) -> int:
        """Give how many places are neither taken nor held."""
        return max(0, self.capacity - len(self.stays) - len(self.holds))

    @property
    def state(self) -> str:
        """Say whether there is a place, and from when."""
        if self.free:
            return ngettext("%(n)s free", "%(n)s free", self.free) % {"n": self.free}
        if self.next_free:
            day = _day(self.next_free, "j F Y", get_language())
            return gettext("full, next place %(day)s") % {"day": day}
        return gettext("full")

    @property
    def look(self) -> str:
        """Give how that is shown."""
        return "ok" if self.free else "waiting" if self.next_free else "stop"

    @property
    def picture(self) -> SafeString:
        """Draw the places."""
        return _picture(self.capacity, len(self.stays), len(self.holds))

    @property
    def counted(self) -> str:
        """Say how many places are taken and held."""
        told = {"taken": len(self.stays), "held": len(self.holds), "places": self.capacity}
        return gettext("%(taken)s taken, %(held)s held, %(places)s places") % told

    @property
    def for_whom(self) -> str:
        """Say whom it takes, and for how long at most."""
        n = self.max_stay_days
        most = ngettext("at most %(n)s day", "at most %(n)s days", n) % {"n": n} if n else ""
        return " · ".join(part for part in (self.takes, most) if part)

    @property
    def leaving(self) -> SafeString:
        """Write who leaves when."""
        return _rows(self.stays, WITH_YEAR)

    @property
    def is_short(self) -> bool:
        """Tell whether the list of who leaves when is short enough to stand open."""
        return len(self.stays) <= FEW


@dataclass(frozen=True, slots=True)
class WaitShown:
    """Somebody who waits."""

    address: str
    code: str
    place_kind: str
    urgency: str
    days: int
    is_offered: bool


@lru_cache(maxsize=1_000)
def _waits(place_kind: str, urgency: str, days: int, is_offered: bool, _language: str | None) -> SafeString:
    """Write how urgently and since when somebody waits; remembered by language, as when somebody leaves."""
    since = ngettext("waits %(n)s day", "waits %(n)s days", days) % {"n": days} if days else gettext("since today")
    kind = in_words("waiting_list_entry", "place_kind", place_kind) if place_kind else ""
    told = (
        in_words("waiting_list_entry", "urgency", urgency),
        ", ".join(part for part in (since, kind) if part),
        format_html(' <span class="tag">{}</span>', gettext("place offered")) if is_offered else "",
    )
    return format_html('{} <span class="muted">{}</span>{}', *told)


@dataclass(frozen=True, slots=True)
class LeftShown:
    """Somebody who left, when and how."""

    address: str
    code: str
    until_date: dt.date
    end_reason: str


@dataclass(frozen=True)
class Board:
    """All that the bed board shows."""

    shelters: list[ShelterShown]
    waits: list[WaitShown]
    left: list[LeftShown]
    unanswered: int
    may_keep: bool

    @property
    def free(self) -> int:
        """Give the free places of all shelters."""
        return sum(one.free for one in self.shelters)

    @property
    def places(self) -> int:
        """Give all places."""
        return sum(one.capacity for one in self.shelters)

    @property
    def has_kinds(self) -> bool:
        """Tell whether it matters for which kind of place somebody waits."""
        return len({one.kind for one in self.shelters}) > 1

    @property
    def leaving(self) -> SafeString:
        """Write who leaves within a week or should have left, the first in front."""
        stays = [stay for one in self.shelters for stay in one.stays if stay.days_left <= SOON]
        return _rows(sorted(stays, key=lambda stay: stay.days_left), SOON_DAY)

    @property
    def waiting(self) -> SafeString:
        """Write who waits, for which kind of place only where it matters."""
        language, has_kinds = get_language(), self.has_kinds
        told = (
            (one.address, one.code, _waits(one.place_kind * has_kinds, one.urgency, one.days, one.is_offered, language))
            for one in self.waits
        )
        return format_html_join("\n", ROW, told)

    @property
    def running_out(self) -> list[HoldShown]:
        """Give the holds, the first to run out in front."""
        return sorted((hold for one in self.shelters for hold in one.holds), key=lambda hold: hold.expires_at)


def _in_days(days: int) -> str:
    if days < 0:
        return gettext("should have left")
    return ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days} if days else gettext("today")


@lru_cache(maxsize=1_000)
def _day(day: dt.date, form: str, _language: str | None) -> str:
    return date_format(day, form)


def board(reader: Account) -> Board:
    """Read the board in a fixed number of queries, however many places there are."""
    shelters, numbers = queries.shelters_in_order(reader)
    stays, holds, waits = queries.stay_lines(shelters), queries.hold_lines(shelters), queries.wait_lines(reader)
    left = queries.left_lines(shelters, timezone.localdate() - dt.timedelta(days=RECENT), MOST_LEFT)
    asked = set(received(reader).filter(state="sent").values_list("pk", flat=True))
    standing = standing_cases({line.referral_id for lines in (stays, holds, waits, left) for line in lines} | asked)
    shown = _Shown(standing, frozenset(line.referral_id for line in holds))
    # Whose hold ran out waits again.
    waiting = Counter(line.place_kind for line in waits if line.referral_id not in shown.held)
    days = queries.days_of(shelters, stays, holds, waiting)
    in_each, held = _by_shelter(stays), _by_shelter(holds)
    return Board(
        shelters=[
            _shelter(one, numbers[one.pk], in_each.get(one.pk, []), held.get(one.pk, []), days.get(one.pk), shown)
            for one in shelters
        ],
        waits=[shown.wait(line) for line in waits if line.referral_id in shown.standing][:MOST_SHOWN],
        left=[shown.left(line) for line in left],
        unanswered=len(asked & standing.keys()),
        may_keep=reader.has_perm("care.keep_shelters"),
    )


def _by_shelter(lines: Iterable[L]) -> dict[UUID, list[L]]:
    found: dict[UUID, list[L]] = defaultdict(list)
    for line in lines:
        found[line.shelter_id].append(line)
    return found


def _shelter(
    shelter: Shelter, number: int, stays: list[StayLine], holds: list[HoldLine], day: dt.date | None, shown: "_Shown"
) -> ShelterShown:
    return ShelterShown(
        key=shelter.pk,
        to_change=shown.to_shelter % shelter.pk,
        heading=name_in_words(shelter, number),
        kind=in_words("shelter", "place_kind", shelter.place_kind),
        takes=takes_in_words(shelter),
        capacity=shelter.capacity,
        max_stay_days=shelter.max_stay_days,
        next_free=day,
        stays=[shown.stay(line) for line in stays],
        holds=[shown.hold(line) for line in holds],
    )


class _Shown:
    """Show lines of the board: with the code of a case only as long as its sender shares it."""

    def __init__(self, standing: Mapping[UUID, UUID], held: frozenset[UUID]) -> None:
        self.standing, self.held = standing, held
        self.today = timezone.localdate()
        self.to_stay, self.to_referral = _way_to("care:stay"), _way_to("care:referral")
        self.to_shelter = _way_to("care:change_shelter")

    def stay(self, line: StayLine) -> StayShown:
        """Show somebody who stays; the page of the stay is there also when nothing is shared any more."""
        left = (line.planned_until - self.today).days
        return StayShown(SafeString(self.to_stay % line.stay_id), self._code_of(line), line.planned_until, left)

    def hold(self, line: HoldLine) -> HoldShown:
        """Show a place that is held."""
        return HoldShown(self.to_referral % line.referral_id, self._code_of(line), line.expires_at)

    def wait(self, line: WaitLine) -> WaitShown:
        """Show somebody who waits."""
        return WaitShown(
            address=SafeString(self.to_referral % line.referral_id),
            code=self._code_of(line),
            place_kind=line.place_kind,
            urgency=line.urgency,
            days=(self.today - line.asked_on).days,
            is_offered=line.referral_id in self.held,
        )

    def left(self, line: LeftLine) -> LeftShown:
        """Show somebody who left; the page of the stay is there also when nothing is shared any more."""
        reason = in_words("stay", "end_reason", line.end_reason)
        return LeftShown(self.to_stay % line.stay_id, self._code_of(line), line.until_date, reason)

    def _code_of(self, line: StayLine | HoldLine | WaitLine | LeftLine) -> str:
        # Nothing in a code or an address of a key has to be escaped, and asking of hundreds whether it has takes long.
        case = self.standing.get(line.referral_id)
        return SafeString(short_code(case)) if case else ""


def _way_to(page: str) -> str:
    """Give the address of a page of any record, with %s where its key stands: worked out once for all of them."""
    return reverse(page, args=[NOBODY]).replace(str(NOBODY), "%s")


def name_in_words(shelter: Shelter, number: int) -> str:
    """Name a shelter by its kind, and by its number where there are several of that kind."""
    kind = in_words("shelter", "place_kind", shelter.place_kind)
    return f"{kind} ({number})" if number else kind


def takes_in_words(shelter: Shelter) -> str:
    """Say whom a shelter takes."""
    named = (
        in_words("shelter", name, getattr(shelter, name))
        for name in ("accepts_age_bands", "accepts_genders")
        if terms(getattr(shelter, name))
    )
    return "; ".join([*named, shelter.region] if shelter.region else named)
