"""How fast the bed board and the pages of referrals are shown beside a growing register, on SQLite and on PostgreSQL.

Without sizes it takes 1,000 persons; `make bench-care` takes 20,000. The bed board has 203 places in 29 shelters.
"""

import sys

from benchmarks.bench_register import databases, measure, table, word

SMALL = (1_000,)


def main(sizes: list[int]) -> int:
    """Measure each database at each size, and print a table for each."""
    is_good = True
    with databases() as found:
        for name, address in found.items():
            print(f"{name}: at p95, 50 ms for the bed board and 100 ms for lists and pages", flush=True)
            by_size = dict(measure(address, sizes, "benchmarks.care"))
            print(*table(by_size), sep="\n", flush=True)
            is_good = is_good and {word(by_size, what) for what in by_size[max(by_size)]} <= {"ok", ""}
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SMALL)))
