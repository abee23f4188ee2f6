"""What of an estimate may leave the organisation: nothing from which small counts can be worked out.

An estimate leaks: overlaps, totals without one list, fitted means and the decimals of a BIC each allow to work back to
cells of the table. What leaves is rounded, and what speaks of single cells stays inside.
"""

from collections.abc import Mapping, Sequence
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
BESIDE = "Another group is held back, and what is shown here would tell of it."
TWO_LISTS_TELL = (
    "Few persons are on both lists, or on one of them alone: whoever knows how long the lists are could work out "
    "how many."
)


def protect_split(
    wholes: Sequence[Estimate], strata: Sequence[Sequence[Estimate]], release: str
) -> tuple[list[dict[str, Json]], list[list[dict[str, Json]]]]:
    """Give results of one table, and those of its strata by one method or more, so that none tells another.

    Who knows the whole and all strata but one knows that one: so beside a stratum that is held back there is another
    one, and where that is not enough the whole is held back too. What is held back is so for every method.
    """
    if release not in FEWEST or not strata:
        return [protect(one, release) for one in wholes], [[protect(one, release) for one in found] for found in strata]
    least = FEWEST[release]
    by_stratum = list(zip(*strata, strict=True))
    parts = [max(map(_parts, found), key=len) for found in by_stratum]
    held: dict[int, str] = {}
    for at, found in enumerate(by_stratum):
        if reasons := [why for one in found if (why := _why_held_back(one, least))]:
            held[at] = reasons[0]
    others = sorted(set(range(len(parts))) - held.keys(), key=lambda at: parts[at][0])
    while held and others and not _is_room(parts, held, least):
        held[others.pop(0)] = BESIDE
    whole = BESIDE if held and not _is_room(parts, held, least) else None
    return (
        [protect(one, release, whole) for one in wholes],
        [[protect(one, release, held.get(at)) for at, one in enumerate(found)] for found in strata],
    )


def _is_room(parts: Sequence[tuple[int, ...]], held: Mapping[int, str], least: int) -> bool:
    """Tell whether each small number of what is held back can be all from 0 to `least` - 1, where their sum is known.

    A reader knows by its sentence of each stratum what in it is small, and what is not.
    """
    for part in range(max(len(parts[at]) for at in held)):
        numbers = [parts[at][part] for at in held if part < len(parts[at])]
        # Of whoever is alone, the whole and the others tell all.
        if len(held) > 1 and min(numbers) >= least:
            continue
        large = sum(why == BESIDE or (part == 0 and why != TOO_SMALL) for why in held.values())
        most = sum(numbers) - least * large
        is_all_small = part == 0 and not large
        if len(held) < 2 or most < least - 1 or (is_all_small and most > (least - 1) * (len(held) - 1)):
            return False
    return True


def _parts(estimate: Estimate) -> tuple[int, ...]:
    """Give how many are observed; of two lists also how many are on both, and on each alone."""
    sizes, both = (estimate.diagnostics.get(name) for name in ("list_sizes", "pair_overlaps"))
    if len(estimate.lists) != 2 or not isinstance(sizes, dict) or not isinstance(both, dict):
        return (estimate.observed,)
    (overlap,) = (int(str(one)) for one in both.values())
    return (estimate.observed, overlap, *(int(str(size)) - overlap for size in sizes.values()))


def protect(estimate: Estimate, release: str, why: str | None = None) -> dict[str, Json]:
    """Give a result as JSON values fit for a release: totals to 3 significant digits, observed to 5, no diagnostics.

    `why` holds everything back because of what stands beside it.
    """
    if release == INTERNAL:
        return estimate.to_json()
    if release not in FEWEST:
        raise WrongSetting(name="release", value=release, expected=f"{INTERNAL}, {PARTNERS} or {PUBLIC}")
    held_back = _why_held_back(estimate, FEWEST[release]) or why
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
    _, *parts = _parts(estimate)
    # Nobody on both, so there is no estimate; that is small too.
    is_empty = len(estimate.lists) == 2 and not parts and estimate.total is None
    if is_empty or (parts and min(parts) < least):
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
