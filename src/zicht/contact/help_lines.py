"""Where help is to be had in the Netherlands, shown to visitors as long as there is nobody here to talk to.

An organisation must call every number itself before it opens its own Zicht, and put the day it did so in CHECKED_ON:
a number that rings nowhere is worse than no number.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# Compared on this day with the sources below; nobody has called them for this list.
CHECKED_ON = date(2026, 11, 22)


@dataclass(frozen=True)
class HelpLine:
    """One place that helps: a name people know it by, a number to call, a site, what for, and where this was read."""

    name: str
    about: str | Promise
    source: str
    number: str = ""
    site: str = ""

    @property
    def number_address(self) -> str:
        """Give the address that lets a telephone dial the number."""
        return "tel:" + "".join(sign for sign in self.number if sign.isdigit())

    @property
    def site_address(self) -> str:
        """Give the address of the site."""
        return f"https://{self.site}/"


COMENSHA = HelpLine(
    "CoMensha",
    _("They help people who are forced to work, to have sex or to break the law. On weekdays from 9 to 5."),
    "wegwijzermensenhandel.nl, page of CoMensha",
    number="033 448 11 86",
)
FIER = HelpLine(
    "Chat met Fier",
    _("You can chat here with a professional. You do not have to say your name."),
    "huisaanhuisleeuwarden.nl, 2021; omropfryslan.nl, 18 October 2019",
    site="www.chatmetfier.nl",
)
SAFE_HOME = HelpLine(
    "Veilig Thuis",
    _("For violence at home. You can call day and night. It is free."),
    "rijksoverheid.nl, page on violence at home",
    number="0800 2000",
)
CHILD_LINE = HelpLine(
    "Kindertelefoon",
    _("If you are under 18. You can talk about everything, without your name. Every day from 11 to 9 in the evening."),
    "vriendenkindertelefoon.nl; hours: metronieuws.nl, September 2019",
    number="0800 0432",
    site="www.kindertelefoon.nl",
)
SUICIDE_PREVENTION = HelpLine(
    "113",
    _("If you think about ending your life. You can call or chat, day and night. It is free."),
    "113.nl; free since October 2025",
    number="113",
    site="www.113.nl",
)
POLICE = HelpLine(
    "Politie",
    _("If it cannot wait for long, but nobody is in danger now. Ask for the team that works on human trafficking."),
    "wegwijzermensenhandel.nl, page on reporting",
    number="0900 8844",
)
ANONYMOUS_CRIME_LINE = HelpLine(
    "Meld Misdaad Anoniem (M.)",
    _("If you do not want to say who you are. They pass on what you say to the police, without your name."),
    "politie.nl, page on Meld Misdaad Anoniem",
    number="0800 7000",
    site="www.meldmisdaadanoniem.nl",
)
LABOUR_INSPECTORATE = HelpLine(
    "Nederlandse Arbeidsinspectie",
    _("If somebody is forced to work, or is paid far too little."),
    "wegwijzermensenhandel.nl, page on reporting",
    number="0800 5151",
)

FOR_HELP = (COMENSHA, FIER, SAFE_HOME, CHILD_LINE, SUICIDE_PREVENTION)
FOR_REPORTS = (POLICE, ANONYMOUS_CRIME_LINE, LABOUR_INSPECTORATE, COMENSHA)
