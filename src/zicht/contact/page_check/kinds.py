"""What this version of Zicht makes of a kind of page, and what must be served beside each of its files."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zicht.contact.visitor_page.building import (
    DESK,
    DESK_FILE_OF,
    DESK_POLICY,
    FILE_OF,
    KEYS_FILE_OF,
    LICENCES,
    POLICY,
    REPORT_FILE_OF,
    for_header,
    shared_files,
)

STAFF = ("/staff/",)  # from the counsellors' page the other staff pages can be reached


@dataclass(frozen=True)
class PageKind:
    """A kind of page; a later room has kinds of its own."""

    shared: Mapping[str, bytes]  # by name: what is the same for every organisation
    own: frozenset[str]  # what each organisation makes and must list
    optional: frozenset[str]  # what an organisation may do without
    trusting: frozenset[str]  # pages that name the root under which everything stands
    policy: str  # of a page
    policies: Mapping[str, str] = field(default_factory=dict)  # of a file by its name, where it has one of its own

    def header_of(self, name: str) -> str:
        """Give the content security policy that must come with a file; empty where none is asked."""
        if name in self.policies:
            return self.policies[name]
        return for_header(self.policy) if name.endswith(".html") else ""

    def ways_of(self, name: str) -> tuple[str, ...]:
        """Give what links on a page may also begin with."""
        return STAFF if name.startswith(DESK) else ()


def visitors_page() -> PageKind:
    """Give the page of the chat, with the report box and the counsellors' pages."""
    of_desk = frozenset({*DESK_FILE_OF.values(), *KEYS_FILE_OF.values()})
    return PageKind(
        shared=shared_files(),
        own=frozenset({*FILE_OF.values(), *of_desk, LICENCES}),
        optional=frozenset(REPORT_FILE_OF.values()),
        trusting=frozenset(FILE_OF.values()),
        policy=POLICY,
        policies=dict.fromkeys(of_desk, for_header(DESK_POLICY)),
    )
