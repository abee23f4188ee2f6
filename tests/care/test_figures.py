"""F16 and F17: referrals and stays of a year are counted as they are, and nothing small is told at a higher level."""

import datetime as dt
import statistics
from collections import Counter
from random import Random

import pytest
from django.utils import timezone
from tests.care.cast import Cast
from tests.guards import put_back
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht.care import counts
from zicht.care.models import Referral, Stay
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import actions
from zicht.cases.rights.consent.actions import record_consent
from zicht.figures import extract
from zicht.figures.extract import ANSWER, FULL, LENGTH, OCCUPIED, Measure, Register
from zicht.figures.register.releases import Release, make_release


def release_of(register: Register, level: str) -> Release:
    return make_release(register, level, timezone.localdate())


def cells_of(release: Release, code: str) -> dict[tuple[str, str], int | None]:
    (block,) = release.tables[code].blocks
    pairs = ((row, col) for row in block.rows.places for col in block.cols.places)
    return {(row.code, col.code): block.cell(row, col).value for row, col in pairs}


def year() -> int:
    return timezone.localdate().year


def test_referrals_are_counted_by_receiver_and_state_with_the_days_to_an_answer(cast: Cast) -> None:
    for days in (0, 2, 9):
        referral = referrals.accept(cast.host, cast.refer())
        sent = timezone.localdate() - dt.timedelta(days=days)
        Referral.objects.filter(pk=referral.pk).update(sent_on=max(sent, dt.date(year(), 1, 1)))
    referrals.refuse(cast.host, cast.refer(), "full")
    cast.refer()
    register = extract.read_referrals(cast.case_worker.org, year())
    cells = cells_of(release_of(register, "internal"), "F16")
    told = {state: cells["shelter", state] for state in ("sent", "accepted", "refused", "arrived", "total")}
    assert told == {"sent": 1, "accepted": 3, "refused": 1, "arrived": 0, "total": 5}
    assert (cells["total", "total"], cells["police", "total"]) == (5, 0)
    (measure,) = register.measures
    waited = sorted((one.decided_on - one.sent_on).days for one in Referral.objects.exclude(decided_on=None))  # type: ignore[operator]
    assert (measure.name, measure.value, measure.numbers) == (ANSWER, sum(waited[1:3]) / 2, (4,))


def test_whoever_said_no_to_statistics_or_whose_data_are_limited_is_in_no_figure(cast: Cast) -> None:
    refused, limited, counted = cast.refer(), cast.refer(), cast.refer()
    no = {"purpose": "statistics", "answer": "no", "given_by": "self", "asked_on": dt.date(2026, 3, 2)}
    record_consent(
        cast.case_worker, refused.case, refused.person, {**no, "wording_version": "1", "why_able": "Understands."}
    )
    type(limited.person).objects.filter(pk=limited.person_id).update(restricted_on=dt.date(2026, 3, 3))
    assert counted.state == "sent"
    assert extract.read_referrals(cast.case_worker.org, year()).persons == 1


def test_stays_are_counted_by_kind_and_month_with_occupancy_refusals_and_length(cast: Cast) -> None:
    first, second = cast.stay(), cast.stay()
    actions.end_stay(cast.host, first, "home", timezone.localdate())
    begin = max(dt.date(year(), 1, 1), timezone.localdate() - dt.timedelta(days=20))
    put_back(first, from_date=begin)
    for reason in ("full", "age"):
        referrals.refuse(cast.host, cast.refer(), reason)
    register = extract.read_stays(cast.theirs, year())
    cells = cells_of(release_of(register, "internal"), "F17")
    assert (cells["crisis_minor", "total"], cells["cosm", "total"], cells["total", "total"]) == (2, 0, 2)
    assert sum(cells["total", f"{month:02}"] or 0 for month in range(1, 13)) == 2
    assert cells["total", f"{begin.month:02}"]
    measures = {one.name: one for one in register.measures}
    days = (timezone.localdate() - dt.date(year(), 1, 1)).days or 1
    nights = sum(begin <= dt.date(year(), 1, 1) + dt.timedelta(days=n) < timezone.localdate() for n in range(days))
    assert measures[OCCUPIED].value == pytest.approx(nights / (7 * days))
    assert (measures[FULL].value, measures[FULL].numbers) == (1 / 4, (1, 2, 1))
    assert measures[LENGTH].value == (timezone.localdate() - begin).days
    assert second.until_date is None


def test_a_measure_made_of_small_numbers_is_not_told_at_a_higher_level(cast: Cast) -> None:
    cast.refer()
    register = extract.read_referrals(cast.case_worker.org, year())
    told = Register(
        register.year,
        register.persons,
        register.records,
        register.columns,
        extract.REFERRAL,
        (Measure(ANSWER, 3, (40,)), Measure(FULL, 0.1, (4, 36))),
    )
    shown = {level: release_of(told, level).tables["F16"] for level in ("internal", "public")}
    assert [one.name for one in shown["internal"].measures] == [ANSWER, FULL]
    assert [one.name for one in shown["public"].measures] == [ANSWER]
    assert shown["public"].total is None


def test_another_organisation_counts_none_of_it(cast: Cast) -> None:
    cast.stay()
    assert extract.read_stays(cast.case_worker.org, year()).persons == 0
    assert extract.read_referrals(cast.theirs, year()).persons == 0
    assert extract.care_years(cast.officer.org) == []
    assert extract.care_years(cast.theirs) == [year()]


def test_nights_are_counted_within_a_year() -> None:
    day = dt.date.fromisoformat
    stays = [
        (day("2025-12-30"), day("2026-01-03")),
        (day("2026-12-30"), None),
        (day("2026-05-01"), day("2026-05-01")),
        (day("2024-01-01"), day("2024-02-01")),
    ]
    assert counts.nights(stays, day("2026-01-01"), day("2027-01-01")) == 2 + 2


def test_the_page_of_figures_says_both_tables(cast: Cast, sign_in: SignIn) -> None:
    cast.stay()
    browser = sign_in(colleague(cast.stranger, "ada", "analyst"))
    page = browser.get("/en/figures/register/", table="F17", level="internal").content.decode()
    assert "1 stay began" in page
    assert "nights of all places" in page or timezone.localdate() == dt.date(year(), 1, 1)
    assert "referrals" in browser.get("/en/figures/register/", table="F16").content.decode()


def test_both_tables_are_what_a_slow_recount_of_every_referral_and_stay_finds(cast: Cast) -> None:
    """Count one by one, from the records as they are, what the two tables say of a mixed year."""
    chance = Random(7)
    for number in range(9):
        referral = cast.refer()
        match number % 4:
            case 0:
                referrals.refuse(cast.host, referral, chance.choice(["full", "age"]))
            case 1:
                held = actions.hold_place(cast.host, referrals.accept(cast.host, referral), cast.house, 4)
                stay = actions.begin_stay(cast.host, held.referral)
                begun = max(dt.date(year(), 1, 1), stay.from_date - dt.timedelta(days=chance.randrange(200)))
                put_back(stay, from_date=begun)
                if number == 1:
                    actions.end_stay(cast.host, Stay.objects.get(pk=stay.pk), "home", timezone.localdate())
            case 2:
                referrals.accept(cast.host, referral)
        days = chance.randrange(20)
        sent = max(dt.date(year(), 1, 1), timezone.localdate() - dt.timedelta(days=days))
        Referral.objects.filter(pk=referral.pk).update(sent_on=sent)
    sent_ones, stays = list(Referral.objects.all()), list(Stay.objects.all())
    register = extract.read_referrals(cast.case_worker.org, year())
    cells = cells_of(release_of(register, "internal"), "F16")
    states = Counter(one.state for one in sent_ones)
    assert {state: cells["shelter", state] for state in states} == dict(states)
    waited = sorted((one.decided_on - one.sent_on).days for one in sent_ones if one.decided_on and one.sent_on)
    assert register.measures[0].value == statistics.median(waited)
    register = extract.read_stays(cast.theirs, year())
    cells = cells_of(release_of(register, "internal"), "F17")
    months = Counter(f"{one.from_date.month:02}" for one in stays)
    assert {month: cells["crisis_minor", month] for month in months} == dict(months)
    today, first = timezone.localdate(), dt.date(year(), 1, 1)
    nights = 0
    for one in stays:
        day = one.from_date
        while day < (one.until_date or today):
            nights += day >= first
            day += dt.timedelta(days=1)
    found = {one.name: one.value for one in register.measures}
    assert found[OCCUPIED] == pytest.approx(nights / (7 * (today - first).days))
    said_no = [one.refusal_reason for one in sent_ones if one.state == "refused"]
    yes = sum(one.state in ("accepted", "arrived") for one in sent_ones)
    assert found[FULL] == pytest.approx(said_no.count("full") / (len(said_no) + yes))
