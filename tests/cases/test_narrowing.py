"""A list is narrowed to the same cases from whichever side the database begins, and as a slow look at each would."""

import datetime as dt
from functools import cached_property

import pytest
from tests.cases.cast import Cast as CasesCast
from tests.people.cast import colleague

from zicht.cases import queries
from zicht.cases.models import Case, Exploitation, Person
from zicht.cases.narrowing import Wanted, narrow
from zicht.people.models import Account
from zicht.people.short_codes import keys_of_code, short_code
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.cases import Desk
from zicht.site.made_up_register.draw import draw
from zicht.site.made_up_register.store import Place, store

TODAY = dt.date(2026, 3, 2)
NONE, ALL = 0, 10**6  # so many are few: none but what is not there at all, and always
DESK = Desk("help", "help", desks.HELP.owners, desks.HELP.team, 0.5, has_partners=False, asks_consent=False)
pytestmark = pytest.mark.django_db


class Cast(CasesCast):
    @cached_property
    def staff(self) -> dict[str, Account]:
        """One account for each role that the made-up register names."""
        others = ("desk_lead", "care_coordinator", "counsellor", "shelter_worker")
        made = {role: colleague(self.administrator, role.replace("_", "-"), role) for role in others}
        return {**made, "case_worker": self.case_worker}


@pytest.fixture
def cast() -> Cast:
    """Give the cast with a made-up register of the helpline, and a case behind another wall."""
    cast = Cast()
    store(draw("narrow", 50, TODAY, DESK), Place(cast.administrator.org, cast.staff, {}))
    return cast


def fits(case: Case, wanted: Wanted) -> bool:
    """Look at a case, slowly."""
    persons, episodes = list(case.persons.all()), list(Exploitation.objects.filter(case=case))
    about = {name: wanted[name] for name in ("status", "gender", "age_band") if name in wanted}
    codes = [short_code(record.pk).replace("-", "") for record in (case, *persons)]
    return (
        case.state == wanted.get("state", case.state)
        and case.owner_id == wanted.get("owner", case.owner_id)
        and wanted.get("from_day", dt.date.min) <= case.opened_on <= wanted.get("to_day", dt.date.max)
        and any(code.startswith(wanted.get("code", "")) for code in codes)
        and (not about or any(has(person, about) for person in persons))
        and ("main_form" not in wanted or any(item.main_form == wanted["main_form"] for item in episodes))
    )


def has(person: Person, about: Wanted) -> bool:
    return all(getattr(person, name) == value for name, value in about.items())


WANTED: list[Wanted] = [
    {},
    {"state": "closed"},
    {"gender": "f"},
    {"gender": "m", "age_band": "30_38"},
    {"status": "possible", "main_form": "sexual"},
    {"main_form": "adoption"},
    {"from_day": dt.date(2022, 1, 1), "to_day": dt.date(2022, 12, 31), "gender": "f"},
    {"code": "7"},
    {"code": "Z"},
]


@pytest.mark.parametrize("role", ["case_worker", "counsellor", "shelter_worker"])
def test_a_list_is_narrowed_as_a_slow_look_at_each_case_would(cast: Cast, role: str) -> None:
    reader = Account.objects.get(pk=cast.staff[role].pk)
    seen = Case.objects.visible_to(reader)
    for wanted in [*WANTED, {"owner": cast.staff["counsellor"].pk}]:
        slow = sorted(case.pk for case in seen if fits(case, wanted))
        for few in (NONE, ALL):
            assert sorted(case.pk for case in narrowed(reader, wanted, few)) == slow, wanted


def narrowed(reader: Account, wanted: Wanted, few: int) -> list[Case]:
    keys = keys_of_code(str(wanted.get("code", "")))
    return list(narrow(Case.objects.visible_to(reader), reader, wanted, keys, few=few))


def test_narrowing_opens_no_wall(cast: Cast) -> None:
    for stranger in (cast.officer, cast.stranger_case_worker, cast.analyst):
        assert not any(narrowed(stranger, wanted, few) for wanted in WANTED for few in (NONE, ALL))


def test_all_pages_together_hold_every_case_once_in_both_orders(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "CASES_ON_A_PAGE", 7)
    for order, key in (("", "-opened_on"), (queries.OLDEST_FIRST, "opened_on")):
        begin, found = "", []
        while True:
            page = queries.list_cases(cast.case_worker, {"order": order}, begin)
            found += [case.pk for case in page.cases]
            begin = page.further
            if not begin:
                break
        assert found == list(Case.objects.order_by(key, "case_id").values_list("pk", flat=True))
