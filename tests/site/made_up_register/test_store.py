"""A drawn register is stored as the actions would have stored it, behind the walls of its organisation."""

import datetime as dt
from functools import cached_property

import pytest
from tests.cases.cast import Cast as CasesCast
from tests.people.cast import colleague

from zicht.cases import history, queries
from zicht.cases.models import Assessment, Case, Change, Consent, Exploitation, Person, PlaceEvent
from zicht.people.actions import add_partner
from zicht.people.models import Account, Organisation
from zicht.people.sealed import Sealed, reveal
from zicht.site.made_up import PARTNERS
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.draw import draw
from zicht.site.made_up_register.store import Place, store
from zicht.site.made_up_register.texts import EVERY

TODAY = dt.date(2026, 3, 2)
PERSONS = 60
pytestmark = pytest.mark.django_db


class Cast(CasesCast):
    @cached_property
    def staff(self) -> dict[str, Account]:
        """One account for each role that the made-up register names."""
        others = {
            role: colleague(self.administrator, role.replace("_", "-"), role)
            for role in ("desk_lead", "shelter_worker", "counsellor", "care_coordinator")
        }
        return {**others, "case_worker": self.case_worker}


@pytest.fixture
def cast() -> Cast:
    """Give the cast with a stored register of the helpline."""
    cast = Cast()
    for values in PARTNERS:
        add_partner(cast.administrator, values)
    partners = {partner.org_type: partner for partner in Organisation.objects.all()}
    partners["police"] = cast.officer.org
    drawn = draw("tests", PERSONS, TODAY, desks.HELP)
    assert store(drawn, Place(cast.administrator.org, cast.staff, partners)) == PERSONS
    return cast


def test_everything_that_was_drawn_is_there_and_right(cast: Cast) -> None:
    drawn = list(draw("tests", PERSONS, TODAY, desks.HELP))
    assert Case.objects.count() == len(drawn)
    assert Person.objects.count() == PERSONS
    assert Exploitation.objects.count() == sum(len(item.episodes) for item in drawn)
    assert PlaceEvent.objects.count() == sum(len(item.places) for item in drawn)
    for kind in (Case, Person, Exploitation, PlaceEvent, Consent, Assessment):
        for record in kind.objects.all():
            record.refuse_if_wrong()
    one = Person.objects.get(pk=drawn[0].traits[0].person_id)
    assert {name: getattr(one, name) for name in ("age_band", "gender", "citizenship")} == {
        name: drawn[0].persons[0][name] for name in ("age_band", "gender", "citizenship")
    }
    assert list(one.cases.all()) == [Case.objects.get(pk=str(drawn[0].case["case_id"]))]


def test_texts_lie_sealed_and_open(cast: Cast) -> None:
    noted = [case for case in Case.objects.all() if case.comments]
    assert noted
    assert all(isinstance(case.comments, Sealed) and reveal(case, "comments") in EVERY for case in noted)


def test_the_history_tells_who_made_a_case_and_who_closed_it(cast: Cast) -> None:
    case = Case.objects.filter(state="closed").first()
    assert case is not None
    told = {item.change.field: item for item in history.told(Change.objects.filter(record_ref=case.pk))}
    assert told[history.CREATED].change.changed_by_id == case.owner_id
    assert (told["state"].before, told["state"].after) == ("active", "closed")
    assert case.version == told["state"].change.version == 2


def test_the_register_is_seen_from_its_own_organisation_only(cast: Cast) -> None:
    assert queries.list_cases(cast.case_worker, {}).count == Case.objects.count()
    for stranger in (cast.officer, cast.reporter, cast.stranger_case_worker, cast.analyst):
        assert queries.list_cases(stranger, {}).count == 0


def test_a_register_that_cannot_be_stored_whole_is_not_stored_at_all(cast: Cast) -> None:
    Case.objects.all().delete()
    Person.objects.all().delete()
    staff = {role: account for role, account in cast.staff.items() if role != "counsellor"}
    with pytest.raises(KeyError):
        store(draw("tests", PERSONS, TODAY, desks.HELP), Place(cast.administrator.org, staff, {}))
    assert not Person.objects.exists()
