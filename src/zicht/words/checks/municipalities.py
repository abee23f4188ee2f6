"""Dutch municipalities: codes in the form of Statistics Netherlands, in one of twelve provinces."""

import re
from collections.abc import Iterator

from zicht.words.errors import Mistake
from zicht.words.vocabulary import Vocabulary

FILE = "municipalities_2025.csv"
COUNT = 342  # on 1 January 2025
PROVINCES = 12


def check_municipalities(vocabulary: Vocabulary) -> Iterator[Mistake]:
    """Check that no municipality is missing and each has a code of the right form."""
    found = vocabulary.municipalities
    for code in found:
        if not re.fullmatch(r"GM\d{4}", code):
            yield Mistake(FILE, code, "a code is GM and four digits")
    if len(found) != COUNT:
        yield Mistake(FILE, "", f"has {len(found)} municipalities instead of {COUNT}")
    provinces = {municipality.province for municipality in found.values()}
    if len(provinces) != PROVINCES:
        yield Mistake(FILE, "", f"has {len(provinces)} provinces instead of {PROVINCES}")
