"""Estimate beside the pages: the table waits sealed, the work tells how far it is, the result is read from there."""

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import Thread
from typing import Any

from zicht.people.waiting import Stage, Waiting
from zicht.stats.methods import Options, estimate_all, estimate_strata, methods_for, recommended_for
from zicht.stats.release import protect, protect_split
from zicht.stats.results import Estimate, Json
from zicht.stats.table_files import parse_table
from zicht.stats.tables import OverlapTable

log = logging.getLogger(__name__)
INTERNAL = "internal"


@dataclass(frozen=True, slots=True)
class Order:
    """Hold what was asked: for whom the result is, where the draws start, and what each list is."""

    release: str
    seed: int
    source: str  # "file", or the year of the own lists
    answers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def keep(waiting: Waiting, order: Order, table: bytes) -> None:
    """Keep a table that was checked."""
    waiting.keep("table", table)
    keep_order(waiting, order)
    waiting.tell(Stage("checked"))


def keep_order(waiting: Waiting, order: Order) -> None:
    """Keep what was asked."""
    told = {"release": order.release, "seed": order.seed, "source": order.source, "answers": dict(order.answers)}
    waiting.keep("order", json.dumps(told).encode())


def order_of(waiting: Waiting) -> Order | None:
    """Give what was asked; None when it is gone."""
    told = waiting.open("order")
    return Order(**json.loads(told)) if told else None


def table_of(waiting: Waiting) -> OverlapTable | None:
    """Give the table; None when it is gone."""
    data = waiting.open("table")
    return parse_table(data) if data else None


def result_of(waiting: Waiting) -> dict[str, Any] | None:
    """Give what was found; None as long as there is nothing."""
    found = waiting.open("result")
    told: dict[str, Any] | None = json.loads(found) if found else None
    return told


def start(waiting: Waiting, order: Order) -> None:
    """Begin, beside the pages."""
    waiting.tell(Stage("working"))
    Thread(target=_work, args=(waiting, order), daemon=True).start()


def _work(waiting: Waiting, order: Order) -> None:
    try:
        table = table_of(waiting)
        if table is None:
            waiting.tell(Stage("stopped"))
            return
        found = work_out(table, order, waiting)
        waiting.keep("result", json.dumps(found).encode())
        waiting.tell(Stage("done"))
    except Exception as error:  # noqa: BLE001 - nobody waits for this thread, and its text may hold a count
        log.error("an estimate stopped: %s", type(error).__name__)
        waiting.tell(Stage("stopped"))


def work_out(table: OverlapTable, order: Order, waiting: Waiting) -> dict[str, Json]:
    """Estimate with every method, and each stratum with the recommended one; give what the release allows."""
    options = Options(seed=order.seed)
    methods = methods_for(table)
    share = 100 if not table.has_strata else 80
    results = estimate_all(
        table, methods, options, lambda _method, done: waiting.tell(Stage("working", int(share * done)))
    )
    strata = []
    if table.has_strata:
        strata = estimate_strata(table, recommended_for(table), options, lambda done: None)
    told, (told_strata,) = protect_split(results, [strata], order.release)
    return {
        "methods": [_with_cautions(result, one) for result, one in zip(results, told, strict=True)],
        "strata": [_with_cautions(result, one) for result, one in zip(strata, told_strata, strict=True)],
        "combinations": combinations_of(table) if order.release == INTERNAL else [],
    }


def write_result(result: Estimate, release: str) -> dict[str, Json]:
    """Give a result as the release allows, with its warnings also as sentences that can be translated."""
    return _with_cautions(result, protect(result, release))


def _with_cautions(result: Estimate, told: dict[str, Json]) -> dict[str, Json]:
    known = {str(caution): [caution.sentence, dict(caution.values)] for caution in result.warnings}
    warnings = told["warnings"]
    shown = [known.get(str(text), [text, {}]) for text in warnings] if isinstance(warnings, list) else []
    return {**told, "cautions": json.loads(json.dumps(shown, default=str))}


def combinations_of(table: OverlapTable) -> list[Json]:
    """Give for each combination that occurs its lists and its count, the largest first."""
    histories = sorted(table.histories.tolist(), key=lambda history: (-int(table.counts[history]), history))
    return [
        {
            "lists": [name for place, name in enumerate(table.lists) if history >> place & 1],
            "count": int(table.counts[history]),
        }
        for history in histories
    ]
