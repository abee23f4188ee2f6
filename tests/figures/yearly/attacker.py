"""Somebody who has every file of a report, knows the definitions of the words, and solves for what is hidden.

Nothing here is taken from the code that hides: a number is known by who is counted in it, read from the data files; how
numbers hang together follows from the words. Sums and bounds of all tables of all versions make one linear program.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array

from zicht import words
from zicht.cases import rules

Kept = Mapping[str, Any]  # tables.json
Who = tuple[str, frozenset[tuple[str, str]]]  # a universe, and what is true of those who are counted
Line = dict[int, float]
MISSING = ("unknown", "not_asked", "declined", "not_applicable", "withheld")
BESIDE = ("class_unknown", "minor_nos", "adult_nos")
EVERYBODY = ("total", "contact")
# Of these somebody has one at most; of other axes several.
SINGLE = {
    "age_class_3", "age_band", "gender", "citizenship_group", "is_minor", "victim_status", "parent_perpetrator",
    "met_online", "role", "disclosure_stage", "timing", "counting_unit", "legal_basis",
}  # fmt: skip
AROUND = {"registered_national": "possible and identified", "possible and identified": "all", "not family": "all"}
UNNAMED = ("F18", "F25", "F22", "F23")  # stages, known fields, and what is about nobody: attacked elsewhere


class Attacker:
    """Gather what reports tell, and ask between which bounds a hidden number lies."""

    def __init__(self) -> None:
        self.places: dict[tuple[int, Who], int] = {}
        self.told: dict[int, int] = {}
        self.hidden: dict[int, Who] = {}
        self.sums: list[Line] = []
        self.limits: list[Line] = []

    def read(self, kept: Kept, version: int = 0) -> None:
        """Take in one version of a report."""
        blocks: dict[tuple[str, str, str], dict[tuple[str, str], int]] = defaultdict(dict)
        for table in kept["tables"]:
            for cell in table["cells"] if table["code"] not in UNNAMED else ():
                place = self._place(version, table["universe"], cell)
                blocks[table["code"], cell["rows"], cell["cols"]][cell["row"], cell["col"]] = place
                if cell["value"] is None:
                    self.hidden[place] = next(who for (_v, who), at in self.places.items() if at == place)
                else:
                    # The same people in two tables have one number.
                    assert self.told.setdefault(place, cell["value"]) == cell["value"]
        for (_code, rows, cols), cells in blocks.items():
            self._add_lines(rows, cols, cells)
        self._add_ages(version)
        self._add_universes(version)

    def _place(self, version: int, universe: str, cell: Mapping[str, Any]) -> int:
        stated = [(cell["rows"], cell["row"]), (cell["cols"], cell["col"])]
        who = frozenset(one for one in stated if one[1] not in EVERYBODY and one[0] != "year")
        return self.places.setdefault((version, (universe, who)), len(self.places))

    def _add_lines(self, rows: str, cols: str, cells: Mapping[tuple[str, str], int]) -> None:
        for axis, at, other in ((rows, 0, 1), (cols, 1, 0)):
            lines: dict[str, dict[str, int]] = defaultdict(dict)
            for name, place in cells.items():
                lines[name[other]][name[at]] = place
            for line in lines.values():
                self._add_line(axis, line)

    def _add_line(self, axis: str, line: Mapping[str, int]) -> None:
        total = next((line[code] for code in EVERYBODY if code in line), None)
        if total is None:
            return
        around = (*MISSING, *BESIDE, "known", *EVERYBODY)
        parts = [place for code, place in line.items() if code not in around]
        if "known" in line:
            beside = [line[code] for code in (*MISSING, *BESIDE) if code in line]
            self._add_sum(total, [line["known"], *beside])
        base = line.get("known", total)
        if axis in SINGLE and parts:
            self._add_sum(base, [*parts, *([line[c] for c in MISSING if c in line] if "known" not in line else [])])
        elif parts:
            self.limits += [{part: 1.0, base: -1.0} for part in parts]
            if "known" in line:
                self.limits.append({base: 1.0} | dict.fromkeys(parts, -1.0))

    def _add_sum(self, whole: int, parts: Iterable[int]) -> None:
        line: Line = defaultdict(float)
        for part in parts:
            line[part] += 1.0
        line[whole] -= 1.0
        self.sums.append(dict(line))

    def _add_ages(self, version: int) -> None:
        """Three classes of age, and minors, are bands put together."""
        bands = words.vocabulary().lists["age_band"].codes
        for (at, (universe, who)), place in list(self.places.items()):
            for axis, code in who if at == version else ():
                if axis not in ("age_class_3", "is_minor") or code in (*MISSING, *BESIDE, "known"):
                    continue
                rule, wanted = getattr(rules, axis), {"yes": True, "no": False}.get(code, code)
                inside = [band for band in bands if rule({"age_band": band}) == wanted]
                others = who - {(axis, code)}
                names = [(version, (universe, others | {("age_band", band)})) for band in inside]
                if all(name in self.places for name in names):
                    self._add_sum(place, [self.places[name] for name in names])

    def _add_universes(self, version: int) -> None:
        for (at, (universe, who)), place in self.places.items():
            outer = self.places.get((version, (AROUND.get(universe, ""), who)))
            if at == version and outer is not None:
                self.limits.append({place: 1.0, outer: -1.0})

    # --- solving ------------------------------------------------------------------------------------------------------
    def bounds(self, wanted: Line) -> tuple[float, float]:
        """Give the least and the most that a number, or a difference of numbers, can be."""
        size = len(self.places)
        free = [(self.told[one], self.told[one]) if one in self.told else (0, None) for one in range(size)]
        aim = np.zeros(size)
        for place, weight in wanted.items():
            aim[place] = weight
        ends = []
        knowing: dict[str, Any] = {
            "A_ub": self._matrix(self.limits),
            "b_ub": np.zeros(len(self.limits)),
            "A_eq": self._matrix(self.sums),
            "b_eq": np.zeros(len(self.sums)),
            "bounds": free,
        }
        for sign in (1, -1):
            found = linprog(sign * aim, **knowing)
            assert found.status in (0, 3), found.message  # 3: without bound
            ends.append(sign * found.fun if found.status == 0 else -sign * np.inf)
        return ends[0], ends[1]

    def _matrix(self, lines: list[Line]) -> csr_array:
        at = [number for number, line in enumerate(lines) for _ in line]
        places = [place for line in lines for place in line]
        weights = [weight for line in lines for weight in line.values()]
        return csr_array((weights, (at, places)), shape=(len(lines), len(self.places)))
