"""Turn a row of HTCDS into a person in a case, and tell what of it was not taken.

Source: Human Trafficking Case Data Standard (HTCDS) 2.0, International Organization for Migration (IOM), CC BY 4.0.
Names, birth dates, numbers and addresses are dropped here: nothing after this sees them.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from zicht import words
from zicht.cases.exchange.ages import band_of_age, band_of_ages, band_on_day
from zicht.cases.exchange.cells import YES, coarse_number, read_cell, read_day
from zicht.cases.exchange.citizenship import group_of
from zicht.cases.exchange.filling import fill_in
from zicht.cases.exchange.htcds_columns import (
    BIRTH_DATE,
    CASE_COLUMN,
    MOST_PLACES,
    PERSON_COLUMN,
    PLACE_COLUMNS,
    Pair,
    flags,
    known_column,
    pairs,
    place_column,
    why_not_taken,
)
from zicht.cases.exchange.htcds_terms import FLAG_PREFIX, has_values, terms_of
from zicht.cases.exchange.pieces import Pieces
from zicht.cases.exchange.places import countries_by_any_code, provinces
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import (
    UNKNOWN,
    Bundle,
    CellProblem,
    Mapped,
    Surroundings,
    Values,
)
from zicht.words import Problem

# Salesforce writes ; between values, a survey form a space, and people a comma.
METHODS = "vic_MethodsOfControl"
BETWEEN_VALUES = re.compile(r"[;,\s]+")
GROUP_WORKED_OUT = Loss("person.citizenship_group", Why.WORKED_OUT)
BAND_WORKED_OUT = Loss("person.age_band", Why.WORKED_OUT)
LONGEST_COLUMN_NAME = 60  # characters shown of a column that is not known
Cells = Mapping[str, str]


class HtcdsReader:
    """Read the rows of one file."""

    def __init__(self, columns: Sequence[str], around: Surroundings) -> None:
        self._around, self._pieces = around, Pieces()
        known = [(place, known_column(name)) for place, name in enumerate(columns)]
        self._columns = [(place, name) for place, name in known if name]
        self.loose_losses = [_unread(name) for name in columns if name and not known_column(name)]
        named = {name for _place, name in self._columns}
        self._left_out = {name: Loss(name, why) for name, why in why_not_taken().items() if name in named}
        self._methods = tuple(name for name in named if name == METHODS or name.startswith(FLAG_PREFIX))
        self._pairs = [
            pair for pair in pairs() if pair.column in named and pair.column not in {METHODS, *self._left_out}
        ]
        numbers = range(1, MOST_PLACES + 1)
        self._places = [[place_column(name, number) for name in PLACE_COLUMNS] for number in numbers]

    def read(self, values: Sequence[str]) -> Mapped:
        """Give what a row says; the identifiers in the bundle are those of the file."""
        cells = {name: text for place, name in self._columns if values[place] and (text := values[place].strip())}
        mapped = Mapped(Bundle())
        episode: Values = {}
        of: dict[str, Values] = {"case": mapped.bundle.case, "person": mapped.bundle.person, "exploitation": episode}
        for pair in self._pairs:
            if pair.column in cells:
                of[pair.entity].update(self._cell(pair, cells[pair.column], mapped))
        methods = tuple((name, cells[name]) for name in self._methods if name in cells)
        if methods:
            episode.update(self._pieces.get(methods, _methods_of_control, dict(methods)).add_to(mapped))
        mapped.bundle.episodes = [episode] if episode else []
        mapped.bundle.places = [dict(place) for place in self._each_place(cells, mapped)]
        _work_out(cells, mapped)
        mapped.losses += [loss for name, loss in self._left_out.items() if name in cells]
        fill_in(mapped, self._around.today)
        mapped.bundle.case["case_id"] = cells.get(CASE_COLUMN, "")
        mapped.bundle.person["person_id"] = cells.get(PERSON_COLUMN, "")
        return mapped

    def _cell(self, pair: Pair, text: str, mapped: Mapped) -> Iterable[tuple[str, object]]:
        if pair.field.type == "text":  # about one person only
            return [(pair.field.name, text)]
        work = (
            _listed
            if pair.field.type in ("code", "multi")
            else self._organisation
            if pair.field.type == "ref"
            else _value
        )
        return self._pieces.get((pair.column, text), work, pair, text).add_to(mapped)

    def _each_place(self, cells: Cells, mapped: Mapped) -> Iterator[Iterable[tuple[str, object]]]:
        for number, names in enumerate(self._places, start=1):
            texts = tuple(cells.get(name, "") for name in names)
            if any(texts) and (place := self._pieces.get((number, texts), _place_event, number, texts).add_to(mapped)):
                yield place

    def _organisation(self, mapped: Mapped, pair: Pair, text: str) -> Iterator[tuple[str, object]]:
        found = self._around.organisations.get(text.casefold())
        if found is None:
            mapped.losses.append(Loss(pair.column, Why.NO_COUNTERPART))
        else:
            yield pair.field.name, found


def _listed(mapped: Mapped, pair: Pair, text: str) -> Iterator[tuple[str, object]]:
    yield from _chosen(mapped, pair, [value for value in BETWEEN_VALUES.split(text) if value])


def _methods_of_control(mapped: Mapped, cells: Cells) -> Iterator[tuple[str, object]]:
    pair = next(pair for pair in pairs() if pair.column == METHODS)
    if given := _flagged(cells):
        yield from _chosen(mapped, pair, given)


def _chosen(mapped: Mapped, pair: Pair, given: list[str]) -> Iterator[tuple[str, object]]:
    terms = tuple(dict.fromkeys(term for value in given for term in _terms(pair, value, mapped)))
    if pair.field.type == "multi":
        yield pair.field.name, terms or (UNKNOWN,)
    else:
        mapped.losses += [Loss(pair.column, Why.ONE_ONLY, term) for term in terms[1:]]
        yield pair.field.name, (terms or (UNKNOWN,))[0]


def _unread(name: str) -> Loss:
    printable = "".join(character for character in name if character.isprintable())
    return Loss(printable[:LONGEST_COLUMN_NAME], Why.UNKNOWN_COLUMN)


def _terms(pair: Pair, value: str, mapped: Mapped) -> list[str]:
    """Give our term for a value of HTCDS, or tell why there is none."""
    list_name = pair.field.list_name
    if list_name == "iso3166":
        term = countries_by_any_code().get(value.upper())
    elif list_name == "iso639":
        term = value.lower() if value.lower() in words.languages_iso639() else None
    elif list_name == "age_band":
        term = band_of_ages(value) or band_of_age(value)
        if term and not band_of_ages(value):
            mapped.losses.append(Loss(pair.column, Why.BROADER))
    elif not has_values(list_name):
        return _free_terms(pair, value, mapped)
    else:
        return _standard_terms(pair, value, mapped)
    if term is None:
        mapped.problems.append(CellProblem(pair.column, _not_in_list(pair)))
    return [term] if term else []


def _standard_terms(pair: Pair, value: str, mapped: Mapped) -> list[str]:
    terms = terms_of(pair.field.list_name)
    if value not in terms.back:
        mapped.problems.append(CellProblem(pair.column, _not_in_list(pair)))
        return []
    term = terms.back[value]
    if term is None:
        why = Why.COMPOSITE if value in terms.composite else Why.NO_COUNTERPART
        mapped.losses.append(Loss(pair.column, why, value))
    return [term] if term else []


def _free_terms(pair: Pair, value: str, mapped: Mapped) -> list[str]:
    """Take what we wrote ourselves where HTCDS has no list; other texts there have no counterpart."""
    if value in words.vocabulary().lists[pair.field.list_name].codes:
        return [value]
    mapped.losses.append(Loss(pair.column, Why.NO_COUNTERPART))
    return []


def _not_in_list(pair: Pair) -> Problem:
    problem = words.check_value(pair.entity, pair.field.name, ["?"] if pair.field.type == "multi" else "?")
    return problem or Problem("required")


def _flagged(cells: Cells) -> list[str]:
    """Give the methods of control of the list and of the flags, each once though both may have it."""
    listed = [value for value in BETWEEN_VALUES.split(cells.get(METHODS, "")) if value]
    said = {flags()[value] for value in listed if value in flags()}
    raised = [name for name, text in cells.items() if name.startswith(FLAG_PREFIX) and text.casefold() in YES]
    by_flag = {flag: value for value, flag in flags().items()}
    more = [name for name in raised if name not in said]
    return listed + [by_flag[name] if _is_alone(name) else name.removeprefix(FLAG_PREFIX) for name in more]


def _is_alone(flag: str) -> bool:
    return list(flags().values()).count(flag) == 1


def _value(mapped: Mapped, pair: Pair, text: str) -> Iterator[tuple[str, object]]:
    value = read_cell(pair.field, text)
    if pair.field.type == "int" and (number := coarse_number(text)) is not None:
        mapped.losses.append(Loss(pair.column, Why.BROADER))
        value = number
    problem = words.check_value(pair.entity, pair.field.name, value, is_new=False)
    if problem and pair.field.type == "date" and re.fullmatch(r"\d{4}(-\d\d)?", text):
        mapped.losses.append(Loss(pair.column, Why.BROADER))  # a partner may give no more than the year
    elif problem:
        mapped.problems.append(CellProblem(pair.column, problem))
    else:
        yield pair.field.name, value


def _place_event(mapped: Mapped, number: int, texts: tuple[str, ...]) -> Iterator[tuple[str, object]]:
    kind, country, state, day = texts
    place = _place(country, state, number, mapped)
    if not place:
        given = {"hte_Type": kind, "hte_Date": day}
        mapped.losses += [Loss(name, Why.NO_COUNTERPART) for name, text in given.items() if text]
        return
    pair = Pair("place_event", _field("event_kind"), place_column("hte_Type", number))
    kinds = _standard_terms(pair, kind, mapped) if kind else []
    yield "event_kind", (kinds or ["not_asked"])[0]
    yield from place.items()
    if period := _period(day, number, mapped):
        yield "period", period


def _place(country: str, state: str, number: int, mapped: Mapped) -> Values:
    code = countries_by_any_code().get(country.upper())
    if country and not code:
        problem = words.Problem("not_in_list", {"list": _field("place_code").label})
        mapped.problems.append(CellProblem(place_column("hte_Country", number), problem))
    if state:
        is_province = state in provinces()
        if country and not (is_province and code == "NLD"):
            mapped.losses.append(Loss("hte_Country", Why.ONE_ONLY))
        return {"level": "province" if is_province else "region", "place_code": state}
    return {"level": "country", "place_code": code} if code else {}


def _period(text: str, number: int, mapped: Mapped) -> object:
    """Give the month: a day is more than is kept, a year is less than a month."""
    day = read_day(text)
    if not isinstance(day, str):
        mapped.losses.append(Loss("hte_Date", Why.BROADER))
        return f"{day:%Y-%m}"
    if re.fullmatch(r"\d{4}", text):
        mapped.losses.append(Loss("hte_Date", Why.BROADER))
        return ""
    if text and (problem := words.check_value("place_event", "period", text)):
        mapped.problems.append(CellProblem(place_column("hte_Date", number), problem))
        return ""
    return text


def _field(name: str) -> words.Field:
    return words.vocabulary().entities["place_event"].fields[name]


def _work_out(cells: Cells, mapped: Mapped) -> None:
    """Add what follows from other columns: the group of a citizenship, and the age band on the day of the referral."""
    person = mapped.bundle.person
    citizenship = person.get("citizenship")
    if isinstance(citizenship, tuple) and (group := _group(citizenship)):
        person["citizenship_group"] = group
        mapped.losses.append(GROUP_WORKED_OUT)
    if BIRTH_DATE in cells and (band := band_on_day(cells[BIRTH_DATE], mapped.bundle.case.get("incoming_date"))):
        person["age_band"] = band
        mapped.losses.append(BAND_WORKED_OUT)


@cache
def _group(citizenship: tuple[str, ...]) -> str:
    return group_of(citizenship)
