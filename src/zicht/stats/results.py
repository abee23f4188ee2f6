"""One result type for every method, so that pages, files and comparisons need to know only one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Tell: TypeAlias = Callable[[float], None]  # hears how much of the work is done, from 0 to 1


def tell_nobody(share: float) -> None:
    """Ignore how far the work is."""


@dataclass(frozen=True, slots=True)
class Caution:
    """Warn about a result; `sentence` and `values` are apart so that a page can translate them."""

    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.sentence % self.values


@dataclass(frozen=True, slots=True)
class TriedModel:
    """Say what one model gave.

    `model` is in the notation of the papers, lists counted from 1: `[123,4]`. `total` is in persons, None where the
    model has no estimate. `weight` is between 0 and 1 and means what the method says: a posterior probability, a share
    of replicates. `score` is the method's own measure (BIC, log posterior), None where it has none.
    """

    model: str
    total: float | None
    weight: float
    score: float | None = None
    status: str = "ok"  # or "no extended estimate", "not identifiable", "no estimate and not identifiable"


@dataclass(frozen=True, slots=True)
class Profile:
    """Hold the multinomial estimate beside a Poisson one, in persons; no upper bound where the likelihood has none."""

    total: float
    lower: float
    upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Hold what one method says about one table: persons in all, their bounds, and how it came to them.

    `total`, `lower` and `upper` are in persons, on no and on any list together; None where there is no such number,
    and `warnings` then says why. `level` is the probability the bounds are made for. `interval` names their kind:
    "bca", "percentile", "profile", "wald", "credible" or "none". `settings` and `source` (the paper) are what it takes
    to do it again and to cite it; `diagnostics` what it takes to judge it. `seconds` is wall time.
    """

    method: str
    lists: tuple[str, ...]
    observed: int
    total: float | None
    lower: float | None
    upper: float | None
    level: float
    interval: str
    model: str = ""
    models: tuple[TriedModel, ...] = ()
    stratum: str = ""
    profile: Profile | None = None
    diagnostics: Mapping[str, Json] = field(default_factory=dict)
    settings: Mapping[str, Json] = field(default_factory=dict)
    warnings: tuple[Caution, ...] = ()
    source: str = ""
    seconds: float = 0.0

    @property
    def unseen(self) -> float | None:
        """Give how many are on no list, in persons."""
        return None if self.total is None else self.total - self.observed

    @property
    def coverage(self) -> float | None:
        """Give which share of all is on a list, between 0 and 1."""
        return self._share(self.total)

    @property
    def coverage_bounds(self) -> tuple[float | None, float | None]:
        """Give the least and the largest share of all that is on a list: from the upper and the lower bound."""
        return self._share(self.upper), self._share(self.lower)

    def to_json(self) -> dict[str, Json]:
        """Give the result as values that JSON knows."""
        low, high = self.coverage_bounds
        return {
            "method": self.method,
            "stratum": self.stratum,
            "lists": list(self.lists),
            "observed": self.observed,
            "total": self.total,
            "lower": self.lower,
            "upper": self.upper,
            "level": self.level,
            "interval": self.interval,
            "unseen": self.unseen,
            "coverage": self.coverage,
            "coverage_lower": low,
            "coverage_upper": high,
            **_describe_profile(self.profile),
            "model": self.model,
            "models": [_describe(tried) for tried in self.models],
            "diagnostics": dict(self.diagnostics),
            "settings": dict(self.settings),
            "warnings": [str(caution) for caution in self.warnings],
            "source": self.source,
            "seconds": self.seconds,
        }

    def _share(self, total: float | None) -> float | None:
        return self.observed / total if total else None


def _describe_profile(profile: Profile | None) -> dict[str, Json]:
    if profile is None:
        return {}
    return {"total_profile": profile.total, "lower_profile": profile.lower, "upper_profile": profile.upper}


def _describe(tried: TriedModel) -> dict[str, Json]:
    return {
        "model": tried.model,
        "total": tried.total,
        "weight": tried.weight,
        "score": tried.score,
        "status": tried.status,
    }
