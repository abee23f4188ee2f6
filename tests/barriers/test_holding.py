"""A case is held against the steps: the program suggests, a person decides, and sums are made once."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.barriers.cast import TODAY, Cast

from zicht import words
from zicht.barriers.errors import AlreadySummedError, NotInModelError, PeriodNotOverError, ReportNotThereError
from zicht.barriers.holding import actions, sums
from zicht.barriers.holding.pages import page_of_case
from zicht.barriers.holding.reading import facts_of
from zicht.barriers.holding.rules import Done, Facts, hold, reading_of, standing_of, steps_shown
from zicht.barriers.models import Finding, Holding, Sum
from zicht.barriers.rules import half_year_of
from zicht.cases import actions as cases
from zicht.cases.errors import NotAllowedError, NotThereError
from zicht.cases.models import Case
from zicht.cases.rights.erasing import erase
from zicht.cases.rights.requests.copying import copy_for_person
from zicht.people.code_fields import entity_label
from zicht.people.short_codes import short_code
from zicht.signals.intake import actions as intake
from zicht.signals.models import Signal

FIRST, LAST = dt.date(2025, 3, 1), dt.date(2025, 5, 31)
READING = reading_of(words.vocabulary().processes["SEXMIN"])
PLACE: dict[str, object] = {"event_kind": "exploitation", "level": "municipality", "place_code": "GM0363"}


def facts(**changed: object) -> Facts:
    values: dict[str, object] = {
        "forms": frozenset({"sexual"}),
        "means": frozenset(),
        "signals": frozenset({"HOU03"}),
        "place": "GM0363",
        "first": FIRST,
        "last": LAST,
    }
    return Facts(**{**values, **changed})  # type: ignore[arg-type]


def done(**changed: object) -> Done:
    values: dict[str, object] = {
        "key": None, "step": "S4", "barrier": "S4a", "area": "GM0363", "state": "running", "effect": "",
        "start_on": dt.date(2025, 1, 1), "ended_on": None, "evaluated_on": None,
    }  # fmt: skip
    return Done(**{**values, **changed})  # type: ignore[arg-type]


# --- what is suggested ------------------------------------------------------------------------------------------------
def test_a_signal_shows_the_steps_that_name_it_and_a_means_those_whose_signals_suggest_it() -> None:
    assert steps_shown(READING, facts()) == {"S4"}
    found = steps_shown(READING, facts(signals=frozenset(), means=frozenset({"threat_images"})))
    assert found == {
        step.code
        for step in READING.process.steps.values()
        if any("threat_images" in words.vocabulary().indicators[one].suggests_means for one in step.signals)
    }


def test_a_case_of_another_form_shows_no_step() -> None:
    assert steps_shown(READING, facts(forms=frozenset({"labour"}))) == set()


@pytest.mark.parametrize(
    ("changed", "standing"),
    [
        ({}, "stood"),
        ({"area": "Noord-Holland"}, "stood"),
        ({"area": "Nederland", "state": "done", "ended_on": dt.date(2025, 2, 1)}, "stood"),
        ({"area": "GM0014"}, "nothing"),
        ({"start_on": dt.date(2025, 6, 1)}, "nothing"),
        ({"state": "agreed"}, "agreed"),
        ({"state": "idea"}, "nothing"),
        ({"state": "dropped", "ended_on": dt.date(2025, 2, 1)}, "nothing"),
        ({"state": "dropped", "ended_on": dt.date(2025, 4, 1)}, "stood"),
        ({"effect": "not", "evaluated_on": dt.date(2025, 2, 1)}, "nothing"),
        ({"effect": "not", "evaluated_on": dt.date(2025, 4, 1)}, "stood"),
    ],
)  # fmt: skip
def test_what_stood_depends_on_where_and_when(changed: dict[str, object], standing: str) -> None:
    (found,) = hold(READING, facts(), [done(**changed)])
    assert (found.step, found.standing) == ("S4", standing)


@given(st.lists(st.sampled_from(["idea", "agreed", "running", "done", "dropped"]), max_size=5))
def test_of_several_actions_the_best_that_stood_counts(states: list[str]) -> None:
    every = [done(state=state) for state in states]
    (found,) = hold(READING, facts(), every)
    order = ("stood", "agreed", "nothing")
    assert found.standing == min([standing_of(one, FIRST, LAST) for one in every] + ["nothing"], key=order.index)


def test_what_a_case_says_is_read_from_its_episodes_and_places(cast: Cast) -> None:
    episode = cast.episode
    cases.add_place(cast.case_worker, cast.case, episode, PLACE)
    found = facts_of(Case.objects.filter(pk=cast.case.pk))[cast.case.pk]
    assert (set(found.forms), set(found.means), found.place) == ({"sexual"}, {"threat_images"}, "GM0363")
    assert found.first == found.last == cast.case.opened_on


# --- what a person decides --------------------------------------------------------------------------------------------
def test_a_suggestion_is_confirmed_by_a_named_person_and_names_whose_action_it_was(cast: Cast) -> None:
    action = cast.running(dt.date(2026, 1, 1), barrier="S2a", area_code="Nederland")
    cast.make_episode()
    (process,) = page_of_case(cast.case_worker, cast.case).processes
    step = next(one for one in process.steps if one.step.code == "S2")
    assert (step.standing, step.action, step.finding) == ("stood", action, None)
    values: dict[str, object] = {"standing": "stood", "state": "confirmed", "barrier_code": "S2a", "action": action.pk}
    actions.decide(cast.case_worker, cast.case, cast.model, "S2", values)
    finding = Finding.objects.visible_to(cast.case_worker).get()
    assert (finding.decided_by, finding.action, finding.state) == (cast.case_worker, action, "confirmed")
    assert not Finding.objects.visible_to(cast.stranger_case_worker).exists()
    with pytest.raises(NotInModelError):
        actions.decide(cast.case_worker, cast.case, cast.model, "S2", {**values, "barrier_code": "S1a"})


def test_who_may_not_change_a_case_decides_nothing_about_it(cast: Cast) -> None:
    values: dict[str, object] = {"standing": "nothing", "state": "confirmed"}
    for stranger in (cast.keeper, cast.stranger_case_worker):
        with pytest.raises((NotAllowedError, NotThereError)):
            actions.decide(stranger, cast.case, cast.model, "S2", values)


def test_only_confirmed_signals_of_a_report_that_was_named_count(cast: Cast) -> None:
    report: dict[str, object] = {
        "received_on": TODAY,
        "channel": "phone",
        "kind": "report",
        "urgency": "u3_week",
        "source": "call",
    }
    noted: list[dict[str, object]] = [
        {"indicator": "HOU03", "basis": "seen", "state": "noted"},
        {"indicator": "ONL02", "basis": "seen", "state": "noted"},
    ]
    made = intake.take_in(cast.case_worker, report, wall="help", noted=noted)
    Signal.objects.filter(indicator="HOU03").update(state="confirmed", reviewer=cast.case_worker)
    cast.make_episode()
    before = facts_of(Case.objects.filter(pk=cast.case.pk))[cast.case.pk]
    actions.name_report(cast.case_worker, cast.case, cast.model, short_code(made.pk))
    after = facts_of(Case.objects.filter(pk=cast.case.pk))[cast.case.pk]
    assert (set(before.signals), set(after.signals)) == (set(), {"HOU03"})
    with pytest.raises(ReportNotThereError):
        actions.name_report(cast.case_worker, cast.case, cast.model, "0000-0000")


# --- sums -------------------------------------------------------------------------------------------------------------
def test_a_rejected_step_is_left_out_and_whoever_said_no_to_statistics_too(cast: Cast) -> None:
    model, period = cast.model, half_year_of(cast.case.opened_on)
    cast.make_episode()
    shown = sums.count_cases(cast.case.org, [model], period)
    assert sum(shown.atoms["SEXMIN", "S2", "", "", what] for what in (sums.OPEN, sums.BLOCKED)) == 1
    actions.decide(cast.case_worker, cast.case, model, "S2", {"standing": "nothing", "state": "rejected"})
    shown = sums.count_cases(cast.case.org, [model], period)
    assert not [atom for atom in shown.atoms if atom[1] == "S2"]
    # By hand: how somebody asks for it is the business of the register's own tests.
    type(cast.person).objects.filter(pk=cast.person.pk).update(restricted_on=TODAY)
    assert not sums.count_cases(cast.case.org, [model], period).atoms


def test_sums_of_a_half_year_are_made_once_when_it_is_over(cast: Cast) -> None:
    cast.published("SEXMIN")
    with pytest.raises(PeriodNotOverError):
        actions.make_sums(cast.keeper, half_year_of(TODAY))
    with pytest.raises(NotAllowedError):
        actions.make_sums(cast.case_worker, "2025-1")
    made = actions.make_sums(cast.keeper, "2025-1")
    assert [one.counts for one in made] == [{}, {}], "a sum of nothing shows nothing"
    with pytest.raises(AlreadySummedError):
        actions.make_sums(cast.keeper, "2025-1")
    assert not Sum.objects.visible_to(cast.stranger_keeper).exists()


# --- rights -----------------------------------------------------------------------------------------------------------
def test_what_was_decided_goes_with_the_case_and_stands_in_the_copy_for_the_person(cast: Cast) -> None:
    cast.make_episode()
    values: dict[str, object] = {"standing": "nothing", "state": "confirmed", "barrier_code": "S2a"}
    actions.decide(cast.case_worker, cast.case, cast.model, "S2", values)
    copied = copy_for_person(cast.case_worker, [cast.person])
    assert entity_label("barrier_finding") in {section.title for section in copied.sections}
    erase(cast.case_worker, [], [cast.case.pk], reason="request")
    assert not Finding.objects.exists()
    assert not Holding.objects.exists()
