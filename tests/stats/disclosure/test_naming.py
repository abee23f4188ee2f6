"""One thing by several names, in several tables: a reader sees through it, and so does the program."""

import csv
import io

import pytest
from tests.stats.disclosure.made import read

from zicht.stats.disclosure.errors import CellTwice, TotalsDiffer
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.protect import Asked, protect_tables
from zicht.stats.disclosure.published import Wording

SMALL = Asked(release="partners")
SEXES = "region,sex,count\nN,f,3\nN,m,22\nS,f,20\nS,m,34\n"


def hidden_in(*texts: str) -> list[list[tuple[str, ...]]]:
    """Give of each table the labels of what is hidden."""
    found = protect_tables([read(text, f"{number}.csv") for number, text in enumerate(texts)], SMALL)
    rows = [list(csv.reader(io.StringIO(found.csv(number))))[1:] for number in range(len(texts))]
    return [[tuple(row[:-1]) for row in table if row[-1] == "x"] for table in rows]


@pytest.mark.parametrize(
    "other",
    [
        "Region,Sex,Count\nN,total,25\nS,total,54\n",
        "regio;aantal\nN;25\nS;54\n",
        "REGION ,count\nn,25\ns,54\n",
        "regio,leeftijd,aantal\nN,minor,11\nN,adult,14\nS,minor,14\nS,adult,40\n",
        "region,year,count\nN,2025,25\nS,2025,54\n",
        "regio,minor,adult,Total,All\nN,11,14,25,25\nS,14,40,54,54\n",
        "\\minor,adult\nN,11,14\nS,14,40\n".replace("\\", ","),
    ],
)
def test_a_total_by_another_name_does_not_give_a_hidden_count_away(other: str) -> None:
    tables = [read(SEXES, "a.csv"), read(other, "b.csv")]
    found = protect_tables(tables, SMALL)
    rows = list(csv.reader(io.StringIO(found.csv(0))))
    own = [row[-1] for row in rows[1:3]]  # girls and boys of N
    is_total_known = not any(None is count for place, count in found.counts[1].items() if place[0] == 1)
    assert own[0] == "x"
    assert not is_total_known or own[1] == "x"


def test_what_is_hidden_is_found_however_many_questions_must_be_added_up() -> None:
    crossed = (
        "region,sex,age,count\nN,f,minor,3\nN,f,adult,12\nN,m,minor,11\nN,m,adult,14\nS,f,minor,15\nS,f,adult,17\n"
    )
    crossed += "S,m,minor,21\nS,m,adult,30\n"
    first, second = hidden_in(crossed, "region,count\nN,40\nS,83\n")
    assert len(first) + len(second) == 2


def test_other_questions_with_the_same_answers_stay_two() -> None:
    minors = "region,is_minor,count\nN,yes,12\nN,no,13\nS,yes,14\nS,no,15\n"
    others = "region,was_asked,count\nN,yes,11\nN,no,14\nS,yes,14\nS,no,15\n"
    linked = link([read(minors, "a.csv"), read(others, "b.csv")])
    assert {name for key in linked.keys for name, _ in key} >= {"is_minor", "was_asked"}


def test_a_category_that_holds_all_others_is_the_total_of_another_table() -> None:
    place = "Regio;Geslacht;Aantal\nNederland;Totaal mannen en vrouwen;123\nNederland;Mannen;66\nNederland;Vrouwen;57\n"
    place += "Noord;Totaal mannen en vrouwen;25\nNoord;Mannen;22\nNoord;Vrouwen;3\n"
    place += "Zuid;Totaal mannen en vrouwen;98\nZuid;Mannen;44\nZuid;Vrouwen;54\n"
    first, second = hidden_in(place, "region,count\nNoord,25\nZuid,98\ntotal,123\n")
    assert ("Noord", "Vrouwen") in first
    # With the total of North known, men of North are hidden too, and in the south as many.
    assert ("Noord",) in second or {("Noord", "Mannen"), ("Zuid", "Mannen")} <= set(first)


def test_words_in_two_languages_are_one_where_the_counts_agree() -> None:
    girls = [3, 21, 32, 43, 24, 15]
    first = "region,sex,count\n" + "".join(f"r{at},f,{n}\nr{at},m,{n + 7 + at}\n" for at, n in enumerate(girls))
    second = "regio,geslacht,aantal\n" + "".join(
        f"r{at},vrouw,{n}\nr{at},man,{n + 7 + at}\n" for at, n in enumerate(girls)
    )
    second += "totaal,vrouw,138\ntotaal,man,195\n"
    found = hidden_in(first, second)
    translated = {tuple({"f": "vrouw", "m": "man"}.get(one, one) for one in name) for name in found[0]}
    assert translated == {name for name in found[1] if "totaal" not in name}


def test_lists_of_subtotals_that_stand_before_their_parts_are_found() -> None:
    text = "place,count\nNorth,32\nSouth,43\nA,3\nB,29\nC,20\nD,23\ntotal,75\n"
    (found,) = hidden_in(text)
    assert ("A",) in found
    assert ("B",) in found or ("North",) in found


def test_a_category_that_names_another_lies_in_it() -> None:
    text = "form,count\nLabour,32\nLabour: farms,3\nLabour: houses,29\nSexual,43\ntotal,75\n"
    (found,) = hidden_in(text)
    assert ("Labour: farms",) in found
    assert ("Labour: houses",) in found or ("Labour",) in found


def test_numbered_categories_do_not_lie_in_each_other() -> None:
    rows = "".join(f"p{number},{count}\n" for number, count in enumerate([30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 3]))
    for total in ("", "total,348\n"):
        linked = link([read(f"province,count\n{rows}{total}")])
        assert linked.sums.shape[0] == bool(total)
        assert not linked.limits.shape[0]


def test_totals_that_say_the_same_are_one_and_others_are_refused() -> None:
    text = "region,girls,boys,total,Totaal,all\nN,3,12,15,15,{}\nS,20,14,34,34,34\n"
    found = protect_tables([read(text.format(15))], SMALL)
    assert list(csv.reader(io.StringIO(found.csv(0))))[1] == ["N", "x", "x", "15", "15", "15"]
    with pytest.raises(TotalsDiffer, match="“total” and “all”"):
        read(text.format(16))


def test_rows_of_totals_that_say_the_same_are_one_as_columns_are() -> None:
    text = "region,count\nN,3\nS,14\nE,22\nTotal,39\nAll,{}\n"
    (hidden,) = hidden_in(text.format(39))
    assert hidden == [("N",), ("S",)]
    with pytest.raises(TotalsDiffer, match="“Total” and “All”"):
        read(text.format(40))
    with pytest.raises(CellTwice):
        read("region,count\nN,3\nTotal,39\nTotal,39\n")


def test_a_total_that_is_hidden_in_one_place_is_the_one_that_is_shown_in_the_other() -> None:
    out = read("region,girls,boys,total,all\nN,x,12,x,15\nS,20,14,34,34\n", "out.csv", Wording(is_release=True))
    linked = link([out])
    cells = [linked.cells[0, 1, column] for column in (3, 4)]
    assert cells[0] == cells[1]
    assert linked.values[cells[0]] == 15
    assert cells[0] not in linked.censored


def test_a_total_that_is_more_than_its_parts_is_told() -> None:
    notes = protect_tables([read("region,count\nN,30\nS,20\ntotal,53\n")], SMALL).notes
    assert [str(note) for note in notes] == [
        "“region” adds up to less than its total: taken as categories that are not listed."
    ]
