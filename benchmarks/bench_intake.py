"""How fast the queue is shown and earlier reports are found while intake grows, on SQLite and on PostgreSQL.

Without sizes it takes 1,000 and 10,000 reports; `make bench-intake` goes to 100,000. What must be reached stands with
the register (bench_register.py): 100 ms for a list, 150 ms for earlier reports, growth less than linear.
"""

import sys

from benchmarks.bench_register import SIZES, measure_all


def main(sizes: list[int]) -> int:
    """Measure the queue and earlier reports."""
    asked = "100 ms for a list and for saving, 150 ms for earlier reports"
    return measure_all(sizes, asked, "benchmarks.intake", "reports")


if __name__ == "__main__":
    sys.exit(main([int(size) for size in sys.argv[1:]] or list(SIZES)))
