"""A desk of the chat to look at, with hours, a day on which it is closed, and somebody who belongs to it."""

import datetime as dt

from zicht.contact.desks import actions
from zicht.people.models import Account

ROOT = "/staff/desks/"
SLUG = "chat"
OF_THE_DESK = f"{ROOT}of/{SLUG}/"
OF_ADMINISTRATORS = (
    ROOT,
    f"{ROOT}make/",
    f"{ROOT}root/",
    OF_THE_DESK,
    f"{OF_THE_DESK}change/",
    f"{OF_THE_DESK}answers/",
)


def make_desk(by: Account, counsellor: Account) -> None:
    """Make it."""
    labels = {"label_nl": "Chat met ons", "label_en": "Chat with us", "languages": ["nl", "en"]}
    desk = actions.make_desk(by, {"slug": SLUG, "takes_files": False, "is_paused": False, **labels})
    actions.add_hours(by, desk, [1, 2], dt.time(9), dt.time(17), ["nl"])
    actions.add_holiday(by, desk, dt.date(2099, 12, 25))
    actions.add_member(by, desk, counsellor)
