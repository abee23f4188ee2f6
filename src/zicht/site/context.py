"""What every page knows: whose Zicht this is, who reads, in which language, and the seven steps."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from zicht.people import kept_forms
from zicht.people.models import Account


@dataclass(frozen=True)
class Step:
    """One step of the chain; without an address as long as the room has no page."""

    code: str
    label: str | Promise
    address_name: str = ""
    permission: str = ""  # who lacks it sees the step without a link

    @property
    def address(self) -> str:
        """Give the address of the step's first page in the language of the reader, or nothing."""
        return reverse(self.address_name) if self.address_name else ""

    def may_open(self, reader: Account | None) -> bool:
        """Tell whether a reader gets a link to the step."""
        return not self.permission or (reader is not None and reader.has_perm(self.permission))


@dataclass(frozen=True)
class StepShown:
    """A step as one reader sees it."""

    label: str | Promise
    address: str
    is_built: bool


def steps_for(reader: Account | None) -> list[StepShown]:
    """Give the seven steps with links where the reader may go."""
    return [
        StepShown(step.label, step.address if step.may_open(reader) else "", bool(step.address_name)) for step in CHAIN
    ]


CHAIN = (
    Step("contact", _("Contact")),
    Step("signals", _("Signals")),
    Step("cases", _("Cases"), "cases:list", "cases.see"),
    Step("care", _("Care")),
    Step("evidence", _("Evidence")),
    Step("barriers", _("Barriers")),
    Step("figures", _("Figures"), "figures:page"),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the frame of a page: staff see the chain beside it, everybody else the public page."""
    user = getattr(request, "user", None)
    is_staff = bool(user and user.is_authenticated)
    return {
        "frame": "site/staff.html" if is_staff else "site/public.html",
        "reader": user if is_staff else None,
        "chain": steps_for(user if is_staff else None),
        "is_made_up": settings.DEMO,
        "writer": kept_forms.writer(user) if is_staff and user else "",
        "other_language": _other_language(request),
    }


def _other_language(request: HttpRequest) -> dict[str, str]:
    code = "en" if get_language() == "nl" else "nl"
    name = {"en": "English", "nl": "Nederlands"}[code]
    return {"code": code, "name": name, "address": translate_url(request.get_full_path(), code)}
