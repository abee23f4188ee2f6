"""Results as text that cannot be misread: what is counted, how far methods are apart, then each with its bounds."""

from collections.abc import Sequence

from zicht.stats.results import Estimate, Json

FAR_APART = 2.0  # times; then no single number is given

COLUMNS = ("method", "total", "lower", "upper", "unseen", "in sight")


def describe_all(results: Sequence[dict[str, Json]], observed: Json) -> str:
    """Write the results of several methods on one table, as their JSON values, into one text."""
    lines = [f"{_number(observed)} persons are on at least one list.", "", *_spread(results), *_table(results), ""]
    shared = _shared_warnings(results)
    lines += [*(f"- {warning}" for warning in shared), *([""] if shared else [])]
    for result in results:
        lines += _details(result, shared)
    return "\n".join(lines)


def _shared_warnings(results: Sequence[dict[str, Json]]) -> list[Json]:
    """Give the warnings that all results have: they are about the table."""
    each = [warnings for result in results if isinstance(warnings := result["warnings"], list)]
    return [warning for warning in each[0] if all(warning in one for one in each)] if len(each) > 1 else []


def spread(results: Sequence[Estimate]) -> float | None:
    """Give how many times the highest total is the lowest; None with fewer than two totals."""
    totals = [result.total for result in results if result.total]
    return max(totals) / min(totals) if len(totals) > 1 else None


def _spread(results: Sequence[dict[str, Json]]) -> list[str]:
    totals = [float(total) for result in results if isinstance(total := result["total"], int | float)]
    if len(totals) < 2:
        return []
    least, most, times = _number(min(totals)), _number(max(totals)), max(totals) / min(totals)
    if times <= FAR_APART:
        return [f"The methods give totals from {least} to {most}.", ""]
    return [
        f"The methods disagree: their totals go from {least} to {most}, {times:.1f} times as many.",
        "These data do not settle how many there are, and no single one of these numbers should be quoted.",
        "",
    ]


def _table(results: Sequence[dict[str, Json]]) -> list[str]:
    rows = [COLUMNS, *(_row(result) for result in results)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    return ["  ".join([f"{row[0]:<{widths[0]}}", *map(str.rjust, row[1:], widths[1:])]) for row in rows]


def _row(result: dict[str, Json]) -> tuple[str, ...]:
    share = result["coverage"]
    in_sight = f"{share:.1%}" if isinstance(share, float) else "–"
    return (str(result["method"]), *(_number(result[name]) for name in ("total", "lower", "upper", "unseen")), in_sight)


def _details(result: dict[str, Json], shared: list[Json]) -> list[str]:
    lines = [f"{result['method']} {result['model']}".rstrip() + f": {_interval(result)}."]
    warnings, models = result["warnings"], result["models"]
    if isinstance(models, list):
        shown = [model for model in models[:5] if isinstance(model, dict)]
        lines += [f"  {_number(model['total']):>12}  weight {model['weight']:.2f}  {model['model']}" for model in shown]
    if isinstance(warnings, list):
        lines += [f"  - {warning}" for warning in warnings if warning not in shared]
    strata = result.get("strata")
    if isinstance(strata, list):
        lines += ["  By stratum (these need not add up to the total):"]
        lines += [f"    {_stratum(one)}" for one in strata if isinstance(one, dict)]
    return [*lines, ""]


def _stratum(result: dict[str, Json]) -> str:
    numbers = f"{_number(result['total'])} ({_number(result['lower'])} to {_number(result['upper'])})"
    return f"{result['stratum']}: {numbers}, of whom {_number(result['observed'])} on a list"


def _interval(result: dict[str, Json]) -> str:
    if result["total"] is None:
        return "no estimate"
    if result["interval"] == "none":
        return "no interval"
    level = result["level"]
    return f"{float(level):.0%} interval ({result['interval']})" if isinstance(level, int | float) else ""


def _number(value: Json) -> str:
    return f"{value:,.0f}" if isinstance(value, int | float) else "–"
