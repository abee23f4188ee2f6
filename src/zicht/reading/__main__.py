"""Read documents without Django: `python -m zicht.reading FILE` does what `zicht read` does."""

import sys
from argparse import ArgumentParser

from zicht.reading.command import REFUSED, add_arguments, run
from zicht.reading.errors import DocumentError


def main(words: list[str]) -> int:
    """Run the command; gives the exit code."""
    parser = ArgumentParser(prog="python -m zicht.reading", description="Read figures, dates and names in documents.")
    add_arguments(parser)
    try:
        run(parser.parse_args(words), sys.stdout)
    except DocumentError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
