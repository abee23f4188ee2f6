"""The whole report on a made-up chat year with the margins once published: right, recounted, and readable."""

import io
import json
import re
import zipfile
from collections import Counter
from html.parser import HTMLParser

import pypdfium2
import pytest
from django.core.management import CommandError, call_command
from tests.cases.cast import Cast
from tests.figures.register.made import YEAR
from tests.figures.register.recount import recount
from tests.figures.yearly.chat_year import PARENT, SELF, person, store_chat_year

from zicht.figures.models import Commitment, YearlyReport
from zicht.figures.register.enough import LEAST_BASE
from zicht.figures.yearly.fractions import in_words
from zicht.figures.yearly.keyfigures import key_figures
from zicht.figures.yearly.making import gather
from zicht.people.models import AccessLine

PUBLISHED = (
    "At most 283 unique visitors had contact about trafficking.",
    "250 of these 283 visitors said that it happens or happened to themselves (88%).",
    "163 of the 250 visitors of whom it is known whether they told anybody before, told it for the first time (65%).",
    "148 of the 250 visitors themselves victims whose age is known, were under 18 (59%).",
    "50 of these 250 visitors were 15 or younger (one in five, 20%).",
    "36 of the 250 registered people of whom a relation is known, name a (step)parent as alleged perpetrator "
    "(one in seven, 14%).",
    "61 of the 122 registered people of whom it is known how they met, met on social media "
    "(half, 50% of those for whom it is known).",
)
PUBLISHED_NL = (
    "Ten hoogste 283 unieke bezoekers hadden contact over mensenhandel.",
    "250 van deze 283 bezoekers zeiden dat het henzelf overkomt of is overkomen (88%).",
    "163 van de 250 bezoekers van wie bekend is of zij het eerder vertelden, vertelden het voor het eerst (65%).",
    "148 van de 250 bezoekers die zelf slachtoffer zeiden te zijn en van wie de leeftijd bekend is, waren jonger dan "
    "18 (59%).",
    "50 van deze 250 bezoekers waren 15 of jonger (één op de vijf, 20%).",
    "36 van de 250 geregistreerde mensen van wie een relatie bekend is, noemen een (stief)ouder als vermoedelijke "
    "pleger (één op de zeven, 14%).",
    "61 van de 122 geregistreerde mensen van wie bekend is hoe zij de uitbuiter leerden kennen, leerden die kennen via "
    "sociale media (de helft, 50% van wie het bekend is).",
)
IN_LANGUAGE = {"en": PUBLISHED, "nl": PUBLISHED_NL}
CROSSED = ("F03", "F05", "F06", "F07", "F08", "F09")
PARTS = ("report.nl.html", "report.en.html", "report.nl.pdf", "report.en.pdf", "data/tables.xlsx", "data/tables.json")


class Text(HTMLParser):
    """Gather what a reader reads."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    def handle_data(self, data: str) -> None:
        self.said.append(data)


def text_of_page(content: bytes) -> str:
    reader = Text()
    reader.feed(content.decode())
    return " ".join(" ".join(reader.said).split())


def text_of_paper(content: bytes) -> str:
    pages = pypdfium2.PdfDocument(content)
    return plain("".join(page.get_textpage().get_text_range() for page in pages))


def plain(text: str) -> str:
    """Take out what setting a text in lines changes: spaces, hyphens and the sign that stands for one at an end."""
    return re.sub(r"[\s\ufffe\u00ad-]+", "", text)


def test_made_up_people_have_the_published_number_of_parents() -> None:
    found = Counter(str(person(number, "12_15")["episodes"][0]["relations"]) for number in range(SELF))
    assert found["['parent']"] == PARENT


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (36, 250, "one in seven"),
        (61, 122, "half"),
        (163, 250, ""),  # 250 / 163 rounds to two, and 65% is not half
        (40, 250, ""),  # 16%: between one in six and one in seven
        (1, 11, ""),
        (0, 11, ""),
        (11, 11, ""),
    ],
)
def test_a_share_is_put_in_words_only_where_both_roundings_agree(part: int, whole: int, said: str) -> None:
    assert in_words(part, whole) == said


# One report in full: eight seconds, most of them for drawing; what it made is looked at in one go.
@pytest.mark.django_db
def test_the_report_states_the_published_margins_and_every_number_is_that_of_a_slow_recount(cast: Cast) -> None:
    store_chat_year(cast.case_worker)
    told = {"text_nl": "Toegezegd.", "text_en": "Promised.", "made_to": "Tweede Kamer", "source": "Kamerstuk 1"}
    dates = {"dated": "2025-05-01", "state_on": "2025-06-01"}
    Commitment(org=cast.analyst.org, by=cast.analyst, kind="commitment", table_codes="F02 F05", **told, **dates).save()
    call_command("report", str(YEAR), "--release", "internal", "--account", cast.analyst.login, stdout=io.StringIO())

    report = YearlyReport.objects.get()
    with zipfile.ZipFile(io.BytesIO(bytes(report.package))) as package:
        files = {name: package.read(name) for name in package.namelist()}
    assert set(PARTS) <= files.keys()

    for language, sentences in IN_LANGUAGE.items():
        page, paper = text_of_page(files[f"report.{language}.html"]), text_of_paper(files[f"report.{language}.pdf"])
        assert [one for one in sentences if one not in page] == []
        assert [one for one in sentences if plain(one) not in paper] == []
    assert "Promised." in text_of_page(files["report.en.html"])
    assert "http" not in files["report.en.html"].decode().replace("http://www.w3.org/2000/svg", "")

    kept = json.loads(files["data/tables.json"])
    found = {
        (table["code"], cell["rows"], cell["row"], cell["cols"], cell["col"]): cell["value"]
        for table in kept["tables"]
        for cell in table["cells"]
        if table["code"] in CROSSED and cell["value"]
    }
    slow = recount(cast.analyst.org, YEAR, CROSSED)
    assert found == dict(slow)

    document = pypdfium2.PdfDocument(files["report.nl.pdf"])
    assert document.is_tagged()
    assert b"pdfuaid" in files["report.nl.pdf"]
    resources = json.loads(files["data/datapackage.json"])["resources"]
    assert {f"data/{one['path']}" for one in resources} <= files.keys()
    header = files["data/F05.csv"].decode().splitlines()[0].split(",")
    assert header == [field["name"] for field in resources[0]["schema"]["fields"]]


@pytest.mark.django_db
def test_those_of_whom_nothing_is_known_change_no_share_and_the_public_is_told_nothing_small(cast: Cast) -> None:
    store_chat_year(cast.case_worker, unknown=20)
    release = gather(cast.analyst.org, YEAR, "public").release
    said = key_figures(release)
    assert set(PUBLISHED[2:]) <= set(said)
    assert "At most 303 unique visitors had contact about trafficking." in said
    about_people = [table for code, table in release.tables.items() if code not in ("F22", "F23")]
    cells = [cell for table in about_people for block in table.blocks for row in block.cells for cell in row]
    assert all(cell.value is None or cell.value >= release.least for cell in cells)
    assert all(cell.share is None or (cell.base or 0) >= LEAST_BASE for cell in cells)


@pytest.mark.django_db
def test_who_makes_no_figures_gets_no_report_from_the_command_either(cast: Cast) -> None:
    store_chat_year(cast.case_worker)
    with pytest.raises(CommandError):
        call_command("report", str(YEAR), "--release", "public", "--account", cast.case_worker.login)
    assert not YearlyReport.objects.exists()
    assert not AccessLine.objects.filter(subject="yearly_report").exists()
