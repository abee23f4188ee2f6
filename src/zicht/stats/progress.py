"""A bar on a terminal for somebody who sits and waits."""

import time
from typing import TextIO

PATIENCE = 1.0  # seconds; what is done by then needs no bar
WIDTH = 30  # characters


class Bar:
    """Show how much of the work is done, on a terminal and after a second; elsewhere nothing."""

    def __init__(self, out: TextIO) -> None:
        self.out = out
        self.started = time.perf_counter()
        self.is_terminal = out.isatty()
        self.is_shown = False

    def tell(self, what: str, share: float) -> None:
        """Draw the bar anew; `share` is between 0 and 1."""
        if not self.is_terminal or time.perf_counter() - self.started < PATIENCE:
            return
        done = round(WIDTH * share)
        self.is_shown = True
        self.out.write(f"\r[{'#' * done}{'.' * (WIDTH - done)}] {share:4.0%} {what:<20}")
        self.out.flush()

    def end(self) -> None:
        """Take the bar away."""
        if self.is_shown:
            self.out.write("\r" + " " * (WIDTH + 30) + "\r")
            self.out.flush()
