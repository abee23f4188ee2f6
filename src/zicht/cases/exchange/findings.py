"""What looking at a file brought: what it would become, what of it does not come along, and what is wrong in it."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.utils.translation import gettext

from zicht import words
from zicht.cases.exchange.assembling import Draft
from zicht.cases.exchange.plain import ENTITIES
from zicht.cases.exchange.report import Loss, Report, Why
from zicht.cases.exchange.shapes import as_list, fields_of, is_nothing
from zicht.people.code_fields import language

MOST_PROBLEMS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Say what is wrong in one place of a file; what stands there is not repeated."""

    row: int
    column: str
    sentence: words.Label

    def __str__(self) -> str:
        where = gettext("Row %(row)s, column %(column)s:") % {"row": self.row, "column": self.column}
        return f"{where} {self.sentence.in_language(language())}"


@dataclass(frozen=True, slots=True)
class Shown:
    """Show one record of the first rows as it would be stored."""

    row: int
    entity: str
    texts: dict[str, str]  # field -> terms and texts

    @property
    def label(self) -> str:
        """Name the kind of record."""
        return words.vocabulary().entities[self.entity].label.in_language(language())

    @property
    def facts(self) -> list[tuple[str, str]]:
        """Give label and wording of each field."""
        fields = fields_of(self.entity)
        return [
            (fields[name].label.in_language(language()), _wording(fields[name], text))
            for name, text in self.texts.items()
        ]


@dataclass(slots=True)
class Findings:
    """Hold what one look at a file brought; `secret` makes the identifiers that its records get."""

    file_hash: str
    secret: UUID
    rows: int = 0
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(ENTITIES, 0))
    first: list[Shown] = field(default_factory=list)
    report: Report = field(default_factory=Report)
    problems: list[RowProblem] = field(default_factory=list)
    problem_count: int = 0
    taken: set[UUID] = field(default_factory=set)  # identifiers that a record behind other walls has

    def add(self, row: int, column: str, problem: words.Problem) -> None:
        """Count a problem, and keep the first ones."""
        self.problem_count += 1
        if len(self.problems) < MOST_PROBLEMS_SHOWN:
            sentence = words.Label(problem.in_language("en"), problem.in_language("nl"))
            self.problems.append(RowProblem(row, column, sentence))

    def show(self, row: int, draft: Draft) -> None:
        """Keep a record of the first rows to be looked at."""
        fields = fields_of(draft.entity)
        told = {
            name: "; ".join(as_list(value)) if fields[name].type == "multi" else str(value)
            for name, value in draft.values.items()
            if not is_nothing(value) and fields[name].type not in ("id", "ref", "hash")
        }
        self.first.append(Shown(row, draft.entity, told))


def write(findings: Findings) -> bytes:
    """Write findings down, to be read by another process."""
    told: dict[str, Any] = {
        "file_hash": findings.file_hash,
        "secret": findings.secret.hex,
        "rows": findings.rows,
        "counts": findings.counts,
        "first": [[shown.row, shown.entity, shown.texts] for shown in findings.first],
        "losses": [[loss.field, loss.why.value, loss.value, count] for loss, count in findings.report.counts.items()],
        "problems": [[wrong.row, wrong.column, wrong.sentence.en, wrong.sentence.nl] for wrong in findings.problems],
        "problem_count": findings.problem_count,
        "taken": [key.hex for key in findings.taken],
    }
    return json.dumps(told).encode()


def read(written: bytes) -> Findings:
    """Read what `write` wrote."""
    told = json.loads(written)
    losses = Counter({Loss(name, Why(why), value): count for name, why, value, count in told["losses"]})
    return Findings(
        told["file_hash"],
        UUID(told["secret"]),
        told["rows"],
        told["counts"],
        [Shown(*shown) for shown in told["first"]],
        Report(losses),
        [RowProblem(row, column, words.Label(en, nl)) for row, column, en, nl in told["problems"]],
        told["problem_count"],
        {UUID(key) for key in told["taken"]},
    )


def _wording(field: words.Field, text: str) -> str:
    if field.type not in ("code", "multi"):
        return text
    return ", ".join(words.value_label(field, term, language()) for term in text.split("; "))
