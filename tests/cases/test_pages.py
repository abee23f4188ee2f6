"""Every page of the register: who sees it, who gets the answer of a page that does not exist, and what it does."""

import datetime as dt
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
from zicht.people.short_codes import short_code

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
    assert short_code(own.pk) in content
    assert short_code(cast.case.pk) not in content


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
        assert content.count("Amsterdam") >= 8


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


# --- the list -----------------------------------------------------------------------------------------------------
def codes_in(content: str) -> list[str]:
    return re.findall(r'class="code" href="/staff/cases/[0-9a-f-]{36}/">([0-9A-Z]{4}-[0-9A-Z]{4})<', content)


def code(record: Case | Person | Exploitation) -> str:
    return short_code(record.pk)


def test_the_list_says_how_many_stand_in_it_and_what_each_is_about(cast: Cast, sign_in: SignIn) -> None:
    assert code(cast.episode)
    content = page(sign_in(cast.case_worker), "/en/staff/cases/")
    assert "1 case" in content
    assert code(cast.case) in content
    for text in ("Woman or girl, 16 or 17", "Sexual exploitation", "Wanda", "Open a case"):
        assert text in content
    assert "data-row-link" in content


@pytest.mark.parametrize(
    ("asked", "is_found"),
    [
        ({"state": "active"}, True),
        ({"state": "closed"}, False),
        ({"owner": "mine"}, True),
        ({"gender": "f", "age_band": "16_17", "status": "possible"}, True),
        ({"gender": "m"}, False),
        ({"main_form": "sexual"}, True),
        ({"main_form": "organ"}, False),
        ({"from_day": "2026-03-02", "to_day": "2026-03-02"}, True),
        ({"to_day": "2026-03-01"}, False),
    ],
)
def test_the_list_is_narrowed_to_what_is_asked(
    cast: Cast, sign_in: SignIn, asked: dict[str, str], is_found: bool
) -> None:
    assert code(cast.episode)
    content = sign_in(cast.case_worker).get("/staff/cases/", **asked).content.decode()
    assert codes_in(content) == ([code(cast.case)] if is_found else [])


def test_a_case_is_found_by_its_code_and_by_that_of_a_person_in_it(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    for typed in (code(cast.case), code(cast.case).lower()[:5], code(cast.person), code(cast.person).replace("-", " ")):
        assert code(cast.case) in codes_in(browser.get("/staff/cases/", code=typed).content.decode()), typed
    line = AccessLine.objects.order_by("-sequence")[0]
    assert (line.verb, line.subject, line.subject_id) == ("searched", "case", "")


def test_cases_of_somebody_else_are_not_my_own(cast: Cast, sign_in: SignIn) -> None:
    assert code(cast.case)
    browser = sign_in(cast.second_case_worker)
    assert codes_in(browser.get("/staff/cases/", owner="mine").content.decode()) == []
    assert codes_in(browser.get("/staff/cases/", owner=str(cast.case_worker.pk)).content.decode()) == [code(cast.case)]


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "nothing"},
        {"owner": "7b0f2a5e-0000-4000-8000-000000000000"},
        {"from_day": "yesterday"},
        {"code": "<script>"},
        {"from_day": "2026-03-02", "to_day": "2026-03-01"},
    ],
)
def test_a_question_that_makes_no_sense_is_explained(cast: Cast, sign_in: SignIn, asked: dict[str, str]) -> None:
    answer = sign_in(cast.case_worker).get("/en/staff/cases/", **asked)
    assert answer.status_code == 200
    assert "error-summary" in answer.content.decode()
    assert "<script>" not in main_of(answer.content.decode())


@pytest.mark.parametrize("begin", ["x", "20261399" + "0" * 32, "20260302" + "z" * 32, "0" * 400])
def test_a_page_of_the_list_that_is_none_is_not_there(cast: Cast, sign_in: SignIn, begin: str) -> None:
    assert sign_in(cast.case_worker).get("/staff/cases/", begin=begin).status_code == 404


def test_every_case_stands_on_one_page_of_the_list_also_in_the_other_order(cast: Cast, sign_in: SignIn) -> None:
    days = [dt.date(2026, 3, 1 + number // 40) for number in range(2 * queries.CASES_ON_A_PAGE + 3)]
    every = {code(actions.open_case(cast.case_worker, {"opened_on": day})) for day in days}
    browser = sign_in(cast.case_worker)
    for order in ("", "oldest"):
        seen: list[str] = []
        address = f"/staff/cases/?order={order}"
        while address:
            content = page(browser, address)
            seen += codes_in(content)
            further = re.search(r'href="(\?[^"]*)" rel="next"', content)
            address = "/staff/cases/" + further[1].replace("&amp;", "&") if further else ""
        assert len(seen) == len(every)
        assert set(seen) == every


def test_the_head_of_the_days_turns_the_order_keeps_the_filters_and_says_how_it_is_sorted(
    cast: Cast, sign_in: SignIn
) -> None:
    first, last = (actions.open_case(cast.case_worker, {"opened_on": dt.date(2026, month, 1)}) for month in (1, 2))
    browser = sign_in(cast.case_worker)
    address, heads = "/staff/cases/?state=active", []
    for expected in ([code(last), code(first)], [code(first), code(last)], [code(last), code(first)]):
        content = page(browser, address)
        assert codes_in(content) == expected
        head = re.search(r'aria-sort="(\w+)"><a class="sorts" href="([^"]*)"', content)
        assert head
        heads.append(head[1])
        address = "/staff/cases/" + head[2].replace("&amp;", "&")
        assert "state=active" in address
    assert heads == ["descending", "ascending", "descending"]


def test_an_empty_list_says_what_to_do_next(cast: Cast, sign_in: SignIn) -> None:
    assert "No case yet." in page(sign_in(cast.case_worker), "/en/staff/cases/")
    assert "puts this account in the team" in page(sign_in(cast.shelter_worker), "/en/staff/cases/")


def test_a_list_that_was_narrowed_to_nothing_leads_back_to_all(cast: Cast, sign_in: SignIn) -> None:
    content = sign_in(cast.case_worker).get("/en/staff/cases/", state="closed").content.decode()
    assert "No case fits." in content
    assert 'href="/en/staff/cases/"' in main_of(content)


# --- opening --------------------------------------------------------------------------------------------------------
FIRST = {"person-status": "possible", "person-status_by": "ngo", "person-status_date": "2026-03-02"}


def test_a_case_is_opened_on_one_page_with_its_first_person(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    answer = browser.post("/staff/cases/open/", **{"case-opened_on": "2026-03-02", **FIRST})
    case = Case.objects.get()
    assert answer.headers["Location"] == f"/staff/cases/{case.pk}/"
    assert (case.owner, case.opened_on) == (cast.case_worker, dt.date(2026, 3, 2))
    assert [person.status for person in case.persons.all()] == ["possible"]


def test_a_case_may_be_opened_without_knowing_anybody_yet(cast: Cast, sign_in: SignIn) -> None:
    sign_in(cast.counsellor).post("/staff/cases/open/", **{"case-opened_on": "2026-03-02"})
    case = Case.objects.get()
    assert (case.owner, case.persons.count()) == (cast.counsellor, 0)


def test_half_a_person_is_asked_for_and_nothing_is_half_done(cast: Cast, sign_in: SignIn) -> None:
    fields = {"case-opened_on": "2026-03-02", "person-status": "possible"}
    content = sign_in(cast.case_worker).post("/en/staff/cases/open/", **fields).content.decode()
    assert 'href="#id_person-status_by"' in content
    assert not Case.objects.exists()
    assert not Person.objects.exists()


def test_opening_twice_with_one_form_opens_one_case(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.case_worker)
    content = page(browser, "/staff/cases/open/")
    keys = dict(re.findall(r'name="((?:case|person)-new_id)" value="([0-9a-f-]{36})"', content))
    assert len(keys) == 2
    for _ in range(2):
        answer = browser.post("/staff/cases/open/", **{"case-opened_on": "2026-03-02", **FIRST, **keys})
        assert answer.status_code == 302
    assert (Case.objects.count(), Person.objects.count()) == (1, 1)


def test_the_identifier_of_a_strangers_case_opens_nothing(cast: Cast, sign_in: SignIn) -> None:
    theirs = actions.open_case(cast.stranger_case_worker, {})
    fields = {"case-opened_on": "2026-03-02", "case-new_id": str(theirs.pk)}
    assert sign_in(cast.case_worker).post("/staff/cases/open/", **fields).status_code == 404
    assert Case.objects.count() == 1


# --- the case ---------------------------------------------------------------------------------------------------------
def test_a_case_shows_in_words_what_is_known_and_what_was_not_asked(cast: Cast, sign_in: SignIn) -> None:
    assert code(cast.episode)
    content = main_of(page(sign_in(cast.case_worker), f"/en/staff/cases/{cast.case.pk}/"))
    for text in (
        code(cast.person),
        "Woman or girl, 16 or 17",
        "Possible victim (presumed) · NGO or care organisation",
        "Minor",
        "Threat with images",
        "Not asked yet",
    ):
        assert text in content, text
    assert "not_asked" not in content
    assert "16_17" not in content


def test_a_person_whose_use_is_limited_is_shown_and_cannot_be_changed(cast: Cast, sign_in: SignIn) -> None:
    address = of_person("ask/who/")(cast)
    Person.objects.filter(pk=cast.person.pk).update(restricted_on=dt.date(2026, 3, 3))
    browser = sign_in(cast.case_worker)
    content = page(browser, f"/en/staff/cases/{cast.case.pk}/")
    assert "Use limited since" in content
    assert address not in content
    answer = browser.post(f"/en{address}", gender="m", version=1)
    assert "was limited at the person&#x27;s request" in answer.content.decode()
    cast.person.refresh_from_db()
    assert cast.person.gender == "f"


def test_texts_are_shown_to_the_owner_and_the_team_and_to_nobody_else(cast: Cast, sign_in: SignIn) -> None:
    owner, member, other = (sign_in(one) for one in (cast.case_worker, cast.shelter_worker, cast.second_case_worker))
    owner.post(of_case("notes/")(cast), text="walked in on Monday")
    reason = {"made_on": "2026-03-02", "conclusion": "possible", "reason": "three strong signals"}
    owner.post(of_person("assess/")(cast), **reason)
    join_team(cast, cast.shelter_worker)
    for part in ("", "history/"):
        address = f"/en/staff/cases/{cast.case.pk}/{part}"
        for browser in (owner, member):
            assert "walked in on Monday" in page(browser, address)
        content = main_of(page(other, address)).lower()
        assert not re.search("walked in|strong signals|notes?\\b|comments", content)
    assert "three strong signals" in page(owner, f"/en/staff/cases/{cast.case.pk}/")


@pytest.mark.parametrize("part", [of_case("notes/"), of_person("assess/")])
def test_whoever_reads_no_texts_writes_none(cast: Cast, sign_in: SignIn, part: Address) -> None:
    address = part(cast)
    browser = sign_in(cast.second_case_worker)
    before = register_as_stored()
    fields = {"text": "x", "made_on": "2026-03-02", "conclusion": "possible", "reason": "x"}
    assert browser.get(address).status_code == 404
    assert browser.post(address, **fields).status_code == 404
    assert register_as_stored() == before


def test_looking_changes_nothing(cast: Cast, sign_in: SignIn) -> None:
    addresses = [make(cast) for make in (*READING.values(), *(make for make, _ in CHANGING.values()))]
    browser = sign_in(cast.case_worker)
    before = register_as_stored()
    for address in addresses:
        browser.get(address)
        browser.client.head(address)
    assert browser.get(of_case("move/")(cast)).status_code == 405
    assert register_as_stored() == before
