"""Numbers by which the International Maritime Organization tells ships apart, whatever they are called.

IMO Resolution A.1117(30): seven digits, of which the last is the last digit of the sum of the six before it times
7, 6, 5, 4, 3 and 2.
"""

import re

LENGTH = 7
WEIGHTS = (7, 6, 5, 4, 3, 2)
IN_A_TEXT = re.compile(r"\bIMO[\s:#.-]*(?:number|nummer|no\.?|nr\.?)?[\s:#.-]*(\d{7})\b", re.IGNORECASE)


def is_imo_number(text: str) -> bool:
    """Answer whether seven digits are a number that IMO can have given out."""
    if len(text) != LENGTH or not (text.isascii() and text.isdigit()):
        return False
    digits = [int(digit) for digit in text]
    total = sum(digit * weight for digit, weight in zip(digits, WEIGHTS, strict=False))
    return total > 0 and total % 10 == digits[-1]


def find_imo_number(text: str) -> str:
    """Give the seven digits after “IMO” in a text, also when they fail the check; empty where there are none."""
    found = IN_A_TEXT.search(text)
    return found[1] if found else ""


def without_imo_number(text: str) -> str:
    """Give a name without the number that somebody wrote behind it."""
    return IN_A_TEXT.sub(" ", text).strip(" ,;()")
