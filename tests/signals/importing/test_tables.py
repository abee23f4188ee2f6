"""A table of a partner: looked at first, refused row by row with reasons, taken in once, behind one wall."""

import csv
import datetime as dt
import io
import re

from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.people.cast import Browser
from tests.people.conftest import SignIn
from tests.signals.intake.cast import Cast, steps

from zicht.people.models import AccessLine
from zicht.reading import tables
from zicht.signals.importing.columns import guess
from zicht.signals.importing.reading import Plan, columns_of, examine, identifier_of
from zicht.signals.models import Intake, Signal

IMPORT = "/en/staff/intake/import/"
HEAD = "Kenmerk;Datum;Kanaal;Soort;Urgentie;Gemeente;Vorm;Postcode;Huisnummer;Signalen;Basis;Naam"
RIGHT = (
    "A-1;02-03-2026;Telefoon;Melding van een vermoeden;u3_week;Amsterdam;Arbeidsuitbuiting; ; ;DOC01;"
    "Zelf waargenomen;Somebody"
)
ROWS = [
    HEAD,
    RIGHT,
    "A-2;2026-03-03;phone;report;u2_today;GM0599;sexual;1012AB;12 A;;;",
    "a-1;2026-03-03;phone;report;u2_today;;;;;;;",  # the same reference
    ";2026-03-03;phone;report;u2_today;;;;;;;",
    "A-3;03/04/2026;phone;report;u2_today;;;;;;;",
    "A-4;2026-03-03;phone;report;now;Nowhere;;12;;XYZ99;;",
]


def send(browser: Browser, rows: list[str]) -> str:
    """Send a table, and give the address at which it waits."""
    file = SimpleUploadedFile("table.csv", ("\n".join(rows) + "\n").encode())
    browser.get(IMPORT)
    answer = browser.post(IMPORT, file=file, encoding="utf-8", separator="")
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def fields_of(page: str) -> dict[str, str]:
    """Give what the form on a page would send as it stands."""
    lists = re.findall(r'<select[^>]* name="(\w+)"[^>]*>(.*?)</select>', page, re.DOTALL)
    chosen = {name: re.search(r'<option value="([^"]*)" selected', inside) for name, inside in lists}
    return {name: found[1] if found else "" for name, found in chosen.items()}


def test_a_table_is_looked_at_then_taken_in_row_by_row_and_not_twice(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lead)
    waits = send(browser, ROWS)
    page = browser.get(waits).content.decode()
    assert "2 can be taken in" in page
    assert "4 are refused" in page
    assert "These columns stay behind: Naam." in page
    assert "Somebody" not in page
    assert Intake.objects.count() == 0
    browser.post(waits, **fields_of(page), store="1")
    one, two = (Intake.objects.get(pk=identifier_of(cast.lead.org_id, "help", name)) for name in ("A-1", "A-2"))
    assert (one.received_on, one.channel, one.place_code, one.forms) == (
        dt.date(2026, 3, 2),
        "phone",
        "GM0363",
        ["labour"],
    )
    assert (one.source, one.compartment, steps(one)) == ("import", "help", ["taken_in"])
    assert list(Signal.objects.values_list("intake", "indicator", "basis")) == [(one.pk, "DOC01", "seen")]
    assert bool(two.spot_mark)
    assert AccessLine.objects.filter(verb="imported", subject="intake").count() == 1
    again = browser.get(waits).content.decode()
    assert "0 can be taken in" in again
    assert "2 were taken in before" in again
    assert 'name="store"' not in again


def test_what_is_refused_comes_back_whole_with_its_reasons_and_is_taken_in_when_mended(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.lead)
    browser.get(waits := send(browser, ROWS))
    file = browser.get(f"{waits}refused/").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(file)))
    assert rows[0] == ["Row", "Why not", *HEAD.split(";")]
    assert [row[0] for row in rows[1:]] == ["4", "5", "6", "7"]
    assert [row[2:] for row in rows[1:]] == [row.split(";") for row in ROWS[3:]]
    assert rows[1][1] == "The same reference stands in row 2."
    assert all(word in rows[4][1] for word in ("Urgency", "house number", "catalogue"))
    mended = [*rows[0:1], [*rows[3][:3], "2026-04-03", *rows[3][4:]]]
    waits = send(browser, [";".join(row) for row in mended])
    browser.post(waits, **fields_of(browser.get(waits).content.decode()), store="1")
    assert Intake.objects.get().received_on == dt.date(2026, 4, 3)


def test_columns_of_other_names_are_chosen_and_what_lacks_is_said_for_every_row(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lead)
    waits = send(browser, ["no;when", "7;2026-03-02"])
    refused = browser.get(waits).content.decode()
    chosen = {**fields_of(refused), "of_reference": "no", "of_received_on": "when"}
    assert browser.post(waits, **{**fields_of(refused), "of_reference": ""}).status_code == 200
    chosen |= {"all_channel": "phone", "all_kind": "report", "all_urgency": "u3_week"}
    # Other columns than were looked at: looked at once more before anything is stored.
    browser.post(waits, **chosen, store="1")
    assert Intake.objects.count() == 0
    browser.post(waits, **fields_of(browser.get(waits).content.decode()), store="1")
    assert Intake.objects.get().urgency == "u3_week"


def test_only_who_leads_takes_tables_in_and_one_waits_for_its_sender_alone(cast: Cast, sign_in: SignIn) -> None:
    waits = send(sign_in(cast.lead), ROWS)
    for who in (cast.weigher, cast.analyst, cast.journalist, cast.elsewhere):
        other = sign_in(who)
        assert other.get(IMPORT).status_code == (200 if who == cast.journalist else 404)
        assert other.get(waits).status_code == 404
        assert other.get(f"{waits}refused/").status_code == 404
        assert other.post(waits, store="1").status_code == 404
    assert Intake.objects.count() == 0


def test_what_is_no_table_is_refused_in_words(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.lead)
    for content in (b"", b"\x00\x01", b"a,a\n1,2\n", b"a,b\n1\n"):
        file = SimpleUploadedFile("table.csv", content)
        answer = browser.post(IMPORT, file=file, encoding="utf-8", separator=",")
        assert answer.status_code == 200
        assert "field--wrong" in answer.content.decode()


def test_rows_of_a_news_desk_are_tips_behind_its_own_wall(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.journalist)
    waits = send(browser, [HEAD, RIGHT])
    browser.post(waits, **fields_of(browser.get(waits).content.decode()), store="1")
    tip = Intake.objects.get()
    assert (tip.compartment, tip.source) == ("press", "press_tip")
    assert not Intake.objects.visible_to(cast.lead).exists()
    # The same reference elsewhere says nothing of the tip.
    assert tip.pk != identifier_of(cast.lead.org_id, "help", "A-1")


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='\r\n;"', exclude_categories=["Cc", "Cs"]), max_size=8)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=6))
def test_whatever_stands_in_a_table_each_row_is_in_one_of_three_lists(
    cast: Cast, rows: list[tuple[str, str, str]]
) -> None:
    content = "\n".join(["kenmerk;datum;urgentie;x", *(f"{';'.join(row)};y" for row in rows), ""]).encode()
    form = tables.TextForm(tables.UTF_8, ";")
    plan = Plan(guess(columns_of(content, form)), {"channel": "phone", "kind": "report"})
    found = examine(cast.lead, content, form, "help", plan)
    numbers = [one.row for one in found.right] + [one.row for one in found.refused] + found.there
    assert sorted(numbers) == list(range(2, len(rows) + 2))
    assert all(one.reasons for one in found.refused)
