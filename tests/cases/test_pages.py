"""Every page of the register: who sees it, who gets the answer of a page that does not exist, and what it does."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from tests.cases.cast import EPISODE, PERSON, Cast
from tests.conftest import QueryLimit
from tests.people.cast import Browser
from tests.people.conftest import SignIn

from zicht.cases import actions, queries
from zicht.cases.models import Assessment, Case, Change, Exploitation, Person, PlaceEvent
from zicht.people.models import AccessLine

Address = Callable[[Cast], str]


def of_case(part: str) -> Address:
    return lambda cast: f"/staff/cases/{cast.case.pk}/{part}"


def of_person(part: str) -> Address:
    return lambda cast: f"/staff/cases/{cast.case.pk}/persons/{cast.person.pk}/{part}"


def of_episode(part: str) -> Address:
    return lambda cast: f"/staff/cases/{cast.case.pk}/episodes/{cast.episode.pk}/{part}"


READING: dict[str, Address] = {"case": of_case(""), "history": of_case("history/")}
CHANGING: dict[str, tuple[Address, dict[str, object]]] = {
    "close": (
        of_case("close/"),
        {"state": "closed", "closed_on": "2026-03-09", "closure_reason": "lost", "version": 1},
    ),
    "team": (of_case("team/"), {"owner": "", "version": 1}),
    "note": (of_case("notes/"), {"text": "called back"}),
    "intake": (of_case("ask/intake/"), {"opened_on": "2026-03-01", "incoming_reason": "safety", "version": 1}),
    "protection": (of_case("ask/protection/"), {"procedures": ["complaint"], "version": 1}),
    "add_person": (of_case("persons/add/"), {"status": "possible", "status_by": "ngo", "status_date": "2026-03-02"}),
    "put_person": (of_case("persons/put/"), {"code": "7KQM-4TXD"}),
    "who": (of_person("ask/who/"), {"gender": "m", "version": 1}),
    "status": (of_person("ask/status/"), {"status": "identified", "version": 1}),
    "circumstances": (of_person("ask/circumstances/"), {"in_school": "yes", "version": 1}),
    "household": (of_person("household/"), {"code": "7KQM-4TXD", "version": 1}),
    "assess": (of_person("assess/"), {"made_on": "2026-03-02", "conclusion": "possible", "reason": "three signals"}),
    "add_episode": (of_person("episodes/add/"), {"forms": ["labour"], "main_form": "labour"}),
    "what": (of_episode("ask/what/"), {"forms": ["labour"], "main_form": "labour", "version": 1}),
    "situation": (of_episode("situation/"), {"code": "7KQM-4TXD", "version": 1}),
    "add_place": (of_episode("places/add/"), {"event_kind": "transit", "level": "country", "place_code": "BEL"}),
}
# These see the case and do not change it, or do not even see it.
WITHOUT_THE_CASE = (
    "stranger_case_worker",
    "officer",
    "reporter",
    "analyst",
    "administrator",
    "counsellor",
    "shelter_worker",
)


def page(browser: Browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def main_of(content: str) -> str:
    return content[content.index("<main") : content.index("</main>")]


def register_as_stored() -> list[object]:
    """Everything a page of the register could change, for comparing before and after."""
    models = (Case, Person, Exploitation, PlaceEvent, Assessment, Change)
    return [list(model.objects.order_by("pk").values()) for model in models] + [
        sorted(Case.team.through.objects.values_list("case_id", "account_id"))
    ]


def join_team(cast: Cast, *accounts: object) -> None:
    version = Case.objects.get(pk=cast.case.pk).version
    actions.set_team(cast.case_worker, cast.case, cast.case_worker, accounts, version=version)  # type: ignore[arg-type]


# --- who may not --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", WITHOUT_THE_CASE)
def test_a_case_does_not_exist_for_whoever_may_not_see_it(cast: Cast, sign_in: SignIn, who: str) -> None:
    addresses = [make(cast) for make in (*READING.values(), *(make for make, _ in CHANGING.values()))]
    browser = sign_in(getattr(cast, who))
    before = register_as_stored()
    for address in addresses:
        assert browser.get(address).status_code == 404, address
    for make, fields in CHANGING.values():
        assert browser.post(make(cast), **fields).status_code == 404
    assert browser.post(of_case("move/")(cast), state="follow_up", version=1).status_code == 404
    assert register_as_stored() == before


@pytest.mark.parametrize("name", sorted(CHANGING))
def test_somebody_in_the_team_who_only_looks_changes_nothing(cast: Cast, sign_in: SignIn, name: str) -> None:
    make, fields = CHANGING[name]
    address = make(cast)
    join_team(cast, cast.shelter_worker)
    browser = sign_in(cast.shelter_worker)
    before = register_as_stored()
    assert browser.get(of_case("")(cast)).status_code == 200
    assert browser.get(address).status_code == 404
    assert browser.post(address, **fields).status_code == 404
    assert register_as_stored() == before


def test_a_counsellor_works_on_her_own_case_and_sees_no_other(cast: Cast, sign_in: SignIn) -> None:
    own = actions.open_case(cast.counsellor, {})
    browser = sign_in(cast.counsellor)
    assert browser.get(f"/staff/cases/{own.pk}/").status_code == 200
    assert browser.get(f"/staff/cases/{own.pk}/ask/intake/").status_code == 200
    assert browser.get(of_case("")(cast)).status_code == 404
    content = page(browser, "/staff/cases/")
    assert queries.short_code(own.pk) in content
    assert queries.short_code(cast.case.pk) not in content


def test_whoever_closed_the_account_is_sent_to_sign_in(cast: Cast, sign_in: SignIn) -> None:
    answer = sign_in(cast.closed).get(of_case("")(cast))
    assert answer.status_code == 302
    assert "/login/" in answer.headers["Location"]


def test_the_record_of_a_case_is_found_through_that_case_only(cast: Cast, sign_in: SignIn) -> None:
    other = actions.open_case(cast.case_worker, {})
    browser = sign_in(cast.case_worker)
    for part in (f"persons/{cast.person.pk}/ask/who/", f"episodes/{cast.episode.pk}/ask/what/"):
        assert browser.get(f"/staff/cases/{other.pk}/{part}").status_code == 404
    for part in (f"persons/{uuid4()}/ask/who/", f"episodes/{uuid4()}/ask/what/", "ask/nothing/", "ask/notes/"):
        assert browser.get(f"/staff/cases/{cast.case.pk}/{part}").status_code == 404


def test_a_case_of_another_organisation_and_one_that_never_was_get_the_same_answer(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.stranger_case_worker)
    there, nowhere = browser.get(of_case("")(cast)), browser.get(f"/staff/cases/{uuid4()}/")
    assert there.status_code == nowhere.status_code == 404
    alike = [
        re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}[^\"]*|value=\"[^\"]+\"", "", one.content.decode())
        for one in (there, nowhere)
    ]
    assert alike[0] == alike[1]


@pytest.mark.parametrize("who", ["analyst", "administrator", "reporter", "privacy_officer"])
def test_the_step_cases_leads_nowhere_for_whoever_has_no_cases(cast: Cast, sign_in: SignIn, who: str) -> None:
    browser = sign_in(getattr(cast, who))
    assert browser.get("/staff/cases/").status_code == 404
    assert browser.get("/staff/cases/open/").status_code == 404
    assert 'href="/staff/cases/"' not in page(browser, "/staff/")


def test_a_shelter_worker_gets_no_page_to_open_a_case(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.shelter_worker)
    assert browser.get("/staff/cases/open/").status_code == 404
    content = page(browser, "/en/staff/cases/")
    assert "Open a case" not in main_of(content)


# --- what everybody who may gets ----------------------------------------------------------------------------------
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_every_page_opens_in_both_languages_within_its_queries_and_leaves_a_line(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit, prefix: str
) -> None:
    browser = sign_in(cast.case_worker)
    addresses = [make(cast) for make in (*READING.values(), *(make for make, _ in CHANGING.values()))]
    for address in ["/staff/cases/", "/staff/cases/open/", *addresses]:
        lines = AccessLine.objects.count()
        with at_most_queries():
            content = page(browser, prefix + address)
        assert content.count("<h1") == 1
        assert AccessLine.objects.count() == lines + (0 if address.endswith("/open/") else 1), address


def test_looking_names_the_record_and_the_wall(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    for make, subject in (
        (of_case(""), "case"),
        (of_person("ask/who/"), "person"),
        (of_episode("ask/what/"), "exploitation"),
    ):
        browser.get(make(cast))
        line = AccessLine.objects.order_by("-sequence")[0]
        assert (line.verb, line.subject, line.compartment, line.purpose) == ("seen", subject, "help", "case_work")


def fill(cast: Cast, persons: int) -> Case:
    """Give a case with many persons, each with an episode, a place, an assessment and a shared household."""
    case = actions.open_case(cast.case_worker, {})
    household, situation = uuid4(), uuid4()
    for _ in range(persons):
        person = actions.add_person(cast.case_worker, case, {**PERSON, "household_key": household})
        episode = actions.add_episode(cast.case_worker, case, person, {**EPISODE, "situation_id": situation})
        where = {"event_kind": "exploitation", "level": "municipality", "place_code": "GM0363", "period": "2025-05"}
        actions.add_place(cast.case_worker, case, episode, where)
        actions.assess(
            cast.case_worker, case, person, {"made_on": case.opened_on, "conclusion": "possible", "reason": "signals"}
        )
    return case


def test_a_case_costs_no_more_queries_with_many_persons_than_with_one(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    case = fill(cast, 8)
    browser = sign_in(cast.case_worker)
    for part in ("", "history/"):
        with at_most_queries():
            content = page(browser, f"/en/staff/cases/{case.pk}/{part}")
    assert content.count("Amsterdam") == 0
    assert page(browser, f"/en/staff/cases/{case.pk}/").count("Amsterdam") >= 8


def test_a_list_costs_no_more_queries_with_many_cases_than_with_one(
    cast: Cast, sign_in: SignIn, at_most_queries: QueryLimit
) -> None:
    for _ in range(5):
        fill(cast, 2)
    browser = sign_in(cast.case_worker)
    asked = {"state": "active", "gender": "f", "main_form": "sexual", "owner": "mine", "code": "0"}
    with at_most_queries():
        page(browser, "/staff/cases/")
    with at_most_queries():
        assert browser.get("/staff/cases/", **asked).status_code == 200
