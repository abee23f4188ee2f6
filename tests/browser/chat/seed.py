"""Fill the database of a running server with a made-up organisation and its desk, in a process of its own."""

import sys
from pathlib import Path

import django
from django.core.management import call_command

django.setup()

from django.utils import timezone  # noqa: E402

from zicht.contact.models import Desk, Membership  # noqa: E402
from zicht.people.actions import accept_invitation, invite_account  # noqa: E402
from zicht.people.models import Account  # noqa: E402
from zicht.site import made_up, made_up_checklist, made_up_desk  # noqa: E402

HELPS = made_up.MadeUp("Stichting Voorbeeld", "care_coord", "avg", ("counsellor", "desk_lead", "case_worker"))

PRESS = made_up.MadeUp("Redactie Voorbeeld", "press", "press", ("reporter",), "-press")


def fill(password: str) -> None:
    """Make everything that the tests of the chat stand on."""
    quiet = {"verbosity": 0}
    call_command("migrate", interactive=False, **quiet)
    call_command("make_keys", **quiet)
    made_up.make(HELPS, password)
    lead, counsellor = (Account.objects.get(login=HELPS.login(role)) for role in ("desk_lead", "counsellor"))
    made_up_desk.make_desks((*made_up_desk.DESKS, *made_up_desk.REPORT_DESKS), lead, counsellor)
    made_up_checklist.make_checklist(lead, counsellor)
    made_up.make(PRESS, password)
    made_up_desk.make_desks(made_up_desk.NEWS_DESKS, Account.objects.get(login=PRESS.login("reporter")))
    add_newcomer(password)
    made_up_desk.build_page_of_demo()


def add_newcomer(password: str) -> None:
    """Add somebody to the desk who has no keys yet."""
    administrator = Account.objects.get(login=HELPS.login("administrator"))
    invited = invite_account(administrator, login="newcomer", shown_as="Nina", roles=["counsellor"])
    account = accept_invitation(invited.code, password)
    desk = Desk.objects.get(slug=made_up_desk.DESKS[0].slug)
    Membership.objects.create(desk=desk, account=account, joined_on=timezone.localdate())


if __name__ == "__main__":
    fill(sys.argv[1])
    Path(sys.argv[2]).write_text(made_up_desk.passphrase(), encoding="ascii")
