"""The command that protects tables of counts: its options, and what it does. It is the same with and without Django."""

import json
import os
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TextIO

from zicht.stats.disclosure.audit import Worked, audit
from zicht.stats.disclosure.cell_keys import SECRET_BYTES
from zicht.stats.disclosure.groups import refuse_unknown
from zicht.stats.disclosure.ledger import LEFT, USUAL_BUDGET, Line, digest_of, spend
from zicht.stats.disclosure.levels import Above, read_levels
from zicht.stats.disclosure.protect import (
    CELLKEY,
    METHODS,
    PRIVATE,
    SUPPRESS,
    USUAL_EPSILON,
    Asked,
    Protected,
    protect_tables,
)
from zicht.stats.disclosure.published import Published, Wording, fold, read_published
from zicht.stats.disclosure.rounding import BASE
from zicht.stats.disclosure.suppress import USUAL_SECONDS
from zicht.stats.errors import NoSuchFile, WrongSetting, quote
from zicht.stats.progress import Bar
from zicht.stats.release import FEWEST, INTERNAL, PUBLIC
from zicht.stats.writing import Writer

AUDITED = "%(hidden)s counts are hidden: %(told)s of them can be worked out, %(narrow)s more have few possible values."
RANGE = "%(name)s, row %(line)s, %(column)s: %(values)s"
DONE = "%(name)s: %(hidden)s of %(cells)s counts are hidden."
PROTECTED = "%(name)s: %(cells)s counts."


def add_arguments(parser: ArgumentParser) -> None:
    """Take tables, a method and its options."""
    parser.add_argument("tables", type=Path, nargs="+", metavar="TABLE.csv", help="tables that are read together")
    parser.add_argument("--method", default=SUPPRESS, choices=METHODS, help="default: %(default)s")
    parser.add_argument(
        "--release", default=PUBLIC, choices=[INTERNAL, *FEWEST], help="who will read it (default: %(default)s)"
    )
    parser.add_argument(
        "--earlier", type=Path, action="append", default=[], metavar="RELEASE.csv", help="is out already"
    )
    parser.add_argument("--apart", action="store_true", help="the tables count different things")
    parser.add_argument("--count", default="", metavar="COLUMN", help="the column of counts")
    parser.add_argument("--total", action="append", default=[], metavar="WORD", help="a label that means all together")
    parser.add_argument(
        "--sensitive",
        action="append",
        default=[],
        metavar="COLUMN",
        help="no group may tell that nearly all its members have one answer here",
    )
    parser.add_argument(
        "--hidden", action="append", default=[], metavar="MARK", help="another office hid counts, and wrote this"
    )
    parser.add_argument(
        "--share", action="append", default=[], metavar="COLUMN", help="was reckoned from counts; seen by its name too"
    )
    parser.add_argument("--within", type=Path, metavar="FILE.csv", help="two columns: a category, and what it lies in")
    parser.add_argument("--audit", action="store_true", help="protect nothing: say what a reader can work out")
    parser.add_argument("--base", type=int, default=BASE, help="of rounding (default: %(default)s)")
    parser.add_argument(
        "--key", type=Path, metavar="FILE", help="of cellkey: a secret of 32 bytes or more, kept for good"
    )
    parser.add_argument(
        "--epsilon", type=float, default=USUAL_EPSILON, help="of dp: what a person may lose (default: %(default)s)"
    )
    parser.add_argument("--cap", type=int, metavar="COUNTS", help="of dp: in how many counts one person stands at most")
    parser.add_argument("--year", type=int, help="of dp: the year of which the tables tell")
    parser.add_argument("--ledger", type=Path, metavar="FILE", help="of dp: where what was spent on a year is kept")
    parser.add_argument(
        "--budget", type=float, default=USUAL_BUDGET, help="of dp: epsilon for a whole year (default: %(default)s)"
    )
    parser.add_argument("--seconds", type=float, default=USUAL_SECONDS, help="to look for fewer (default: %(default)s)")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="write a file for each table")
    parser.add_argument("--json", action="store_true", help="print JSON")


def run(options: Namespace, out: Writer, errors: TextIO) -> None:
    """Protect and print or write; raises StatsError before anything was printed."""
    total, marks, shares = (frozenset(map(str.casefold, one)) for one in (options.total, options.hidden, options.share))
    wording = Wording(options.count, total, bool(marks) or options.audit, marks, shares)
    above = read_levels(options.within) if options.within else None
    asked = Asked(
        options.method,
        options.release,
        _base(options.base),
        _secret(options),
        options.seconds,
        options.epsilon,
        options.cap,
        tuple(options.sensitive),
    )
    _check_account(options)
    tables = [read_published(path, wording) for path in options.tables]
    of_before = replace(wording, is_release=True)
    earlier = [read_published(path, of_before) for path in options.earlier]
    if options.audit:
        _audit(options, tables, earlier, above, out)
        return
    refuse_unknown(asked.sensitive, (*tables, *earlier))
    groups: Sequence[Sequence[Published]] = [[table] for table in tables] if options.apart else [tables]
    bar = Bar(errors)
    try:
        with _solver_is_silent():
            results = [
                protect_tables(
                    group, _asked_of(asked, group), earlier, lambda share: bar.tell(asked.method, share), above
                )
                for group in groups
            ]
    finally:
        bar.end()
    if asked.method == PRIVATE and asked.release != INTERNAL:
        _pay(options, tables, len(groups), errors)
    for result in results:
        _say(result, errors)
    if options.json:
        described = [result.to_json() for result in results]
        out.write(json.dumps(described if options.apart else described[0], ensure_ascii=False) + "\n")
    else:
        _write(results, options.out, out)


def _asked_of(asked: Asked, tables: Sequence[Published]) -> Asked:
    """Leave out the questions that tables which are protected apart do not have: others have them."""
    known = {fold(name) for table in tables for name in table.dimensions}
    return replace(asked, sensitive=tuple(name for name in asked.sensitive if fold(name) in known))


def _audit(
    options: Namespace, tables: Sequence[Published], earlier: Sequence[Published], above: Above | None, out: Writer
) -> None:
    """Say of tables that are protected already what a reader can work out."""
    least = FEWEST.get(options.release, 1)
    with _solver_is_silent():
        found = audit(tables, least, earlier, above)
    if options.json:
        out.write(
            json.dumps({"threshold": least, "hidden": [one.to_json() for one in found]}, ensure_ascii=False) + "\n"
        )
        return
    told, narrow = ([one for one in found if has(one)] for has in (Worked.is_told, lambda one: one.is_narrow(least)))
    for one in sorted({*told, *narrow}, key=lambda one: (one.name, one.line, one.column)):
        values = str(one.low) if one.is_told() else f"{one.low} to {one.high}"
        out.write(RANGE % {"name": one.name, "line": one.line, "column": one.column, "values": values} + "\n")
    counted = {"hidden": len(found), "told": len(told), "narrow": len({*narrow} - {*told})}
    out.write(AUDITED % counted + "\n")


@contextmanager
def _solver_is_silent() -> Iterator[None]:
    """Keep what the solver sometimes prints, below Python, from getting between the lines of JSON or CSV."""
    kept = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)


def _base(base: int) -> int:
    if base < 2:
        raise WrongSetting(name="base", value=base, expected="2 or more")
    return base


def _secret(options: Namespace) -> bytes:
    """Read the secret of the cell keys; without one, or with a short one, everybody could work the blur out."""
    if options.method != CELLKEY:
        return b""
    wanted = f"a file with a secret of {SECRET_BYTES} bytes or more, which you keep"
    if options.key is None:
        raise WrongSetting(name="key", value="missing", expected=wanted)
    try:
        secret: bytes = options.key.read_bytes()
    except OSError as error:
        raise NoSuchFile(name=quote(options.key.name)) from error
    if len(secret) < SECRET_BYTES:
        raise WrongSetting(name="key", value="too short", expected=wanted)
    return secret


def _check_account(options: Namespace) -> None:
    """Refuse noise for which no account is kept: a second look at the same year would halve what the first promised."""
    if options.method == PRIVATE:
        for name, wanted in (("year", "the year of which the tables tell"), ("ledger", "a file, the same each time")):
            if getattr(options, name) is None:
                raise WrongSetting(name=name, value="missing", expected=wanted)


def _pay(options: Namespace, tables: Sequence[Published], groups: int, errors: TextIO) -> None:
    """Write down what the release spends, before anything of it is shown; tables apart are paid one by one."""
    line = Line(options.year, options.epsilon * groups, options.budget, digest_of(tables))
    left = spend(options.ledger, line)
    errors.write(LEFT % {"left": f"{left:g}", "budget": f"{options.budget:g}", "year": options.year} + "\n")


def _say(result: Protected, errors: TextIO) -> None:
    names = ", ".join(table.name for table in result.tables)
    sentence = DONE if result.asked.method == SUPPRESS else PROTECTED
    errors.write(sentence % {"name": names, "hidden": result.hidden, "cells": result.cells} + "\n")
    for note in result.notes:
        errors.write(f"{note}\n")


def _write(results: Sequence[Protected], folder: Path | None, out: Writer) -> None:
    texts = [(table.name, result.csv(number)) for result in results for number, table in enumerate(result.tables)]
    if folder is None:
        out.write("\n".join(text for _, text in texts))
        return
    release = results[0].asked.release
    paths = [folder / f"{Path(name).stem}.{release}.csv" for name, _ in texts]
    for number, path in enumerate(paths):
        if path.exists() or path in paths[:number]:
            raise WrongSetting(name="out", value=path.name, expected="a folder in which that file does not exist yet")
    folder.mkdir(parents=True, exist_ok=True)
    for path, (_, text) in zip(paths, texts, strict=True):
        path.write_text(text, encoding="utf-8")
        out.write(f"{path}\n")
