"""A file comes in and records go out, on a phone, step by step, without a script of our own."""

from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django.live_server_helper import LiveServer
from pyzipper import AESZipFile

from tests.browser.cast import Reader, let_in, make_colleague, with_app
from tests.browser.conftest import NewContext
from tests.browser.judge import faults_of, take_picture
from tests.browser.pages import CASE_WORKER
from tests.cases.exchange.files import ROW, as_csv, row
from zicht.cases.models import ImportRun
from zicht.signals.models import Intake

WORK = 60_000  # milliseconds that reading a file in may take on a busy machine
PHONE = {"width": 360, "height": 740}  # CSS pixels


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Give a file with a mistake, which the steps below repair."""
    path = tmp_path / "htcds.csv"
    wrong = row(2, prs_Gender="x", prs_FirstName="Noor", vic_TypeOfSexExploitation="Prostitution")
    path.write_bytes(as_csv([ROW, wrong]))
    return path


def test_a_file_is_looked_at_repaired_read_in_and_given_out(
    live_server: LiveServer, new_context: NewContext, cast: dict[str, Reader], file: Path, axe: str
) -> None:
    context = new_context(viewport=PHONE)
    context.set_default_timeout(WORK)
    let_in(context, live_server.url, cast[CASE_WORKER])
    screen = context.new_page()
    faults: list[str] = []

    def look(step: str) -> None:
        faults.extend(f"{step}: {fault}" for fault in faults_of(screen, axe))
        take_picture(screen, f"files-{step}")

    for step in ("wrong", "right"):
        screen.goto(f"{live_server.url}/en/staff/cases/import/")
        look(f"import-{step}")
        screen.set_input_files("input[type=file]", file)
        screen.check("input[value=htcds]")
        with screen.expect_navigation():
            screen.click("text=Look at what it would become")
        look(step)
        file.write_bytes(as_csv([ROW, row(2, prs_FirstName="Noor", vic_TypeOfSexExploitation="Prostitution")]))
    with screen.expect_navigation():
        screen.click("button:has-text('Read it in')")
    look("stored")
    assert ImportRun.objects.get().rows == 2

    screen.goto(f"{live_server.url}/en/staff/cases/export/")
    look("export")
    screen.select_option("select[name=recipient]", label="Stichting Voorbeeld")
    with screen.expect_navigation():
        screen.click("text=Show what would leave")
    look("leaves")
    with screen.expect_navigation():
        screen.click("button:has-text('Make the file for')")
    look("locked")
    password = screen.inner_text("main code")
    with screen.expect_download() as given:
        screen.click("main a[download]")
    assert given.value.suggested_filename == "zicht-htcds.xlsx.zip"
    with AESZipFile(given.value.path()) as locked:
        locked.setpassword(password.encode())
        assert locked.testzip() is None
    assert faults == []


def test_a_table_of_reports_is_looked_at_and_taken_into_intake_but_for_its_wrong_row(
    live_server: LiveServer, new_context: NewContext, reader: Reader, tmp_path: Path, axe: str
) -> None:
    table = tmp_path / "table.csv"
    right, wrong = "A-1;2026-03-02;phone;report;u3_week;Amsterdam;labour;DOC01;seen", "A-2;02-30-2026;phone;;;;;;"
    table.write_text(f"Kenmerk;Datum;Kanaal;Soort;Urgentie;Gemeente;Vorm;Signalen;Basis\n{right}\n{wrong}\n")
    context = new_context(viewport=PHONE)
    let_in(context, live_server.url, with_app(make_colleague(reader, "leiding", "desk_lead").account))
    screen = context.new_page()
    screen.goto(f"{live_server.url}/staff/intake/import/")
    screen.set_input_files("input[type=file]", table)
    screen.locator("button.button--main").click()
    screen.wait_for_url("**/staff/intake/import/*-*/")
    take_picture(screen, "intake-table-looked-at")
    faults = faults_of(screen, axe)
    screen.locator("button[name=store]").click()
    expect(screen.locator("button[name=store]")).to_have_count(0)
    take_picture(screen, "intake-table-taken-in")
    assert faults + faults_of(screen, axe) == []
    assert Intake.objects.get(source="import").place_code == "GM0363"
