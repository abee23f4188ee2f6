"""Estimate from a file without Django: `python -m zicht.stats TABLE.csv` does what `zicht estimate` does."""

import sys
from argparse import ArgumentParser

from zicht.stats.command import add_arguments, run
from zicht.stats.errors import StatsError
from zicht.stats.writing import REFUSED


def main(words: list[str]) -> int:
    """Run the command; gives the exit code."""
    parser = ArgumentParser(prog="python -m zicht.stats", description="Estimate how many remain unseen.")
    add_arguments(parser)
    try:
        run(parser.parse_args(words), sys.stdout, sys.stderr)
    except StatsError as error:
        sys.stderr.write(f"{error}\n")
        return REFUSED
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
