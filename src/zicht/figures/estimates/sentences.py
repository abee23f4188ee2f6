"""Say an estimate so that a journalist cannot misread it: what is counted, how far methods are apart, what is open."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zicht.figures.sentences import Said, count
from zicht.stats.methods import RECOMMENDED
from zicht.stats.report import FAR_APART

Result = Mapping[str, Any]
METHODS = {
    "loglinear": gettext_lazy("independent lists"),
    "stepwise": gettext_lazy("stepwise selection"),
    "bic": gettext_lazy("lowest BIC"),
    "dga": gettext_lazy("average over graphs"),
    "lcm": gettext_lazy("latent classes"),
    "covariates": gettext_lazy("one model for all strata"),
    "lincoln-petersen": gettext_lazy("Lincoln-Petersen"),
    "chapman": gettext_lazy("Chapman"),
}


def name_of(method: str) -> str:
    """Give the name of a method in the language of the reader."""
    return str(METHODS.get(method, method))


def say(results: Sequence[Result]) -> Said:
    """Say the results of several methods on one table; with methods far apart there is no single number in it."""
    counted = _counted(results[0])
    totals = [(result["total"], result) for result in results if result["total"]]
    if not totals:
        return Said(_("Nothing can be said about how many remain unseen."), (counted,))
    least, most = min(total for total, _result in totals), max(total for total, _result in totals)
    if most > FAR_APART * least:
        head = _(
            "The methods disagree: the lowest total is %(least)s, the highest %(most)s, %(times)s times as many. "
            "These data do not settle how many there are, and none of these numbers should be quoted on its own."
        ) % {"least": whole(least), "most": whole(most), "times": _decimal(most / least)}
        return Said(head, (counted,))
    return Said(_say_one(chosen(results)), (counted, _say_spread(least, most, len(totals))))


def _counted(result: Result) -> str:
    if result["observed"] is None:
        return _("How many are on a list is too small a number to be shown.")
    return ngettext(
        "%(observed)s person is on at least one of the %(lists)s lists.",
        "%(observed)s persons are on at least one of the %(lists)s lists.",
        result["observed"],
    ) % {"observed": count(result["observed"]), "lists": len(result["lists"])}


def chosen(results: Sequence[Result]) -> Result:
    """Give the recommended method that has a total, else the last that has: independence comes first and is worst."""
    with_total = {result["method"]: result for result in results if result["total"]}
    return next((with_total[name] for name in RECOMMENDED if name in with_total), [*with_total.values()][-1])


def _say_one(result: Result) -> str:
    values = {"method": name_of(result["method"]), "total": whole(result["total"]), "unseen": whole(result["unseen"])}
    if result["lower"] is None or result["upper"] is None:
        return (
            _(
                "About %(total)s in all by %(method)s, so about %(unseen)s on no list. "
                "There are no bounds: do not quote it."
            )
            % values
        )
    values |= {"lower": whole(result["lower"]), "upper": whole(result["upper"])}
    return (
        _("Between %(lower)s and %(upper)s in all, about %(total)s by %(method)s: so about %(unseen)s are on no list.")
        % values
    )


def _say_spread(least: float, most: float, methods: int) -> str:
    return ngettext(
        "Only one method gave a total; there is nothing to hold it against.",
        "%(methods)s methods give totals from %(least)s to %(most)s.",
        methods,
    ) % {"methods": methods, "least": whole(least), "most": whole(most)}


def whole(number: float | None) -> str:
    """Write a number of persons without decimals; a dash where there is none."""
    return "–" if number is None else count(round(number))


def share(number: float | None) -> str:
    """Write a share as a percentage with one decimal; a dash where there is none."""
    return "–" if number is None else f"{_decimal(100 * number)}%"


def _decimal(number: float) -> str:
    return number_format(Decimal(str(number)).quantize(Decimal("0.1"), ROUND_HALF_UP))


def say_coverage(total: int, low: Decimal, high: Decimal) -> str:
    """Say what a share in sight means in persons: 1,300 of whom 2 to 4% in sight is 26 to 52 seen."""
    seen = [int((total * part / 100).quantize(Decimal(1), ROUND_HALF_UP)) for part in (low, high)]
    return _(
        "Of %(total)s of whom %(low)s to %(high)s%% are in sight, %(seen_low)s to %(seen_high)s are seen and "
        "%(unseen_low)s to %(unseen_high)s are not."
    ) % {
        "total": count(total),
        "low": number_format(low),
        "high": number_format(high),
        "seen_low": count(seen[0]),
        "seen_high": count(seen[1]),
        "unseen_low": count(total - seen[1]),
        "unseen_high": count(total - seen[0]),
    }
