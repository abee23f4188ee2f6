"""Standard tables F20 and F21 in the report: an estimate as its release allows it, and the overlaps it stands on.

They are no part of the release of the own register: nobody in them can be found in its tables, and no sum holds
between the two. What an estimate of a level may say was decided when it was made (`zicht.stats.release`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from zicht import words
from zicht.figures.drawing import draw
from zicht.figures.estimates.pages import shared_warnings
from zicht.figures.estimates.plots import describe_intervals, describe_overlaps
from zicht.figures.estimates.sentences import chosen, name_of, say, share, whole
from zicht.figures.models import Estimate
from zicht.figures.plots import SIZES, Size, Spec
from zicht.figures.register.pages import Drawn, TableOnPage, TableRow
from zicht.figures.register.releases import least_shown
from zicht.figures.sentences import count
from zicht.figures.yearly.breaks import Break, breaks_inside, say_breaks
from zicht.figures.yearly.texts import BarText, FigureText, PlotText, TrendText
from zicht.people.code_fields import label_of, language
from zicht.people.models import Organisation

OVERLAPS, ESTIMATE = "F20", "F21"
PER = 100_000  # residents
# Columns of the data files, by the key of a result; what is observed are persons, and the rest is an estimate.
NUMBERS: Mapping[str, str] = {
    "observed": "observed",
    "total": "estimate",
    "lower": "low",
    "upper": "high",
    "unseen": "unseen",
}
LABELS = {
    "observed": ("On a list", "Op een lijst"),
    "estimate": ("In all", "In totaal"),
    "low": ("Lower bound, 95 of 100", "Ondergrens, 95 van de 100"),
    "high": ("Upper bound, 95 of 100", "Bovengrens, 95 van de 100"),
    "unseen": ("On no list", "Op geen lijst"),
}


def estimate_of(organisation: Organisation, year: int, level: str) -> Estimate | None:
    """Give the newest estimate of a year that readers of a level may see."""
    least = least_shown(level)
    levels = [code for code in words.vocabulary().lists["release_level"].codes if least_shown(code) >= least]
    found = Estimate.objects.filter(org=organisation, year=year, release_level__in=levels)
    return found.order_by("-at").first()


def estimates_before(organisation: Organisation, year: int, level: str, most: int) -> tuple[Estimate, ...]:
    """Give the estimates of the years before that have one, the oldest first."""
    found = (estimate_of(organisation, one, level) for one in range(year - most + 1, year))
    return tuple(one for one in found if one is not None)


def tables_of(estimate: Estimate | None) -> tuple[str, ...]:
    """Name the standard tables that an estimate fills."""
    if estimate is None:
        return ()
    return (OVERLAPS, ESTIMATE) if estimate.result["combinations"] else (ESTIMATE,)


def write_figures(
    estimate: Estimate, earlier: Sequence[Estimate], breaks: Sequence[Break] = ()
) -> dict[str, FigureText]:
    """Write the tables that an estimate fills, in the language of the reader."""
    writers = {OVERLAPS: lambda: _overlaps(estimate), ESTIMATE: lambda: _estimate(estimate, earlier, breaks)}
    return {code: writers[code]() for code in tables_of(estimate)}


def say_shortly(estimate: Estimate) -> str:
    """Say the estimate in one sentence, for the front of the report."""
    head = say(estimate.result["methods"]).head
    return _("Presumed victims, in sight or not (an estimate): %(said)s") % {"said": head[:1].lower() + head[1:]}


# --- F21 --------------------------------------------------------------------------------------------------------------
def _estimate(estimate: Estimate, earlier: Sequence[Estimate], breaks: Sequence[Break]) -> FigureText:
    results, strata = estimate.result["methods"], estimate.result["strata"]
    said = say(results)
    heading = _heading(ESTIMATE)
    alternative = " ".join([f"{heading}.", said.head, *(_interval(one) for one in results if one["total"])])
    tables = [_table("0", _("All methods"), _("Method"), [(name_of(one["method"]), one) for one in results])]
    if strata:
        rows = [(one["stratum"], one) for one in strata]
        tables.append(_table("1", _("By stratum"), _("Stratum"), rows))
    cells = [one[key] for one in [*results, *strata] for key in NUMBERS]
    has_totals = any(one["total"] for one in results)
    return FigureText(
        code=ESTIMATE,
        heading=heading,
        unit=label_of("counting_unit", "estimate"),
        head=said.head,
        rest=(*said.rest, *_per_residents(estimate, chosen([one for one in results if one["total"]] or results))),
        universe=_("Estimated are: %(population)s.") % {"population": estimate.population.rstrip(".")},
        plots=(_plot(alternative, results),) if has_totals else (),
        trend=_trend([*earlier, estimate], breaks) if earlier else None,
        tables=tuple(tables),
        notes=tuple(_notes(estimate)),
        commitments=(),
        hidden=sum(cell is None for cell in cells),
        cells=len(cells),
    )


def _interval(result: Mapping[str, Any]) -> str:
    bounds = f"{whole(result['lower'])} – {whole(result['upper'])}"
    return f"{name_of(result['method'])}: {whole(result['total'])} ({bounds})."


def _table(code: str, heading: str, row_heading: str, rows: Sequence[tuple[str, Mapping[str, Any]]]) -> TableOnPage:
    columns = (*(_label(name) for name in NUMBERS.values()), _("In sight"))
    made = tuple(
        TableRow(name, (*(whole(one[key]) for key in NUMBERS), share(one["coverage"])), "", False) for name, one in rows
    )
    return TableOnPage(code, heading, row_heading, "", columns, made)


def _label(name: str) -> str:
    english, dutch = LABELS[name]
    return dutch if language() == "nl" else english


def _plot(alternative: str, results: Sequence[Mapping[str, Any]]) -> PlotText:
    with_total = [one for one in results if one["total"]]
    longest = max(one["upper"] or one["total"] for one in with_total)
    bars = [
        BarText(_label("observed"), whole(one["observed"]), (one["observed"] or 0) / longest, "beside")
        for one in with_total[:1]
    ]
    bars += [
        BarText(
            name_of(one["method"]),
            f"{whole(one['total'])} ({whole(one['lower'])} – {whole(one['upper'])})",
            one["total"] / longest,
            "value",
        )
        for one in with_total
    ]
    heading = _("Totals with their bounds")
    drawn = Drawn(heading, _draw("F21-intervals", alternative, lambda size: describe_intervals(results, size)))
    caption = _("Dot: the total. Line: its bounds. Dashed: how many are on a list. From zero.")
    return PlotText(heading, f"{heading}. {alternative}", tuple(bars), drawn, caption)


def _draw(name: str, label: str, describe: Callable[[Size], Spec]) -> tuple[tuple[str, SafeString], ...]:
    return tuple(
        (size.code, draw(describe(size), name=f"{name}-{size.code}", label=label, language=language()))
        for size in SIZES
    )


def _per_residents(estimate: Estimate, result: Mapping[str, Any]) -> Iterator[str]:
    low, high = result["lower"], result["upper"]
    if not estimate.residents or low is None or high is None:
        return
    yield _("That is %(low)s to %(high)s per 100,000 of %(residents)s residents (%(source)s).") % {
        "low": whole(low / estimate.residents * PER),
        "high": whole(high / estimate.residents * PER),
        "residents": count(estimate.residents),
        "source": estimate.residents_source,
    }


def _notes(estimate: Estimate) -> Iterator[str]:
    results = estimate.result["methods"]
    yield _(
        "Whoever is on no list is not seen by anybody: this is an estimate from the overlap of lists, and no count."
    )
    yield _("It says nothing about a part of the country, and must not be divided over regions or municipalities.")
    if estimate.result["strata"]:
        yield _("Groups are estimated each on their own: they need not add up to the whole.")
    yield from shared_warnings(results) if len(results) > 1 else ()
    yield _("Lists: %(lists)s. Taken into the reports on %(day)s.") % {
        "lists": ", ".join(results[0]["lists"]),
        "day": date_format(estimate.at.date()),
    }


def _trend(estimates: Sequence[Estimate], breaks: Sequence[Break]) -> TrendText:
    """Put the years under each other; whether they differ is said by their bounds, never by their middles."""
    inside = breaks_inside(breaks, ESTIMATE, estimates[0].year, estimates[-1].year)
    each = [
        (one, chosen([r for r in one.result["methods"] if r["total"]] or one.result["methods"])) for one in estimates
    ]
    (before, old), (now, new) = each[-2:]
    return TrendText(
        said=" ".join([compare(before.year, old, now.year, new), *say_breaks(inside, before.year)]),
        columns=(_("Year"), _label("estimate"), _label("low"), _label("high"), _("Method")),
        rows=tuple(
            (str(one.year), whole(r["total"]), whole(r["lower"]), whole(r["upper"]), name_of(r["method"]))
            for one, r in each
        ),
        bars=(),
        breaks=tuple(f"{one.year}: {one.text}" for one in inside),
        break_years=tuple(str(one.year) for one in inside),
        drawn=(),
    )


def compare(before: int, old: Mapping[str, Any], now: int, new: Mapping[str, Any]) -> str:
    """Say whether two estimates differ: only where their bounds do not overlap."""
    values = {"year": before, "this_year": now}
    if None in (old["lower"], old["upper"], new["lower"], new["upper"]):
        return _("Without bounds the estimates of %(year)s and %(this_year)s cannot be compared.") % values
    if old["lower"] <= new["upper"] and new["lower"] <= old["upper"]:
        return _("The bounds of %(year)s and %(this_year)s overlap: the estimates show no change.") % values
    return _("The bounds of %(year)s and %(this_year)s do not overlap; what changed can also be the lists.") % values


# --- F20 --------------------------------------------------------------------------------------------------------------
def _overlaps(estimate: Estimate) -> FigureText:
    combinations, lists = estimate.result["combinations"], estimate.result["methods"][0]["lists"]
    total = sum(one["count"] for one in combinations)
    heading, longest = _heading(OVERLAPS), max(one["count"] for one in combinations)
    several = sum(one["count"] for one in combinations if len(one["lists"]) > 1)
    head = _("%(people)s persons are on at least one list; %(several)s of them on more than one.") % {
        "people": count(total),
        "several": count(several),
    }
    rows = tuple(TableRow(" + ".join(one["lists"]), (whole(one["count"]),), "", False) for one in combinations)
    bars = tuple(
        BarText(row.heading, row.cells[0], one["count"] / longest, "value")
        for row, one in zip(rows, combinations, strict=True)
    )
    drawn = Drawn(
        heading, _draw("F20-overlaps", f"{heading}. {head}", lambda size: describe_overlaps(combinations, lists, size))
    )
    return FigureText(
        code=OVERLAPS,
        heading=heading,
        unit=label_of("counting_unit", "person"),
        head=head,
        rest=(),
        universe=_("Persons who could be found again on the lists that the estimate is made of."),
        plots=(PlotText(_("On exactly these lists"), f"{heading}. {head}", bars, drawn),),
        trend=None,
        tables=(TableOnPage("0", heading, _("On exactly"), "", (_("Persons"),), rows),),
        notes=(_("Each person stands in one row: that of all lists the person is on, and no other."),),
        commitments=(),
        hidden=0,
        cells=len(rows),
    )


def _heading(code: str) -> str:
    return words.vocabulary().tables[code].label.in_language(language())


# --- data -------------------------------------------------------------------------------------------------------------
def write_cells(estimate: Estimate | None) -> dict[str, list[dict[str, Any]]]:
    """Give the cells of the tables that an estimate fills, as the data files name them."""
    if estimate is None:
        return {}
    results, strata = estimate.result["methods"], estimate.result["strata"]
    rows = [("method", one["method"], one) for one in results] + [("stratum", one["stratum"], one) for one in strata]
    cells = [_cell(kind, name, key, one[key]) for kind, name, one in rows for key in NUMBERS]
    overlaps = [_of_lists(one) for one in estimate.result["combinations"]]
    return ({OVERLAPS: overlaps} if overlaps else {}) | {ESTIMATE: cells}


def _cell(kind: str, name: str, key: str, value: float | None) -> dict[str, Any]:
    column = NUMBERS[key]
    english, dutch = LABELS[column]
    return {
        "rows": kind,
        "row": name,
        "row_label_nl": name,
        "row_label_en": name,
        "cols": "estimate",
        "col": column,
        "col_label_nl": dutch,
        "col_label_en": english,
        "unit": "person" if key == "observed" else "estimate",
        "value": None if value is None else round(value),
    }


def _of_lists(one: Mapping[str, Any]) -> dict[str, Any]:
    name = " + ".join(one["lists"])
    told = {"rows": "list_combination", "row": name, "row_label_nl": name, "row_label_en": name, "cols": "total"}
    return told | {
        "col": "total",
        "col_label_nl": "Totaal",
        "col_label_en": "Total",
        "unit": "person",
        "value": one["count"],
    }
