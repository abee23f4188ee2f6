"""F14 and F15 against a slow recount; reports of a news desk and doubles stand in neither."""

import datetime as dt
from collections import Counter

from tests.people.cast import colleague
from tests.people.conftest import SignIn
from tests.signals.intake.cast import Cast, report

from zicht import words
from zicht.figures import came_in, extract
from zicht.figures.register.counting import count_tables
from zicht.people.models import Organisation
from zicht.signals.intake import actions, areas
from zicht.signals.models import Signal

YEAR = 2026
STATES = set(words.vocabulary().lists["signal_state"].codes)


def counted(register: extract.Register) -> dict[tuple[str, str], int]:
    """Give every cell of a table by the codes of its row and column."""
    return {
        (row.code, col.code): int(block.counts[place, other])
        for block in count_tables(register)
        for place, row in enumerate(block.rows.places)
        for other, col in enumerate(block.cols.places)
    }


def test_reports_are_counted_by_district_unit_month_and_form(cast: Cast) -> None:
    table = {"GM0363": "Amsterdam-Noord", "GM0748": "De Markiezaten"}
    areas.replace(cast.lead, {"GM0363": "Somewhere else"})
    for town, forms, day in (
        ("GM0363", ["labour"], dt.date(YEAR, 3, 2)),
        ("GM0363", ["sexual", "criminal"], dt.date(YEAR, 4, 30)),
        ("GM0599", ["domestic"], dt.date(YEAR, 4, 1)),
    ):
        report(cast.weigher, place_code=town, forms=forms, received_on=day)
    areas.replace(cast.lead, table)  # what came in before follows the table that was mended
    report(cast.weigher, place_code="", forms=["not_asked"])
    report(cast.weigher, place_code="", police_unit="limburg", district="De Markiezaten", forms=["labour"])
    report(cast.weigher, kind="information")
    double = report(cast.weigher)
    actions.close(cast.weigher, double, "duplicate", "Came in before.", version=1)
    report(cast.elsewhere)
    cells = counted(came_in.read_reports(cast.weigher.org, YEAR))
    told = {row: cells[row, "total"] for row, col in cells if col == "total" and cells[row, "total"]}
    assert told == {
        "Amsterdam-Noord": 2,
        "De Markiezaten": 1,
        "unit_rotterdam": 1,
        "not_asked": 1,
        "known": 4,
        "total": 5,
    }
    # A report with two forms stands in both; domestic servitude is labour in the Dutch split.
    assert [cells["Amsterdam-Noord", form] for form in ("labour", "sexual", "criminal")] == [1, 1, 1]
    assert (cells["unit_rotterdam", "labour"], cells["total", "not_asked"]) == (1, 1)
    assert [cells["Amsterdam-Noord", month] for month in ("03", "04", "05")] == [1, 1, 0]
    assert sum(cells["total", f"{month:02}"] for month in range(1, 13)) == 5


def test_every_district_and_unit_has_its_row_whatever_came_in(cast: Cast) -> None:
    report(cast.weigher)
    units = {f"unit_{code}" for code in words.vocabulary().lists["police_unit"].codes}
    assert units <= {row for row, _col in counted(came_in.read_reports(cast.weigher.org, YEAR))}
    areas.replace(cast.lead, {"GM0748": "De Markiezaten"})
    rows = {row for row, _col in counted(came_in.read_reports(cast.weigher.org, YEAR))}
    assert {*units, "De Markiezaten"} <= rows


def test_signals_are_counted_by_group_state_and_type_of_organisation(cast: Cast) -> None:
    for codes in (("DOC01", "DOC02", "MON01"), ("DOC01",)):
        intake = report(cast.weigher, *codes)
        first = Signal.objects.filter(intake=intake).order_by("indicator")[0]
        actions.judge_signal(cast.weigher, intake, first.pk, "confirmed", version=1)
    slowly = Counter(
        (words.vocabulary().indicators[signal.indicator].group, signal.state) for signal in Signal.objects.all()
    )
    cells = counted(came_in.read_signals(cast.weigher.org, YEAR))
    told = {key: value for key, value in cells.items() if value and "total" not in key}
    of_states = {key: value for key, value in told.items() if key[1] in STATES}
    assert of_states == dict(slowly)
    assert cells["total", cast.weigher.org.org_type] == cells["total", "total"] == 4
    assert (cells["total", "03"], cells["total", "04"]) == (4, 0)


def test_nothing_of_a_news_desk_is_counted(cast: Cast) -> None:
    cast.tip.org.refresh_from_db()
    desk = Organisation.objects.get(pk=cast.journalist.org_id)
    assert came_in.report_years(desk) == []
    assert (came_in.read_reports(desk, YEAR).persons, came_in.read_signals(desk, YEAR).persons) == (0, 0)


def test_the_tables_stand_on_a_page_for_an_analyst(cast: Cast, sign_in: SignIn) -> None:
    report(cast.weigher, "DOC01")
    analyst = colleague(cast.administrator, "ada", "analyst")
    browser = sign_in(analyst)
    for table, word in (("F14", "1 report came in"), ("F15", "1 signal came in")):
        page = browser.get("/en/figures/register/", year=str(YEAR), level="internal", table=table)
        assert page.status_code == 200
        assert word in page.content.decode()
