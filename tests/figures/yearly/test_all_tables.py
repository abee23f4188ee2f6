"""Every standard table of the report, F01 to F25: unit, definitions, unknowns, revision, shares that rest on enough."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from django.utils import timezone, translation
from tests.figures.register.made import DAY, YEAR, organisation
from tests.figures.register.test_justice import SOURCE, USUAL, write

from zicht import words
from zicht.figures import came_in, extract
from zicht.figures.beside_register import read_beside
from zicht.figures.bits import FIRST_MISSING, MISSING, Column
from zicht.figures.estimates.working import combinations_of, write_result
from zicht.figures.extract import Measure, Register
from zicht.figures.justice.keeping import import_delivery, read_justice
from zicht.figures.models import Estimate
from zicht.figures.register.counting import fields_told_apart
from zicht.figures.register.enough import LEAST_BASE, with_enough
from zicht.figures.register.releases import Release, make_release
from zicht.figures.shares import percentage_of
from zicht.figures.yearly.texts import FigureText, ReportText
from zicht.figures.yearly.writing import Material, write_report
from zicht.people.models import Account
from zicht.stats.loglinear import estimate_loglinear
from zicht.stats.tables import make_table

pytestmark = pytest.mark.django_db
MANY = 300
ALWAYS_KNOWN = {extract.STAGE, came_in.UNIT, "status", "about_thb", extract.REGISTERED, extract.REPORTED_BY}
OF_LISTS = {"F20", "F21"}
NUMBER = re.compile(r"\d+(?:,\d{3})*")
NAMES = ("three", "four", "five", "six", "seven", "eight", "nine", "ten")
IN_WORDS = {name: number for number, name in enumerate(NAMES, 3)}


def filled(register: Register, chance: np.random.Generator) -> Register:
    """Let there be records with terms at random, some of them not known."""
    can_be_unknown = register.counts in (extract.PERSON, extract.CONTACT)
    columns = {}
    for name, column in register.columns.items():
        # One term is common and the others are rare, as they are in a register.
        bits = np.uint64(1) << np.minimum(chance.geometric(0.4, MANY) - 1, len(column.codes) - 1).astype(np.uint64)
        if can_be_unknown and name not in ALWAYS_KNOWN:
            missing = np.uint64(1) << (FIRST_MISSING + chance.integers(0, len(MISSING), MANY)).astype(np.uint64)
            bits = np.where(chance.random(MANY) < 0.2, missing, bits)
        columns[name] = Column(column.codes, bits)
    return replace(register, persons=MANY, records=MANY, columns=columns)


def registers(owner: Account) -> list[Register]:
    org = owner.org
    empty = [
        came_in.read_contacts(org, YEAR),
        *extract.no_care(YEAR),
        *came_in.read_weighed(org, YEAR, is_there=False),
        *read_beside(org, YEAR, is_now=True),
        extract.read_register(org, YEAR, fields_told_apart()),
    ]
    chance = np.random.default_rng(25)
    return [_measured(filled(one, chance)) for one in empty]


def _measured(register: Register) -> Register:
    measures = {
        extract.REFERRAL: (Measure(extract.ANSWER, 3.0, (40,)),),
        extract.STAY: (
            Measure(extract.OCCUPIED, 0.63, (40,), 3650),
            Measure(extract.FULL, 0.25, (20, 60), 80),
            Measure(extract.LENGTH, 41.0, (30,)),
        ),
    }
    return replace(register, measures=measures.get(register.counts, ()))


@lru_cache(maxsize=1)
def made_up_estimate() -> dict[str, object]:
    table = make_table("ABC", [0, 60, 50, 20, 40, 25, 15, 12])
    result = write_result(estimate_loglinear(table), "internal")
    return {"methods": [result], "strata": [], "combinations": combinations_of(table)}


@pytest.fixture(params=["internal", "public"])
def made(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Release, ReportText]:
    owner = organisation()
    import_delivery(write(tmp_path, USUAL), SOURCE)
    *others, people = registers(owner)
    release = with_enough(make_release(people, request.param, DAY, *others, read_justice(YEAR), is_narrow=None))
    estimate = Estimate(
        org=owner.org, year=YEAR, result=made_up_estimate(), population="presumed victims", at=timezone.now()
    )
    with translation.override("en"):
        return release, write_report(Material(owner.org, release, (), 1, estimate=estimate))


def test_every_table_names_its_unit_its_people_its_terms_and_what_is_not_known(
    made: tuple[Release, ReportText],
) -> None:
    release, report = made
    codes = {figure.code for figure in report.figures}
    if release.level == "internal":
        assert codes == set(words.vocabulary().tables)
    assert codes | {line.split()[0] for line, _reason in report.left_out} == set(words.vocabulary().tables)
    defined = dict(report.definitions)
    assert {"Revision", "Not known", "Shares"} <= dict(report.method).keys()
    for figure in report.figures:
        assert figure.unit, figure.code
        assert figure.universe.endswith("."), figure.code
        assert figure.notes, figure.code
        if figure.code in OF_LISTS:
            continue
        for block in release.tables[figure.code].blocks:
            for axis in (block.rows, block.cols):
                assert not axis.of_kind("value") or axis.label.en in defined, (figure.code, axis.name)
            if block.rows.of_kind("missing") and block.rows.has_shares:
                said = " ".join(figure.rest)
                assert re.search(r"Not known:|known of everybody|is not shown", said), figure.code


def test_every_percentage_says_of_what_and_rests_on_enough(made: tuple[Release, ReportText]) -> None:
    release, report = made
    sentences = [(figure.code, sentence) for figure in report.figures for sentence in _sentences(figure)]
    sentences += [("short", sentence) for sentence in report.key_figures]
    told = [(code, one) for code, one in sentences if "%" in one and code not in OF_LISTS]
    assert len(told) > 10
    for code, sentence in told:
        numbers = [int(one.replace(",", "")) for one in NUMBER.findall(sentence)]
        for share in re.findall(r"(\d+)%", sentence):
            bases = [
                whole
                for whole in numbers
                for part in numbers
                if whole >= LEAST_BASE and part <= whole and percentage_of(part, whole) == int(share)
            ]
            assert bases or _is_of_nights(sentence, numbers), (code, sentence)
    cells = [cell for table in release.tables.values() for one in table.blocks for row in one.cells for cell in row]
    assert all(cell.share is None or (cell.base or 0) >= LEAST_BASE for cell in cells)


def _is_of_nights(sentence: str, numbers: list[int]) -> bool:
    return "nights" in sentence and max(numbers) >= LEAST_BASE


def _sentences(figure: FigureText) -> Iterator[str]:
    for text in (figure.head, *figure.rest):
        yield from re.split(r"(?<=\.)\s", text)


def test_one_in_seven_is_said_of_what_rounds_to_seven(made: tuple[Release, ReportText]) -> None:
    _release, report = made
    for sentence in report.key_figures:
        part, whole, *_more = [*(int(one.replace(",", "")) for one in NUMBER.findall(sentence)), 0, 0]
        for word in re.findall(r"one in (\w+)", sentence):
            assert round(whole / part) == IN_WORDS[word], sentence
        if re.search(r"\bhalf\b", sentence):
            assert percentage_of(part, whole) == 50, sentence


def test_the_text_of_a_plot_tells_no_number_that_its_table_hides(made: tuple[Release, ReportText]) -> None:
    """What is read aloud, or stands in the picture, is read by the attacker too."""
    release, report = made
    for figure in (one for one in report.figures if one.code not in OF_LISTS):
        table = release.tables[figure.code]
        cells = [cell for block in table.blocks for row in block.cells for cell in row]
        shown = {number for cell in cells for number in (cell.value, cell.share, cell.base) if number is not None}
        hidden_rows = set(range(max(len(block.rows.places) for block in table.blocks) + 1))
        labels = " ".join(
            [figure.heading, figure.universe]
            + [
                f"{axis.label.en} {place.label.en}"
                for b in table.blocks
                for axis in (b.rows, b.cols)
                for place in axis.places
            ]
        )
        allowed = shown | {YEAR, release.least, LEAST_BASE} | {int(one) for one in re.findall(r"\d+", labels)}
        allowed |= {one.whole for one in table.measures} | {round(one.value) for one in table.measures}
        allowed |= {round(100 * one.value) for one in table.measures} | {
            n for one in table.measures for n in one.numbers
        }
        for plot in figure.plots:
            told = _numbers_of(plot.alternative)
            assert told <= allowed, (figure.code, told - allowed)
            for _size, drawing in plot.drawn.drawings if plot.drawn else ():
                drawn = _numbers_of(" ".join(re.findall(r">([^<]+)<", str(drawing))))
                # How many rows are hidden or zero is said of each plot.
                assert drawn <= allowed | hidden_rows, (figure.code, drawn - allowed - hidden_rows)


def _numbers_of(text: str) -> set[int]:
    """Give the numbers of a text; its shares are those of numbers beside them, as is tested above."""
    return {int(one.replace(",", "")) for one in NUMBER.findall(re.sub(r"\d+%", "", text))}
