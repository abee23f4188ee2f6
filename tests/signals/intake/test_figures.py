"""F14 and F15 against a slow recount; reports of a news desk and doubles stand in neither."""

from collections import Counter

from tests.people.cast import colleague
from tests.people.conftest import SignIn
from tests.signals.intake.cast import Cast, report

from zicht import words
from zicht.figures import extract
from zicht.figures.register.counting import count_tables
from zicht.people.models import Organisation
from zicht.signals.intake import actions
from zicht.signals.models import Signal

YEAR = 2026


def counted(register: extract.Register) -> dict[tuple[str, str], int]:
    """Give every cell of a table by the codes of its row and column."""
    return {
        (row.code, col.code): int(block.counts[place, other])
        for block in count_tables(register)
        for place, row in enumerate(block.rows.places)
        for other, col in enumerate(block.cols.places)
    }


def test_reports_are_counted_by_police_unit_and_form(cast: Cast) -> None:
    for town, forms in (("GM0363", ["labour"]), ("GM0363", ["sexual", "criminal"]), ("GM0599", ["domestic"])):
        report(cast.weigher, place_code=town, forms=forms)
    report(cast.weigher, place_code="", forms=["not_asked"])
    report(cast.weigher, kind="information")
    double = report(cast.weigher)
    actions.close(cast.weigher, double, "duplicate", "Came in before.", version=1)
    report(cast.elsewhere)
    cells = counted(extract.read_reports(cast.weigher.org, YEAR))
    assert {code: cells[code, "total"] for code in ("amsterdam", "rotterdam", "not_asked", "total")} == {
        "amsterdam": 2,
        "rotterdam": 1,
        "not_asked": 1,
        "total": 4,
    }
    # A report with two forms stands in both; domestic servitude is labour in the Dutch split.
    assert [cells["amsterdam", form] for form in ("labour", "sexual", "criminal")] == [1, 1, 1]
    assert cells["rotterdam", "labour"] == 1
    assert cells["total", "not_asked"] == 1


def test_signals_are_counted_by_group_state_and_type_of_organisation(cast: Cast) -> None:
    for codes in (("DOC01", "DOC02", "MON01"), ("DOC01",)):
        intake = report(cast.weigher, *codes)
        first = Signal.objects.filter(intake=intake).order_by("indicator")[0]
        actions.judge_signal(cast.weigher, intake, first.pk, "confirmed", version=1)
    slowly = Counter(
        (words.vocabulary().indicators[signal.indicator].group, signal.state) for signal in Signal.objects.all()
    )
    cells = counted(extract.read_signals(cast.weigher.org, YEAR))
    told = {key: value for key, value in cells.items() if value and "total" not in key}
    of_states = {key: value for key, value in told.items() if key[1] != cast.weigher.org.org_type}
    assert of_states == dict(slowly)
    assert cells["total", cast.weigher.org.org_type] == cells["total", "total"] == 4


def test_nothing_of_a_news_desk_is_counted(cast: Cast) -> None:
    cast.tip.org.refresh_from_db()
    desk = Organisation.objects.get(pk=cast.journalist.org_id)
    assert extract.report_years(desk) == []
    assert (extract.read_reports(desk, YEAR).persons, extract.read_signals(desk, YEAR).persons) == (0, 0)


def test_the_tables_stand_on_a_page_for_an_analyst(cast: Cast, sign_in: SignIn) -> None:
    report(cast.weigher, "DOC01")
    analyst = colleague(cast.administrator, "ada", "analyst")
    browser = sign_in(analyst)
    for table, word in (("F14", "1 report came in"), ("F15", "1 signal came in")):
        page = browser.get("/en/figures/register/", year=str(YEAR), level="internal", table=table)
        assert page.status_code == 200
        assert word in page.content.decode()
