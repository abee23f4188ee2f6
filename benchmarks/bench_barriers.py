"""How fast cases are held against the steps and the matrix is drawn, and how large the page with the map is.

20,000 cases of a made-up register, three processes in use with an action for every barrier, and
policy of every municipality, on SQLite. Time is that of the processor.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

# First, since it sets up Django with the settings of the tests.
from benchmarks.register import Register, browser_of  # isort: skip
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone

from benchmarks.run import Measured, report
from zicht import words
from zicht.barriers.doing.actions import add_action, move_action
from zicht.barriers.holding.reading import done_by, facts_of
from zicht.barriers.holding.rules import hold, reading_of
from zicht.barriers.models import BarrierModel
from zicht.barriers.policy.actions import take_in
from zicht.barriers.processes.actions import begin_draft, publish
from zicht.barriers.processes.content import barriers_of
from zicht.barriers.processes.pages import matrix_of
from zicht.barriers.processes.queries import Version
from zicht.cases.models import Case
from zicht.people.models import Account
from zicht.words import Process, Step

PERSONS = 26_000  # in some 20,000 cases
PARTNERS, STEPS = 12, 9
KILOBYTE = 1024  # bytes
T = TypeVar("T")


def main() -> int:
    """Make the register and what partners do, and measure."""
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    register = Register()
    register.grow(PERSONS)
    keeper = register.staff["care_coordinator"]
    for process in words.vocabulary().processes:
        _put_in_use(keeper, process)
    _take_policy(keeper)
    cases = Case.objects.filter(org=keeper.org)
    print(f"{cases.count()} cases of {PERSONS} persons")
    held, taken = _timed(lambda: _hold_all(keeper))
    print(f"{held} steps shown")
    _draw_matrix()  # loads its templates, as a server has them
    matrix, drawn = _timed(_draw_matrix)
    browser = browser_of(keeper)
    page = len(_get(browser, "/staff/barriers/policy/"))
    return report(
        [
            Measured("all cases held against three processes", taken, 5, "s"),
            Measured(f"matrix of {PARTNERS} partners and {STEPS} steps drawn", 1_000 * drawn, 200, "ms"),
            Measured("page of the map and a hundred municipalities", page / KILOBYTE, 150, "kB"),
        ]
    ) or int(not matrix)


def _hold_all(keeper: Account) -> int:
    facts = facts_of(Case.objects.filter(org=keeper.org), for_sums=True)
    shown = 0
    for model in BarrierModel.objects.filter(org=keeper.org, state="published"):
        reading, done = reading_of(model.steps), done_by(keeper.org, model.process)
        shown += sum(len(hold(reading, fact, done)) for fact in facts.values())
    return shown


def _draw_matrix() -> str:
    version = Version(_widest(), None)
    shown = {"version": version, "matrix": matrix_of(version.process, {}), "process": "SEXMIN", "name": "", "chain": ()}
    return render_to_string("barriers/matrix.html", shown)


def _widest() -> Process:
    """Give the longest worked process with the first twelve of its partners at every step."""
    process = words.vocabulary().processes["SEXMIN"]
    partners = tuple(words.vocabulary().lists["org_type"].codes)[:PARTNERS]
    steps = {code: _with_partners(step, partners) for code, step in list(process.steps.items())[:STEPS]}
    return replace(process, steps=steps)


def _with_partners(step: Step, partners: tuple[str, ...]) -> Step:
    barriers = {code: replace(one, partners=partners) for code, one in step.barriers.items()}
    return replace(step, partners=partners, barriers=barriers)


def _put_in_use(keeper: Account, process: str) -> None:
    draft = begin_draft(keeper, process)
    model = publish(keeper, draft.pk, "Made up.", draft.version)
    for place, code in enumerate(barriers_of(model.steps)):
        area = ("Nederland", "Gelderland", "GM0363")[place % 3]
        values: dict[str, object] = {"barrier": code, "area_code": area, "lead_org": keeper.org_id, "what": "Made up."}
        action = add_action(keeper, model.pk, values)
        move_action(keeper, action.pk, "agreed")


def _take_policy(keeper: Account) -> None:
    values = {
        "state": "in_use",
        "source": "Made up",
        "checked_on": timezone.localdate(),
        "contact_role": "policy_officer",
    }
    take_in(keeper, [(code, {**values, "staff_trained": 12, "inspections": 3}) for code in words.municipalities()])


def _get(browser: Client, address: str) -> bytes:
    answer = browser.get(address)
    assert answer.status_code == 200, answer.status_code
    return bytes(answer.content)


def _timed(work: Callable[[], T]) -> tuple[T, float]:
    start = time.process_time()
    done = work()
    return done, time.process_time() - start


if __name__ == "__main__":
    sys.exit(main())
