"""Let a second process translate the sampler to machine code while the first is at work on the other methods.

It matters once, at the first use on a machine: translating takes longer than sampling, and one process does it on one
core, whatever it does. Later starts find the result on disk.
"""

import importlib
import subprocess
import sys
from pathlib import Path

from zicht.stats.compiled import HAS_NUMBA
from zicht.stats.newton import count_cores

SHORTEST = {"chains": 1, "burn_in": 1, "thinning": 1, "draws": 4}


def begin() -> "subprocess.Popen[bytes] | None":
    """Start the second process; None where it would not help."""
    if not HAS_NUMBA or count_cores() < 2 or _is_translated():
        return None
    # Fixed words and this very interpreter; a process that fails only means that the first has to wait.
    words = [sys.executable, "-m", "zicht.stats.translation"]
    return subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _is_translated() -> bool:
    sweep = importlib.import_module("zicht.stats.lcm_chain").sweep
    return any(Path(sweep.stats.cache_path).glob("lcm_chain.sweep-*.nbi"))


def translate() -> None:
    """Run the shortest chain there is on the smallest table."""
    lcm, tables = (importlib.import_module(f"zicht.stats.{name}") for name in ("lcm", "tables"))
    lcm.draw_totals(tables.make_table(("A", "B", "C"), [0, 9, 8, 2, 7, 2, 1, 1]), lcm.Sampling(**SHORTEST), seed=1)


if __name__ == "__main__":
    translate()
