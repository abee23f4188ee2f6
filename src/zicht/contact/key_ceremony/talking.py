"""Talk with two stewards who sit at the same machine: each sees and types a half of her own."""

import sys
from collections.abc import Callable
from getpass import getpass
from typing import Protocol

from zicht.contact.key_ceremony.root_file import make_half, password_of
from zicht.contact.sealing.codes import show_code
from zicht.contact.sealing.errors import CodeError
from zicht.contact.visitor_page.root_key import RootKeyError

STEWARDS = ("first", "second")
CLEAR = "\x1b[2J\x1b[3J\x1b[H"  # screen and scrollback of a terminal (ECMA-48 and xterm)


class Screen(Protocol):
    """Where sentences are written."""

    def write(self, msg: str) -> object:
        """Write one."""

    def flush(self) -> object:
        """Let it be seen, also through a pipe."""


Ask = Callable[[str], str]


def ask_hidden(question: str) -> str:
    """Read a line that does not show on the screen; without a terminal, from the input."""
    if sys.stdin.isatty():
        return getpass(question)
    return ask_shown(question)


def ask_shown(question: str) -> str:
    """Read a line; at the end of the input it is empty."""
    sys.stderr.write(question)
    sys.stderr.flush()
    return sys.stdin.readline().rstrip("\n")


def ask_password(ask: Ask = ask_hidden) -> bytes:
    """Let each steward type her half, and give what opens the file."""
    typed = [ask(f"The {steward} steward types her half: ") for steward in STEWARDS]
    try:
        return password_of(*typed)
    except CodeError as error:
        raise RootKeyError("A half has 26 letters and digits; what was typed is none. Nothing was done.") from error


def give_halves(screen: Screen, ask: Ask = ask_hidden) -> tuple[str, str]:
    """Show each steward her half alone, and let both type it back before anything depends on it."""
    halves = make_half(), make_half()
    for steward, half in zip(STEWARDS, halves, strict=True):
        screen.write(f"For the {steward} steward alone; the other looks away. Write this down on paper:\n\n")
        screen.write(f"    {show_code(half)}\n\n")
        screen.flush()
        ask(f"The {steward} steward presses Enter when it is on paper. ")
        screen.write(CLEAR if sys.stdout.isatty() else "")
    if ask_password(ask) != password_of(*halves):
        raise RootKeyError("What was typed is not what was shown. No key was made; begin again.")
    return halves
