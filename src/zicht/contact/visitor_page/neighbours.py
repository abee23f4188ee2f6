"""Desks of another organisation on the same installation to which a chat may move: its root is signed with the page."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from zicht.contact.sealing.page_manifest import refuse_demo_root
from zicht.contact.sealing.parts import encode
from zicht.contact.visitor_page.content_parts import (
    Words,
    read_name,
    read_object,
    read_root,
    read_several,
    read_words,
)


@dataclass(frozen=True)
class Neighbour:
    """Another organisation, the root its desks stand under, and their labels; who made the page vouches for it."""

    org: str
    name: Words
    root: bytes
    desks: tuple[tuple[str, Words], ...]


def neighbours_of(found: object) -> tuple[Neighbour, ...]:
    """Check what was read, field by field."""
    return tuple(_neighbour(one) for one in read_several("neighbours", found))


def _neighbour(found: object) -> Neighbour:
    fields = read_object("a neighbour", found, ("org", "name", "root", "desks"))
    desks = (
        read_object("a desk of a neighbour", one, ("desk", "label")) for one in read_several("desks", fields["desks"])
    )
    return Neighbour(
        org=read_name("org", fields["org"]),
        name=read_words("name", fields["name"]),
        root=read_root(fields["root"]),
        desks=tuple((read_name("desk", one["desk"]), read_words("label", one["label"])) for one in desks),
    )


def for_page(neighbours: Iterable[Neighbour], language: str, *, is_demo: bool) -> Iterator[dict[str, str]]:
    """Give each desk as it stands in a page; raise DemoRootError for the demo's root outside the demo."""
    for one in neighbours:
        refuse_demo_root(one.root, is_demo=is_demo)
        for desk, label in one.desks:
            words = f"{label[language]} ({one.name[language]})"
            yield {"desk": desk, "label": words, "org": one.org, "root": encode(one.root)}
