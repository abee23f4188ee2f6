"""The command that estimates from a file: its options, and what it does. It is the same with and without Django."""

import json
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TextIO

from zicht.stats.methods import (
    ALL,
    FOR_TWO_LISTS,
    METHODS,
    Options,
    estimate,
    estimate_all,
    estimate_strata,
    methods_for,
)
from zicht.stats.progress import Bar
from zicht.stats.release import FEWEST, INTERNAL, protect_split
from zicht.stats.report import describe_all
from zicht.stats.results import Estimate, Json
from zicht.stats.table_files import read_table
from zicht.stats.tables import OverlapTable, merge_lists
from zicht.stats.writing import Writer


def add_arguments(parser: ArgumentParser) -> None:
    """Take the table, the method and its options."""
    usual = Options()
    known = ", ".join([*METHODS, *FOR_TWO_LISTS])
    parser.add_argument("table", type=Path, metavar="TABLE.csv", help="0/1 columns and a count, or one row a person")
    parser.add_argument("--method", default=ALL, metavar="NAME", help=f"{known} or all (default: %(default)s)")
    parser.add_argument("--threshold", type=float, default=usual.threshold, help="of stepwise (default: %(default)s)")
    parser.add_argument("--maxorder", type=int, metavar="N", help="most lists in a term of bic")
    parser.add_argument("--ntop", type=int, metavar="N", help="models that a replicate of bic chooses from")
    parser.add_argument("--bootstrap", type=int, default=usual.bootstrap, help="replicates (default: %(default)s)")
    parser.add_argument("--level", type=float, default=usual.level, help="of the bounds (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=usual.seed, help="of all draws (default: %(default)s)")
    parser.add_argument("--chains", type=int, metavar="N", help="of lcm (20 on its own, 4 beside other methods)")
    parser.add_argument("--model", default="", help="of loglinear and covariates, such as [12,3]")
    parser.add_argument("--by", default="", metavar="COLUMNS", help="columns to split by, besides “stratum”")
    parser.add_argument("--merge", action="append", default=[], metavar="A,B", help="take lists together as one")
    parser.add_argument("--censored", default="", metavar="LISTS", help="of covariates: lists with others on them too")
    parser.add_argument(
        "--release", choices=[INTERNAL, *FEWEST], default=INTERNAL, help="who will see it (default: %(default)s)"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, out: Writer, errors: TextIO) -> None:
    """Estimate and print; raises StatsError before anything was printed."""
    asked = Options(
        threshold=options.threshold,
        maxorder=options.maxorder,
        ntop=options.ntop,
        bootstrap=options.bootstrap,
        level=options.level,
        seed=options.seed,
        model=options.model,
        chains=options.chains,
        censored=tuple(_split(options.censored)),
    )
    table = read_table(options.table, _split(options.by))
    for names in options.merge:
        table = merge_lists(table, _split(names))
    bar = Bar(errors)
    try:
        results = _estimate(table, options.method, asked, bar)
        described = _describe(table, results, asked, options.release, bar)
    finally:
        bar.end()
    if options.json:
        out.write(json.dumps(described if options.method == ALL else described[0], allow_nan=False) + "\n")
    else:
        out.write(describe_all(described, described[0]["observed"]))


def _estimate(table: OverlapTable, method: str, options: Options, bar: Bar) -> list[Estimate]:
    if method == ALL:
        return estimate_all(table, methods_for(table), options, bar.tell)
    return [estimate(table, method, options, lambda share: bar.tell(method, share))]


def _describe(
    table: OverlapTable, results: list[Estimate], options: Options, release: str, bar: Bar
) -> list[dict[str, Json]]:
    """Give the values of results, those of their strata with them where there are several."""
    split = [at for at, one in enumerate(results) if table.has_strata and one.method != "covariates"]
    strata = [
        estimate_strata(table, results[at].method, options, lambda share: bar.tell("by stratum", share)) for at in split
    ]
    described, found = protect_split(results, strata, release)
    for at, protected in zip(split, found, strict=True):
        described[at]["strata"] = list(protected)
    return described


def _split(names: str) -> list[str]:
    return [name.strip() for name in names.split(",") if name.strip()]
