"""Keep a spreadsheet from running a text as a formula, in a way that can be undone.

A cell that begins with one of = + - @ is run as a formula, also behind spaces, quotes or invisible signs that the
program drops, and in some languages in its full-width form (OWASP, "CSV Injection"). A text is also cut at its
separators when a program expects other ones: of the cell `a;=b` in a file with commas, a Dutch Excel makes two.
So an apostrophe is put before every such place, and before a text that is already written like this, so that taking
one away everywhere gives back what there was.
"""

import re
import unicodedata
from functools import lru_cache

SIGNS = frozenset("=+-@\N{MINUS SIGN}")
APOSTROPHE = "'"
CUTS = re.compile(r"([,;|\t\r\n]+)")
LINE_OR_TAB = re.compile(r"'*[\t\r\n]")
# Nearly every text: it begins with a letter or digit and has no place to cut it.
HARMLESS = re.compile(r"(?:[A-Za-z0-9_][A-Za-z0-9_:. /()+@=-]*)?")


def guard(text: str) -> str:
    """Give a text in a form that no spreadsheet runs; `unguard` gives it back."""
    if HARMLESS.fullmatch(text):
        return text
    parts = CUTS.split(text)
    parts[::2] = [APOSTROPHE + part if _would_run(part) else part for part in parts[::2]]
    guarded = "".join(parts)
    return APOSTROPHE + guarded if LINE_OR_TAB.match(guarded) else guarded


def unguard(text: str) -> str:
    """Give back what `guard` was given."""
    if APOSTROPHE not in text:
        return text
    if text.startswith(APOSTROPHE) and LINE_OR_TAB.match(text):
        text = text[1:]
    parts = CUTS.split(text)
    parts[::2] = [part[1:] if part.startswith(APOSTROPHE) and _would_run(part) else part for part in parts[::2]]
    return "".join(parts)


def _would_run(part: str) -> bool:
    """Tell whether a sign of a formula is the first thing in a text that a program does not pass over."""
    first = next((character for character in part if not _is_passed_over(character)), "")
    return unicodedata.normalize("NFKC", first) in SIGNS


@lru_cache(maxsize=4096)
def _is_passed_over(character: str) -> bool:
    category = unicodedata.category(character)
    # Marks of quotation (Pi, Pf, and the plain ones), spaces, controls and signs without a form.
    return character in "'\"`\N{ACUTE ACCENT}" or category in ("Pi", "Pf", "Zs", "Zl", "Zp", "Cc", "Cf")
