"""Somebody who reads every page that prints a sum, and asks a solver in whole numbers what a count can be.

Written apart from the product: it reads HTML, works out by itself which cases can show which steps together, adds up
parts of the country, and knows that no action ever ran, so that nothing stood in any case.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, reduce
from html.parser import HTMLParser

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from tests.people.cast import Browser

from zicht import words
from zicht.barriers.holding.reading import area_of
from zicht.barriers.models import BarrierModel

ROOT = "/en/staff/barriers/"
COUNTRY = "Nederland"
REGIONS = {
    "Noord-Nederland": {"Groningen", "Friesland", "Drenthe"},
    "Oost-Nederland": {"Overijssel", "Flevoland", "Gelderland"},
    "West-Nederland": {"Utrecht", "Noord-Holland", "Zuid-Holland", "Zeeland"},
    "Zuid-Nederland": {"Noord-Brabant", "Limburg"},
}
StepOf = tuple[str, str]  # process and step
Line = NDArray[np.float64]
Class = frozenset[StepOf]  # the steps that a case shows, and no other
Place = tuple[str, str]  # a province, and a unit of the police that holds it or holds a part of it


class Rows(HTMLParser):
    """Read the rows of tables as texts under the heading they stand under; what is hidden reads as it is told."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.heading = ""
        self._inside: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("h2", "h3"):
            self.heading = str(dict(attrs).get("id", ""))
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
class Knowledge:
    """What somebody knows of counts that add up: lines over them, each with what it comes to."""

    size: int
    known: list[tuple[Line, float, float]] = field(default_factory=list)

    def can_be(self, line: Line, low: float, high: float | None = None) -> bool:
        """Ask whether a line over the counts can come to something in a range."""
        lines = [*self.known, (line, low, low if high is None else high)]
        rows, lowest, highest = (np.array(one) for one in zip(*lines, strict=True))
        asked = LinearConstraint(rows, lowest, highest)
        ones = np.ones(self.size, int)
        return milp(np.zeros(self.size), constraints=asked, bounds=Bounds(0, 1_000), integrality=ones).x is not None


def has_region(page: str) -> bool:
    """Tell whether a page has a column of the region around; it has none where no region is shown."""
    return any(f'scope="col">{region}</th>' in page for region in REGIONS)


@dataclass
class Attacker:
    """Somebody who reads every page and knows what adds up to what."""

    models: list[BarrierModel]
    # Half-year, step, area and column -> number; and half-year and province -> reports.
    printed: dict[tuple[str, StepOf, str, str], int] = field(default_factory=dict)
    reports: dict[tuple[str, str], int] = field(default_factory=dict)

    # --- reading ----------------------------------------------------------------------------------------------------
    def read_everything(self, browser: Browser, periods: list[str]) -> "Attacker":
        """Open every page that prints a sum: of each area and half-year, of meetings, and of policy."""
        for number, period in enumerate(periods):
            before = periods[number + 1] if number + 1 < len(periods) else ""
            for area in self.areas:
                page = browser.get(f"{ROOT}sums/", period=period, area=area).content.decode()
                around = [("", "")] if has_region(page) else []
                wide = [(period, "stood"), (period, "confirmed"), (period, "signals")] if area == COUNTRY else []
                self.read(page, area, [(period, "nothing"), *around, (before, "nothing"), *wide])
        newest = periods[0]
        towns = {town.province: code for code, town in words.municipalities().items()}
        for area, holds in [(COUNTRY, COUNTRY), *((code, name) for name, code in towns.items())]:
            page = browser.get(ROOT, area=area).content.decode()
            around = [(newest, "around")] if has_region(page) else []
            self.read(page, holds, [(newest, "nothing"), *around, (newest, "signals")])
        self.read_policy(browser.get(f"{ROOT}policy/").content.decode(), newest)
        return self

    def read(self, page: str, area: str, columns: list[tuple[str, str]]) -> None:
        """Read the tables of a page; two pages that print one count must print the same."""
        found = 0
        for heading, *cells in Rows(page).rows:
            step = (heading.removeprefix("leaks-"), cells[0].partition(" ")[0]) if cells else ("", "")
            if step not in self.signs:
                continue
            found += 1
            for (period, column), text in zip(columns, cells[1:], strict=True):
                number = text.replace(",", "")
                if period and number.isdigit():
                    where = next((one for one in REGIONS if area in REGIONS[one]), "") if column == "around" else area
                    where = (
                        COUNTRY if column == "signals" else where
                    )  # of the whole country, whatever the page is about
                    key = (period, step, where, "nothing" if column == "around" else column)
                    assert self.printed.setdefault(key, int(number)) == int(number)
        assert found == len(self.signs), "every step stands on every page"

    def read_policy(self, page: str, period: str) -> None:
        """Read the last column of table F23."""
        for heading, *cells in Rows(page).rows:
            if heading == "f23-heading" and cells and cells[0] in self.provinces and cells[-1].isdigit():
                self.reports[period, cells[0]] = int(cells[-1])

    # --- what adds up to what ---------------------------------------------------------------------------------------
    @cached_property
    def signs(self) -> Mapping[StepOf, frozenset[tuple[str, str]]]:
        """Give the pairs of a form and a sign by which a case shows a step."""
        found = {}
        for model in self.models:
            for step in model.steps.steps.values():
                means = {one for code in step.signals for one in words.vocabulary().indicators[code].suggests_means}
                pairs = {(form, sign) for form in model.steps.forms for sign in {*step.signals, *means}}
                found[model.process, step.code] = frozenset(pairs)
        return found

    @cached_property
    def classes(self) -> list[Class]:
        """Give every set of steps that a case can show and no other: unions of what one pair shows."""
        pairs = set().union(*self.signs.values())
        by_pair = {frozenset(step for step, own in self.signs.items() if pair in own) for pair in pairs}
        found: set[Class] = {frozenset()}
        for one in by_pair:
            found |= {kept | one for kept in found}
        return sorted(found - {frozenset()}, key=sorted)

    @cached_property
    def provinces(self) -> list[str]:
        return sorted({town.province for town in words.municipalities().values()})

    @cached_property
    def places(self) -> list[Place]:
        """Give every part of the country: a province and the unit of the police that holds it, or a part of it."""
        return sorted({area_of(code) for code in [*words.municipalities(), *self.provinces, ""]})

    @cached_property
    def areas(self) -> list[str]:
        units = sorted({unit for _province, unit in self.places if unit})
        return [COUNTRY, *REGIONS, *self.provinces, *units]

    def holds(self, area: str, place: Place) -> bool:
        """Tell whether a part of the country lies in an area."""
        return area == COUNTRY or area in place or place[0] in REGIONS.get(area, ())

    def of_reports(self, area: str) -> Line:
        """Give the line that adds up reports in the parts of an area."""
        return np.array([float(self.holds(area, place)) for place in self.places])

    def of_cases(self, area: str, *, of: Class | None = None, step: StepOf | None = None) -> Line:
        """Give the line that adds up the cases of a class, or of a step, in an area."""
        wanted = [one == of or step in one for one in self.classes]
        return np.array([float(is_wanted and self.holds(area, place)) for is_wanted in wanted for place in self.places])

    # --- what is known ----------------------------------------------------------------------------------------------
    def about_cases(self, period: str) -> Knowledge:
        """Give what the printed sums of a half-year say about cases, by class and part of the country."""
        found = Knowledge(len(self.classes) * len(self.places))
        for (half, step, area, column), number in self.printed.items():
            if half == period and column in ("nothing", "confirmed"):
                most = number if column == "nothing" else np.inf
                found.known.append((self.of_cases(area, step=step), number, most))
        return found

    def about_signals(self, period: str) -> tuple[Knowledge, dict[str, Line]]:
        """Give what they say about confirmed signals, by indicator; a signal counts in each step that names it."""
        named = {step: {sign for _form, sign in own} for step, own in self.signs.items()}
        every = sorted({code for codes in named.values() for code in codes if code in words.vocabulary().indicators})
        found = Knowledge(len(every))
        for (half, step, _area, column), number in self.printed.items():
            if half == period and column == "signals":
                found.known.append((np.array([float(one in named[step]) for one in every]), number, number))
        return found, {code: np.array([float(one == code) for one in every]) for code in every}

    def about_reports(self, period: str, elsewhere: Mapping[str, int]) -> Knowledge:
        """Give what table F23 says about reports, for somebody who has those of other areas from elsewhere."""
        found = Knowledge(len(self.places))
        own = {area: number for (half, area), number in self.reports.items() if half == period}
        for area, number in {**elsewhere, **own}.items():
            found.known.append((self.of_reports(area), number, number))
        return found

    def small_lines(self, cases: Mapping[tuple[Class, Place], int], least: int) -> Iterator[tuple[object, Line, int]]:
        """Give every count that is small: of a step, of what lies between two of them, of a class, in each area."""
        truth = np.array([cases.get((one, place), 0) for one in self.classes for place in self.places])
        for area in self.areas:
            steps = {step: self.of_cases(area, step=step) for step in self.signs}
            lines: dict[object, Line] = dict(steps.items())
            for whole in steps:
                parts = [one for one in steps if one != whole and self.signs[one] <= self.signs[whole]]
                lines |= {(whole, part): steps[whole] - steps[part] for part in parts}
                beside = [one for one in steps if one != whole and self.signs[one] & self.signs[whole]]
                for first in beside:
                    for second in beside:
                        if first < second and self.signs[whole] <= self.signs[first] | self.signs[second]:
                            lines[whole, first, second] = steps[first] + steps[second] - steps[whole]
            for name, line in lines.items():
                if (number := int(line @ truth)) < least:
                    yield (area, name), line, number


def class_of(steps: list[StepOf]) -> Class:
    """Give the class of a case that shows some steps."""
    return reduce(frozenset.union, (frozenset({one}) for one in steps), frozenset())
