"""What of an estimate may leave the organisation: nothing from which small counts can be worked out.

An estimate leaks: overlaps, totals without one list, fitted means and the decimals of a BIC each allow to work back to
cells of the table. What leaves is rounded, and what speaks of single cells stays inside.
"""

from math import floor, log10

from zicht.stats.cautions import FEW_LISTS, NO_ESTIMATE, NOT_IDENTIFIABLE, find_width_cautions
from zicht.stats.errors import WrongSetting
from zicht.stats.results import Caution, Estimate, Json

INTERNAL, PARTNERS, PUBLIC = "internal", "partners", "public"
FEWEST = {PARTNERS: 5, PUBLIC: 10}  # persons; a smaller group is not shown at all
TOTAL_DIGITS, OBSERVED_DIGITS, WEIGHT_DECIMALS = 3, 5, 2
SAFE_SENTENCES = frozenset({FEW_LISTS, NO_ESTIMATE, NOT_IDENTIFIABLE})
SAFE_SETTINGS = frozenset({"threshold", "bootstrap", "seed", "maxorder", "ntop", "model", "chains", "draws"})

HELD_BACK = "Some warnings speak of small counts and are shown only inside the organisation."
TOO_SMALL = "The group is too small to be shown."
TWO_LISTS_TELL = (
    "Few persons are on both lists, or on one of them alone: whoever knows how long the lists are could work out "
    "how many."
)


def protect(estimate: Estimate, release: str) -> dict[str, Json]:
    """Give a result as JSON values fit for a release: totals to 3 significant digits, observed to 5, no diagnostics."""
    if release == INTERNAL:
        return estimate.to_json()
    if release not in FEWEST:
        raise WrongSetting(name="release", value=release, expected=f"{INTERNAL}, {PARTNERS} or {PUBLIC}")
    held_back = _why_held_back(estimate, FEWEST[release])
    is_shown = held_back is None
    observed = round_digits(estimate.observed, OBSERVED_DIGITS)
    total, lower, upper = (_total(one, is_shown) for one in (estimate.total, estimate.lower, estimate.upper))
    return {
        "method": estimate.method,
        "release": release,
        "stratum": estimate.stratum,
        "lists": list(estimate.lists),
        "observed": int(observed) if is_shown else None,
        "total": total,
        "lower": lower,
        "upper": upper,
        "level": estimate.level,
        "interval": estimate.interval,
        "unseen": None if total is None else round_digits(total - observed, TOTAL_DIGITS),
        "coverage": _share(observed, total),
        "coverage_lower": _share(observed, upper),
        "coverage_upper": _share(observed, lower),
        "model": estimate.model,
        "models": _models(estimate, release) if is_shown else [],
        "diagnostics": {},
        "settings": {name: value for name, value in estimate.settings.items() if name in SAFE_SETTINGS},
        "warnings": [held_back] if held_back else [str(caution) for caution in _warnings(estimate, lower, upper)],
        "source": estimate.source,
        "seconds": estimate.seconds,
    }


def _why_held_back(estimate: Estimate, least: int) -> str | None:
    """Say why nothing of an estimate leaves; of two lists, the observed and their lengths, told elsewhere, tell all."""
    if estimate.observed < least:
        return TOO_SMALL
    sizes, both = (estimate.diagnostics.get(name) for name in ("list_sizes", "pair_overlaps"))
    if len(estimate.lists) == 2 and isinstance(sizes, dict) and isinstance(both, dict):
        (overlap,) = (int(str(one)) for one in both.values())
        if min(overlap, *(int(str(size)) - overlap for size in sizes.values())) < least:
            return TWO_LISTS_TELL
    return None


def round_digits(number: float, digits: int) -> float:
    """Round to significant digits."""
    return round(number, digits - 1 - floor(log10(abs(number)))) if number else 0.0


def _total(number: float | None, is_shown: bool) -> float | None:
    return None if number is None or not is_shown else round_digits(number, TOTAL_DIGITS)


def _share(observed: float, total: float | None) -> float | None:
    return round_digits(observed / total, TOTAL_DIGITS) if total else None


def _models(estimate: Estimate, release: str) -> list[Json]:
    """Give partners which models were tried; the public sees only the one that was chosen."""
    return [
        {
            "model": tried.model,
            "total": _total(tried.total, is_shown=True),
            "weight": round(tried.weight, WEIGHT_DECIMALS),
            "score": None,
            "status": tried.status,
        }
        for tried in estimate.models
        if release == PARTNERS or tried.model == estimate.model
    ]


def _warnings(estimate: Estimate, lower: float | None, upper: float | None) -> list[Caution]:
    safe = [caution for caution in estimate.warnings if caution.sentence in SAFE_SENTENCES]
    width = find_width_cautions(lower, upper)
    is_less = len(safe) + len(width) < len(estimate.warnings)
    return [*safe, *width, *([Caution(HELD_BACK)] if is_less else [])]
