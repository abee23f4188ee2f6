"""Tell the two public faces apart: the visitor's side, and the side where people log in."""

from collections.abc import MutableMapping

from django.conf import settings

# Everything else is the visitor's side, so that a new address gets no session by accident.
STAFF_ADDRESSES = ("staff", "figures")
VISITORS_FILES = "/static/contact/"


def is_staff_side(path: str) -> bool:
    """Answer whether a path belongs to the side with sessions; the language before it (`/en/`) does not count.

    A process that serves the visitor's face alone has no such side: what is not there answers as to a visitor.
    """
    if settings.FACE == "visitor":
        return False
    parts = path.lstrip("/").split("/")
    if parts[0] in dict(settings.LANGUAGES):
        parts = parts[1:]
    return bool(parts) and parts[0] in STAFF_ADDRESSES


def keep_nothing_of_visitors_pages(headers: MutableMapping[str, str], path: str, url: str) -> None:
    """Let no telephone keep a file of the visitor's side: it would tell of the visit after the history was deleted."""
    if url.startswith(VISITORS_FILES):
        headers["Cache-Control"] = "no-store"
