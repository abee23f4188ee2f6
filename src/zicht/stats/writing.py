"""What every command of this room shares: where it writes, and how it ends when something is refused."""

from typing import Protocol

REFUSED = 2  # exit code


class Writer(Protocol):
    """Take text, as a file or as Django's wrapper of one."""

    def write(self, text: str, /) -> object:
        """Write it."""
