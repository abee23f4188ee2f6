"""Tell what a change of form costs: which fields and values did not come along, how often, and why.

A loss names a field and, where the field has terms, the term. It never names a person and never repeats a text.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from zicht import words
from zicht.people.code_fields import language

MOST_EXAMPLES = 5  # terms named with one field


class Why(Enum):
    """Why something did not come along as it was."""

    NO_COUNTERPART = "no_counterpart"
    BROADER = "broader"
    COMPOSITE = "composite"
    LEFT_OUT = "left_out"
    NOT_ALLOWED = "not_allowed"
    ELSEWHERE = "elsewhere"
    ONE_ONLY = "one_only"
    FILLED_IN = "filled_in"
    WORKED_OUT = "worked_out"
    UNKNOWN_COLUMN = "unknown_column"


SENTENCES = {
    Why.NO_COUNTERPART: ngettext_lazy(
        "%(count)s time: there is no counterpart, it did not come along.",
        "%(count)s times: there is no counterpart, it did not come along.",
        "count",
    ),
    Why.BROADER: ngettext_lazy(
        "%(count)s time: only something broader came along.",
        "%(count)s times: only something broader came along.",
        "count",
    ),
    Why.COMPOSITE: ngettext_lazy(
        "%(count)s time: it stands for several terms at once, and none was chosen.",
        "%(count)s times: it stands for several terms at once, and none was chosen.",
        "count",
    ),
    Why.LEFT_OUT: ngettext_lazy(
        "%(count)s time: left out on purpose and stored nowhere.",
        "%(count)s times: left out on purpose and stored nowhere.",
        "count",
    ),
    Why.NOT_ALLOWED: ngettext_lazy(
        "%(count)s time: it may not leave the organisation.",
        "%(count)s times: it may not leave the organisation.",
        "count",
    ),
    Why.ELSEWHERE: ngettext_lazy(
        "%(count)s time: it belongs to a part of Zicht that this file is not read into.",
        "%(count)s times: it belongs to a part of Zicht that this file is not read into.",
        "count",
    ),
    Why.ONE_ONLY: ngettext_lazy(
        "%(count)s time: only one value has a place there.",
        "%(count)s times: only one value has a place there.",
        "count",
    ),
    Why.FILLED_IN: ngettext_lazy(
        "%(count)s time: not in the file and filled in, because it is required.",
        "%(count)s times: not in the file and filled in, because it is required.",
        "count",
    ),
    Why.WORKED_OUT: ngettext_lazy(
        "%(count)s time: worked out from another column.",
        "%(count)s times: worked out from another column.",
        "count",
    ),
    Why.UNKNOWN_COLUMN: ngettext_lazy(
        "%(count)s time: a column that is not known, and was not read.",
        "%(count)s times: a column that is not known, and was not read.",
        "count",
    ),
}
HEADINGS = {True: _("Terms: %(terms)s."), False: _("Terms, among others: %(terms)s.")}


@dataclass(frozen=True, slots=True)
class Loss:
    """Name one field that did not come along as it was: `person.gender` or the column of another standard."""

    field: str
    why: Why
    value: str = ""  # a term of a list; never what somebody typed


@dataclass(slots=True)
class Report:
    """Count losses."""

    counts: Counter[Loss] = field(default_factory=Counter)

    def add(self, losses: Iterable[Loss]) -> None:
        """Count some more."""
        self.counts.update(losses)

    def lines(self) -> Iterator["Line"]:
        """Give one line for each field and reason, in the order of the alphabet."""
        grouped: dict[tuple[str, Why], Counter[str]] = {}
        for loss, count in self.counts.items():
            grouped.setdefault((loss.field, loss.why), Counter())[loss.value] += count
        for (name, why), values in sorted(grouped.items(), key=lambda item: (item[0][0], item[0][1].value)):
            yield Line(name, why, sum(values.values()), {value: count for value, count in values.items() if value})


@dataclass(frozen=True, slots=True)
class Line:
    """Say of one field how often something did not come along, why, and which terms these were."""

    field: str
    why: Why
    count: int
    values: Mapping[str, int]

    @property
    def label(self) -> words.Label | None:
        """Give the wording of one of our fields; a column of another standard has none."""
        entity, _dot, name = self.field.partition(".")
        described = words.vocabulary().entities.get(entity)
        return described.fields[name].label if described and name in described.fields else None

    @property
    def shown(self) -> str:
        """Give the wording of the field in the language of the reader, or the name of the column."""
        return self.label.in_language(language()) if self.label else self.field

    @property
    def sentence(self) -> str:
        """Say how often and why."""
        return str(SENTENCES[self.why] % {"count": self.count})

    @property
    def examples(self) -> str:
        """Name the terms that were meant most often."""
        if not self.values:
            return ""
        named = sorted(self.values, key=lambda value: (-self.values[value], value))
        return str(HEADINGS[len(named) <= MOST_EXAMPLES]) % {"terms": ", ".join(named[:MOST_EXAMPLES])}
