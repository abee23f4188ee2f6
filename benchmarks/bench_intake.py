"""How fast the queue is shown and earlier reports are found while intake grows, on SQLite and on PostgreSQL.

Without sizes it takes 1,000 and 10,000 reports; `make bench-intake` goes to 100,000. What must be reached stands with
the register (bench_register.py): 100 ms for a list, 150 ms for earlier reports, growth less than linear.
"""

import sys

from benchmarks.bench_register import SIZES, databases, measure, table, word


def main(sizes: list[int]) -> int:
    """Measure each database at each size, and print a table for each."""
    is_good = True
    with databases() as found:
        for name, address in found.items():
            print(f"{name}: at p95, 100 ms for a list and for saving, 150 ms for earlier reports", flush=True)
            by_size = dict(measure(address, sizes, "benchmarks.intake", "reports"))
            print(*table(by_size, "reports"), sep="\n", flush=True)
            is_good = is_good and {word(by_size, what) for what in by_size[max(by_size)]} <= {"ok", ""}
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
