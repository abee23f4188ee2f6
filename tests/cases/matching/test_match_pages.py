"""The pages about records that could be one person: who sees them, what they tell, and what they never do."""

import re
from uuid import uuid4

import pytest
from tests.cases.cast import Cast
from tests.cases.matching.test_deciding import RARE, add, fresh, pair
from tests.conftest import QueryLimit
from tests.people.cast import Page
from tests.people.conftest import SignIn

from zicht.cases import actions as case_actions
from zicht.cases.matching import actions
from zicht.cases.models import Match, Person
from zicht.people.models import AccessLine
from zicht.people.short_codes import short_code

OPEN = "/staff/cases/matches/"
WITHOUT_THE_CASE = ("stranger_case_worker", "officer", "reporter", "analyst", "administrator", "counsellor")
Two = tuple[Person, Person]


@pytest.fixture
def two(cast: Cast) -> Two:
    """Give two records that look alike, the one that counts first."""
    return add(cast, first_registered=2024), add(cast, first_registered=2026, in_school=True)


def of_person(cast: Cast, person: Person, part: str = "") -> str:
    return f"/staff/cases/{cast.case.pk}/persons/{person.pk}/matches/{part}"


def of_two(cast: Cast, two: Two) -> str:
    return of_person(cast, two[0], f"{two[1].pk}/")


def decision(two: Two, what: str, **values: object) -> dict[str, object]:
    versions = {f"version-{person.pk}": fresh(person).version for person in two}
    return {"decision": what, **versions, **values}


def said(page: Page) -> str:
    """Give a page without identifiers of its address and without the token of its form."""
    return re.sub(
        r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|csrfmiddlewaretoken\S* value=\S*", "", page.content.decode()
    )


# --- who may --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", WITHOUT_THE_CASE)
def test_for_whoever_may_not_change_the_case_these_pages_are_not_there(
    cast: Cast, two: Two, sign_in: SignIn, who: str
) -> None:
    browser = sign_in(getattr(cast, who))
    for part in ("", f"{two[1].pk}/"):
        there = browser.get(of_person(cast, two[0], part))
        nowhere = browser.get(f"/staff/cases/{uuid4()}/persons/{uuid4()}/matches/{part}")
        assert there.status_code == nowhere.status_code == 404
        assert said(there) == said(nowhere)
    for what in ("same", "different", "undo"):
        assert browser.post(of_two(cast, two), **decision(two, what)).status_code == 404
    assert browser.post(of_person(cast, two[0], "again/")).status_code == 404
    assert Match.objects.get().state in ("likely", "possible")


def test_somebody_in_the_team_who_may_only_see_decides_nothing(cast: Cast, two: Two, sign_in: SignIn) -> None:
    case_actions.set_team(cast.case_worker, cast.case, cast.case_worker, [cast.shelter_worker], version=1)
    browser = sign_in(cast.shelter_worker)
    assert browser.get(f"/staff/cases/{cast.case.pk}/").status_code == 200
    assert "/matches/" not in browser.get(f"/staff/cases/{cast.case.pk}/").content.decode()
    for address in (of_person(cast, two[0]), of_two(cast, two), OPEN):
        assert browser.get(address).status_code == 404
    assert browser.post(of_two(cast, two), **decision(two, "same")).status_code == 404


@pytest.mark.parametrize("who", ["officer", "stranger_case_worker", "counsellor"])
def test_the_list_of_others_names_nobody_of_here(cast: Cast, two: Two, sign_in: SignIn, who: str) -> None:
    page = sign_in(getattr(cast, who)).get(OPEN)
    assert page.status_code == 200
    for person in two:
        assert short_code(person.pk) not in page.content.decode()


@pytest.mark.parametrize("who", ["analyst", "administrator", "privacy_officer", "reporter"])
def test_whoever_works_on_no_case_has_no_list(cast: Cast, sign_in: SignIn, who: str) -> None:
    assert sign_in(getattr(cast, who)).get(OPEN).status_code == 404


def test_a_record_of_elsewhere_and_one_that_never_was_cannot_be_put_beside(
    cast: Cast, two: Two, sign_in: SignIn
) -> None:
    theirs = case_actions.open_case(cast.stranger_case_worker, {})
    stranger = case_actions.add_person(cast.stranger_case_worker, theirs, RARE)
    browser = sign_in(cast.case_worker)
    for other in (stranger.pk, uuid4(), two[0].pk):
        assert browser.get(of_person(cast, two[0], f"{other}/")).status_code == 404
    typed = browser.post(of_person(cast, two[0]), code=short_code(stranger.pk))
    assert "error-summary" in typed.content.decode()


# --- what is told ---------------------------------------------------------------------------------------------------
def test_a_page_gives_reasons_in_words_and_no_score(cast: Cast, two: Two, sign_in: SignIn) -> None:
    Match.objects.update(score=37)
    browser = sign_in(cast.case_worker)
    for address in (of_person(cast, two[0]), of_two(cast, two), OPEN):
        page = browser.get("/en" + address).content.decode()
        shown = re.sub(r"<[^>]*>|href=\S+", " ", page)
        assert "First language" in shown
        assert "core" not in shown
        assert not re.search(r"\b37\b", shown)


def test_looking_at_two_records_writes_a_line_for_each(cast: Cast, two: Two, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    before = AccessLine.objects.count()
    browser.get(of_two(cast, two))
    seen = AccessLine.objects.filter(verb="seen", subject="person").order_by("-sequence")[:2]
    assert {line.subject_id for line in seen} == {str(person.pk) for person in two}
    assert AccessLine.objects.count() == before + 2


def test_another_record_is_put_beside_by_its_code(cast: Cast, two: Two, sign_in: SignIn) -> None:
    unlike = add(cast, gender="m", age_band="48_up", language="nl", citizenship=["NLD"], citizenship_group="nl")
    answer = sign_in(cast.case_worker).post(of_person(cast, two[0]), code=short_code(unlike.pk).lower())
    assert answer.headers["Location"] == of_person(cast, two[0], f"{unlike.pk}/")


def test_no_page_needs_more_queries_for_more_pairs(
    cast: Cast, two: Two, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    browser = sign_in(cast.case_worker)
    for _ in range(6):
        add(cast)
    for address in (of_person(cast, two[0]), of_two(cast, two), OPEN, f"/staff/cases/{cast.case.pk}/"):
        with at_most_queries():
            assert browser.get(address).status_code == 200


# --- deciding -------------------------------------------------------------------------------------------------------
def test_two_records_are_counted_as_one_with_the_values_that_were_chosen(cast: Cast, two: Two, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    answer = browser.post(of_two(cast, two), **decision(two, "same", in_school=str(two[1].pk)))
    assert answer.headers["Location"] == of_person(cast, two[0])
    assert (fresh(two[1]).merged_into_id, fresh(two[0]).in_school) == (two[0].pk, True)
    page = browser.get(f"/staff/cases/{cast.case.pk}/").content.decode()
    assert f'<span class="code">{short_code(two[0].pk)}</span>' in page
    browser.post(of_two(cast, two), **decision(two, "undo"))
    assert (fresh(two[1]).merged_into_id, fresh(two[0]).in_school) == (None, None)


def test_two_records_that_are_two_persons_are_not_suggested_again(cast: Cast, two: Two, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    browser.post(of_two(cast, two), **decision(two, "different"))
    browser.post(of_person(cast, two[0], "again/"))
    assert Match.objects.get().state == "different"
    assert short_code(two[1].pk) not in browser.get(OPEN).content.decode()


def test_a_decision_about_records_that_changed_meanwhile_is_not_taken(cast: Cast, two: Two, sign_in: SignIn) -> None:
    sent = decision(two, "same")
    case_actions.change_person(cast.coordinator, cast.case, two[1], {"own_children": 1}, version=1)
    page = sign_in(cast.case_worker).post(of_two(cast, two), **sent)
    assert "error-summary" in page.content.decode()
    assert fresh(two[1]).merged_into_id is None


@pytest.mark.parametrize(
    "wrong",
    [{"decision": "all"}, {"decision": ""}, {"in_school": "x"}, {"in_school": "0" * 8}],
    ids=["none", "no", "x", "id"],
)
def test_a_forged_form_decides_nothing(cast: Cast, two: Two, sign_in: SignIn, wrong: dict[str, object]) -> None:
    page = sign_in(cast.case_worker).post(of_two(cast, two), **{**decision(two, "same"), **wrong})
    assert "error-summary" in page.content.decode()
    assert fresh(two[1]).merged_into_id is None


def test_a_form_without_versions_decides_nothing(cast: Cast, two: Two, sign_in: SignIn) -> None:
    page = sign_in(cast.case_worker).post(of_two(cast, two), decision="same")
    assert "error-summary" in page.content.decode()
    assert fresh(two[1]).merged_into_id is None


def test_a_contradiction_is_said_on_the_page(cast: Cast, two: Two, sign_in: SignIn) -> None:
    third = add(cast)
    actions.count_as_one(cast.case_worker, pair(two[0], third))
    actions.count_apart(cast.case_worker, pair(two[1], third))
    page = sign_in(cast.case_worker).post("/en" + of_two(cast, two), **decision((*two, third), "same"))  # type: ignore[arg-type]
    assert "contradicts an earlier decision" in page.content.decode()


def test_the_case_of_somebody_who_sees_only_own_cases_names_no_record_beyond_them(cast: Cast, sign_in: SignIn) -> None:
    own = case_actions.open_case(cast.counsellor, {})
    theirs = case_actions.add_person(cast.counsellor, own, RARE)
    hidden = add(cast, first_registered=2020)
    actions.count_as_one(cast.case_worker, pair(theirs, hidden))
    browser = sign_in(cast.counsellor)
    for address in (f"/staff/cases/{own.pk}/", f"/staff/cases/{own.pk}/persons/{theirs.pk}/matches/", OPEN):
        page = browser.get(address)
        assert page.status_code == 200
        assert short_code(hidden.pk) not in page.content.decode()


@pytest.mark.parametrize("begin", ["x", "999" + "0" * 32, "0" * 40])
def test_a_page_of_the_list_that_cannot_be_is_not_there(cast: Cast, sign_in: SignIn, begin: str) -> None:
    assert sign_in(cast.case_worker).get(OPEN, begin=begin).status_code == 404
