"""No case can be told from what pages print: an attacker reads them all, and knows the country and every process.

The attacker is written apart from the product: it reads HTML, adds up parts of the country by itself, and asks a solver
in whole numbers what a count can be. It also knows that no action ever ran, so that nothing stood in any case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html.parser import HTMLParser

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.barriers.cast import TODAY, Cast
from tests.people.cast import Browser, colleague
from tests.people.conftest import SignIn

from zicht import words
from zicht.barriers.errors import AlreadySummedError
from zicht.barriers.holding import actions, sums
from zicht.barriers.holding.reading import area_of
from zicht.barriers.models import BarrierModel
from zicht.barriers.processes.actions import begin_own, publish, save_step
from zicht.cases.models import Case
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.cases import Desk
from zicht.site.made_up_register.draw import draw
from zicht.site.made_up_register.store import Place, store
from zicht.words import Label, Step

LEAST = 5
PERIOD = f"{TODAY.year - 1}-1"
ROOT = "/en/staff/barriers/"
DESK = Desk("help", "help", desks.HELP.owners, desks.HELP.team, 0.5, has_partners=False, asks_consent=False)
# Steps of two processes: R1 of the one shows wherever H1 of the other does.
OWN: Mapping[str, tuple[tuple[str, ...], Mapping[str, tuple[str, ...]]]] = {
    "HOTELS": (("sexual",), {"H1": ("ONL01", "HOU03")}),
    "ROADS": (("sexual", "labour"), {"R1": ("ONL01", "HOU03", "MOV06")}),
}
NESTED = ((("ROADS", "R1"), ("HOTELS", "H1")),)
StepOf = tuple[str, str]
Line = NDArray[np.float64]
Cell = tuple[StepOf, tuple[str, str]]  # a step, and a province with a unit of the police


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """Give the cast with the made-up cases of one half-year and the sums of it."""
    roles = ("desk_lead", "care_coordinator", "counsellor", "shelter_worker")
    staff = {role: colleague(cast.administrator, role.replace("_", "-"), role) for role in roles}
    place = Place(cast.administrator.org, {**staff, "case_worker": cast.case_worker}, {})
    store(draw("printed sums", 260, TODAY, DESK), place)
    # Drawn over seven years, they all count in one half-year here.
    Case.objects.update(opened_on=f"{TODAY.year - 1}-03-01")
    for process, (forms, steps) in OWN.items():
        draft = begin_own(cast.keeper, process, Label(process, process), forms)
        for code, signals in steps.items():
            step = Step(code, Label(code, code), ("police",), (), (), signals, {})
            draft = save_step(cast.keeper, draft.pk, step, draft.version)
        publish(cast.keeper, draft.pk, "Ours.", draft.version)
    actions.make_sums(cast.keeper, PERIOD)
    return cast


class Rows(HTMLParser):
    """Read the rows of tables as texts; what is hidden is read as it is told to a screen reader."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.heading = ""
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if str(told.get("id", "")).startswith("leaks-"):
            self.heading = str(told["id"])[len("leaks-") :]
        if tag == "tr":
            self.rows.append([self.heading])
        if tag in ("td", "th") and self.rows:
            self.rows[-1].append("")
            self._inside.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._inside:
            self._inside.pop()

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {data.strip()}".strip()


@dataclass
class Attacker:
    """Somebody who reads every page and knows what adds up to what."""

    printed: dict[tuple[StepOf, str, str], int] = field(default_factory=dict)  # step, area and column -> number

    def read(self, page: str, area: str, columns: tuple[str, ...]) -> None:
        """Read the tables of a page; two pages that print one count must print the same."""
        for heading, *cells in Rows(page).rows:
            step = (heading, cells[0].partition(" ")[0]) if cells else ("", "")
            if step not in self.steps:
                continue
            for column, text in zip(columns, cells[1:], strict=True):
                number = text.replace(",", "")
                if column and number.isdigit():
                    assert self.printed.setdefault((step, area, column), int(number)) == int(number)

    @cached_property
    def steps(self) -> list[StepOf]:
        return [(process, step) for process, (_forms, steps) in OWN.items() for step in steps]

    @cached_property
    def places(self) -> list[tuple[str, str]]:
        """Every part of the country: a province and the unit of the police that holds it, or holds a part of it."""
        provinces = sorted({town.province for town in words.municipalities().values()})
        return sorted({area_of(code) for code in [*words.municipalities(), *provinces, ""]})

    @cached_property
    def cells(self) -> list[Cell]:
        return [(step, place) for step in self.steps for place in self.places]

    def inside(self, step: StepOf, area: str) -> Line:
        """Give the line that adds up the parts of an area."""
        return np.array([float(one == step and (area == "Nederland" or area in place)) for one, place in self.cells])

    def lines(self) -> Iterator[tuple[Line, float, float]]:
        """Give what is known: what is printed, and that a step counts no less than one that it holds."""
        for (step, area, column), number in self.printed.items():
            if column == "nothing":
                yield self.inside(step, area), number, number
            elif column == "confirmed":
                yield self.inside(step, area), number, np.inf
        for whole, part in NESTED:
            for place in self.places:
                line = [float(one == (whole, place)) - float(one == (part, place)) for one in self.cells]
                yield np.array(line), 0, np.inf

    def can_be(self, line: Line, number: float) -> bool:
        """Ask whether a count, a line over parts, can have a value."""
        known = [*self.lines(), (line, number, number)]
        rows, low, high = (np.array(one) for one in zip(*known, strict=True))
        size = len(self.cells)
        asked = LinearConstraint(rows, low, high)
        solved = milp(np.zeros(size), constraints=asked, bounds=Bounds(0, 1_000), integrality=np.ones(size, int))
        return solved.x is not None


def read_everything(browser: Browser) -> Attacker:
    """Open every page that shows a sum: of each area, of meetings, with every half-year."""
    attacker = Attacker()
    wide, narrow = ("nothing", "before", "stood", "confirmed", "signals"), ("nothing", "before")
    for area in sums.areas():
        page = browser.get(f"{ROOT}sums/", period=PERIOD, area=area).content.decode()
        attacker.read(page, area, wide if area == "Nederland" else narrow)
    for area, holds in (("Nederland", "Nederland"), ("GM0363", "Noord-Holland"), ("Limburg", "Limburg")):
        page = browser.get(ROOT, area=area).content.decode()
        attacker.read(page, holds, ("nothing", ""))  # signals are of the whole country, whatever the meeting is about
    return attacker


def truth_of(cast: Cast) -> Mapping[Cell, int]:
    """Count the cases as they are."""
    models = list(BarrierModel.objects.filter(org=cast.administrator.org))
    atoms = sums.count_cases(cast.administrator.org, models, PERIOD).atoms
    assert not [atom for atom in atoms if atom[-1] == sums.BLOCKED], "no action ran"
    return {((process, step), (province, unit)): n for (process, step, province, unit, _open), n in atoms.items()}


def test_whoever_reads_every_page_can_tell_no_small_count_also_with_one_case_more(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    attacker, truth = read_everything(browser), truth_of(cast)
    cases = np.array([truth.get(cell, 0) for cell in attacker.cells])
    lines = {(step, area): attacker.inside(step, area) for step in attacker.steps for area in sums.areas()}
    between = [(whole, part, area) for whole, part in NESTED for area in sums.areas()]
    targets: dict[tuple[object, ...], Line] = dict(lines.items())
    targets |= {(whole, part, area): lines[whole, area] - lines[part, area] for whole, part, area in between}
    small = {name: line for name, line in targets.items() if line @ cases < LEAST}
    shown = {(step, area) for step, area, column in attacker.printed if column == "nothing"}
    assert len(shown) >= 3, "a page that hides everything proves nothing"
    assert len(small) >= 10, "and neither does one without small counts"
    assert all(attacker.printed[step, area, "nothing"] == lines[step, area] @ cases for step, area in shown)
    for name, line in small.items():
        assert name not in shown
        assert attacker.can_be(line, 0), name
        assert attacker.can_be(line, LEAST - 1), name
    Case.objects.filter(pk=Case.objects.values("pk")[:1]).update(opened_on=f"{TODAY.year - 2}-03-01")
    with pytest.raises(AlreadySummedError):
        actions.make_sums(cast.keeper, PERIOD)
    assert attacker.printed == read_everything(browser).printed
