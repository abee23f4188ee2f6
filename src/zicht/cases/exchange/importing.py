"""Take a file into the register: look at all of it first, then store all of it or nothing.

No more of a file than a batch is ever in memory. Whoever wants to see first what it would become has it read twice.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from zicht.cases.errors import NotAllowedError
from zicht.cases.exchange import permissions
from zicht.cases.exchange.assembling import Assembler, Draft
from zicht.cases.exchange.checking import Checker
from zicht.cases.exchange.errors import ImportedBefore, NothingInFile, WrongFile, WrongRows
from zicht.cases.exchange.findings import Findings
from zicht.cases.exchange.plain import ENTITIES, KEYS
from zicht.cases.exchange.shapes import CellProblem, Surroundings
from zicht.cases.exchange.standards import STANDARDS, Reader, Standard, column_of
from zicht.cases.exchange.writing import MODELS, Writer
from zicht.cases.models import ImportRun
from zicht.cases.webhooks.queueing import tell_of_changes
from zicht.people.actions import record_access
from zicht.people.models import Account, Organisation
from zicht.people.tables import look_at_tables
from zicht.reading import tables
from zicht.words import Problem

# A row of ours in CSV has about 500 bytes, in a workbook three times that before it is packed.
LIMITS = tables.Limits(
    most_on_disk=100 * tables.MEGABYTE,
    most_unpacked=600 * tables.MEGABYTE,
    most_in_memory=40 * tables.MEGABYTE,  # 250,000 identifiers that a spreadsheet program keeps apart from the sheet
    most_in_line=100 * 1024,
    most_rows=100_000,
    most_columns=300,
)
ROWS_SHOWN = 5
ROWS_BETWEEN_TELLING = 1_000
KEYS_AT_ONCE = 500  # in one question to the database
Tell = Callable[[str, int], None]
CHECKING, STORING = "checking", "storing"


def tell_nobody(_stage: str, _rows: int) -> None:
    """Keep quiet about how far the work is."""


@dataclass(frozen=True, slots=True)
class Source:
    """Hold an open file, the form it is in, and the wall behind which its records will stand."""

    file: BinaryIO
    standard: str
    compartment: str
    form: tables.TextForm = tables.FOUND_OUT


@dataclass(frozen=True, slots=True)
class Row:
    """Hold what one row became: records, links of a case and a person, and what was wrong already."""

    number: int
    made: list[Draft | tuple[UUID, UUID]]
    problems: list[CellProblem]

    @property
    def drafts(self) -> list[Draft]:
        """Give the records."""
        return [made for made in self.made if isinstance(made, Draft)]


def examine(by: Account, source: Source, *, tell: Tell = tell_nobody) -> Findings:
    """Look at every row of a file and store nothing; raises ExchangeRefused for a file that is no such table."""
    _authorise(by, source)
    findings = Findings(_hash(source.file), uuid4())
    for _row in _checked_rows(by, source, findings, tell):
        pass
    return findings


def import_file(
    by: Account, source: Source, *, again: bool = False, tell: Tell = tell_nobody
) -> tuple[ImportRun, Findings]:
    """Read a file into the register, all of it or nothing, with one line in the access log.

    Raises WrongRows when a row is not right, ImportedBefore for a file that was read before unless it is meant `again`,
    and every other ExchangeRefused; nothing was stored then.
    """
    if STANDARDS[source.standard].keeps_keys:  # all identifiers must be known before the first is stored
        findings = examine(by, source, tell=tell)
        return store(by, source, findings, again=again, tell=tell), findings
    _authorise(by, source)
    findings = Findings(_hash(source.file), uuid4())
    return _store(by, source, findings, _checked_rows(by, source, findings, tell), again), findings


def store(
    by: Account, source: Source, findings: Findings, *, again: bool = False, tell: Tell = tell_nobody
) -> ImportRun:
    """Store what was found right in a file; raises as `import_file` does."""
    _authorise(by, source)
    _refuse_wrong(findings)
    return _store(by, source, findings, _rows(source, findings, tell, STORING), again)


@transaction.atomic
def _store(by: Account, source: Source, findings: Findings, rows: Iterator[Row], again: bool) -> ImportRun:
    # One import of an organisation after the other: of two that are started at once, the second sees the first.
    Organisation.objects.select_for_update(no_key=True).get(pk=by.org_id)
    if not again and was_imported(by, findings.file_hash):
        raise ImportedBefore
    run = ImportRun(
        org_id=by.org_id,
        compartment=source.compartment,
        standard=source.standard,
        file_hash=findings.file_hash,
        imported_at=timezone.now(),
        imported_by=by,
    )
    writer = Writer(by, source.compartment, run.pk)
    for row in rows:
        if not findings.problem_count:
            for made in row.made:
                writer.take(made)
    _refuse_wrong(findings)
    writer.finish()
    run.rows, run.persons = findings.rows, findings.counts["person"]
    run.save(force_insert=True)
    tell_of_changes(by.org_id, source.compartment, run.words_entity, [run.pk])
    record_access(by, "imported", "import_run", run.pk, compartment=source.compartment)
    transaction.on_commit(look_at_tables, robust=True)  # the file is in, whatever comes of it
    return run


def _refuse_wrong(findings: Findings) -> None:
    if findings.problem_count:
        raise WrongRows(findings.problems, findings.problem_count)


def was_imported(by: Account, file_hash: str) -> bool:
    """Tell whether the organisation of an account read this very file before."""
    return ImportRun.objects.filter(org_id=by.org_id, file_hash=file_hash).exists()


def _authorise(by: Account, source: Source) -> None:
    """Ask the rules about the account as it is now."""
    if source.compartment not in permissions.walls_to_exchange(Account.objects.get(pk=by.pk)):
        raise NotAllowedError


def _checked_rows(by: Account, source: Source, findings: Findings, tell: Tell) -> Iterator[Row]:
    """Give every row, and note what it costs and what is wrong in it."""
    checkers = {entity: Checker(entity, timezone.localdate()) for entity in ENTITIES}
    named: list[tuple[int, Draft]] = []
    for row in _rows(source, findings, tell, CHECKING):
        findings.rows += 1
        for problem in row.problems:
            findings.add(row.number, column_of(source.standard, problem.column), problem.problem)
        for draft in row.drafts:
            _check(checkers[draft.entity], source, row, draft, findings)
        if findings.rows <= ROWS_SHOWN:
            for draft in row.drafts:
                findings.show(row.number, draft)
        if STANDARDS[source.standard].keeps_keys:
            named += [(row.number, draft) for draft in row.drafts]
        if len(named) >= KEYS_AT_ONCE:
            _look_for_keys(by, named, findings)
        yield row
    _look_for_keys(by, named, findings)
    if not findings.rows:
        raise NothingInFile


def _rows(source: Source, findings: Findings, tell: Tell, stage: str) -> Iterator[Row]:
    """Read a file from its beginning and turn every row into records; while it is stored nothing is reported."""
    standard = STANDARDS[source.standard]
    assembler = Assembler(findings.secret, keeps_keys=standard.keeps_keys, taken=frozenset(findings.taken))
    around = Surroundings(timezone.localdate(), organisations_by_name())
    for count, (number, mapped) in enumerate(_read(source, standard, around, findings, stage), start=1):
        problems = list(mapped.problems)
        made = list(assembler.take(number, mapped.bundle, problems))
        if stage == CHECKING:
            findings.report.add(mapped.losses)
        if count % ROWS_BETWEEN_TELLING == 0:
            tell(stage, count)
        yield Row(number, made, problems)
    if stage == CHECKING:
        for number, column in assembler.missing():
            findings.add(number, column_of(source.standard, column), Problem("not_told"))


def _read(
    source: Source, standard: Standard, around: Surroundings, findings: Findings, stage: str
) -> Iterator[tuple[int, Any]]:
    source.file.seek(0)
    try:
        table = tables.read_table(source.file, LIMITS, source.form, standard.is_known)
        reader: Reader = standard.reader(table.columns, around)
        if stage == CHECKING:
            findings.report.add(reader.loose_losses)
        for number, values in table.rows:
            yield number, reader.read(values)
    except tables.TableError as error:
        raise WrongFile(error) from error


def _check(checker: Checker, source: Source, row: Row, draft: Draft, findings: Findings) -> None:
    findings.counts[draft.entity] += 1
    for name, problem in checker.problems(draft.values):
        findings.add(row.number, column_of(source.standard, f"{draft.entity}.{name}"), problem)


def _look_for_keys(by: Account, named: list[tuple[int, Draft]], findings: Findings) -> None:
    """Refuse records that are there already; those behind other walls are not told of and get another identifier."""
    for entity, model in MODELS.items():
        rows = {draft.key: row for row, draft in named if draft.entity == entity}
        every: Any = model.objects
        found = set(every.filter(pk__in=rows).values_list("pk", flat=True)) if rows else set()
        seen = _seen(by, entity, found)
        for key in sorted(seen):
            findings.add(rows[key], f"{entity}.{KEYS[entity]}", Problem("there_already"))
        findings.taken |= found - seen
    named.clear()


def _seen(by: Account, entity: str, keys: set[UUID]) -> set[UUID]:
    if not keys:
        return set()
    records: Any = MODELS[entity].objects
    if entity == "place_event":
        return set(records.filter(pk__in=keys, exploitation__person__org_id=by.org_id).values_list("pk", flat=True))
    return set(records.visible_to(by).filter(pk__in=keys).values_list("pk", flat=True))


def organisations_by_name() -> Mapping[str, object]:
    """Give every organisation of this house by its name in small letters."""
    return {name.casefold(): key for key, name in Organisation.objects.values_list("pk", "org_name")}


def _hash(file: BinaryIO) -> str:
    file.seek(0)
    return hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
