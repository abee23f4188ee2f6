"""What somebody compares who checks from outside that a checklist is the one that an organisation signed."""

from zicht.contact.page_check.kinds import PageKind
from zicht.signals.checklist.building import FILE_OF, POLICY, POLICY_OF_WORKER, WORKER, shared_files


def checklist_page() -> PageKind:
    """Give the page of the checklist; the worker comes with a policy of its own."""
    pages = frozenset(FILE_OF.values())
    return PageKind(
        shared=shared_files(),
        own=pages,
        optional=frozenset(),
        trusting=pages,
        policy=POLICY,
        policies={WORKER: POLICY_OF_WORKER},
    )
