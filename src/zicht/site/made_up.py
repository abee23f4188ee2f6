"""The made-up organisations of the demo: one login for every role, and the figures that come with Zicht."""

from dataclasses import dataclass

from django.db import transaction

from zicht import words
from zicht.people.actions import accept_invitation, create_organisation, invite_account
from zicht.people.models import Account


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
)


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


def shown(role: words.Code) -> str:
    """Give the name of a role without what stands between brackets: it becomes the name of somebody on every page."""
    return role.label.nl.partition(" (")[0]


def describe(address: str, password: str) -> str:
    """Say where to look and how to sign in."""
    addresses = [("/", "visitors"), ("/report/", "reports"), ("/figures/", "figures"), ("/staff/", "staff")]
    lines = ["", "Zicht with made-up organisations is ready.", ""]
    lines += [f"  {address}{path:<12}{who}" for path, who in addresses]
    named = address.replace("127.0.0.1", "localhost")
    lines += ["", f"To try passkeys open {named}/ instead: a browser ties them to a name and not to a number."]
    lines += ["", f"Sign in at {address}/staff/ with one of these and the password {password}", ""]
    for organisation in ORGANISATIONS:
        roles = ("administrator", *organisation.roles)
        lines.append(f"  {organisation.org_name}: " + ", ".join(map(organisation.login, roles)))
    return "\n".join(lines)
