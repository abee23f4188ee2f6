"""F14 to F17 and F25: reports, signals, referrals, stays and known fields against a slow recount of the records."""

import datetime as dt
import statistics
from collections import Counter
from collections.abc import Iterable
from random import Random
from typing import Any

import pytest
from tests.cases.cast import Cast
from tests.figures.register.made import DAY, YEAR, keyed, store
from tests.figures.register.recount import LISTS, One, persons_of
from tests.figures.register.test_beside_register import Cell, codes, places, put, tally

from zicht import words
from zicht.care.models import Referral, Shelter, Stay
from zicht.cases.models import Case, Consent, Person
from zicht.figures import came_in, extract
from zicht.figures.extract import ANSWER, LENGTH, OCCUPIED, Register
from zicht.figures.register.axes import fields
from zicht.figures.register.counting import count_tables, fields_told_apart
from zicht.people.models import Organisation
from zicht.signals.models import Intake, PoliceDistrict, Signal

pytestmark = pytest.mark.django_db
MANY = 90
MISSING = ("unknown", "not_asked", "declined")
NIGHT = dt.timedelta(days=1)


@pytest.fixture
def chance() -> Random:
    return Random(14)


def cells_of(register: Register, code: str) -> Counter[Cell]:
    """Give what a table says, without the cells in which nobody is."""
    found: Counter[Cell] = Counter()
    for block in (one for one in count_tables(register) if one.table.code == code):
        for row, line in zip(block.rows.places, block.counts.tolist(), strict=True):
            for col, number in zip(block.cols.places, line, strict=True):
                found[block.rows.name, row.code, block.cols.name, col.code] += number
    return +found


def day_of(chance: Random) -> dt.date:
    return dt.date(chance.choice([YEAR, YEAR, YEAR, YEAR - 1]), chance.randint(1, 12), chance.randint(1, 28))


# --- reports and signals ----------------------------------------------------------------------------------------------
def come_in(cast: Cast, chance: Random) -> list[Intake]:
    """Let contacts and reports come in: of two organisations, some of them twice, some at a news desk."""
    org, other = cast.analyst.org, put(Organisation, org_name="Anders", org_type="ngo", legal_regime="avg")
    for town, district in (("GM0363", "Amsterdam-Noord"), ("GM0748", "De Markiezaten")):
        put(PoliceDistrict, org=org, place_code=town, district=district)
    forms = [["sexual"], ["labour", "domestic"], ["labour", "criminal"], ["not_asked"], ["unknown"], ["declined"]]
    for _ in range(MANY):
        put(
            Intake,
            org=chance.choice([org, org, org, other]),
            compartment=chance.choice(["help", "help", "help", "press"]),
            received_on=day_of(chance),
            clock_from=dt.datetime(YEAR, 1, 1, tzinfo=dt.UTC),
            sorts_at=dt.datetime(YEAR, 1, 1, tzinfo=dt.UTC),
            source="call",
            channel="phone",
            kind=chance.choice(["report", "report", "information", "test"]),
            urgency="u3_week",
            outcome=chance.choice(["", "", "", "duplicate"]),
            forms=chance.choice(forms),
            place_code=chance.choice(["GM0363", "GM0748", "GM0599", ""]),
            police_unit=chance.choice([*codes("police_unit")[:2], *MISSING]),
            district=chance.choice(["", "De Markiezaten", "Nowhere"]),
        )
    return [one for one in Intake.objects.filter(org=org) if _comes_in(one)]


def _comes_in(one: Intake) -> bool:
    kind = words.vocabulary().lists["contact_kind"].codes[one.kind]
    is_once = one.compartment != "press" and one.outcome != "duplicate"
    return is_once and kind.is_marked("counted") and one.received_on.year == YEAR


def test_f14_counts_each_report_where_it_lies_in_its_month_and_by_its_forms(cast: Cast, chance: Random) -> None:
    reports = [one for one in come_in(cast, chance) if one.kind == "report"]
    slow: Counter[Cell] = Counter()
    for one in reports:
        at = places([_district(one)])
        slow += tally("district", at, "month", {f"{one.received_on.month:02}", "total"})
        slow += tally("district", at, "form.nl_main", _main_forms(one.forms))
    found = cells_of(came_in.read_reports(cast.analyst.org, YEAR), "F14")
    assert found == slow
    assert len(reports) > MANY / 6


def _district(one: Intake) -> str:
    district = {"GM0363": "Amsterdam-Noord", "GM0748": "De Markiezaten"}.get(one.place_code, one.district)
    if district in ("Amsterdam-Noord", "De Markiezaten"):
        return district
    return one.police_unit if one.police_unit in MISSING else f"unit_{one.police_unit}"


def _main_forms(forms: Iterable[str]) -> set[str]:
    terms = words.vocabulary().lists["form"].codes
    return places({terms[one].text("nl_main") if one in terms else one for one in forms})


def test_f15_counts_each_signal_by_its_group_state_and_month(cast: Cast, chance: Random) -> None:
    inside = come_in(cast, chance)
    indicators = list(words.vocabulary().indicators)
    for intake in Intake.objects.all():
        for code in chance.sample(indicators, 2):
            values = {"basis": "seen", "state": chance.choice(codes("signal_state")), "behind": intake.behind}
            put(Signal, intake=intake, indicator=code, **values)
    slow: Counter[Cell] = Counter()
    for intake in inside:
        for signal in Signal.objects.filter(intake=intake):
            at = {words.vocabulary().indicators[signal.indicator].group, "total"}
            slow += tally("indicator_group", at, "signal_state", {signal.state, "total"})
            slow += tally("indicator_group", at, "month", {f"{intake.received_on.month:02}", "total"})
            slow += tally("indicator_group", at, "org_type", {cast.analyst.org.org_type, "total"})
    assert cells_of(came_in.read_signals(cast.analyst.org, YEAR), "F15") == slow


# --- referrals and stays ----------------------------------------------------------------------------------------------
def refer(cast: Cast, chance: Random) -> None:
    """Let persons be referred to partners of every kind, and stay in shelters of the organisation and of another."""
    org = cast.analyst.org
    partners = [
        put(Organisation, org_name=f"P{number}", org_type=kind, legal_regime="avg")
        for number, kind in enumerate(codes("org_type")[:3])
    ]
    shelters = [
        put(
            Shelter,
            org=owner,
            place_kind=kind,
            capacity=chance.randint(2, 9),
            placing_org=placing,
            closed_on=chance.choice([None, None, DAY]),
        )
        for kind, owner, placing in zip(
            codes("place_kind")[:4], [org, org, partners[0], partners[1]], [None, partners[0], org, None], strict=True
        )
    ]
    people = [
        {"cases": [{}], "compartment": chance.choice(["help", "help", "press"]), **_out(chance)} for _ in range(MANY)
    ]
    store(cast.case_worker, keyed(people))
    for person in Person.objects.filter(org=org, cases__isnull=False):
        sent = day_of(chance)
        referral = put(
            Referral,
            case=Case.objects.get(persons=person),
            person=person,
            from_org=chance.choice([org, org, org, partners[0]]),
            to_org=chance.choice([*partners, org]),
            reason="shelter",
            state=chance.choice(codes("referral_state")),
            sent_on=chance.choice([sent, sent, None]),
            decided_on=chance.choice([None, sent + NIGHT * chance.randint(0, 30)]),
        )
        begun, nights = day_of(chance), chance.choice([0, 3, 30, None])
        until = None if nights is None else begun + NIGHT * nights
        values = {"shelter": chance.choice(shelters), "from_date": begun, "until_date": until}
        put(Stay, person=person, referral=referral, planned_until=begun + NIGHT * 40, **values)


def _out(chance: Random) -> dict[str, Any]:
    return chance.choice([{}, {}, {}, {"restricted_on": DAY}, {"refuses": "no"}])


def _may_be_counted(person: Person) -> bool:
    return not person.restricted_on and not Consent.objects.filter(person=person, purpose="statistics").exists()


def test_f16_counts_each_referral_of_the_year_by_who_received_it_and_its_state(cast: Cast, chance: Random) -> None:
    refer(cast, chance)
    sent = [
        one
        for one in Referral.objects.filter(from_org=cast.analyst.org)
        if one.sent_on and one.sent_on.year == YEAR and one.case.compartment != "press" and _may_be_counted(one.person)
    ]
    slow: Counter[Cell] = Counter()
    for one in sent:
        slow += tally("org_type", {one.to_org.org_type, "total"}, "referral_state", {one.state, "total"})
    register = extract.read_referrals(cast.analyst.org, YEAR)
    assert cells_of(register, "F16") == slow
    waited = [(one.decided_on - one.sent_on).days for one in sent if one.decided_on and one.sent_on]
    assert {one.name: (one.value, one.numbers) for one in register.measures} == {
        ANSWER: (statistics.median(waited), (len(waited),))
    }


def test_f17_counts_each_stay_where_the_organisation_places_people(cast: Cast, chance: Random) -> None:
    refer(cast, chance)
    org = cast.analyst.org
    stays = [one for one in Stay.objects.all() if (one.shelter.placing_org or one.shelter.org) == org]
    slow: Counter[Cell] = Counter()
    for one in stays:
        if one.from_date.year == YEAR and _may_be_counted(one.person):
            slow += tally(
                "place_kind", {one.shelter.place_kind, "total"}, "month", {f"{one.from_date.month:02}", "total"}
            )
    register = extract.read_stays(org, YEAR)
    assert cells_of(register, "F17") == slow
    measured = {one.name: one.value for one in register.measures}
    nights = sum(_is_in_year(night) for one in stays for night in _nights(one))
    capacity = sum(
        one.capacity for one in Shelter.objects.all() if not one.closed_on and (one.placing_org or one.org) == org
    )
    assert measured[OCCUPIED] == pytest.approx(nights / (capacity * 365))
    ended = [one for one in stays if one.until_date and one.until_date.year == YEAR]
    lengths = [(one.until_date - one.from_date).days for one in ended if one.until_date]
    assert measured[LENGTH] == statistics.median(lengths)


def _is_in_year(night: dt.date) -> bool:
    return night.year == YEAR


def _nights(stay: Stay) -> Iterable[dt.date]:
    night = stay.from_date
    while night < (stay.until_date or dt.date(YEAR + 1, 1, 1)):
        yield night
        night += NIGHT


# --- how well fields are filled in ------------------------------------------------------------------------------------
def test_f25_counts_of_each_field_of_whom_it_is_known_and_why_not(cast: Cast, chance: Random) -> None:
    lists = {name: codes(name)[:3] for name in ("form", "means", "relation")}
    people = [
        {
            "gender": chance.choice(["f", "m", "nk", *MISSING]),
            "age_band": chance.choice(["12_15", "minor_nos", *MISSING]),
            "in_school": chance.choice([True, False, None]),
            "cases": [{"registered_national": chance.choice([True, False, None])}],
            "episodes": [
                {LISTS[name]: chance.choice([terms, ["declined"], ["unknown"], []]) for name, terms in lists.items()}
                for _ in range(chance.randint(0, 2))
            ],
            **_out(chance),
        }
        for _ in range(MANY)
    ]
    store(cast.case_worker, keyed(people))
    found = cells_of(extract.read_register(cast.analyst.org, YEAR, fields_told_apart()), "F25")
    counted = persons_of(cast.analyst.org, YEAR)
    for name in ("gender", "age_band", "forms", "means", "relations"):
        slow = Counter(_answer(one, name) for one in counted)
        slow["total"] = len(counted)
        assert {col: number for (_rows, row, _cols, col), number in found.items() if row == name} == slow
    # In every row each person stands once, whatever the field.
    for name in fields():
        row = {col: number for (_rows, row, _cols, col), number in found.items() if row == name}
        assert not row or sum(number for col, number in row.items() if col != "total") == row["total"] == len(counted)


def _answer(one: One, name: str) -> str:
    if name in ("gender", "age_band"):
        term = one._single(name)
        return term if term in MISSING else "known"
    terms = one._many(name)
    return next(iter(terms)) if terms <= set(MISSING) else "known"
