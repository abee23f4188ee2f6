"""The pages on how many remain unseen: a table in, every method out, and nothing for whoever makes no figures."""

import json
import re
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from tests.cases.cast import PERSON, Cast
from tests.conftest import QueryLimit
from tests.people.cast import Browser, Page
from tests.people.conftest import SignIn

from zicht.cases import actions
from zicht.cases.models import Person
from zicht.figures import extract
from zicht.figures.estimates.taking import combinations_to_show
from zicht.figures.models import Estimate
from zicht.figures.yearly.breaks import Break
from zicht.figures.yearly.estimates import compare, estimate_of, write_cells, write_figures
from zicht.people.models import Organisation
from zicht.stats.shipped import read_shipped
from zicht.stats.table_files import parse_table

pytestmark = pytest.mark.django_db
START = "/en/figures/estimates/"
TABLE = "A,B,C,count\n1,0,0,60\n0,1,0,50\n0,0,1,40\n1,1,0,20\n1,0,1,15\n0,1,1,12\n1,1,1,8\n"
STRATA = "A,B,C,stratum,count\n" + "".join(
    f"{line.rpartition(',')[0]},{place},{line.rpartition(',')[2]}\n" for place in "NS" for line in TABLE.split()[1:]
)


def begin(browser: Browser, table: str = TABLE, **more: object) -> str:
    """Send a table and give the address of what came of it."""
    browser.get(START)
    page = browser.post(START, table=table, release="internal", seed=1, **more)
    assert page.status_code == 302, page.content.decode()
    return str(page["Location"])


def finish(browser: Browser, address: str, **answers: str) -> Page:
    """Let the work begin and wait for it."""
    browser.get(address)
    browser.post(address, **answers)
    for _ in range(600):
        page = browser.get(address)
        if "Refresh" not in page.headers:
            return page
        time.sleep(0.2)
    raise AssertionError("the estimate never came")


def text(page: Page) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


@pytest.mark.parametrize(
    "who", ["case_worker", "counsellor", "administrator", "privacy_officer", "reporter", "stranger_case_worker"]
)
def test_whoever_makes_no_figures_finds_no_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    address = begin(sign_in(cast.analyst))
    browser = sign_in(getattr(cast, who))
    for page in (START, address, address.removesuffix("/") + ".json"):
        assert browser.get(page).status_code == 404
    assert browser.post(f"{address}take/", year="2025", population="all").status_code == 404


def test_a_table_of_another_login_is_not_there(cast: Cast, sign_in: SignIn) -> None:
    address = begin(sign_in(cast.analyst))
    elsewhere = Browser()
    elsewhere.client.force_login(cast.analyst)
    assert elsewhere.get(address).status_code == 404


@pytest.mark.one_database
def test_a_table_goes_in_and_every_method_comes_out(cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit) -> None:
    browser = sign_in(cast.analyst)
    address = begin(browser)
    page = finish(browser, address, **{"period-0": "2025", "never-1": "children"})
    said = text(page)
    assert "205 persons are on at least one of the 3 lists" in said
    for method in ("stepwise selection", "lowest BIC", "average over graphs", "latent classes", "independent lists"):
        assert method in said
    assert "2025" in said
    assert "Not stated: Whom does it cover by law or by task?" in said
    assert "Nothing is stated about this list." in said
    assert page.content.decode().count("<svg") == 4
    with at_most_queries():
        browser.get(address)
    told = json.loads(browser.get(address.removesuffix("/") + ".json").content)
    assert told["lists"]["B"]["never"] == "children"
    assert {one["method"] for one in told["methods"]} == {"loglinear", "stepwise", "bic", "dga", "lcm"}


@pytest.mark.one_database
def test_what_is_for_everybody_holds_no_counts_of_combinations(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    browser.get(START)
    page = browser.post(START, table=TABLE, release="public", seed=1)
    shown = finish(browser, page["Location"])
    assert "How the lists overlap" not in text(shown)
    assert "With one list left out" not in text(shown)
    take_into_the_report(cast, browser, page["Location"])


def take_into_the_report(cast: Cast, browser: Browser, address: str) -> None:
    """Take the result into the reports on a year: readers of every level see it there as it was released."""
    given = {"year": "2025", "population": "presumed victims", "residents": "17000000"}
    assert "Name where the number" in text(browser.post(f"{address}take/", **given))
    browser.post(f"{address}take/", **given, residents_source="CBS (made up)")
    estimate = Estimate.objects.get()
    assert estimate.result["combinations"] == []
    assert [estimate_of(cast.analyst.org, 2025, level) for level in ("public", "internal")] == [estimate, estimate]
    assert estimate_of(cast.analyst.org, 2024, "public") is None
    figure = write_figures(estimate, [])["F21"]
    total = next(one for one in estimate.result["methods"] if one["method"] == "bic")["total"]
    assert any(f"{total:,.0f}" in row.cells for row in figure.tables[0].rows)
    assert "per 100,000 of 17,000,000 residents (CBS (made up))" in figure.rest[-1]
    before = Estimate(year=2023, result=estimate.result)
    breaks = [
        Break(2022, (), "Too early.", ""),
        Break(2024, ("F21",), "A list more.", ""),
        Break(2024, ("F01",), "", ""),
    ]
    with translation.override("en"):
        trend = write_figures(estimate, [before], breaks)["F21"].trend
    assert trend
    assert trend.breaks == ("2024: A list more.",)
    assert "The series breaks between these years" in trend.said
    cells = write_cells(estimate)
    assert cells.keys() == {"F21"}
    told = {(one["row"], one["col"]): one["value"] for one in cells["F21"]}
    assert (told["bic", "estimate"], told["bic", "observed"]) == (round(total), 205)


def test_two_estimates_are_compared_by_their_bounds_and_overlaps_go_to_partners_only_when_none_is_small() -> None:
    table = parse_table(TABLE.encode())
    assert [len(combinations_to_show(level, table)) for level in ("internal", "partners", "public")] == [7, 7, 0]
    few = parse_table(TABLE.replace("1,1,1,8", "1,1,1,4").encode())
    assert [len(combinations_to_show(level, few)) for level in ("internal", "partners")] == [7, 0]
    wide, apart = {"lower": 90, "upper": 200}, {"lower": 201, "upper": 300}
    with translation.override("en"):
        assert "overlap: the estimates show no change" in compare(2024, wide, 2025, {**apart, "lower": 150})
        assert "do not overlap" in compare(2024, wide, 2025, apart)
        assert "cannot be compared" in compare(2024, wide, 2025, {**apart, "upper": None})


@pytest.mark.one_database
def test_strata_are_estimated_apart(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    page = finish(browser, begin(browser, STRATA))
    assert "By stratum" in text(page)
    assert "These need not add up" in text(page)


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ("A,B,count\n1,0,-3\n", "is not a count"),
        ("A,B,count\n1,0,5\n0,1,5\n", "No person is on two lists"),
        ("A,B,count\n0,0,5\n1,1,2\n", "on no list at all"),
        ("A,B,count\n1,2,5\n", "is not 0 or 1"),
        ("A,B,count\n1,1,1000000000\n", "counts more than"),
        ("<script>alert(1)</script>", "needed"),
    ],
)
def test_a_wrong_table_is_refused_in_words_and_stays_in_the_form(
    cast: Cast, sign_in: SignIn, table: str, sentence: str
) -> None:
    browser = sign_in(cast.analyst)
    browser.get(START)
    page = browser.post(START, table=table, release="internal", seed=1)
    assert page.status_code == 200
    assert sentence in text(page)
    assert "<script>alert" not in page.content.decode()


def test_the_same_sentence_stands_on_a_dutch_page_in_dutch(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    browser.get("/figures/estimates/")
    page = browser.post("/figures/estimates/", table="A,B,count\n1,0,5\n0,1,5\n", release="internal", seed=1)
    assert "Niemand staat op twee lijsten" in text(page)


def test_two_tables_or_none_are_refused(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    browser.get(START)
    assert "Give one table" in text(browser.post(START, release="internal", seed=1))
    both = {"file": SimpleUploadedFile("t.csv", TABLE.encode()), "table": TABLE}
    assert "Give one table" in text(browser.post(START, release="internal", seed=1, **both))


def test_the_share_in_sight_is_worked_out(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    assert "26 to 52 are seen and 1,248 to 1,274 are not" in text(browser.get(START))
    assert "10 to 20 are seen" in text(browser.get(START, total="100", low="10", high="20"))


@pytest.mark.one_database
def test_methods_that_disagree_on_real_lists_lead_the_page(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.analyst)
    table = read_shipped("netherlands_2010_2015_5lists")
    rows = [
        ",".join(str(history >> place & 1) for place in range(len(table.lists))) + f",{table.counts[history]}"
        for history in table.histories
    ]
    page = finish(browser, begin(browser, "\n".join([",".join([*table.lists, "count"]), *rows])))
    assert "The methods disagree" in text(page)
    assert "so about" not in text(page).split("How the lists overlap", maxsplit=1)[0]


def test_own_lists_count_persons_of_several_organisations_by_match_key(cast: Cast) -> None:
    key = "ab" * 32
    Organisation.objects.filter(pk=cast.case_worker.org_id).update(list_group="R")
    Organisation.objects.filter(pk=cast.stranger_case_worker.org_id).update(list_group="O")
    other = actions.open_case(cast.stranger_case_worker, {})
    for by, case, match_key in (
        (cast.case_worker, cast.case, key),
        (cast.case_worker, cast.case, "cd" * 32),
        (cast.case_worker, cast.case, ""),
        (cast.stranger_case_worker, other, key),
    ):
        actions.add_person(by, case, {**PERSON, "match_key": match_key})
    assert extract.read_lists(2026).decode().split() == ["O,R,count", "0,1,1", "1,1,1"]
    Person.objects.filter(match_key=key).update(restricted_on="2026-03-03")
    assert extract.read_lists(2026).decode().split() == ["R,count", "1,1"]
