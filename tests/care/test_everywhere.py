"""Every address there is, asked for by those who may not: after a withdrawal, and as if they guessed keys.

The addresses are read from the product, so that a new page is asked for too; one of care with a key that this file does
not know fails.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone
from tests.browser.care import OF_CASE_WORKERS
from tests.care.cast import BY_CONSENT, Cast
from tests.care.plan.test_support import everything
from tests.cases.api.program import Program
from tests.people.cast import Browser, Page
from tests.people.conftest import SignIn

from zicht.care.models import Referral
from zicht.care.plan import actions as plan
from zicht.care.plan import approvals, tasks
from zicht.care.plan.doors import find_own, find_received
from zicht.care.plan.models import AccountVersion, Attachment, Conference, Task
from zicht.care.referrals import actions as referrals
from zicht.care.safety import actions as safety
from zicht.care.safety import rules
from zicht.care.shelter import actions
from zicht.care.transfers import actions as transfers
from zicht.cases.models import LegalClock
from zicht.cases.rights.consent.actions import withdraw_consent
from zicht.people.short_codes import short_code

GIVEN = {"file", "dossier_reader"}  # to keep, and not shown
KEY = re.compile(r"<(?:\w+:)?(\w+)>")
OF_STAFF = ("staff/", "figures/", "api/")
OF_CARE = ("staff/care/", "staff/shelter/", "staff/tasks/")
WAIT = {"place_kind": "crisis_minor", "urgency": "u1_now"}
WORDS = "Write a letter about nothing."
PHRASE = "Is the blue bicycle back?"


# --- addresses --------------------------------------------------------------------------------------------------------
def routes() -> Iterator[str]:
    """Give every route of staff and of programs, with names of keys in it."""
    yield from (
        one for one in _routes("", get_resolver().url_patterns) if one.startswith(("staff/", "figures/", "api/"))
    )


def _routes(before: str, patterns: Iterable[URLPattern | URLResolver]) -> Iterator[str]:
    for one in patterns:
        route = before + str(one.pattern).lstrip("^")
        yield from _routes(route, one.url_patterns) if isinstance(one, URLResolver) else [route]


def addresses(keys: Mapping[str, object], of: tuple[str, ...] = OF_STAFF) -> list[str]:
    """Fill in keys where all of them are known; in an address of care they must be."""
    found = []
    for route in routes():
        names = KEY.findall(route)
        if route.startswith(OF_CARE):
            assert set(names) <= keys.keys(), f"{route}: say in this file which key that is"
        if route.startswith(of) and set(names) <= keys.keys() and not route.startswith("staff/account/"):
            found.append("/" + KEY.sub(lambda name: str(keys[name[1]]), route))
    assert len(found) > 40
    return found


# --- what is asked about ----------------------------------------------------------------------------------------------
@dataclass
class Received:
    """Two people of the helpline with everything that a shelter has about them: one stays there, one waits."""

    stays: Referral
    waits: Referral
    keys: dict[str, object]

    @classmethod
    def of(cls, cast: Cast) -> "Received":
        """Let them be there."""
        stays, waits = (referrals.accept(cast.host, cast.refer(BY_CONSENT)) for _ in range(2))
        actions.hold_place(cast.host, stays, cast.house, 4)
        stay = actions.begin_stay(cast.host, stays)
        actions.put_on_list(cast.host, waits, WAIT)
        actions.hold_place(cast.host, waits, cast.house, 4)
        transfer = transfers.ask_for_case(cast.keeper, stays)
        door = find_received(cast.host, stays.pk)
        assert door is not None
        today = timezone.localdate()
        plan.open_plan(cast.host, door, {"agreement": "not_yet", "review_on": today})
        goal = plan.add_goal(cast.host, door, {"domain": "housing", "support": "shelter", "objective": WORDS})
        given: dict[str, object] = {"kind": "other", "what": WORDS, "assigned_to": cast.host.pk, "due_on": today}
        task = tasks.give_task(cast.host, door, given)
        approvals.ask_approval(cast.host, door, "plan", cast.keeper.pk)
        everything(cast)
        keys: dict[str, object] = {
            "case_id": stays.case_id,
            "person_id": stays.person_id,
            "referral_id": stays.pk,
            "stay_id": stay.pk,
            "shelter_id": cast.house.pk,
            "transfer_id": transfer.pk,
            "goal_id": goal.pk,
            "task_id": task.pk,
            "subject": "plan",
            "org_id": cast.theirs.pk,
            "conference_id": Conference.objects.get().pk,
            "clock_id": LegalClock.objects.all()[0].pk,
            "account_id": AccountVersion.objects.get().pk,
            "attachment_id": Attachment.objects.get().pk,
        }
        return cls(stays, waits, keys)

    @property
    def secrets(self) -> list[str]:
        """Give what tells that these two are known: their keys, their codes, and what was written of them."""
        keys = [key for one in (self.stays, self.waits) for key in (one.pk, one.case_id, one.person_id)]
        return [*map(str, keys), *map(short_code, keys), WORDS]

    def withdraw(self, cast: Cast) -> None:
        """Let both take back their yes."""
        for one in (self.stays, self.waits):
            consent, today = one.person.consents.get(), timezone.localdate()
            withdraw_consent(cast.case_worker, one.case, consent, given_by="self", withdrawn_on=today, version=1)


def text_of(page: Page) -> str:
    return "" if page.streaming else page.content.decode(errors="replace")


# --- after a withdrawal -------------------------------------------------------------------------------------------
def test_wherever_something_of_a_referral_is_shown_nothing_is_at_the_next_request_after_a_withdrawal(
    cast: Cast, sign_in: SignIn
) -> None:
    received = Received.of(cast)
    browsers = {account.login: sign_in(account) for account in (cast.host, cast.keeper, cast.stranger_case_worker)}
    every = [*addresses(received.keys), *addresses({**received.keys, "referral_id": received.waits.pk}, OF_CARE)]

    def shown(browser: Browser) -> set[str]:
        # Every page, also one that is not there, names its own address where it leads to the other language.
        pages = {address: text_of(browser.get(address)).replace(address, "") for address in every}
        return {address for address, page in pages.items() if any(secret in page for secret in received.secrets)}

    before = {login: shown(browser) for login, browser in browsers.items()}
    for address in ("/staff/care/", "/staff/shelter/", "/staff/tasks/", "/staff/care/transfers/"):
        assert any(address in some for some in before.values()), address
    assert len(before["hanna"]) > 15
    received.withdraw(cast)
    for login, browser in browsers.items():
        assert shown(browser) == set(), login
        for address in addresses(received.keys, OF_CARE):
            page = browser.post(address, do="accepted")
            told = text_of(page).replace(address, "")
            assert not [secret for secret in received.secrets if secret in told], (login, address)
            if str(received.stays.pk) in address:
                assert page.status_code in (404, 405), (login, address)


# --- safe contact -------------------------------------------------------------------------------------------------
def test_outside_the_safe_hours_no_page_offers_contact_and_the_code_phrase_stands_nowhere(
    cast: Cast, sign_in: SignIn
) -> None:
    keys = {**Received.of(cast).keys, "case_id": cast.case.pk, "person_id": cast.person.pk}
    keys["task_id"], keys["goal_id"] = Task.objects.filter(case=cast.case)[0].pk, cast.person.goals.get().pk
    begin, end = (timezone.localtime() + dt.timedelta(hours=hours) for hours in (2, 3))
    hours = f"{rules.DAYS[begin.weekday()]} {begin:%H:%M}-{end:%H:%M}"
    door = find_own(cast.case_worker, cast.case.pk, cast.person.pk)
    assert door is not None
    agreed = {"channel": "call", "hours": hours, "code_phrase": PHRASE, "must_not_know": ["partner"]}
    safety.agree_contact(cast.case_worker, door, {**agreed, "leave_message": False, "checked_on": timezone.localdate()})
    team, program = sign_in(cast.case_worker), Program(cast.case_worker)
    told = [text_of(team.get(address)) for address in addresses(keys)]
    told += [text_of(team.post(f"/staff/care/cases/{cast.case.pk}/persons/{cast.person.pk}/contact/make/"))]
    api = "/api/v1/cases"
    told += [program.get(path).content.decode() for path in (api, f"{api}/{cast.case.pk}/persons")]
    assert any("Neem nu geen contact op" in page for page in told)
    for page in told:
        assert PHRASE not in page
        assert "contact/make/" not in page
    # Neither in a notice, a log or a line of history: what nobody can read in the database cannot leave it.
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            kept = [one for row in cursor.fetchall() for one in row]
            raw = [bytes(one) if isinstance(one, bytes | memoryview) else str(one).encode() for one in kept]
            assert PHRASE.encode() not in b" ".join(raw), table


# --- every page is looked at -----------------------------------------------------------------------------------------
def test_every_page_of_care_is_looked_at_with_a_browser(cast: Cast, sign_in: SignIn) -> None:
    keys, looked_at = Received.of(cast).keys, {resolve(address).route for address in OF_CASE_WORKERS}
    keeper = sign_in(cast.keeper)  # may do everything of care but what takes a case of the helpline
    for address in addresses(keys, OF_CARE):
        found = resolve(address)
        if found.url_name not in GIVEN and keeper.get(address).status_code != 405:
            assert found.route in looked_at, f"{found.route}: a line in tests/browser/care.py"


# --- guessed keys -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("who", ["officer", "stranger_case_worker", "host", "coordinator"])
def test_what_may_not_be_seen_is_answered_in_the_same_way_as_what_is_not_there(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    received = Received.of(cast)
    received.withdraw(cast)
    own = {"shelter_id", "stay_id", "org_id", "subject"}
    # Of the case of somebody else, with records of support: the wall of the team, and of another organisation.
    theirs = {**received.keys, "case_id": cast.case.pk, "person_id": cast.person.pk}
    theirs["task_id"], theirs["goal_id"] = Task.objects.filter(case=cast.case)[0].pk, cast.person.goals.get().pk
    may_see = {
        "coordinator": ("/cases/", "/transfers/"),
        "host": ("/shelter/",),
        "stranger_case_worker": ("/shelter/",),
    }
    browser = sign_in(getattr(cast, who))
    for keys in (received.keys, theirs):
        guessed = {name: value if name in own else uuid4() for name, value in keys.items()}
        pairs = zip(addresses(keys, OF_CARE), addresses(guessed, OF_CARE), strict=True)
        for real, none in pairs:
            if real == none:
                continue
            for ask in (browser.get, browser.post):
                answer = ask(real)
                if answer.status_code in (404, 405):
                    assert fingerprint(answer, keys) == fingerprint(ask(none), guessed), (ask, real)
                else:
                    assert any(part in real for part in may_see.get(who, ())), (ask, real)


def fingerprint(page: Page, keys: Mapping[str, object]) -> tuple[int, str, list[tuple[str, str]]]:
    """Give all that can be seen of an answer, without the keys that whoever asked knows."""
    text = text_of(page)
    for value in keys.values():
        if isinstance(value, UUID):
            text = text.replace(str(value), "-" * 36)
    heads = sorted((name, value) for name, value in page.headers.items() if name != "Expires")
    return page.status_code, re.sub(r'nonce-?="?[^"\s]+|csrfmiddlewaretoken" value="\w+', "", text), heads
