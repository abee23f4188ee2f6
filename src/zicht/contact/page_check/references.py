"""Find what a page loads, runs or sends elsewhere."""

from collections.abc import Collection
from html.parser import HTMLParser

# Attributes that make a browser fetch something or send something, whatever the element.
FETCHING = frozenset(
    {"src", "srcset", "data", "action", "formaction", "poster", "background", "manifest", "ping", "archive"}
)
NAVIGATING = frozenset({"a", "area"})  # href of these is followed only by a person
SCHEMES = ("https://", "tel:")
NOT_ALLOWED = frozenset({"base", "iframe", "frame", "object", "embed", "applet", "style"})


class _Reader(HTMLParser):
    def __init__(self, listed: Collection[str], ways: tuple[str, ...]) -> None:
        super().__init__()
        self._listed = listed
        self._ways = ("#", *SCHEMES, *ways)
        self._in_script = False
        self.findings: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at an element."""
        self._in_script = tag == "script"
        if tag in NOT_ALLOWED:
            self.findings.append(f"has the element {tag}, which does not belong there")
        for name, value in attrs:
            self._look_at(tag, name, (value or "").strip())
        if tag == "meta" and any(name == "http-equiv" and (value or "").lower() == "refresh" for name, value in attrs):
            self.findings.append("goes elsewhere by itself")

    def _look_at(self, tag: str, name: str, value: str) -> None:
        if name.startswith("on") or name == "style":
            self.findings.append(f"has something to run or to show in the attribute {name}")
        is_link = name in ("href", "xlink:href")
        is_loaded = name in FETCHING or (is_link and tag not in NAVIGATING)
        if (is_loaded and value not in self._listed) or (
            is_link and tag in NAVIGATING and not self._may_lead_to(value)
        ):
            self.findings.append(f"refers to something that is not listed: {value[:200]}")

    def _may_lead_to(self, value: str) -> bool:
        return value.startswith(self._ways) or value in self._listed

    def handle_endtag(self, tag: str) -> None:
        """Leave an element."""
        self._in_script = False

    def handle_data(self, data: str) -> None:
        """Look at text: in a script it would be run."""
        if self._in_script and data.strip():
            self.findings.append("has a script of its own")


def look_for_references(page: str, listed: Collection[str], ways: tuple[str, ...] = ()) -> list[str]:
    """Give in words everything on a page that leads to something else than the listed files of the same folder.

    A link that somebody follows may also go to another site, or begin with one of `ways`.
    """
    reader = _Reader(listed, ways)
    reader.feed(page)
    reader.close()
    return reader.findings
