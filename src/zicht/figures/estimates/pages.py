"""Bring together what a result is on a page: sentences, plots, tables, warnings and what each list was said to be."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zicht.figures.drawing import draw
from zicht.figures.estimates.plots import describe_intervals, describe_overlaps
from zicht.figures.estimates.questions import QUESTIONS
from zicht.figures.estimates.sentences import name_of, say, share, whole
from zicht.figures.estimates.working import Order
from zicht.figures.plots import SIZES, Size, Spec
from zicht.figures.sentences import Said
from zicht.people.code_fields import language

Drawings = list[tuple[str, SafeString]]
MOST_MODELS = 10


@dataclass(frozen=True, slots=True)
class MethodOnPage:
    """Hold what one method says; `without` are the totals when each list is left out."""

    name: str
    total: str
    bounds: str
    unseen: str
    in_sight: str
    model: str
    models: tuple[tuple[str, str, str], ...]
    without: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]
    source: str


@dataclass(frozen=True)
class ListOnPage:
    """What is stated about a list, by question, and one sentence on what is not."""

    name: str
    stated: tuple[tuple[str, str], ...]
    left_open: str


@dataclass(frozen=True, slots=True)
class ResultOnPage:
    """Hold a whole result in the language of the reader."""

    said: Said
    methods: tuple[MethodOnPage, ...]
    strata: tuple[tuple[str, MethodOnPage], ...]
    warnings: tuple[str, ...]
    intervals: Drawings
    overlaps: Drawings
    combinations: tuple[tuple[str, str], ...]
    lists: tuple[ListOnPage, ...]


def make_page(found: Mapping[str, Any], order: Order) -> ResultOnPage:
    """Make the page of a result."""
    results, combinations = found["methods"], found["combinations"]
    shared = shared_warnings(results)
    has_totals = any(result["total"] for result in results)
    lists = results[0]["lists"]
    return ResultOnPage(
        said=say(results),
        methods=tuple(_method(result, shared) for result in results),
        strata=tuple((result["stratum"], _method(result, ())) for result in found["strata"]),
        warnings=tuple(shared),
        intervals=_draw("intervals", results) if has_totals else [],
        overlaps=_draw_overlaps(combinations, lists) if combinations else [],
        combinations=tuple((" + ".join(row["lists"]), whole(row["count"])) for row in combinations),
        lists=tuple(_list(name, order.answers.get(name, {})) for name in lists),
    )


def _list(name: str, given: Mapping[str, str]) -> ListOnPage:
    stated = tuple((str(question), given[code]) for code, question in QUESTIONS if given.get(code))
    left_open = [str(question) for code, question in QUESTIONS if not given.get(code)]
    if not stated:
        return ListOnPage(name, (), _("Nothing is stated about this list."))
    return ListOnPage(
        name, stated, _("Not stated: %(questions)s") % {"questions": " ".join(left_open)} if left_open else ""
    )


def shared_warnings(results: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give the warnings that all methods have: they are about the table."""
    each = [[_say(caution) for caution in result["cautions"]] for result in results]
    return [text for text in each[0] if all(text in other for other in each)] if len(each) > 1 else []


def _say(caution: Sequence[Any]) -> str:
    """Say a warning of the room of statistics in the language of the reader; it speaks English itself."""
    sentence, values = caution
    return _(sentence) % values if values else _(sentence).replace("%%", "%")


def _method(result: Mapping[str, Any], shared: Sequence[str]) -> MethodOnPage:
    without = result["diagnostics"].get("leave_one_list_out", {})
    return MethodOnPage(
        name=name_of(result["method"]),
        total=whole(result["total"]),
        bounds=f"{whole(result['lower'])} – {whole(result['upper'])}",
        unseen=whole(result["unseen"]),
        in_sight=share(result["coverage"]),
        model=result["model"],
        models=tuple(
            (model["model"], whole(model["total"]), share(model["weight"])) for model in result["models"][:MOST_MODELS]
        ),
        without=tuple((name, whole(total)) for name, total in without.items()),
        warnings=tuple(text for text in map(_say, result["cautions"]) if text not in shared),
        source=result["source"],
    )


def _draw(name: str, results: Sequence[Mapping[str, Any]]) -> Drawings:
    label = " ".join([say(results).head, *(f"{name_of(row['method'])}: {whole(row['total'])}." for row in results)])
    return _draw_each(name, label, lambda size: describe_intervals(results, size))


def _draw_overlaps(combinations: Sequence[Mapping[str, Any]], lists: Sequence[str]) -> Drawings:
    label = _("How many persons are on exactly these lists; the table has all numbers.")
    return _draw_each("overlaps", label, lambda size: describe_overlaps(combinations, lists, size))


def _draw_each(name: str, label: str, describe: Callable[[Size], Spec]) -> Drawings:
    return [
        (size.code, draw(describe(size), name=f"{name}-{size.code}", label=label, language=language()))
        for size in SIZES
    ]
