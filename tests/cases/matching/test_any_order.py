"""Whatever is decided, taken back and erased, in any order: each record points at a root or is one."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from tests.cases.cast import Cast
from tests.cases.matching.test_deciding import add, pair

from zicht.cases import actions as case_actions
from zicht.cases.matching import actions
from zicht.cases.matching.errors import ContradictionError, DecidedAlreadyError
from zicht.cases.models import Match, Person

YEARS = st.integers(2020, 2026)
EXAMPLES, STEPS = 12, 15


class Deciding(RuleBasedStateMachine):
    """Somebody decides about the records of one case."""

    persons = Bundle("persons")
    cast: Cast

    def __init__(self) -> None:
        super().__init__()
        self.around = transaction.atomic()
        self.around.__enter__()
        self.by = self.cast.case_worker

    def teardown(self) -> None:
        """Forget this run."""
        transaction.set_rollback(True)
        self.around.__exit__(None, None, None)

    @rule(target=persons, years=st.lists(YEARS, min_size=2, max_size=3))
    def register(self, years: list[int]) -> object:
        return multiple(*(add(self.cast, first_registered=year) for year in years))

    @rule(one=persons, other=persons)
    def same(self, one: Person, other: Person) -> None:
        self._decide(actions.count_as_one, one, other)

    @rule(one=persons, other=persons)
    def different(self, one: Person, other: Person) -> None:
        self._decide(actions.count_apart, one, other)

    @rule(one=persons, other=persons)
    def take_back(self, one: Person, other: Person) -> None:
        self._decide(actions.undo, one, other)

    @rule(person=persons, gender=st.sampled_from(["f", "m", "tf"]))
    def change(self, person: Person, gender: str) -> None:
        version = Person.objects.get(pk=person.pk).version
        case_actions.change_person(self.by, self.cast.case, person, {"gender": gender}, version=version)

    @rule(person=consumes(persons))
    def erase(self, person: Person) -> None:
        actions.take_out(person.org_id, [person.pk])
        Person.objects.get(pk=person.pk).delete()

    def _decide(self, what: object, one: Person, other: Person) -> None:
        if one.pk == other.pk:
            return
        try:
            with transaction.atomic():
                what(self.by, pair(one, other))  # type: ignore[operator]
        except (ContradictionError, DecidedAlreadyError):
            return

    @invariant()
    def everybody_points_at_the_root_of_their_group(self) -> None:
        """Work it out slowly: everybody takes the best root among those they touch, again and again."""
        years = dict(Person.objects.values_list("pk", "first_registered"))
        best = {key: key for key in years}
        same = list(Match.objects.filter(state="same").values_list("person_a_id", "person_b_id"))
        for _ in years:
            for one, other in same:
                best[one] = best[other] = min(best[one], best[other], key=lambda key: (years[key], key))
        expected = {key: None if root == key else root for key, root in best.items()}
        assert dict(Person.objects.values_list("pk", "merged_into_id")) == expected

    @invariant()
    def nobody_is_decided_to_be_the_same_and_different(self) -> None:
        pointed = dict(Person.objects.exclude(merged_into=None).values_list("pk", "merged_into_id"))
        for one, other in Match.objects.filter(state="different").values_list("person_a_id", "person_b_id"):
            assert pointed.get(one, one) != pointed.get(other, other)

    @invariant()
    def every_decision_names_who_made_it(self) -> None:
        for match in Match.objects.all():
            assert (match.decided_by is not None) == (match.state in ("same", "different"))


@pytest.mark.django_db
@pytest.mark.one_database
def test_in_any_order_of_decisions_everybody_points_at_a_root(cast: Cast) -> None:
    cast.case  # noqa: B018 - comes into being before the runs, which are rolled back

    class Here(Deciding):
        pass

    Here.cast = cast
    checked = settings(
        max_examples=EXAMPLES, stateful_step_count=STEPS, deadline=None, suppress_health_check=list(HealthCheck)
    )
    run_state_machine_as_test(Here, settings=checked)
