"""A shelter to look at within the helpline: one person stays there, another was referred and is not placed yet."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from tests.browser.register import CASE, PERSON, SIBLING
from tests.guards import put_back
from tests.people.cast import colleague, organisation
from zicht.care.accounts import actions as accounts
from zicht.care.attachments import actions as attachments
from zicht.care.clocks import actions as clocks
from zicht.care.conferences import actions as conferences
from zicht.care.models import Transfer
from zicht.care.plan import actions as plan
from zicht.care.plan import tasks
from zicht.care.plan.doors import find_own
from zicht.care.referrals import actions as referrals
from zicht.care.referrals.actions import Terms
from zicht.care.rules import whole_hour
from zicht.care.safety import actions as safety
from zicht.care.shelter import actions
from zicht.cases import actions as cases
from zicht.cases.models import Case, Person
from zicht.cases.sharing import Ground
from zicht.people.models import Account, Organisation

SHELTER, STAY = UUID("91111111-1111-4111-8111-111111111111"), UUID("92222222-2222-4222-8222-222222222222")
REFERRAL, OTHER = UUID("93333333-3333-4333-8333-333333333333"), UUID("94444444-4444-4444-8444-444444444444")
OF_THE_CASE, OF_THE_REFERRAL = f"/staff/care/cases/{CASE}/", f"/staff/care/referrals/{OTHER}/"
OF_THE_STAY, BOARD = f"/staff/shelter/stays/{STAY}/", "/staff/shelter/"
OF_SUPPORT = f"{OF_THE_CASE}persons/{PERSON}/"
CONFERENCE = f"{OF_THE_CASE}conferences/95555555-5555-4555-8555-555555555555/"
OUTSIDE, PARTNER = UUID("96666666-6666-4666-8666-666666666666"), UUID("97777777-7777-4777-8777-777777777777")
GOAL, TASK = UUID("98888888-8888-4888-8888-888888888888"), UUID("99999999-9999-4999-8999-999999999999")
ASKED = UUID("9aaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa")
OF_THE_PARTNER = f"{OF_THE_CASE}referrals/{OUTSIDE}/"
# The same pages of whom the shelter received.
OF_RECEIVED = f"/staff/care/referrals/{REFERRAL}/person/"
OF_BOTH = (
    "",
    "plan/",
    "goals/add/",
    f"goals/{GOAL}/",
    "tasks/give/",
    f"tasks/{TASK}/",
    "ask-approval/plan/",
    "approve/plan/",
)
OF_CASE_WORKERS = (
    *(f"{OF_RECEIVED}{part}" for part in OF_BOTH),
    OF_THE_CASE,
    OF_SUPPORT,
    *(
        f"{OF_SUPPORT}{part}/"
        for part in (
            "plan",
            "goals/add",
            f"goals/{GOAL}",
            "tasks/give",
            f"tasks/{TASK}",
            "ask-approval/plan",
            "approve/plan",
            "safety-plan",
            "contact",
            "clocks/start",
            "accounts",
            "accounts/write",
            "files/add",
        )
    ),
    CONFERENCE,
    f"{CONFERENCE}decisions/add/",
    f"{CONFERENCE}answers/{PARTNER}/",
    f"{OF_THE_CASE}conferences/write/",
    "/staff/tasks/",
    f"{OF_THE_CASE}persons/{PERSON}/refer/",
    f"{OF_THE_CASE}referrals/{OTHER}/send/",
    f"{OF_THE_CASE}offer/",
    f"{OF_THE_PARTNER}dossier/",
    f"{OF_THE_PARTNER}refused/",
    "/staff/care/transfers/",
    f"/staff/care/transfers/{ASKED}/give/",
    "/staff/care/",
    OF_THE_REFERRAL,
    f"{OF_THE_REFERRAL}refuse/",
    f"{OF_THE_REFERRAL}hold/",
    f"{OF_THE_REFERRAL}wait/",
    BOARD,
    f"{BOARD}add/",
    f"{BOARD}forecast/",
    f"{BOARD}{SHELTER}/change/",
    OF_THE_STAY,
    f"{OF_THE_STAY}extend/",
    f"{OF_THE_STAY}end/",
)
WISH: dict[str, object] = {
    "reason": "shelter",
    "support": ["shelter"],
    "place_kind": "crisis_minor",
    "urgency": "u1_now",
}


def make_support(worker: Account) -> None:
    """Let there be one of each record of support about the first person."""
    door = find_own(worker, CASE, PERSON)
    assert door is not None
    today = timezone.localdate()
    plan.open_plan(worker, door, {"agreement": "together", "agreed_on": today, "review_on": today})
    goal: dict[str, object] = {"domain": "housing", "support": "shelter", "objective": "A room of her own."}
    plan.add_goal(worker, door, goal, goal_id=GOAL)
    for days, key in ((-1, None), (0, None), (30, TASK)):
        due = today + dt.timedelta(days=days)
        values: dict[str, object] = {
            "kind": "legal",
            "what": "Ask the lawyer.",
            "assigned_to": worker.pk,
            "due_on": due,
        }
        tasks.give_task(worker, door, values, task_id=key)
    safe: dict[str, object] = {"risks": ["images"], "steps": "Stay in.", "made_with_person": True, "review_on": today}
    safety.make_safety_plan(worker, door, safe)
    contact: dict[str, object] = {"channel": "via_helper", "hours": "mon,tue 09:00-17:00", "checked_on": today}
    safety.agree_contact(worker, door, {**contact, "must_not_know": ["partner"], "leave_message": False})
    clocks.start_clock(worker, door, "reflection_3m", today)
    for text in ("Two weeks.", "Three weeks."):
        told: dict[str, object] = {"told_on": today, "told_to": "writer", "setting": "talk_alone", "text": text}
        accounts.write_account(worker, door, {**told, "language": "nl", "interpreter": False})
    attachments.add_file(worker, door, {"kind": "letter"}, b"%PDF-1.7 made up")
    held: dict[str, object] = {"held_on": today, "chair_org": worker.org_id, "roles": ["chair"], "basis": ["a6_public"]}
    conferences.write_conference(
        worker,
        door.case,
        {**held, "without_identity": True},
        conferences.Held((worker.org_id, PARTNER)),
        conference_id=UUID("95555555-5555-4555-8555-555555555555"),
    )


def make_care(worker: Account) -> None:
    """Let one person of the case stay in a shelter, and the other wait to be placed."""
    places: dict[str, object] = {"place_kind": "crisis_minor", "capacity": 7, "max_stay_days": 42}
    house = actions.open_shelter(worker, places, shelter_id=SHELTER)
    case = Case.objects.get(pk=CASE)
    for key, person in ((REFERRAL, PERSON), (OTHER, SIBLING)):
        who = Person.objects.get(pk=person)
        proposed = referrals.propose(worker, case, who, worker.org, WISH, referral_id=key)
        sent = referrals.send(worker, case, proposed, Terms())
        if key == REFERRAL:
            actions.hold_place(worker, referrals.accept(worker, sent), house, 24)
            stay = actions.begin_stay(worker, sent)
            put_back(stay, stay_id=STAY, planned_until=stay.from_date + dt.timedelta(days=3))
        else:
            actions.put_on_list(worker, sent, {"place_kind": "crisis_minor", "urgency": "u2_today"})
    refer_outside(worker, case)
    make_support(worker)
    ask_for_another_case(worker)


def ask_for_another_case(worker: Account) -> None:
    """Let a shelter elsewhere ask for the case of somebody whom it received."""
    keeper = colleague(organisation("Shelter elsewhere", "shelter", "care", "elders"), "kees", "care_coordinator")
    case, today = cases.open_case(worker, {}), timezone.localdate()
    values = {"status": "possible", "status_by": "ngo", "status_date": today, "first_registered": today.year}
    who = cases.add_person(worker, case, values)
    proposed = referrals.propose(worker, case, who, keeper.org, WISH)
    ground = Ground(("a6_vital",), "Danger tonight, and nobody can be asked.")
    referrals.accept(keeper, referrals.send(worker, case, proposed, Terms(ground=ground)))
    asked = {"from_org_id": case.org_id, "to_org": keeper.org, "asked_by_org": keeper.org, "asked_by": keeper}
    Transfer(transfer_id=ASKED, case=case, asked_at=whole_hour(timezone.now()), **asked).save(force_insert=True)


def refer_outside(worker: Account, case: Case) -> None:
    """Let a referral to a partner stand who does not use Zicht: a dossier can be made, and its answer noted."""
    partner = Organisation(pk=PARTNER, org_name="Youth help", org_type="youth_care", legal_regime="youth_care")
    partner.save()
    proposed = referrals.propose(
        worker, case, Person.objects.get(pk=SIBLING), partner, {**WISH, "support": ["social"]}, referral_id=OUTSIDE
    )
    ground = Ground(("a6_vital",), "Danger tonight, and nobody can be asked.")
    referrals.send(worker, case, proposed, Terms(ground=ground, fields=("person.age_band",)))
