"""Whatever people do with referrals and places, and in whichever order: nothing that must hold is ever broken.

CARE_SEQUENCES=1000 tries a thousand sequences of fifteen steps.
"""

import datetime as dt
import os
from collections.abc import Callable, Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test
from tests.care.cast import BY_CONSENT, BY_DUTY, PLACES, WISH, Cast
from tests.care.must_hold import Facts, find_broken, read_facts
from tests.guards import other_days

from zicht.care.models import Hold, Referral, Stay, WaitingListEntry
from zicht.care.referrals import actions as referrals
from zicht.care.shelter import actions, queries
from zicht.cases.errors import CasesError
from zicht.cases.models import Person
from zicht.cases.rights.consent.actions import withdraw_consent

SEQUENCES = int(os.environ.get("CARE_SEQUENCES", "5"))
STEPS = 15 if SEQUENCES > 50 else 12
PEOPLE = 4
WAIT = {"place_kind": "crisis_minor", "urgency": "u2_today"}
SEVERAL = 2  # places of the first shelter; the second has one


class World:
    """Four people, two shelters with three places together, and what anybody can do with a referral."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.houses = [actions.open_shelter(cast.keeper, {**PLACES, "capacity": n}) for n in (SEVERAL, 1)]
        self.people = [cast.somebody() for _ in range(PEOPLE)]
        for case, person in self.people:
            cast.says(person, case=case)
        for who in range(PEOPLE - 1):
            self.propose(who)
            self.send(who)
        referrals.accept(cast.host, self.of(0))

    def propose(self, who: int) -> object:
        case, person = self.people[who]
        return referrals.propose(self.cast.case_worker, case, person, self.cast.theirs, WISH)

    def send(self, who: int) -> object:
        return referrals.send(self.cast.case_worker, self.people[who][0], self.of(who), BY_CONSENT)

    def send_on_duty(self, who: int) -> object:
        return referrals.send(self.cast.case_worker, self.people[who][0], self.of(who), BY_DUTY)

    def withdraw(self, who: int) -> object:
        return referrals.withdraw(self.cast.case_worker, self.people[who][0], self.of(who))

    def withdraw_consent(self, who: int) -> object:
        case, person = self.people[who]
        consent = person.consents.get()
        today, version = timezone.localdate(), consent.version
        return withdraw_consent(
            self.cast.case_worker, case, consent, given_by="self", withdrawn_on=today, version=version
        )

    def limit_or_lift(self, who: int) -> object:
        person = self.people[who][1]
        day = None if Person.objects.get(pk=person.pk).restricted_on else timezone.localdate()
        return Person.objects.filter(pk=person.pk).update(restricted_on=day)

    def refuse(self, who: int) -> object:
        return referrals.refuse(self.cast.host, self.of(who), "full")

    def put_on_list(self, who: int) -> object:
        return actions.put_on_list(self.cast.host, self.of(who), WAIT)

    def hold(self, who: int) -> object:
        return actions.hold_place(self.cast.host, self.of(who), self.houses[0], 24)

    def hold_elsewhere(self, who: int) -> object:
        return actions.hold_place(self.cast.host, self.of(who), self.houses[1], 4)

    def extend(self, who: int) -> object:
        stay = self.stay_of(who)
        return actions.extend_stay(self.cast.host, stay, stay.planned_until + dt.timedelta(days=5), "Not ready yet.")

    def end(self, who: int) -> object:
        return actions.end_stay(self.cast.host, self.stay_of(who), "moved_on", timezone.localdate())

    def shrink(self, who: int) -> object:
        return actions.change_shelter(self.cast.keeper, self.houses[0], {"capacity": 1 + who % SEVERAL})

    def close(self, _who: int) -> object:
        return actions.close_shelter(self.cast.keeper, self.houses[1])

    def of(self, who: int) -> Referral:
        """Give the newest referral of somebody; nobody has one that is not stored."""
        found = Referral.objects.filter(person=self.people[who][1]).order_by("-events__happened_at", "state").first()
        return found or Referral(case=self.people[who][0], person=self.people[who][1], to_org=self.cast.theirs)

    def stay_of(self, who: int) -> Stay:
        """Give the newest stay of somebody."""
        found = Stay.objects.filter(person=self.people[who][1]).order_by("until_date").first()
        return found or Stay(referral=self.of(who), planned_until=timezone.localdate())

    def usual(self, who: int) -> Callable[[int], object]:
        """Give what usually comes next for somebody, on the way to a stay and out of it."""
        referral, deeds = self.of(who), self.deeds
        is_there = Stay.objects.filter(person=self.people[who][1], until_date=None).exists()
        if referral.state == "accepted" and not queries.open_holds(self.houses).filter(referral=referral).exists():
            return self.hold if who % 2 else self.hold_elsewhere
        after = {"": "propose", "proposed": "send", "sent": "accept", "accepted": "begin_stay", "arrived": "propose"}
        return deeds["end"] if is_there else deeds[after.get(referral.state, "propose")]

    def by_host(self, act: Callable[..., object]) -> Callable[[int], object]:
        """Give what somebody in the shelter does with a referral."""
        return lambda who: act(self.cast.host, self.of(who))

    @property
    def deeds(self) -> Mapping[str, Callable[[int], object]]:
        """Give everything that can be done, by name, in one order for every run."""
        of_host = (
            referrals.accept, referrals.note_arrival, referrals.note_no_show, referrals.give_back,
            actions.release_place, actions.begin_stay, actions.take_off_list,
        )  # fmt: skip
        own = (
            self.propose, self.send, self.send_on_duty, self.withdraw, self.withdraw_consent, self.limit_or_lift,
            self.refuse, self.put_on_list, self.hold, self.hold_elsewhere, self.extend, self.end, self.shrink,
            self.close,
        )  # fmt: skip
        return {act.__name__: self.by_host(act) for act in of_host} | {act.__name__: act for act in own}


def let_days_pass(days: int) -> None:
    """Move everything that has happened into the past: the same as if that many days had gone by."""
    move_back(dt.timedelta(days=days))


def let_hours_pass(hours: int) -> None:
    """Let holds come nearer to their end, within a day."""
    move_back(dt.timedelta(hours=hours), {Hold: ("held_at", "expires_at")})


def move_back(gone: dt.timedelta, only: Mapping[type, tuple[str, ...]] | None = None) -> None:
    """Move what happened into the past."""
    moved: Mapping[type, tuple[str, ...]] = {
        Referral: ("sent_on", "decided_on", "arrived_on"),
        Stay: ("from_date", "planned_until", "until_date"),
        WaitingListEntry: ("asked_on", "ended_on"),
        Hold: ("held_at", "expires_at"),
    }
    with other_days():
        for model, names in (only or moved).items():
            for row in model.objects.all():  # type: ignore[attr-defined]
                changed = {name: value - gone for name in names if (value := getattr(row, name))}
                # Past the checks, which know no moving of days.
                super(type(model.objects.all()), model.objects.filter(pk=row.pk)).update(**changed)  # type: ignore[attr-defined]


def make_machine(world: World) -> type[RuleBasedStateMachine]:
    """Give the machine that tries deeds in any order; what it did is undone after each sequence."""
    deeds = world.deeds

    class Machine(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.facts: Facts | None = None
            self.was_refused = False
            self.undo = transaction.atomic()
            self.undo.__enter__()

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.undo.__exit__(None, None, None)

        def try_to(self, deed: Callable[[int], object], who: int) -> None:
            self.was_refused = False
            try:
                deed(who)
            except (CasesError, ValidationError):
                self.was_refused = True

        # The way that goes well has a rule of its own, or few sequences would ever reach a stay.
        @rule(who=st.integers(0, PEOPLE - 1))
        def the_usual_step(self, who: int) -> None:
            self.try_to(world.usual(who), who)

        @rule(first=st.integers(0, PEOPLE - 1))
        def everybody_takes_the_usual_step(self, first: int) -> None:
            for who in range(PEOPLE):
                self.the_usual_step((first + who) % PEOPLE)
            self.was_refused = False

        @rule(who=st.integers(0, PEOPLE - 1), name=st.sampled_from(list(deeds)))
        def somebody_does_something(self, who: int, name: str) -> None:
            self.try_to(deeds[name], who)

        @rule(days=st.sampled_from([1, 3, 50]))
        def days_go_by(self, days: int) -> None:
            self.was_refused = False
            let_days_pass(days)

        @rule(hours=st.sampled_from([4, 12]))
        def hours_go_by(self, hours: int) -> None:
            self.was_refused = False
            let_hours_pass(hours)

        @invariant()
        def nothing_that_must_hold_is_broken(self) -> None:
            now = read_facts()
            # Whoever was refused changed nothing at all, and what held still holds.
            if self.was_refused:
                assert now == self.facts
            if now != self.facts:
                self.facts = now
                find_broken(now, world.cast.host)

    return Machine


def test_no_sequence_of_steps_breaks_what_must_hold(cast: Cast) -> None:
    chosen = settings(
        max_examples=SEQUENCES,
        stateful_step_count=STEPS,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate],  # a sequence is short enough to be read as it is; shrinking one takes minutes
    )
    run_state_machine_as_test(make_machine(World(cast)), settings=chosen)
