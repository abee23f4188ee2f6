"""Turn a row of CTDC's Global Synthetic Dataset into a person in a case.

A flag that stands for several of our terms is never split. Source of the columns: Counter-Trafficking Data
Collaborative (CTDC), International Organization for Migration (IOM).
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache

from zicht import words
from zicht.cases.exchange.cells import read_number
from zicht.cases.exchange.citizenship import group_of
from zicht.cases.exchange.filling import fill_in
from zicht.cases.exchange.pieces import Pieces
from zicht.cases.exchange.places import countries_by_any_code
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import UNKNOWN, Bundle, CellProblem, Mapped, Surroundings

NOTHING = frozenset({"", "na", "nan", "null", "-99", "unknown"})
RAISED = frozenset({"1", "1.0", "true"})
NOT_RAISED = frozenset({"0", "0.0", "false"})
STANDARD = re.compile(r"CTDC:(\w+)(?: \((\w+)\))?")
OLDER, NEWER = "typeOf", "sectorOf"  # both names are found for the labour and sex columns
# Values that stand for several of our bands, and the one of ours that means the same.
BROAD_AGES = {"9--17": "minor_nos"}
FLAG_LISTS = {"means": "means", "forms": "form", "sex_settings": "sex_setting", "industry": "industry"}
RELATIONS = "relations"
OF_PERSON = frozenset({"yearOfRegistration", "gender", "ageBroad", "citizenship"})
Cells = Mapping[str, str]


@lru_cache(maxsize=1)
def flag_terms() -> Mapping[str, Mapping[str, tuple[str, ...]]]:
    """Give for each flag the fields it speaks of, with the terms of ours that it may mean."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for field, list_name in FLAG_LISTS.items():
        for code in words.vocabulary().lists[list_name].codes.values():
            for column, how in STANDARD.findall(code.text("std")):
                if how != "broader":
                    found[column][field].append(code.code)
    for code in words.vocabulary().lists["relation"].codes.values():
        group = words.vocabulary().lists["relation"].attributes.get("ctdc_std")
        if isinstance(group, Mapping):
            found[str(group[code.text("ctdc")]).removeprefix("CTDC:")][RELATIONS].append(code.code)
    return {column: {field: tuple(codes) for field, codes in fields.items()} for column, fields in found.items()}


@cache
def value_terms(list_name: str) -> Mapping[str, tuple[str, ...]]:
    """Give for each value of a column the terms of ours that it may mean."""
    found: dict[str, list[str]] = defaultdict(list)
    for code in words.vocabulary().lists[list_name].codes.values():
        if value := code.text("ctdc"):
            found[value].append(code.code)
    return {value: tuple(codes) for value, codes in found.items()}


def known_column(name: str) -> str:
    """Give the column that a name in a file means, under its older or its newer name; empty for one not known."""
    name = name.strip()
    older = OLDER + name.removeprefix(NEWER) if name.startswith(NEWER) else name
    return older if older in words.vocabulary().outside.ctdc_columns else ""


class CtdcReader:
    """Read the rows of one file."""

    def __init__(self, columns: Sequence[str], around: Surroundings) -> None:
        self._around, self._pieces = around, Pieces()
        self._columns = [known_column(name) for name in columns]
        unknown = [name for name in columns if name and not known_column(name)]
        self.loose_losses = [Loss(name[:60], Why.UNKNOWN_COLUMN) for name in unknown if name.isprintable()]

    def read(self, values: Sequence[str]) -> Mapped:
        """Give what a row says; it has no identifiers, so that every row is a person of its own."""
        given = zip(self._columns, map(str.strip, values), strict=True)
        cells = {column: text for column, text in given if column and text.casefold() not in NOTHING}
        mapped = Mapped(Bundle())
        about_person, about_episode = (
            tuple((name, text) for name, text in cells.items() if (name in OF_PERSON) is is_person)
            for is_person in (True, False)
        )
        mapped.bundle.person.update(self._pieces.get(about_person, _person, dict(about_person)).add_to(mapped))
        episode = dict(self._pieces.get(about_episode, _episode, dict(about_episode)).add_to(mapped))
        if episode:
            mapped.bundle.episodes = [episode]
        fill_in(mapped, self._around.today)
        return mapped


def _person(mapped: Mapped, cells: Cells) -> Iterator[tuple[str, object]]:
    yield from _listed("person", "gender", "gender", cells, mapped)
    yield from _listed("person", "age_band", "ageBroad", cells, mapped)
    if year := cells.get("yearOfRegistration"):
        number = read_number(year.removesuffix(".0"))
        problem = words.check_value("person", "first_registered", number)
        if problem:
            mapped.problems.append(CellProblem("yearOfRegistration", problem))
        else:
            yield "first_registered", number
    if country := _country("citizenship", cells, mapped):
        yield "citizenship", (country,)
        yield "citizenship_group", group_of([country])
        mapped.losses.append(Loss("person.citizenship_group", Why.WORKED_OUT))


def _episode(mapped: Mapped, cells: Cells) -> Iterator[tuple[str, object]]:
    yield from _flags(cells, mapped)
    yield from _listed("exploitation", "duration_band", "traffickMonths", cells, mapped)
    if country := _country("CountryOfExploitation", cells, mapped):
        yield "country_exploitation", country


def _listed(entity: str, field: str, column: str, cells: Cells, mapped: Mapped) -> Iterator[tuple[str, object]]:
    value = cells.get(column)
    if value is None:
        return
    described = words.vocabulary().entities[entity].fields[field]
    terms = value_terms(described.list_name).get(value)
    if terms is None:
        mapped.problems.append(CellProblem(column, _not_in_list(entity, field)))
    elif len(terms) == 1:
        yield field, terms[0]
    else:
        mapped.losses.append(Loss(column, Why.BROADER if value in BROAD_AGES else Why.COMPOSITE, value))
        yield field, BROAD_AGES.get(value, UNKNOWN)


def _country(column: str, cells: Cells, mapped: Mapped) -> str:
    value = cells.get(column, "")
    country = countries_by_any_code().get(value.upper(), "")
    if value and not country:
        mapped.problems.append(CellProblem(column, _not_in_list("exploitation", "country_exploitation")))
    return country


def _flags(cells: Cells, mapped: Mapped) -> Iterator[tuple[str, object]]:
    found: dict[str, list[str]] = {}
    for column, fields in flag_terms().items():
        if not _is_raised(column, cells, mapped):
            continue
        for field, terms in fields.items():
            found.setdefault(field, [])
            if len(terms) == 1:
                found[field] += [term for term in terms if term not in found[field]]
            else:
                mapped.losses.append(Loss(column, Why.COMPOSITE))
    for field, several in found.items():
        if field == "industry":
            mapped.losses += [Loss("exploitation.industry", Why.ONE_ONLY, term) for term in several[1:]]
            yield field, several[0]
        else:
            yield field, tuple(several) or (UNKNOWN,)


def _is_raised(column: str, cells: Cells, mapped: Mapped) -> bool:
    text = cells.get(column, "0").casefold()
    if text not in RAISED | NOT_RAISED:
        mapped.problems.append(CellProblem(column, words.Problem("not_yes_or_no")))
    return text in RAISED


def _not_in_list(entity: str, field: str) -> words.Problem:
    return words.check_value(entity, field, "?") or words.Problem("required")
