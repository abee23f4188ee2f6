"""The page of figures and its downloads, as somebody without an account sees them."""

import csv
import io
import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest
from django.test import Client
from tests.conftest import QueryLimit

from zicht.figures.models import OutsideEdition


def get(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


class Attributes(HTMLParser):
    """Collects what the tests below look for in a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.ids: Counter[str] = Counter()
        self.tags: Counter[str] = Counter()
        self.names: set[str] = set()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.names |= {name for name, _ in attrs}
        self.ids.update(value for name, value in attrs if name == "id" and value)


@pytest.mark.django_db
def test_without_figures_the_page_says_what_to_do(client: Client) -> None:
    assert "zicht import-glotip" in get(client, "/en/figures/")
    assert "Er zijn hier nog geen cijfers." in get(client, "/figures/")


def test_the_page_shows_the_four_figures_of_the_country_asked_for(client: Client, edition: OutsideEdition) -> None:
    page = get(client, "/en/figures/?country=NLD")
    assert "In 2022, 814 possible and identified victims came into view." in page
    assert re.findall(r'<h2 id="heading-\w+">([^<]+)', page) == [
        "By year", "By sex", "By age", "By form of exploitation", "Source and downloads",
    ]  # fmt: skip
    assert "In 2022, 153 possible and identified victims came into view." in get(client, "/en/figures/?country=bgr")


def test_the_netherlands_come_first_and_dutch_is_the_first_language(client: Client, edition: OutsideEdition) -> None:
    page = get(client, "/figures/")
    assert '<html lang="nl">' in page
    assert "In 2022 kwamen 814 mogelijke en vastgestelde slachtoffers in beeld." in page
    assert '<option value="NLD" selected>Nederland</option>' in page
    assert "1.372" in page


def test_a_heading_never_speaks_of_victims_without_saying_possible(client: Client, edition: OutsideEdition) -> None:
    for address in ("/figures/", "/en/figures/"):
        headings = re.findall(r"<(?:h1|h2|title|th)[^>]*>([^<]+)", get(client, address))
        with_victims = [text for text in headings if re.search("victim|slachtoffer", text, re.IGNORECASE)]
        assert with_victims
        assert all(re.search("possible|mogelijke", text, re.IGNORECASE) for text in with_victims)


def test_the_table_shows_masked_missing_and_added_counts_as_such(client: Client, edition: OutsideEdition) -> None:
    page = get(client, "/en/figures/")
    rows = re.findall(r'<th scope="row">(\d+)</th>(.*?)</tr>', page, re.DOTALL)
    cells = [(year, *re.findall(r"<td[^>]*>([^<]+)", row)) for year, row in rows]
    assert ("2020", "400", "&lt;5", "609–613", "1,013") in cells
    assert ("2021", "–", "–", "–", "–") in cells
    assert ("2020", "436", "449", "11–15", "113–117", "1,013") in cells


def test_the_source_and_its_date_stand_under_the_figures(client: Client, edition: OutsideEdition) -> None:
    page = " ".join(get(client, "/en/figures/").split())
    assert "UNODC, Global Report on Trafficking in Persons data, dataunodc.un.org. Edition of 14 April 2025" in page


def test_a_country_that_is_not_there_is_a_clear_sentence(client: Client, edition: OutsideEdition) -> None:
    page = get(client, "/en/figures/?country=NDL", 404)
    assert "There are no figures for NDL. Is one of these meant: NLD (Netherlands)?" in page
    assert '<select id="country"' in page


@pytest.mark.parametrize("asked", ["%00", "%3Cscript%3E", "x" * 5000, "..%2F..", "🇳🇱"])
def test_anything_may_be_asked_for(client: Client, edition: OutsideEdition, asked: str) -> None:
    assert "<script>" not in get(client, f"/en/figures/?country={asked}", 404)


def test_a_page_has_no_inline_style_or_script_and_every_id_once(client: Client, edition: OutsideEdition) -> None:
    found = Attributes(get(client, "/figures/"))
    assert found.tags["style"] == 0
    assert "style" not in found.names
    assert not [name for name in found.names if name.startswith("on")]
    assert [name for name, count in found.ids.items() if count > 1] == []
    assert found.tags["h1"] == 1


def test_a_page_needs_few_queries_however_large_the_country(
    client: Client, edition: OutsideEdition, at_most_queries: QueryLimit
) -> None:
    with at_most_queries(4):
        get(client, "/figures/")


def test_the_page_is_only_read(client: Client, edition: OutsideEdition) -> None:
    assert client.post("/figures/").status_code == 405


# --- downloads ---------------------------------------------------------------------------------------------------
def test_the_csv_has_every_row_of_the_country_as_unodc_has_it(client: Client, edition: OutsideEdition) -> None:
    response = client.get("/figures/glotip/NLD.csv")
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))
    assert len(rows) == 16
    assert rows[3] == {
        "country": "NLD", "indicator": "victims_detected", "dimension": "Total", "category": "Total", "sex": "Male",
        "age": "Total", "year": "2020", "value": "", "below": "5", "row": "5", "source": "UNODC GLOTIP 2025-04-14",
    }  # fmt: skip
    assert 'filename="unodc-glotip-NLD-2025-04-14.csv"' in response["Content-Disposition"]
    assert response["Content-Type"] == "text/csv; charset=utf-8"


def test_a_spreadsheet_does_not_run_what_a_category_says(client: Client, edition: OutsideEdition) -> None:
    rows = csv.DictReader(io.StringIO(get(client, "/en/figures/glotip/NLD.csv")))
    categories = {row["category"] for row in rows if row["dimension"] == "by citizenship"}
    assert categories == {"'=cmd|' /C calc'!A0", "(Oman)"}


def test_the_json_has_the_same_rows_with_their_source(client: Client, edition: OutsideEdition) -> None:
    found = json.loads(get(client, "/figures/glotip/nld.json"))
    assert (found["country"], found["source"]["dated"], len(found["cells"])) == ("NLD", "2025-04-14", 16)
    assert found["source"]["file_sha256"] == edition.file_hash
    assert found["cells"][3]["value"] is None
    assert found["cells"][3]["below"] == 5


def test_a_country_with_nothing_to_draw_is_not_offered_and_can_be_downloaded(
    client: Client, edition: OutsideEdition
) -> None:
    assert "ABW" not in get(client, "/figures/")
    assert "Ukraine" in get(client, "/figures/glotip/ABW.csv")


@pytest.mark.parametrize("ending", ["csv", "json"])
def test_a_download_of_another_country_is_not_found(client: Client, edition: OutsideEdition, ending: str) -> None:
    assert "no figures for DEU" in get(client, f"/en/figures/glotip/DEU.{ending}", 404)


@pytest.mark.django_db
def test_a_download_before_any_import_is_not_found(client: Client) -> None:
    assert "zicht import-glotip" in get(client, "/en/figures/glotip/NLD.csv", 404)


@pytest.mark.django_db
def test_a_file_without_a_date_is_shown_as_such(client: Client, edition: OutsideEdition) -> None:
    OutsideEdition.objects.filter(pk=edition.pk).update(dated=None)
    assert "does not say of which date it is" in get(client, "/en/figures/")
    assert json.loads(get(client, "/en/figures/glotip/NLD.json"))["source"]["dated"] is None
