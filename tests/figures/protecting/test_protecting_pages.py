"""The page that makes tables of any office fit to leave it."""

import ast
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import translation
from django.utils.translation import gettext
from tests.cases.cast import Cast
from tests.people.cast import Browser
from tests.people.conftest import SignIn
from tests.stats.disclosure.made import crosstab, shown_in

from zicht.figures.protecting.borrowed import SENTENCES
from zicht.stats import disclosure
from zicht.stats.disclosure.cell_keys import MOST

ADDRESS = "/figures/protect/"
TABLE = crosstab([[20, 3], [15, 30], [12, 18]])
ASKED = {"method": "suppress", "release": "public", "pasted": TABLE}
pytestmark = pytest.mark.django_db
# Spoken on the command line only.
ENGLISH_ONLY = {"command.py", "synthetic_command.py", "record_errors.py"}


def file(text: str, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode(), "text/csv")


def opened(cast: Cast, sign_in: SignIn) -> Browser:
    """Open the page as who makes figures."""
    browser = sign_in(cast.analyst)
    assert browser.get(ADDRESS).status_code == 200
    return browser


def test_small_counts_and_as_many_others_as_it_takes_are_not_on_the_page(cast: Cast, sign_in: SignIn) -> None:
    page = opened(cast, sign_in).post("/en" + ADDRESS, **ASKED).content.decode()
    assert "4 of 12 counts are hidden" in page
    assert page.count('<span class="visually-hidden">hidden</span>') == 4


def test_a_share_beside_a_hidden_count_is_not_on_the_page_either(cast: Cast, sign_in: SignIn) -> None:
    table = "region,girls,boys,total,% girls\nN,12,3,15,80.0%\nS,20,30,50,40.0%\nW,40,45,85,47.1%\n"
    page = opened(cast, sign_in).post("/en" + ADDRESS, **{**ASKED, "pasted": table}).content.decode()
    result = page[page.index('role="status"') : page.rindex("</table>")]
    assert "80.0%" not in result
    assert "47.1%" in result


def test_one_table_comes_back_as_csv_and_several_in_an_archive(cast: Cast, sign_in: SignIn) -> None:
    browser = opened(cast, sign_in)
    one = browser.post(ADDRESS, **{**ASKED, "download": "yes"})
    assert sum(row.count(None) for row in shown_in(one.content.decode())) == 4
    tables = [file(TABLE, "a.csv"), file(crosstab([[20, 3], [27, 48]], across="sex", down="age"), "b.csv")]
    more = browser.post(ADDRESS, **{**ASKED, "pasted": "", "tables": tables, "download": "yes"})
    with zipfile.ZipFile(io.BytesIO(more.content)) as archive:
        assert archive.namelist() == ["a.public.csv", "b.public.csv"]
        totals = [shown_in(archive.read(name).decode())[-1] for name in archive.namelist()]
    assert totals[0] == totals[1]  # the same count, shown or hidden in both


def test_what_was_published_before_is_not_hidden_again_and_does_not_help(cast: Cast, sign_in: SignIn) -> None:
    browser = opened(cast, sign_in)
    earlier = browser.post(ADDRESS, **{**ASKED, "download": "yes"}).content.decode()
    again = browser.post(ADDRESS, **{**ASKED, "earlier": [file(earlier, "before.csv")], "download": "yes"})
    assert again.content.decode() == earlier


def test_a_group_of_which_nearly_all_gave_one_answer_is_hidden_where_that_was_asked(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = opened(cast, sign_in)
    table = crosstab([[95, 5], [80, 70]], across="means")
    plain, asked = (
        shown_in(
            browser.post(ADDRESS, **{**ASKED, "pasted": table, "download": "yes", "sensitive": name}).content.decode()
        )
        for name in ("", "means")
    )
    assert plain[0][1] is asked[0][1] is None  # the five
    assert asked[0][0] is None


def test_counts_are_blurred_with_the_secret_that_is_given_and_alike_each_time(cast: Cast, sign_in: SignIn) -> None:
    browser = opened(cast, sign_in)
    out = [
        browser.post(
            ADDRESS, **{**ASKED, "method": "cellkey", "key": [file(secret * 32, "key")], "download": "yes"}
        ).content.decode()
        for secret in ("a", "a", "b")
    ]
    assert out[0] == out[1] != out[2]
    truth, shown = ([value for row in shown_in(text) for value in row] for text in (TABLE, out[0]))
    assert all(abs((a or 0) - (b or 0)) <= MOST for a, b in zip(truth, shown, strict=True))
    page = browser.post("/en" + ADDRESS, **{**ASKED, "method": "cellkey", "key": [file("a" * 32, "key")]})
    assert "do not add up" in page.content.decode()
    assert "counts are hidden" not in page.content.decode()


def test_the_page_says_why_it_adds_no_noise(cast: Cast, sign_in: SignIn) -> None:
    page = opened(cast, sign_in).get("/en" + ADDRESS).content.decode()
    assert "differential privacy is not offered on this page" in page
    assert "one ledger must hold all of them" in page


def test_what_lies_within_what_can_be_said(cast: Cast, sign_in: SignIn) -> None:
    browser = opened(cast, sign_in)
    table = "place,count\nAs,3\nNorth,32\nBo,29\nSouth,43\nCe,20\nDo,23\ntotal,75\n"
    levels = file("place,in\nAs,North\nBo,North\nCe,South\nDo,South\n", "levels.csv")
    out = browser.post(ADDRESS, **{**ASKED, "pasted": table, "within": [levels], "download": "yes"}).content.decode()
    hidden = {line.split(",")[0] for line in out.splitlines() if line.endswith(",x")}
    assert "As" in hidden
    assert hidden & {"Bo", "North"}
    unclear = [file("place,in\nAs,North\nNorth,As\n", "levels.csv")]
    assert "goes in a circle" in browser.post("/en" + ADDRESS, **{**ASKED, "within": unclear}).content.decode()
    large = [file("place,in\n" + "As,North\n" * 120_000, "levels.csv")]
    assert "larger than 1 MB" in browser.post("/en" + ADDRESS, **{**ASKED, "within": large}).content.decode()


def test_a_question_that_no_table_has_is_said_to_be_missing(cast: Cast, sign_in: SignIn) -> None:
    page = opened(cast, sign_in).post("/en" + ADDRESS, **{**ASKED, "sensitive": "sex, meens"}).content.decode()
    assert "None of the tables has a column “meens”" in page
    assert "counts are hidden" not in page


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pasted": ""}, "Geef tabellen"),
        ({"pasted": "form,count\nsexual,4.5\n"}, "is geen aantal"),
        ({"pasted": "hello"}, ""),
        ({"pasted": "form,count\n" + "".join(f"f{number},20\n" for number in range(1001))}, "worden niet in één keer"),
        ({"method": "cellkey"}, "Kies het bestand met het geheim"),
        ({"method": "cellkey", "key": [file("short", "key")]}, "32 tot 4.096 bytes"),
        ({"method": "dp"}, ""),
        ({"release": "internal"}, ""),
    ],
)
def test_what_cannot_be_protected_is_refused_in_words_and_what_was_given_stays(
    cast: Cast, sign_in: SignIn, given: dict[str, Any], sentence: str
) -> None:
    answer = opened(cast, sign_in).post(ADDRESS, **{**ASKED, **given})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="error-summary' in page
    assert sentence in page
    assert "Geschikt om naar buiten te gaan" not in page


@pytest.mark.parametrize("who", ["case_worker", "counsellor", "administrator"])
def test_whoever_makes_no_figures_has_no_such_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(cast, who))
    assert [browser.get(ADDRESS).status_code, browser.post(ADDRESS, **ASKED).status_code] == [404, 404]


def sentences() -> Iterator[str]:
    """Give every text of the room of disclosure control that is assigned to a name and ends like a sentence."""
    for path in sorted(Path(disclosure.__file__).parent.glob("*.py")):
        nodes = [] if path.name in ENGLISH_ONLY else list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
        values = [node.value for node in nodes if isinstance(node, ast.Assign)]
        texts = [value.value for value in values if isinstance(value, ast.Constant) and isinstance(value.value, str)]
        yield from (text for text in texts if " " in text and text.endswith("."))


def test_every_sentence_of_disclosure_control_is_translated_and_no_other() -> None:
    assert set(SENTENCES) == set(sentences())
    with translation.override("nl"):
        assert [text for text in SENTENCES if gettext(text) == text] == []
