"""Choose the indicators to look at: by who looks, where, and how old the person seems.

The same in JavaScript: checklist/scripts/choosing.js; both must give tests/signals/vectors/choosing.json.
"""

from collections.abc import Collection
from typing import Protocol

ANY = "any"


class IndicatorLike(Protocol):
    """What must be known of an indicator to offer it."""

    @property
    def group(self) -> str:
        """Give its group, such as DOC."""

    @property
    def applies_to(self) -> str:
        """Give any, minor or adult."""

    @property
    def observers(self) -> tuple[str, ...]:
        """Give codes of list observer."""

    @property
    def is_active(self) -> bool:
        """Tell whether it is still offered."""


def is_offered(indicator: IndicatorLike, observer: str, groups: Collection[str], age: str) -> bool:
    """Tell whether an indicator is shown without searching for it.

    `observer` is a code of list observer, where `any` or nothing leaves none out; `groups` are those of a situation, or
    nothing for all; `age` is minor, adult, or nothing when nobody knows.
    """
    return (
        indicator.is_active
        and (observer in ("", ANY) or observer in indicator.observers or ANY in indicator.observers)
        and (not groups or indicator.group in groups)
        and (not age or indicator.applies_to in (ANY, age))
    )
