"""How fast the bed board and the pages of referrals are shown beside a growing register, on SQLite and on PostgreSQL.

Without sizes it takes 1,000 persons; `make bench-care` takes 20,000. The bed board has 203 places in 29 shelters.
"""

import sys

from benchmarks.bench_register import measure_all

SMALL = (1_000,)


def main(sizes: list[int]) -> int:
    """Measure the bed board and the pages of referrals."""
    return measure_all(sizes, "50 ms for the bed board and 100 ms for lists and pages", "benchmarks.care")


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SMALL)))
