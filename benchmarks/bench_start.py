"""How fast the command answers."""

import sys
from pathlib import Path

from benchmarks.run import Measured, report, seconds

HELP_AT_MOST = 0.5  # seconds: a command that lists what it can do must not make anybody wait

if __name__ == "__main__":
    zicht = str(Path(sys.executable).parent / "zicht")
    sys.exit(report([Measured("zicht --help", seconds([zicht, "--help"]), HELP_AT_MOST, "s")]))
