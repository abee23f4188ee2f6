"""The `zicht` command: lists what it can do without loading anything, and hands the work to the room that does it."""

import ast
import os
import sys
from pathlib import Path

ROOMS = Path(__file__).resolve().parent.parent
HELP = {"-h", "--help"}


def main() -> None:
    """Run `zicht COMMAND …`, or list the commands."""
    words = sys.argv[1:]
    if not words or words[0] in {*HELP, "help"}:
        print(overview())
        return
    # Imported here: loading what runs a command takes longer than printing the overview may take.
    from zicht.site.running import run

    os.umask(0o077)  # what Zicht writes is for its own account on the machine alone
    sys.exit(run(words))


def command_files() -> dict[str, Path]:
    """Give the file of every command of the rooms by the name it is called with."""
    files = sorted(ROOMS.glob("*/management/commands/[a-z]*.py"))
    return {file.stem.replace("_", "-"): file for file in files}


def commands() -> dict[str, str]:
    """Give every command of the rooms with the first sentence of its file, read without importing it."""
    return {name: _first_sentence(file) for name, file in command_files().items()}


def overview() -> str:
    """Give the help text."""
    known = commands()
    width = max(map(len, known), default=0)
    lines = [f"  {name:<{width}}  {sentence}" for name, sentence in known.items()]
    return "\n".join(
        ["usage: zicht COMMAND [--help]", "", *lines, "", "Django's own commands work too: zicht migrate, zicht check."]
    )


def _first_sentence(file: Path) -> str:
    text = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or ""
    return text.split("\n")[0]
