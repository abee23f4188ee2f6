"""Keep a spreadsheet from running a label as a formula, in a way that can be undone.

A cell that begins with = + - @ is run (OWASP, "CSV Injection"), also behind spaces and quotes; and a program that
expects other separators cuts a label there. An apostrophe is put before each such place, and taken away again when a
release of before is read.
"""

import re

_SIGNS = "=+\\-@\N{MINUS SIGN}\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}"
_SIGNS += "\N{FULLWIDTH COMMERCIAL AT}"
# What a program passes over: spaces, invisible signs, quotes, and apostrophes that stood there already.
_PASSED = "[\\s'\"`\N{ACUTE ACCENT}‘’“”\u200b\u200c\u200d\u2060\ufeff\u00ad\u0000-\u001f]*"
_RUNS = re.compile(f"(^|[,;|\t\r\n])(?={_PASSED}[{_SIGNS}])")
_GUARDED = re.compile(f"(^|[,;|\t\r\n])'(?={_PASSED}[{_SIGNS}])")


def guard(label: str) -> str:
    """Give a label in a form that no spreadsheet runs; `unguard` gives it back."""
    return _RUNS.sub(r"\1'", label)


def unguard(label: str) -> str:
    """Give back what `guard` was given."""
    return _GUARDED.sub(r"\1", label)
