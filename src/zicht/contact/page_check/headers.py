"""Compare what a server says beside a file with what keeps the page to itself."""

import mimetypes

from zicht.contact.page_check.fetching import Fetched
from zicht.contact.page_check.kinds import PageKind
from zicht.contact.visitor_page.building import referrer_policy_of

OF_EVERY_FILE = {"Cross-Origin-Resource-Policy": "same-origin", "X-Content-Type-Options": "nosniff"}
OF_A_PAGE = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cache-Control": "no-store",
}
SCRIPTS = ("text/javascript", "application/javascript")


def look_at_headers(fetched: Fetched, kind: PageKind) -> list[str]:
    """Give in words each header that is missing or says something else."""
    of_page = {**OF_A_PAGE, "Referrer-Policy": referrer_policy_of(fetched.name)}
    wanted = {**OF_EVERY_FILE, **(of_page if fetched.name.endswith(".html") else {})}
    found = [_compare(fetched, name, value) for name, value in wanted.items()]
    found += [_type_of(fetched), _policy_of(fetched, kind)]
    if fetched.headers.get("Set-Cookie") is not None:
        found.append("sets a cookie")
    return [one for one in found if one]


def _compare(fetched: Fetched, name: str, value: str) -> str:
    said = fetched.headers.get_all(name) or []
    words = [word.strip().lower() for one in said for word in one.split(",")]
    return (
        ""
        if value in words and (name == "Cache-Control" or set(words) == {value})
        else f"lacks the header {name}: {value}"
    )


def _type_of(fetched: Fetched) -> str:
    said = fetched.headers.get_content_type()
    wanted = mimetypes.guess_type(fetched.name)[0] or "application/octet-stream"
    is_script = fetched.name.endswith(".js") and said in SCRIPTS
    return "" if said == wanted or is_script else f"comes as {said} and not as {wanted}"


def _policy_of(fetched: Fetched, kind: PageKind) -> str:
    """Compare the content security policy as a set of rules; a second header would only forbid more."""
    wanted = kind.header_of(fetched.name)
    said = fetched.headers.get_all("Content-Security-Policy") or []
    if not wanted or any(_rules(one) == _rules(wanted) for one in said):
        return ""
    return f"lacks the header Content-Security-Policy: {wanted}"


def _rules(policy: str) -> set[str]:
    return {" ".join(rule.split()) for rule in policy.split(";") if rule.strip()}
