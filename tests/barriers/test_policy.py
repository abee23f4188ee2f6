"""Policy of municipalities: one record each, on a map that weighs little, and tables that go out and come back."""

import csv
import io

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.barriers.cast import POLICY, TODAY, Cast
from tests.conftest import QueryLimit
from tests.people.conftest import SignIn

from zicht import words
from zicht.barriers.drawing.map import PLACES, TILE, TileToDraw, draw_map
from zicht.barriers.models import BarrierEvent, Policy
from zicht.barriers.policy import queries
from zicht.barriers.policy.actions import TakenIn, save_policy, take_in
from zicht.barriers.policy.importing import columns_of_export, examine
from zicht.barriers.rules import PROVINCES
from zicht.cases.errors import ChangedMeanwhileError, NotAllowedError
from zicht.reading import tables

ADDRESS = "/en/staff/barriers/policy/"
MOST_BYTES = 150 * 1024


def csv_of(*rows: dict[str, object]) -> bytes:
    out = io.StringIO(newline="")
    names = list(dict.fromkeys(name for row in rows for name in row))
    writer = csv.DictWriter(out, names)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def row(**changed: object) -> dict[str, object]:
    return {"municipality": "Amsterdam", "state": "adopted", "source": "Council", "checked_on": "2026-03-01", **changed}


def examined(*rows: dict[str, object]) -> tuple[int, list[list[str]]]:
    found = examine(csv_of(*rows), tables.COMMAS_IN_UTF_8)
    return len(found.right), [one.reasons for one in found.refused]


# --- one municipality -------------------------------------------------------------------------------------------------
def test_a_municipality_has_one_record_and_two_people_who_change_it_notice_each_other(cast: Cast) -> None:
    cast.policy()
    cast.policy(state="in_use")
    policy = Policy.objects.get()
    assert (policy.state, policy.version) == ("in_use", 2)
    assert [one.deed for one in BarrierEvent.objects.order_by("happened_at")] == ["policy_added", "policy_changed"]
    with pytest.raises(ChangedMeanwhileError):
        save_policy(cast.keeper, "GM0363", POLICY, version=1)


def test_what_is_no_municipality_and_who_only_looks_are_refused(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        cast.policy("GM9999")
    with pytest.raises(NotAllowedError):
        save_policy(cast.case_worker, "GM0363", POLICY)
    cast.policy()
    assert queries.find_policy(cast.stranger_keeper, "GM0363") is None


# --- map and F23 ------------------------------------------------------------------------------------------------------
def test_every_municipality_has_a_tile_of_its_own_that_lies_inside_the_picture() -> None:
    provinces: dict[str, list[TileToDraw]] = {name: [] for name in PROVINCES}
    for town in words.municipalities().values():
        provinces[town.province].append(TileToDraw(town.name, "none"))
    drawn = draw_map(provinces)
    tiles = [(tile.x, tile.y) for block in drawn.blocks for tile in block.tiles]
    assert len(set(tiles)) == len(tiles) == 342
    assert all(x + TILE <= drawn.width and y + TILE <= drawn.height for x, y in tiles)
    assert set(PLACES) == set(PROVINCES)


def test_table_f23_counts_every_municipality_once(cast: Cast) -> None:
    cast.policy()
    cast.policy("GM0014", state="none", inspections=3)
    every = queries.towns(cast.keeper)
    f23 = queries.table_f23(cast.keeper, every)
    assert sum(sum(one.numbers) + one.unknown for one in f23.rows) == 342
    groningen = next(one for one in f23.rows if one.province == "Groningen")
    assert (groningen.numbers[f23.states.index("none")], groningen.inspections, groningen.reports) == (1, 3, None)


def test_the_page_with_the_map_is_light_and_asks_the_database_little(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    values = {**POLICY, "contact_role": "policy_officer", "staff_trained": 12, "inspections": 3, "look_again_on": TODAY}
    take_in(cast.keeper, [(code, values) for code in words.municipalities()])
    browser = sign_in(cast.keeper)
    with at_most_queries():
        page = browser.get(ADDRESS).content
    assert len(page) < MOST_BYTES
    assert page.count(b"<title>") == 342 + 1
    found = browser.get(ADDRESS, name="amster", state="due").content.decode().split('id="towns"')[1]
    assert "GM0363" in found
    assert "GM0014" not in found


# --- tables -----------------------------------------------------------------------------------------------------------
def test_a_table_is_read_by_names_and_labels_and_a_wrong_row_says_why() -> None:
    assert examined(row(), row(municipality="GM0014", checked_on="1-3-2026")) == (2, [])
    right, refused = examined(row(state="finished"), row(municipality="Atlantis"), row(source=""), row(), row())
    assert right == 1
    assert [len(reasons) for reasons in refused] == [1, 1, 1, 1]
    told = "CBS-code,Gemeente (CBS-code),Stand,Bron,Nagegaan op\n1,Amsterdam,In voorbereiding,Raad,2026-03-01\n"
    found = examine(told.encode(), tables.COMMAS_IN_UTF_8)
    assert found.right == [("GM0363", {"state": "started", "source": "Raad", "checked_on": TODAY.replace(2026, 3, 1)})]


def test_the_same_table_twice_changes_nothing(cast: Cast) -> None:
    rows = examine(csv_of(row(), row(municipality="Groningen")), tables.COMMAS_IN_UTF_8).right
    assert take_in(cast.keeper, rows) == TakenIn(changed=2)
    assert take_in(cast.keeper, rows) == TakenIn(same=2)
    assert BarrierEvent.objects.count() == 2


def test_what_goes_out_comes_back_as_it_was(cast: Cast, sign_in: SignIn) -> None:
    cast.policy(contact_role="attention", contact_point=True, staff_trained=4)
    cast.policy("GM0014", state="none")
    browser = sign_in(cast.keeper)
    content = browser.get(f"{ADDRESS}municipal-policy.csv").content
    assert take_in(cast.keeper, examine(content, tables.COMMAS_IN_UTF_8).right) == TakenIn(same=2)
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"{ADDRESS}municipal-policy.xlsx").content))
    assert book.active is not None
    assert (book.active.max_row, book.active.max_column) == (3, len(columns_of_export()))


def test_refused_rows_come_back_as_a_file_that_no_other_session_gets(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.keeper)
    browser.get(f"{ADDRESS}take-in/")
    file = SimpleUploadedFile("policy.csv", csv_of(row(), row(municipality="Atlantis")), "text/csv")
    page = browser.post(f"{ADDRESS}take-in/", file=file, encoding="utf-8").content.decode()
    assert "Row 3" in page
    address = page.split('href="/en/staff/barriers/policy/take-in/')[1].split('"')[0]
    refused = browser.get(f"{ADDRESS}take-in/{address}").content.decode()
    assert "Atlantis" in refused
    assert "Amsterdam" not in refused
    other = sign_in(cast.stranger_keeper)
    assert other.get(f"{ADDRESS}take-in/{address}").status_code == 404
    assert Policy.objects.get().municipality == "GM0363"
