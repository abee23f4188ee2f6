"""Make the files of the checklist: one page per language with the whole catalogue in it, script, style, worker, list.

It is made and signed like the page of the chat (contact/visitor_page/building.py), with a folder and a list of its own.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from django.template.loader import render_to_string
from django.utils import translation

from zicht import words
from zicht.contact.sealing.page_manifest import PageManifest, public_half, sign_page
from zicht.contact.sealing.parts import check_name, encode
from zicht.contact.visitor_page.building import HASH_DIGITS, MANIFEST, without_indentation
from zicht.contact.visitor_page.content import LANGUAGES, PageContent
from zicht.contact.visitor_page.suggestion_sentences import SUGGESTION_TEXTS, terms_of_suggestions
from zicht.signals.checklist.sentences import TEXTS

FILE_OF = {"nl": "checklist.html", "en": "checklist-en.html"}
WORKER = "worker.js"  # no hash in its name: browsers know a worker by its address
BUILT = ("checklist.js", "checklist.css")
DATA = Path(__file__).resolve().parent / "data"
# Somebody of the staff fills it in and no victim: it may keep itself on the phone. It runs one script and one worker.
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types zicht-worker",
    ]
)
POLICY_OF_WORKER = "default-src 'none'; connect-src 'self'"


@dataclass(frozen=True)
class Sign:
    """An indicator as the page shows it, with everything that it is found by."""

    code: str
    words: str
    dimension: str
    strength: str
    element: str
    applies_to: str
    observers: str
    urgency: str
    search: str


@dataclass(frozen=True)
class Group:
    """A group of the catalogue with the indicators that are offered."""

    code: str
    label: str
    signs: tuple[Sign, ...]


def build_checklist(
    content: PageContent, desk: str, root_private: bytes, *, made_at: int, is_demo: bool
) -> dict[str, bytes]:
    """Give every file by its name; `desk` is the name of a desk for intake, the rest as for the page of the chat."""
    shared = shared_files()
    root = public_half(root_private)
    pages = {FILE_OF[one]: _page(one, content, check_name(desk), root, shared, is_demo) for one in LANGUAGES}
    made = {**pages, **shared}
    manifest = PageManifest(content.org, {name: _hash(one) for name, one in made.items()}, made_at, is_demo)
    signed = {**sign_page(root_private, manifest).to_json(), "root": encode(root)}
    return {**made, MANIFEST: json.dumps(signed, indent=1).encode() + b"\n"}


def shared_files() -> dict[str, bytes]:
    """Give scripts and style, which are the same for every organisation."""
    found = {name: (DATA / name).read_bytes() for name in BUILT}
    hashed = {name.replace(".", f".{_hash(content)[:HASH_DIGITS]}."): content for name, content in found.items()}
    return {**hashed, WORKER: (DATA / WORKER).read_bytes()}


def groups_in(language: str) -> tuple[Group, ...]:
    """Give the catalogue in the order of its file, without what is retired."""
    offered = [one for one in words.vocabulary().indicators.values() if one.is_active]
    found = _search_words()
    return tuple(
        Group(group, label.in_language(language), tuple(_sign(one, language, found) for one in some))
        for (group, label), some in groupby(offered, key=lambda one: (one.group, one.group_label))
    )


def _sign(one: words.Indicator, language: str, found: Mapping[str, list[str]]) -> Sign:
    return Sign(
        code=one.code,
        words=one.label.in_language(language),
        dimension=one.dimension,
        strength=one.strength,
        element=one.palermo_element,
        applies_to=one.applies_to,
        observers=" ".join(one.observers),
        urgency=one.min_urgency,
        search=" ".join(found.get(one.code, ())),
    )


def _search_words() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, indicators in words.vocabulary().search_words.items():
        for code in indicators:
            found.setdefault(code, []).append(word)
    return found


def _page(
    language: str, content: PageContent, desk: str, root: bytes, shared: Mapping[str, bytes], is_demo: bool
) -> bytes:
    with translation.override(language):
        page = render_to_string(
            "signals/checklist/page.html",
            {
                "language": language,
                "policy": POLICY,
                "style": next(name for name in shared if name.endswith(".css")),
                "script": next(name for name in shared if name.startswith("checklist.") and name.endswith(".js")),
                "others": [
                    {"code": one, "file": FILE_OF[one], "name": translation.get_language_info(one)["name_local"]}
                    for one in LANGUAGES
                    if one != language
                ],
                "is_demo": is_demo,
                "org": content.org,
                "name": content.name[language],
                "desk": desk,
                "root": encode(root),
                "groups": groups_in(language),
                "observers": words.choices("observer", language),
                "situations": list(_situations(language)),
                "bases": [one for one in words.choices("signal_basis", language) if one[0] != "suggested"],
                "municipalities": sorted(
                    ((one.code, one.name) for one in words.municipalities().values()), key=lambda one: one[1]
                ),
                "help_lines": [replace(line, about=about[language]) for line, about in content.lines],
                "texts": [*TEXTS.items(), *SUGGESTION_TEXTS.items(), *terms_of_suggestions(language)],
            },
        )
    return without_indentation(page).encode()


def _situations(language: str) -> Iterator[tuple[str, str, str]]:
    for one in words.vocabulary().lists["situation"].offered():
        yield one.code, one.label.in_language(language), " ".join(one.texts("groups"))


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
