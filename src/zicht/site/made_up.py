"""The made-up organisations of the demo: one login for every role, partners without a login, and their registers."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from zicht import words
from zicht.cases.models import Case
from zicht.people.actions import accept_invitation, add_partner, create_organisation, invite_account
from zicht.people.models import Account, Organisation
from zicht.site import (
    made_up_barriers,
    made_up_care,
    made_up_checklist,
    made_up_contacts,
    made_up_desk,
    made_up_evidence,
    made_up_intake,
    made_up_reports,
    made_up_support,
    made_up_trainings,
    made_up_way,
    made_up_yearly,
)
from zicht.site.made_up_register import desks
from zicht.site.made_up_register.cases import Desk
from zicht.site.made_up_register.draw import draw
from zicht.site.made_up_register.store import Place, store

SEED = "zicht demo"
PERSONS = 2_000
PERSONS_OF_THE_POLICE = 12


@dataclass(frozen=True)
class MadeUp:
    """One made-up organisation; `ending` keeps the logins of organisations apart where a role occurs twice."""

    org_name: str
    org_type: str
    legal_regime: str
    roles: tuple[str, ...]
    ending: str = ""

    def login(self, role: str) -> str:
        """Give the word somebody with this role signs in with."""
        return role.replace("_", "-") + self.ending


ORGANISATIONS = (
    MadeUp(
        "Stichting Voorbeeld",
        "care_coord",
        "avg",
        (
            "privacy_officer",
            "counsellor",
            "desk_lead",
            "case_worker",
            "care_coordinator",
            "shelter_worker",
            "researcher",
            "analyst",
            "rapporteur",
        ),
    ),
    MadeUp("Politie-eenheid Voorbeeld", "police", "wpg", ("signal_officer",), "-police"),
    MadeUp("Redactie Voorbeeld", "press", "press", ("reporter",), "-press"),
    MadeUp("Gemeente Voorbeeld", "municipality", "avg", ("policy_officer",), "-municipality"),
    MadeUp("Crisisopvang Voorbeeld", "shelter", "care", ("care_coordinator", "shelter_worker"), "-shelter"),
)
# Organisations that do not use this Zicht themselves: cases come from them and go to them.
PARTNERS = (
    {"org_name": "Coördinatiecentrum Voorbeeld", "org_type": "coordination", "legal_regime": "avg"},
    {"org_name": "Chat Voorbeeld", "org_type": "chat_service", "legal_regime": "avg", "list_group": "C"},
    {"org_name": "Marechaussee Voorbeeld", "org_type": "border_police", "legal_regime": "wpg", "list_group": "K"},
    {"org_name": "Arbeidsinspectie Voorbeeld", "org_type": "labour_insp", "legal_regime": "wpg", "list_group": "I"},
    {"org_name": "Zorgcoördinatie Voorbeeld", "org_type": "care_coord", "legal_regime": "avg", "list_group": "R"},
    {"org_name": "Opvang Voorbeeld", "org_type": "shelter", "legal_regime": "care", "list_group": "O"},
    {"org_name": "Platform Voorbeeld", "org_type": "platform", "legal_regime": "avg"},
    {"org_name": "Jeugdhulp Voorbeeld", "org_type": "youth_care", "legal_regime": "youth_care", "list_group": "Z"},
)
OF_CARE = ("care_coord", "shelter", "youth_care")  # types of partners that help people further


def make_organisations(password: str) -> None:
    """Make what is not there yet, one organisation at a time and each whole or not at all."""
    for organisation in ORGANISATIONS:
        if not Account.objects.filter(login=organisation.login("administrator")).exists():
            make(organisation, password)


@transaction.atomic
def make(organisation: MadeUp, password: str) -> None:
    """Make one organisation with its accounts, ready to sign in."""
    label = words.vocabulary().lists["staff_role"].codes
    invitation = create_organisation(
        {
            "org_name": organisation.org_name,
            "org_type": organisation.org_type,
            "legal_regime": organisation.legal_regime,
            "mandatory_reporter": organisation.org_type == "police",
        },
        login=organisation.login("administrator"),
        shown_as=shown(label["administrator"]),
    )
    administrator = accept_invitation(invitation.code, password)
    for role in organisation.roles:
        invited = invite_account(
            administrator, login=organisation.login(role), shown_as=shown(label[role]), roles=[role]
        )
        accept_invitation(invited.code, password)


def make_partners() -> None:
    """Make the partners that are not there yet."""
    administrator = Account.objects.get(login=ORGANISATIONS[0].login("administrator"))
    for values in PARTNERS:
        if not Organisation.objects.filter(org_name=values["org_name"]).exists():
            add_partner(administrator, values)


def make_registers() -> None:
    """Make the register of who helps, and a handful of cases behind the wall of the police."""
    helps, police = ORGANISATIONS[:2]
    make_register(helps, desks.HELP, PERSONS)
    make_register(police, desks.POLICE, PERSONS_OF_THE_POLICE)


def make_register(made_up: MadeUp, desk: Desk, persons: int) -> None:
    """Make a register, unless there is one."""
    org = Organisation.objects.get(org_name=made_up.org_name)
    if Case.objects.filter(org=org).exists():
        return
    staff = {role: Account.objects.get(login=made_up.login(role)) for role in made_up.roles}
    partners = {partner.org_type: partner for partner in Organisation.objects.exclude(pk=org.pk)}
    store(draw(SEED, persons, timezone.localdate(), desk), Place(org, staff, partners))


def make_desks() -> None:
    """Make the desks of who helps and of the news desk, a report at each, and the page for their visitors."""
    helps, _police, press = ORGANISATIONS[:3]
    staff = [Account.objects.get(login=helps.login(role)) for role in ("desk_lead", "counsellor")]
    reporter = Account.objects.get(login=press.login("reporter"))
    made_up_desk.make_desks((*made_up_desk.DESKS, *made_up_desk.REPORT_DESKS), *staff)
    made_up_desk.make_desks(made_up_desk.NEWS_DESKS, reporter)
    made_up_reports.make_reports()
    made_up_desk.build_page_of_demo()


def make_checklist() -> None:
    """Make a desk of intake at the police, a checklist at it, and the page on which others are filled in."""
    police = ORGANISATIONS[1]
    made_up_checklist.make_checklist(Account.objects.get(login=police.login("signal_officer")))


def make_trainings() -> None:
    """Make the log of training of the municipality, unless there is one."""
    made_up_trainings.make_trainings(Account.objects.get(login=ORGANISATIONS[3].login("policy_officer")))


def make_contacts() -> None:
    """Make the records of contacts of who helps, unless there are any."""
    roles = ("counsellor", "desk_lead")
    staff = [Account.objects.get(login=ORGANISATIONS[0].login(role)) for role in roles]
    made_up_contacts.make_contacts(staff, timezone.localdate())


def make_care() -> None:
    """Make a crisis shelter that who helps refers people to, unless there is one."""
    helps, police, shelter = ORGANISATIONS[0], ORGANISATIONS[1], ORGANISATIONS[4]
    worker = Account.objects.get(login=helps.login("case_worker"))
    keeper, host = (Account.objects.get(login=shelter.login(role)) for role in shelter.roles)
    made_up_care.make_care(worker, keeper, host)
    force = Organisation.objects.get(org_name=police.org_name)
    made_up_support.make_support(worker, Account.objects.get(login=helps.login("desk_lead")), force, host)
    outside = [Organisation.objects.get(org_name=one["org_name"]) for one in PARTNERS if one["org_type"] in OF_CARE]
    made_up_way.make_way(worker, outside)


def make_evidence() -> None:
    """Make the sources of the researchers and what was recorded from them, unless there are any."""
    made_up_evidence.make_evidence(Account.objects.get(login=ORGANISATIONS[0].login("researcher")))
    made_up_evidence.import_lists()


def make_barriers() -> None:
    """Make a barrier approach of who helps, and what the municipality knows of policy, unless there is any."""
    helps, town = ORGANISATIONS[0], ORGANISATIONS[3]
    roles = ("care_coordinator", "case_worker", "desk_lead")
    keeper, worker, lead = (Account.objects.get(login=helps.login(role)) for role in roles)
    others = [Account.objects.get(login=town.login("policy_officer"))]
    made_up_barriers.make_barriers(keeper, worker, lead, others)


def make_intake() -> None:
    """Make what came in and is weighed, unless there is any: at who helps, at the police and at the news desk."""
    helps, police, press = ORGANISATIONS[:3]
    for made_up, roles, count, wall in (
        (helps, ("case_worker", "desk_lead"), made_up_intake.REPORTS, "help"),
        (police, ("signal_officer",), made_up_intake.REPORTS_OF_THE_POLICE, "enforce"),
        (press, ("reporter",), made_up_intake.TIPS, "press"),
    ):
        staff = [Account.objects.get(login=made_up.login(role)) for role in roles]
        sources = {"press_tip": 1.0} if wall == "press" else made_up_intake.SOURCES
        made_up_intake.make_reports(staff, count, wall, sources)


def make_commitments() -> None:
    """Make what was promised and a break in a series, unless there is any."""
    made_up_yearly.make_commitments(Account.objects.get(login=ORGANISATIONS[0].login("analyst")))


def make_yearly_reports() -> None:
    """Publish a yearly report and its correction, unless there is one."""
    staff = [Account.objects.get(login=ORGANISATIONS[0].login(role)) for role in ("analyst", "rapporteur")]
    made_up_yearly.make_reports(*staff)


def shown(role: words.Code) -> str:
    """Give the name of a role without what stands between brackets: it becomes the name of somebody on every page."""
    return role.label.nl.partition(" (")[0]


def describe(address: str, password: str, passphrase: str) -> str:
    """Say where to look and how to sign in."""
    addresses = [
        ("/chat/", "visitors: chat"),
        ("/", "visitors: numbers"),
        ("/report/", "visitors: report box"),
        ("/checklist/", "people at work: checklist"),
        ("/training/", "people at work: training"),
        ("/figures/", "figures"),
        ("/staff/", "staff"),
        ("/staff/desk/", "staff: the desk of the chat"),
    ]
    lines = ["", "Zicht with made-up organisations is ready.", ""]
    lines += [f"  {address}{path:<14}{who}" for path, who in addresses]
    named = address.replace("127.0.0.1", "localhost")
    lines += ["", f"To try passkeys open {named}/ instead: a browser ties them to a name and not to a number."]
    lines += ["", f"Sign in at {address}/staff/ with one of these and the password {password}", ""]
    lines += [f"  Chats and reports: sign in as counsellor or desk-lead, open the desk, unlock with {passphrase}"]
    lines += ["  Checklists: sign in as signal-officer-police, open the desk, unlock with the same", ""]
    for organisation in ORGANISATIONS:
        roles = ("administrator", *organisation.roles)
        lines.append(f"  {organisation.org_name}: " + ", ".join(map(organisation.login, roles)))
    return "\n".join(lines)
