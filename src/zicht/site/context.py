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
from zicht.site.my_tasks import may_see_tasks


@dataclass(frozen=True)
class Step:
    """One step of the chain; without an address as long as the room has no page."""

    code: str
    label: str | Promise
    # Names of first pages with the permission each needs: a reader gets the first that is open, or no link.
    pages: tuple[tuple[str, str], ...] = ()

    def address_for(self, reader: Account | None) -> str:
        """Give the address of the step's first page for a reader, in the language of the reader, or nothing."""
        for name, permission in self.pages:
            if not permission or (reader is not None and reader.has_perm(permission)):
                return reverse(name)
        return ""

    def has(self, path: str) -> bool:
        """Tell whether a page belongs to the step: one of its first pages stands above it."""
        return any(path.startswith(reverse(name)) for name, _permission in self.pages)


@dataclass(frozen=True)
class StepShown:
    """A step as one reader sees it."""

    label: str | Promise
    address: str
    is_built: bool
    is_here: bool


def steps_for(reader: Account | None, path: str) -> list[StepShown]:
    """Give the seven steps with links where the reader may go, and mark the one that a page belongs to."""
    return [StepShown(step.label, step.address_for(reader), bool(step.pages), step.has(path)) for step in CHAIN]


CHAIN = (
    Step("contact", _("Contact"), (("contacts:list", "contact.record"), ("desks:list", "contact.arrange"))),
    Step("signals", _("Signals"), (("intake:queue", "signals.weigh"), ("training_log:list", "signals.keep_training"))),
    Step("cases", _("Cases"), (("cases:list", "cases.see"), ("cases:rights", "cases.keep_breaches"))),
    Step("care", _("Care"), (("care:received", "care.receive"), ("care:board", "care.place"))),
    Step("evidence", _("Evidence"), (("evidence:sources", "evidence.read"),)),
    Step("barriers", _("Barriers"), (("barriers:meeting", "barriers.look"),)),
    Step("figures", _("Figures"), (("figures:page", ""),)),
)


def frame(request: HttpRequest) -> dict[str, object]:
    """Give the frame of a page: staff see the chain beside it, everybody else the public page."""
    user = getattr(request, "user", None)
    is_staff = bool(user and user.is_authenticated)
    return {
        "frame": "site/staff.html" if is_staff else "site/public.html",
        "reader": user if is_staff else None,
        "chain": steps_for(user if is_staff else None, request.path),
        "is_made_up": settings.DEMO,
        "tasks": reverse("my_tasks") if is_staff and user and may_see_tasks(user) else "",
        "writer": kept_forms.writer(user) if is_staff and user else "",
        "other_language": _other_language(request),
    }


def _other_language(request: HttpRequest) -> dict[str, str]:
    code = "en" if get_language() == "nl" else "nl"
    name = {"en": "English", "nl": "Nederlands"}[code]
    return {"code": code, "name": name, "address": translate_url(request.get_full_path(), code)}
