"""Figures and lists in the room there is: nothing is cut off at a desk, and on a phone a row becomes a small block."""

import pytest
from playwright.sync_api import Page as Screen
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in
from tests.browser.conftest import NewContext
from zicht.figures.actions import import_shipped_totals

CUT_OFF = "regions => regions.filter(region => region.clientWidth < region.scrollWidth).length"
# How large a text of 12 px in a plot is on this screen.
TEXT = "plots => plots.map(plot => 12 * plot.getBoundingClientRect().width / plot.viewBox.baseVal.width)"
HEIGHTS = "cells => cells.map(cell => cell.getBoundingClientRect().height)"
LISTS = ["/staff/accounts/", "/staff/log/"]


def open_page(screen: Screen, address: str, width: int) -> Screen:
    screen.set_viewport_size({"width": width, "height": 900})
    screen.goto(address)
    return screen


@pytest.fixture
def desk(new_context: NewContext, live_server: LiveServer, reader: Reader) -> Screen:
    """Give a window in which an administrator is signed in; the Netherlands have figures."""
    import_shipped_totals()
    context = new_context()
    let_in(context, live_server.url, reader)
    return context.new_page()


@pytest.mark.parametrize("width", [1024, 1280, 1920])
@pytest.mark.parametrize("language", ["", "/en"])
def test_every_table_of_figures_is_whole_at_a_desk(
    desk: Screen, live_server: LiveServer, width: int, language: str
) -> None:
    open_page(desk, f"{live_server.url}{language}/figures/", width)
    tables = desk.locator(".figure .table")
    assert [tables.nth(place).is_visible() for place in range(tables.count())] == [True] * 4
    assert desk.locator(".figure .table-scroll").evaluate_all(CUT_OFF) == 0


@pytest.mark.parametrize("width", [360, 768, 1024, 1280])
def test_text_in_a_plot_keeps_a_size_that_can_be_read(desk: Screen, live_server: LiveServer, width: int) -> None:
    sizes = open_page(desk, f"{live_server.url}/figures/", width).locator(".plot svg:visible").evaluate_all(TEXT)
    assert len(sizes) == 4
    assert 10.8 <= min(sizes) <= max(sizes) <= 17


def test_on_a_phone_the_numbers_are_one_toggle_away(desk: Screen, live_server: LiveServer) -> None:
    open_page(desk, f"{live_server.url}/figures/", 360)
    table = desk.locator(".figure .table").nth(1)
    assert not table.is_visible()
    desk.locator(".figure__numbers summary").nth(1).click()
    assert table.is_visible()


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_a_list_shows_all_its_columns_at_every_width(
    desk: Screen, live_server: LiveServer, address: str, width: int
) -> None:
    open_page(desk, live_server.url + address, width)
    assert desk.locator(".table-scroll").evaluate_all(CUT_OFF) == 0
    assert all(cell.is_visible() for cell in desk.locator("tbody tr").first.locator("td:not(:empty)").all())


@pytest.mark.parametrize("address", LISTS)
def test_rows_that_are_stacked_are_still_a_table_for_a_screen_reader(
    desk: Screen, live_server: LiveServer, address: str
) -> None:
    open_page(desk, live_server.url + address, 360)
    rows, columns = desk.locator("tr").count(), desk.locator("thead th").count()
    nodes = desk.context.new_cdp_session(desk).send("Accessibility.getFullAXTree")["nodes"]
    roles = [node["role"]["value"] for node in nodes if not node["ignored"]]
    assert (roles.count("table"), roles.count("row"), roles.count("columnheader")) == (1, rows, columns)
    assert roles.count("rowheader") + roles.count("cell") == (rows - 1) * columns
    # Chromium works the roles out by itself; other browsers take a row that is no longer shown as one for its word.
    assert desk.locator(":is(table, thead, tbody, tr, th, td):not([role])").count() == 0


def test_a_moment_stays_on_one_line_and_a_dutch_month_is_small(desk: Screen, live_server: LiveServer) -> None:
    open_page(desk, f"{live_server.url}/staff/log/", 360)
    moments = desk.locator("tbody time")
    assert max(moments.evaluate_all(HEIGHTS)) < 30
    assert moments.first.inner_text().islower()
