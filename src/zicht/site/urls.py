"""All addresses. The language stands in the address: Dutch without a prefix, English under /en/."""

from collections.abc import Sequence

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from zicht.site.my_tasks import show_mine

VISITOR = [path("", include("zicht.contact.urls")), path("training/", include("zicht.signals.training.urls"))]
STAFF: list[URLPattern | URLResolver] = [
    path("figures/", include("zicht.figures.urls")),
    path("staff/account/", include("zicht.people.account_urls")),
    path("staff/tasks/", show_mine, name="my_tasks"),
    path("staff/", include("zicht.care.urls")),
    path("staff/barriers/", include("zicht.barriers.urls")),
    path("staff/evidence/", include("zicht.evidence.urls")),
    path("staff/cases/", include("zicht.cases.urls")),
    path("staff/desks/forms/", include("zicht.contact.report_forms.urls")),
    path("staff/desks/", include("zicht.contact.desks.urls")),
    path("staff/training/", include("zicht.signals.training.staff_urls")),
    path("staff/contacts/", include("zicht.contact.records.urls")),
    path("staff/intake/", include("zicht.signals.urls")),
    path("staff/", include("zicht.people.urls")),
]

# For programs: the language is asked for in a header, and a key takes the place of session and form token.
API = [path("api/", include("zicht.cases.api.urls"))]

# For the visitor's browser: no language, no session; streams reach these views on a shorter way (site/asgi.py).
CHAT = [path("chat/v1/", include("zicht.contact.chat.urls")), path("chat/", include("zicht.contact.visitor_page.urls"))]
# For the phones of people at work: public as the chat is, and at an address of its own.
CHECKLIST = [path("checklist/", include("zicht.signals.checklist.urls"))]
# The counsellors' page is signed as the visitor's is; its languages are files of their own.
DESK = [
    path("staff/desk/v1/", include("zicht.contact.desk.urls")),
    path("staff/desk/", include("zicht.contact.visitor_page.desk_urls")),
]


def addresses(face: str) -> Sequence[URLPattern | URLResolver]:
    """Give the addresses of one face, or of both when one process serves them."""
    return (VISITOR if face != "staff" else []) + (STAFF if face != "visitor" else [])


def for_programs(face: str) -> Sequence[URLPattern | URLResolver]:
    """Give the addresses for programs: they belong to the staff face."""
    return API if face != "visitor" else []


def for_the_chat(face: str) -> Sequence[URLPattern | URLResolver]:
    """Give the addresses that the browsers of visitors and counsellors call."""
    return (CHAT + CHECKLIST if face != "staff" else []) + (DESK if face != "visitor" else [])


urlpatterns = [
    *for_programs(settings.FACE),
    *for_the_chat(settings.FACE),
    *i18n_patterns(*addresses(settings.FACE), prefix_default_language=False),
]
