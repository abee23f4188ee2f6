"""How fast names are screened: 1,000 names against 100,000 listed ones in a minute on one core is asked for."""

import sys
import time

from benchmarks.run import Measured, report
from benchmarks.screening import asked, entries
from zicht.linkage.screening import Asked, Screener

LISTED, NAMES = 100_000, 1_000


def main() -> int:
    """Measure the time of the processor, of making the list ready and of asking."""
    listed = entries(LISTED)
    names = asked(listed, NAMES)
    start = time.process_time()
    screener = Screener(listed)
    ready = time.process_time()
    found = [screener.screen(Asked.read(name)) for name in names]
    done = time.process_time()
    count = sum(len(one.names) for one in listed)
    print(f"{count:,} names of {LISTED:,} entries; {sum(map(bool, found)):,} of {NAMES:,} names have a candidate")
    return report(
        [
            Measured("list of 100,000 made ready, time of the processor", ready - start, 60, "s"),
            Measured("1,000 names screened against it", done - ready, 60, "s"),
            Measured("both together", done - start, 60, "s"),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
