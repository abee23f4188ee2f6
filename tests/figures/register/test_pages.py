"""The page of figures of the own register and its files: who sees it, what it says, and the line it leaves."""

import csv
import io
import json
import re
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.cases.cast import Cast
from tests.conftest import QueryLimit
from tests.figures.register.made import YEAR, keyed, store
from tests.people.conftest import SignIn

from zicht.figures.register.counting import ALL_TABLES
from zicht.people.models import AccessLine, Account
from zicht.reading.tables import guard

PAGE = "/en/figures/register/"
FILE = f"/figures/register/{YEAR}/internal.csv"
PEOPLE: list[dict[str, Any]] = [
    {"gender": "f", "age_band": "12_15", "episodes": [{"forms": ["sexual"], "means": ["threat_images"]}]},
    {"gender": "m", "age_band": "18_20", "cases": [{"registered_national": True}]},
    {"gender": "unknown", "status": "not_victim"},
]


@pytest.fixture
def analyst(cast: Cast) -> Account:
    store(cast.case_worker, keyed(PEOPLE))
    store(cast.stranger_case_worker, keyed([{"gender": "nb"}] * 40))
    return cast.analyst


@pytest.mark.parametrize(
    "role", ["case_worker", "counsellor", "administrator", "privacy_officer", "officer", "reporter"]
)
@pytest.mark.parametrize("address", [PAGE, FILE, FILE.replace("csv", "json")])
def test_who_makes_no_figures_finds_no_page(
    cast: Cast, analyst: Account, sign_in: SignIn, role: str, address: str
) -> None:
    browser = sign_in(getattr(cast, role))
    assert browser.get(address).status_code == 404
    assert not AccessLine.objects.filter(subject="figure").exists()


def test_without_an_account_there_is_only_the_way_in(client: "object", analyst: Account) -> None:
    response = client.get(PAGE)  # type: ignore[attr-defined]
    assert (response.status_code, "/account/login/" in response.url) == (302, True)


def test_the_analyst_sees_the_own_register_and_leaves_a_line(
    analyst: Account, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    browser = sign_in(analyst)
    with at_most_queries(25):
        response = browser.get(PAGE, year=str(YEAR), level="internal", table="F03")
    page = response.content.decode()
    assert response.status_code == 200
    assert "2 possible and identified victims were registered" in page
    assert "stay within the organisation" in page
    line = AccessLine.objects.filter(subject="figure").get()
    assert (line.verb, line.purpose, line.subject_id) == ("seen", "statistics", f"INTE-{YEAR}")


@pytest.mark.parametrize("table", ["F03", "F05", "F06", "F07", "F08", "F09", "F10", "F11", "F12", "F25"])
def test_every_table_has_its_page_in_both_languages(analyst: Account, sign_in: SignIn, table: str) -> None:
    browser = sign_in(analyst)
    for address in (PAGE, PAGE.removeprefix("/en")):
        response = browser.get(address, level="internal", table=table)
        page = response.content.decode()
        assert response.status_code == 200
        headings = re.findall(r"<(?:h1|h2|title|th|summary)[^>]*>([^<]+)", page)
        with_victims = [text for text in headings if re.search(r"victims\b|slachtoffers\b", text)]
        assert all(re.search("possible|presumed|mogelijk", text, re.IGNORECASE) for text in with_victims)
        assert "style=" not in page


@pytest.mark.parametrize("asked", [{"year": "1999"}, {"level": "secret"}, {"table": "F99"}, {"table": "<script>"}])
def test_what_is_not_there_is_a_clear_sentence(analyst: Account, sign_in: SignIn, asked: dict[str, str]) -> None:
    response = sign_in(analyst).get(PAGE, **asked)
    assert response.status_code == 404
    assert "To the newest year" in response.content.decode()
    assert "<script>" not in response.content.decode()


def test_before_anybody_is_registered_the_page_says_what_will_be_here(cast: Cast, sign_in: SignIn) -> None:
    assert "Nobody is registered yet" in sign_in(cast.analyst).get(PAGE).content.decode()


def test_files_hold_every_cell_no_formula_and_leave_a_line(analyst: Account, sign_in: SignIn) -> None:
    browser = sign_in(analyst)
    rows = list(csv.DictReader(io.StringIO(browser.get(FILE, table="F03").content.decode())))
    women = [row for row in rows if row["row"] == "le15" and row["col"] == "f"]
    # Of one person no share is said.
    assert [(row["value"], row["denominator"], row["share"], row["suppressed"]) for row in women] == [
        ("1", "1", "", "False")
    ]
    assert all(guard(value) == value for row in rows for value in row.values())
    told = json.loads(browser.get(FILE.replace("csv", "json")).content)
    assert [table["code"] for table in told["tables"]] == list(ALL_TABLES)
    assert AccessLine.objects.filter(subject="figure", verb="exported").count() == 2


def test_the_command_gives_the_same_for_somebody_who_may_and_refuses_others(cast: Cast, analyst: Account) -> None:
    out = io.StringIO()
    call_command("figures", "register", account=analyst.login, year=str(YEAR), level="internal", stdout=out)
    totals = {table["code"]: table["total"] for table in json.loads(out.getvalue())["tables"]}
    assert (totals["F01"], totals["F03"]) == (0, 2)
    out = io.StringIO()
    call_command("figures", "register", account=analyst.login, level="internal", format="text", table="F03", stdout=out)
    assert "F03" in out.getvalue()
    for login in (cast.case_worker.login, "nobody"):
        with pytest.raises(CommandError, match="account"):
            call_command("figures", "register", account=login)
