"""Measure how long it takes to hide small counts among ten thousand that hang together, and how many are hidden.

The tables are made up (tests/stats/disclosure/linked_set.py): persons by province and town and three questions.
"""

import time

from tests.stats.disclosure.linked_set import make

from benchmarks.run import Measured, report
from zicht.stats.disclosure.linking import link
from zicht.stats.disclosure.published import Wording, parse_published
from zicht.stats.disclosure.suppress import hide

TOWNS, LEAST, SECONDS = 370, 10, 20.0


def main() -> int:
    """Measure reading and hiding, in seconds that somebody waits."""
    start = time.monotonic()
    tables = [parse_published(text.encode(), f"{number}.csv", Wording()) for number, text in enumerate(make(TOWNS))]
    linked = link(tables)
    found = hide(linked, LEAST, SECONDS)
    taken = time.monotonic() - start
    zero, small = ((linked.values < bound).mean() for bound in (1, LEAST))
    print(f"{len(linked.values)} counts, {zero:.0%} zero, {small:.0%} below {LEAST}: {len(found.cells)} hidden")
    return report(
        [
            Measured("hiding among linked tables", taken, 30, "s"),
            Measured("hidden above what is proven to be needed", 100 * (len(found.cells) / found.bound - 1), 15, "%"),
        ]
    )


if __name__ == "__main__":
    raise SystemExit(main())
