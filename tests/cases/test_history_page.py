"""The history of a case tells every change in words, to whoever may read it, a page at a time."""

import re

import pytest
from tests.cases.cast import Cast
from tests.cases.test_pages import code, join_team, main_of, of_case, page
from tests.people.conftest import SignIn

from zicht.cases import actions, queries
from zicht.people.record_keys import store


def test_a_change_is_told_with_who_what_before_and_after_in_words(cast: Cast, sign_in: SignIn) -> None:
    actions.change_person(cast.coordinator, cast.case, cast.person, {"gender": "tf", "own_children": 2}, version=1)
    content = main_of(page(sign_in(cast.case_worker), f"/en{of_case('history/')(cast)}"))
    for text in (
        "Carla",
        f"Person {code(cast.person)}",
        "Gender",
        "Woman or girl",
        "Trans woman or girl",
        "Registered",
    ):
        assert text in content, text
    assert "own_children" not in content


def test_a_change_of_the_owner_names_people(cast: Cast, sign_in: SignIn) -> None:
    actions.set_team(cast.case_worker, cast.case, cast.coordinator, [cast.shelter_worker], version=1)
    content = main_of(page(sign_in(cast.case_worker), f"/en{of_case('history/')(cast)}"))
    for name in ("Wanda", "Carla", "Sofie"):
        assert name in content
    assert str(cast.coordinator.pk) not in content


def test_of_a_text_that_was_written_on_only_what_came_to_it_is_shown(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    for text in ("walked in on Monday", "called back"):
        browser.post(of_case("notes/")(cast), text=text)
    content = page(browser, of_case("history/")(cast))
    assert content.count("walked in on Monday") == 1
    assert content.count("called back") == 1


def test_what_was_sealed_with_a_destroyed_key_is_said_to_be_lost(cast: Cast, sign_in: SignIn) -> None:
    actions.change_person(cast.case_worker, cast.case, cast.person, {"gender": "tf"}, version=1)
    store().destroy([cast.person.pk])
    content = main_of(page(sign_in(cast.case_worker), f"/en{of_case('history/')(cast)}"))
    assert "key destroyed" in content
    assert "Trans woman" not in content


def test_every_change_stands_on_one_page_of_the_history(cast: Cast, sign_in: SignIn) -> None:
    person = cast.person
    for number in range(queries.CHANGES_ON_A_PAGE + 10):
        person = actions.change_person(
            cast.case_worker, cast.case, person, {"own_children": number}, version=person.version
        )
    browser = sign_in(cast.case_worker)
    address, rows = of_case("history/")(cast), []
    while address:
        content = page(browser, address)
        rows += re.findall(r"<td[^>]*>(\d+)</td>\s*</tr>", content)
        further = re.search(r'href="(\?[^"]*)" rel="next"', content)
        address = of_case("history/")(cast) + further[1].replace("&amp;", "&") if further else ""
    assert rows == [str(number) for number in reversed(range(queries.CHANGES_ON_A_PAGE + 10))]


@pytest.mark.parametrize("asked", [{"before": "yesterday"}, {"last": "x"}, {"before": "9999-99-99T00:00:00+00:00"}])
def test_a_page_of_the_history_that_is_none_is_not_there(cast: Cast, sign_in: SignIn, asked: dict[str, str]) -> None:
    assert sign_in(cast.case_worker).get(of_case("history/")(cast), **asked).status_code == 404


def test_whoever_is_not_in_the_team_sees_no_trace_of_a_text(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.case_worker).post(of_case("notes/")(cast), text="walked in")
    join_team(cast, cast.shelter_worker)
    assert "walked in" in page(sign_in(cast.shelter_worker), of_case("history/")(cast))
    content = main_of(page(sign_in(cast.second_case_worker), of_case("history/")(cast)))
    assert "walked in" not in content
    assert "notities" not in content.lower()
