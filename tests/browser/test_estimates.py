"""How many remain unseen, from a pasted table to what may be said: accessible and within the screen at every step."""

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture

# Made up: four lists that overlap little.
ROWS = """Police,Shelter,Youth care,Inspectorate,count
1,0,0,0,310
0,1,0,0,120
0,0,1,0,240
0,0,0,1,160
1,1,0,0,22
1,0,1,0,15
1,0,0,1,19
0,1,1,0,16
0,1,0,1,5
0,0,1,1,7
1,1,1,0,3
"""
PATIENCE = 150_000  # milliseconds that all methods may take on a busy machine


@pytest.mark.parametrize(("language", "width", "scheme"), [("nl", 360, "light"), ("en", 1280, "dark")])
def test_a_table_goes_in_and_every_method_comes_out(
    language: str,
    width: int,
    scheme: str,
    new_context: NewContext,
    live_server: LiveServer,
    reader: Reader,
    axe: str,
) -> None:
    context = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    let_in(context, live_server.url, with_app(make_colleague(reader, "cijfers", "analyst").account))
    screen = context.new_page()
    screen.goto(f"{live_server.url}{'' if language == 'nl' else '/en'}/figures/estimates/")
    screen.locator("textarea").fill(ROWS)
    screen.locator("main button.button--main").click()
    expect(screen.locator("main details")).to_have_count(4)
    faults = [f"lists: {fault}" for fault in faults_of(screen, axe)]
    take_picture(screen, f"estimate-lists-{language}-{width}")
    screen.locator("main button.button--main").click()
    expect(screen.locator("main svg:visible").first).to_be_visible(timeout=PATIENCE)
    faults += [f"result: {fault}" for fault in faults_of(screen, axe)]
    take_picture(screen, f"estimate-result-{language}-{width}")
    assert not faults, "\n".join(faults)
