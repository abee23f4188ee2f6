"""Draw in which countries statements play: coarse outlines, the more statements the darker, and nothing closer."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from zicht.evidence.models import Statement
from zicht.evidence.sources.queries import statements_seen
from zicht.people.models import Account
from zicht.people.wording import place_in_words

OUTLINES = Path(__file__).parent / "data" / "countries.json"
SHADES = 4  # by quarters of the country with most statements


@dataclass(frozen=True, slots=True)
class Country:
    """A country with how many statements play there, its share of the most (in per cent), and its shade from 1 to 4."""

    code: str
    name: str
    count: int
    share: int

    @property
    def shade(self) -> int:
        """Give the shade."""
        return max(1, -(-self.share * SHADES // 100))

    @property
    def outline(self) -> str:
        """Give its outline; empty where it is too small to be drawn."""
        return outlines().get(self.code, "")


@lru_cache(maxsize=1)
def outlines() -> Mapping[str, str]:
    """Give the outlines of countries by their codes, as paths of SVG (data/SOURCES.md)."""
    found: dict[str, str] = json.loads(OUTLINES.read_text(encoding="ascii"))
    return found


def countries_of(account: Account) -> list[Country]:
    """Give the countries of statements that an account may see, those with most statements first."""
    codes = statements_seen(account).exclude(place_code="").values_list("place_code", flat=True)
    counts = Counter(codes).most_common()
    most = counts[0][1] if counts else 1
    return [Country(code, place_in_words(code), count, round(100 * count / most)) for code, count in counts]


def statements_in(account: Account, code: str) -> list[Statement]:
    """Give the statements that play in a country."""
    found = statements_seen(account).filter(place_code=code).select_related("source", "subject", "object")
    return list(found.prefetch_related("anchors__next_ones", "chain__claimant").order_by("recorded_at"))
