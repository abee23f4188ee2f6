"""The audit of tables that are out: on every table where hiding small counts alone leaks, it finds what leaks."""

import pytest
from tests.stats.disclosure.attacker import Attacker, People
from tests.stats.disclosure.made import read

from zicht.stats.disclosure.audit import audit
from zicht.stats.disclosure.protect import Asked, protect_tables
from zicht.stats.disclosure.published import Wording

OUT = Wording(is_release=True)
LEAST = 5
QUESTIONS = {"region": ["N", "E", "S"], "sex": ["f", "m"], "age": ["minor", "adult", "old"]}
PLACES = {"place": ["N1", "N2", "S1", "S2"], "sex": ["f", "m"]}
ABOVE = {"North": ["N1", "N2"], "South": ["S1", "S2"]}
TOLD = {place: province for province, places in ABOVE.items() for place in places}
KINDS = {
    "one table": (QUESTIONS, [("region", "sex")]),
    "linked tables": (QUESTIONS, [("region", "sex"), ("region", "age")]),
    "tables in a circle": (QUESTIONS, [("region", "sex"), ("sex", "age"), ("region", "age")]),
    "places in provinces": (PLACES, [("place", "sex")]),
}
SEEDS = range(8)


def small_hidden(text: str) -> str:
    """Hide what is small and nothing else, as many offices do."""
    rows = [line.rsplit(",", 1) for line in text.splitlines()]
    return (
        "\n".join(f"{place},{'x' if count.isdigit() and int(count) < LEAST else count}" for place, count in rows) + "\n"
    )


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_each_answer_that_small_counts_hidden_alone_give_away(kind: str) -> None:
    questions, tables = KINDS[kind]
    above = ABOVE if "place" in questions else None
    leaks = 0
    for seed in SEEDS:
        people = People(seed, questions, 100, unevenly=0.7)
        out = [small_hidden(people.table(names, above)) for names in tables]
        attacker = Attacker(questions, above)
        for text in out:
            attacker.read(text)
        known = {name: low for name, (low, high) in attacker.ranges().items() if low == high}
        published = [read(text, f"{number}.csv", OUT) for number, text in enumerate(out)]
        found = audit(published, LEAST, above=TOLD if above else None)
        rows = [dict(zip(table.lines, table.rows, strict=True)) for table in published]
        told = {rows[int(one.name[0])][one.line][:-1]: one.low for one in found if one.is_told()}
        assert {name: told.get(name) for name in known} == known
        leaks += bool(known)
    assert leaks >= len(SEEDS) // 2, "the test needs tables that leak"


@pytest.mark.parametrize("kind", KINDS)
def test_it_finds_nothing_in_what_is_protected(kind: str) -> None:
    questions, tables = KINDS[kind]
    above, told = (ABOVE, TOLD) if "place" in questions else (None, None)
    hidden = 0
    for seed in SEEDS[:4]:
        people = People(seed, questions, 100, unevenly=0.7)
        given = [read(people.table(names, above), f"{number}.csv") for number, names in enumerate(tables)]
        out = protect_tables(given, Asked(release="partners", seconds=1.0), above=told)
        published = [read(out.csv(number), f"{number}.csv", OUT) for number in range(len(tables))]
        found = audit(published, LEAST, above=told)
        hidden += len(found)
        assert not [one for one in found if one.is_told() or one.is_narrow(LEAST)]
    assert hidden


def test_two_tables_that_count_other_persons_are_not_forced_to_one_total() -> None:
    """The second counts jobs, of which a person has several, and nothing says how many persons there are."""
    persons = "region,sex,age,count\nN,f,minor,x\nN,f,adult,10\nN,m,minor,10\nN,m,adult,10\n"
    persons += "S,f,minor,20\nS,f,adult,10\nS,m,minor,10\nS,m,adult,10\n"
    for jobs in ("N,farm,5\nN,bar,10\n", "N,farm,35\nN,bar,10\n"):
        tables = [read(persons, "a.csv", OUT), read(f"region,job,count\n{jobs}S,farm,60\nS,bar,10\n", "b.csv", OUT)]
        (hidden,) = audit(tables, LEAST)
        assert hidden.low == 0
