"""Make the files of a page: one HTML file per language, script and style under names with their hash, a signed list."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from importlib.resources import files

from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import strip_spaces_between_tags

from zicht import words
from zicht.contact.sealing.page_manifest import PageManifest, public_half, refuse_demo_root, sign_page
from zicht.contact.sealing.parts import encode
from zicht.contact.visitor_page.content import LANGUAGES, PageContent
from zicht.contact.visitor_page.desk_sentences import DESK_TEXTS
from zicht.contact.visitor_page.keys_sentences import KEYS_TEXTS
from zicht.contact.visitor_page.neighbours import for_page
from zicht.contact.visitor_page.report_content import ReportContent
from zicht.contact.visitor_page.report_sentences import AUDIENCES, REPORT_BEFORE, REPORT_TEXTS
from zicht.contact.visitor_page.sentences import BEFORE, TEXTS
from zicht.contact.visitor_page.suggestion_sentences import SUGGESTION_TEXTS, terms_of_suggestions, weights

HASH_DIGITS = 12
MANIFEST = "manifest.json"
BUILT = ("app.js", "app.css", "report.js", "report.css", "desk.js", "desk-keys.js", "desk.css")
LICENCES = "licences.txt"
FILE_OF = {"nl": "index.html", "en": "en.html"}
DESK = "desk"  # what names of the counsellors' page begin with
DESK_FILE_OF = {"nl": f"{DESK}.html", "en": f"{DESK}-en.html"}
KEYS = f"{DESK}-keys"  # where people of a desk vouch for each other
KEYS_FILE_OF = {"nl": f"{KEYS}.html", "en": f"{KEYS}-en.html"}
REPORT = "report"  # the page of the report box, where the organisation has one
REPORT_FILE_OF = {"nl": f"{REPORT}.html", "en": f"{REPORT}-en.html"}
LISTS_OF_CHECKLISTS = ("observer", "situation", "age_band", "signal_basis", "signal_state", "urgency")
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ps", "ur"})
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src 'self'",
        "img-src blob:",
        "base-uri 'none'",
        "form-action 'none'",
        "require-trusted-types-for 'script'",
    ]
)
# The desk compiles nothing either: Argon2id in plain JavaScript takes seconds, once a shift.
# A report is taken into intake by a form that somebody sends from the desk, to the staff pages of the same server.
DESK_POLICY = POLICY.replace("form-action 'none'", "form-action 'self'")
STATIC = files("zicht.contact") / "static" / "contact"


def build_page(content: PageContent, root_private: bytes, *, made_at: int, is_demo: bool) -> dict[str, bytes]:
    """Give every file by its name; `root_private` has 32 bytes, `made_at` is in seconds since 1970."""
    shared = shared_files()
    root = public_half(root_private)
    pages = {FILE_OF[one]: _page(one, content, root, shared, is_demo) for one in LANGUAGES}
    desk = {DESK_FILE_OF[one]: _desk_page(one, content, shared, is_demo) for one in LANGUAGES}
    keys = {KEYS_FILE_OF[one]: _keys_page(one, shared, is_demo) for one in LANGUAGES}
    reports = content.report
    report = {
        REPORT_FILE_OF[one]: _report_page(one, content, reports, root, shared, is_demo) for one in LANGUAGES if reports
    }
    made = {**pages, **report, **desk, **keys, **shared, LICENCES: (STATIC / "vendor" / LICENCES).read_bytes()}
    manifest = PageManifest(content.org, _hashes(made), made_at, is_demo)
    signed = {**sign_page(root_private, manifest).to_json(), "root": encode(root)}
    return {**made, MANIFEST: json.dumps(signed, indent=1).encode() + b"\n"}


def referrer_policy_of(name: str) -> str:
    """Give how much a page tells where a reader came from: the desk's as much as forms to its own server need."""
    return "same-origin" if name.startswith(DESK) else "no-referrer"


def for_header(policy: str) -> str:
    """Give a policy with what a page cannot say of itself."""
    return f"{policy}; frame-ancestors 'none'"


def shared_files() -> dict[str, bytes]:
    """Give scripts and styles, which are the same for every organisation, by names that change with them."""
    found = {name: (STATIC / "built" / name).read_bytes() for name in BUILT}
    return {name.replace(".", f".{_hash(content)[:HASH_DIGITS]}."): content for name, content in found.items()}


def _page(language: str, content: PageContent, root: bytes, shared: Mapping[str, bytes], is_demo: bool) -> bytes:
    with translation.override(language):
        page = render_to_string(
            "contact/visitor/page.html",
            {
                **_frame("app", language, FILE_OF, shared, is_demo),
                "policy": POLICY,
                "page": content,
                "root": encode(root),
                "name": content.name[language],
                "before": content.before[language] or BEFORE,
                "desks": [
                    {"desk": one.desk, "label": one.label[language], "hours": one.hours[language]}
                    for one in content.desks
                ],
                "neighbours": for_page(content.neighbours, language, is_demo=is_demo),
                "help_lines": [replace(line, about=about[language]) for line, about in content.lines],
                "texts": TEXTS.items(),
            },
        )
    return without_indentation(page).encode()


def _report_page(
    language: str,
    content: PageContent,
    report: ReportContent,
    root: bytes,
    shared: Mapping[str, bytes],
    is_demo: bool,
) -> bytes:
    for elsewhere in report.roots:
        refuse_demo_root(elsewhere, is_demo=is_demo)
    with translation.override(language):
        page = render_to_string(
            "contact/visitor/report.html",
            {
                **_frame(REPORT, language, REPORT_FILE_OF, shared, is_demo),
                "policy": POLICY,
                "page": content,
                "name": content.name[language],
                "audiences": [(one, AUDIENCES[one]) for one in report.audiences],
                "before": REPORT_BEFORE,
                "forms": json.dumps(report.for_script(content.org, root), ensure_ascii=False, separators=(",", ":")),
                "help_lines": [replace(line, about=about[language]) for line, about in report.lines or content.lines],
                "texts": REPORT_TEXTS.items(),
            },
        )
    return without_indentation(page).encode()


def _desk_page(language: str, content: PageContent, shared: Mapping[str, bytes], is_demo: bool) -> bytes:
    with translation.override(language):
        frame = _frame(DESK, language, DESK_FILE_OF, shared, is_demo)
        page = render_to_string(
            "contact/desk/page.html",
            {
                **frame,
                "policy": DESK_POLICY,
                "neighbours": for_page(content.neighbours, language, is_demo=is_demo),
                "keys": KEYS_FILE_OF[language],
                "texts": [*DESK_TEXTS.items(), *SUGGESTION_TEXTS.items(), *_codes(language), *weights()],
            },
        )
    return without_indentation(page).encode()


def _codes(language: str) -> Iterator[tuple[str, str]]:
    """Give the wordings of the codes in a checklist, which its sender sealed without them."""
    vocabulary = words.vocabulary()
    for name in LISTS_OF_CHECKLISTS:
        for code, term in vocabulary.lists[name].codes.items():
            yield f"code-{name}-{code}", term.label.in_language(language)
    for code, term in vocabulary.lists["contact_role"].codes.items():
        yield f"code-role-{code}", term.label.in_language(language)
    for code, place in words.municipalities().items():
        yield f"code-municipality-{code}", place.name
    for code, indicator in vocabulary.indicators.items():
        yield f"code-indicator-{code}", indicator.label.in_language(language)
    yield from terms_of_suggestions(language)


def _keys_page(language: str, shared: Mapping[str, bytes], is_demo: bool) -> bytes:
    with translation.override(language):
        frame = _frame(KEYS, language, KEYS_FILE_OF, shared, is_demo)
        page = render_to_string(
            "contact/desk/keys.html",
            {**frame, "policy": DESK_POLICY, "desk": DESK_FILE_OF[language], "texts": KEYS_TEXTS.items()},
        )
    return without_indentation(page).encode()


def _frame(
    name: str, language: str, files: Mapping[str, str], shared: Mapping[str, bytes], is_demo: bool
) -> dict[str, object]:
    """Give what both pages need: the language, its direction, the other languages, style and script."""
    others = [one for one in LANGUAGES if one != language]
    # A page without a style of its own has that of the room.
    room = [one for one in shared if one.startswith(f"{name.split('-')[0]}.")]
    own = {one.rsplit(".", 1)[1]: one for one in [*room, *(one for one in shared if one.startswith(f"{name}."))]}
    return {
        "language": language,
        "direction": "rtl" if language in RIGHT_TO_LEFT else "ltr",
        "style": own["css"],
        "script": own["js"],
        "others": [{"code": one, "file": files[one], "name": _name_of(one)} for one in others],
        "is_demo": is_demo,
    }


def _name_of(language: str) -> str:
    return str(translation.get_language_info(language)["name_local"])


def without_indentation(page: str) -> str:
    """Leave out spaces that mean nothing: each byte costs somebody on a slow line."""
    return re.sub(r"\n\s*", "\n", strip_spaces_between_tags(page)).strip() + "\n"


def _hashes(made: Mapping[str, bytes]) -> dict[str, str]:
    return {name: _hash(content) for name, content in made.items()}


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
