"""Check the whole access log: every line against the chain, every seal against its key, the file and the database.

Nothing is changed. Lines are read in batches, so the memory needed does not grow with the log.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from django.conf import settings
from django.db import connection

from zicht.people import keys
from zicht.people.log import anchors, chain, guards, stored
from zicht.people.log.chain import Broken, End
from zicht.people.log.report import Report
from zicht.people.log.seals import Kind, Seal

SEALED, EXPECTED = "was sealed", "is expected"
WHY_OTHER = {
    SEALED: "the log was rewritten",
    EXPECTED: "the log was rewritten, or the place was copied wrongly",
}


def verify(expected: Iterable[End] = ()) -> Report:
    """Check the log; `expected` are places in the chain that somebody kept elsewhere, such as on paper.

    Raises LogError when the folder of keys or the file in it cannot be opened.
    """
    folder = settings.KEYS_FOLDER
    report = Report()
    with anchors.locked(folder, alone=False):
        _check_guards(report)
        in_file = _read_file(folder, report)
        in_database = _read_checkpoints(report)
        prunings = _read_prunings(report)
        genuine = _keep_genuine([*(in_file or []), *in_database], folder, report)
        if in_file is not None:
            _compare(in_file, in_database, genuine, report)
            _check_prunings(prunings, genuine, report)
        start = prunings[-1][0] if prunings else chain.START
        _check_lines(start, genuine, tuple(expected), report)
    return report


def _check_guards(report: Report) -> None:
    missing = guards.missing(connection)
    if missing:
        report.problems.append(
            f"Guards of the log are gone from the database, switched off or changed: {', '.join(missing)}. "
            "Find out who did that; zicht guard-log puts them back."
        )
    foreign = guards.foreign(connection)
    if foreign:
        report.problems.append(
            f"What Zicht did not make stands on the tables of the log, and may swallow or hide lines: "
            f"{', '.join(foreign)}. Find out who made that, then let the administrator of the database remove it."
        )


def _read_file(folder: Path, report: Report) -> list[Seal] | None:
    """Give the seals in the file that still stand, or None when the file is damaged."""
    try:
        seals = anchors.read(folder)
    except anchors.Damaged as error:
        report.problems.append(str(error))
        return None
    standing = anchors.standing(seals)
    for seal in (seal for seal in standing if seal.kind is Kind.RESTORED):
        report.notes.append(
            f"On {seal.signed_at:%Y-%m-%d %H:%M} UTC the database was put back from a backup that ended at line "
            f"{seal.through_sequence}. Seals that no longer stand because of that: {len(seals) - len(standing)}."
        )
    return standing


def _read_checkpoints(report: Report) -> list[Seal]:
    try:
        return list(stored.checkpoints())
    except stored.UNREADABLE:
        report.problems.append("A checkpoint in the database holds a value that no checkpoint can hold.")
        return []


def _keep_genuine(seals: Sequence[Seal], folder: Path, report: Report) -> list[Seal]:
    """Keep the seals whose signature is right; a seal that stands in file and database is looked at once."""
    genuine = []
    for seal in dict.fromkeys(seals):
        try:
            key = keys.public_key(folder, seal.key_id)
        except keys.KeysError as error:
            _say_once(report.unchecked, str(error))
            continue
        if seal.is_genuine(key):
            genuine.append(seal)
            report.key_ids.add(seal.key_id)
        else:
            report.problems.append(f"The {seal.kind} through line {seal.through_sequence} was not signed by its key.")
    return genuine


def _compare(in_file: Sequence[Seal], in_database: Sequence[Seal], genuine: Sequence[Seal], report: Report) -> None:
    """Lay the checkpoints of the database beside those of the file."""
    promised = {seal for seal in in_file if seal.kind is Kind.CHECKPOINT}
    for seal in sorted(promised - set(in_database), key=lambda seal: seal.through_sequence)[-1:]:
        report.problems.append(
            f"The checkpoint through line {seal.through_sequence} of {seal.signed_at:%Y-%m-%d %H:%M} UTC is not in the "
            "database: it was removed, or the database was put back to an older state."
        )
    for seal in in_database:
        if seal not in promised:
            _report_not_in_file(seal, seal == in_database[-1] and seal in genuine, report)


def _report_not_in_file(seal: Seal, is_newest: bool, report: Report) -> None:
    sentence = f"The checkpoint through line {seal.through_sequence} is not in the file {anchors.FILE}"
    if is_newest:  # what a crash between database and file leaves behind
        report.notes.append(f"{sentence} yet; the next zicht checkpoint-log completes it.")
    else:
        report.problems.append(f"{sentence}: a line of the file was removed, or an older file was put back.")


def _read_prunings(report: Report) -> list[tuple[End, dt.datetime]]:
    try:
        return stored.prunings()
    except stored.UNREADABLE:
        report.problems.append("A pruning in the database holds a value that no pruning can hold.")
        return []


def _check_prunings(done: Sequence[tuple[End, dt.datetime]], genuine: Sequence[Seal], report: Report) -> None:
    """Refuse a pruning that was not announced in the file: only the holder of the key may let lines go."""
    announced = [(seal.end, seal.signed_at) for seal in genuine if seal.kind is Kind.PRUNING]
    for end, _at in (pruning for pruning in done if pruning not in announced):
        report.problems.append(f"The pruning through line {end.sequence} was never announced in {anchors.FILE}.")
    for end, at in (pruning for pruning in announced if pruning not in done):
        report.notes.append(
            f"The pruning through line {end.sequence}, announced on {at:%Y-%m-%d %H:%M} UTC, was not carried out."
        )


def _check_lines(start: End, genuine: Sequence[Seal], expected: Sequence[End], report: Report) -> None:
    """Walk through all lines, and hold every sealed or expected place against the line that is there."""
    sealed = {seal.end for seal in genuine}
    # The signature is all that is left of a seal about pruned lines, but for the one at which the chain now starts.
    pruned = {end for end in sealed if end.sequence < start.sequence}
    reached = {start} | pruned | _walk(start, {end.sequence for end in (*sealed, *expected)}, report)
    held = (sealed & reached) - pruned
    report.seals, report.seals_pruned = len(held), len(pruned)
    report.unsealed = report.last.sequence - max((end.sequence for end in held), default=start.sequence)
    _compare_ends(sealed - reached, reached, SEALED, report)
    _compare_ends(set(expected) - reached, reached, EXPECTED, report)
    if not sealed and report.lines:
        report.notes.append("Nothing is sealed yet. Run: zicht checkpoint-log")


def _walk(start: End, wanted: set[int], report: Report) -> set[End]:
    """Check every line and give the wanted places that were reached."""
    report.pruned_through, report.last = start.sequence, start
    reached = set()
    try:
        for link in chain.check(stored.links(), start):
            report.lines += 1
            report.first = report.first or link.line.sequence
            report.last = link.end
            if link.line.sequence in wanted:
                reached.add(link.end)
    except Broken as broken:
        report.broken_at = broken
        report.problems.append(f"{broken} Lines behind it were not checked.")
    return reached


def _compare_ends(unmet: set[End], reached: set[End], what: str, report: Report) -> None:
    """Tell why places were not met: only the first that has another hash, only the last that the log does not reach."""
    known = {end.sequence for end in reached}
    ends = sorted(unmet, key=lambda end: end.sequence)
    for end in [end for end in ends if end.sequence in known][:1]:
        report.problems.append(f"Line {end.sequence} has another hash than {what}: {WHY_OTHER[what]}.")
    for end in [end for end in ends if end.sequence > report.last.sequence][-1:]:
        # Behind a break nobody knows what is there.
        where = report.unchecked if report.broken_at else report.problems
        where.append(
            f"The log was followed up to line {report.last.sequence}, but line {end.sequence} {what}: "
            "newer lines were removed, or the database was put back to an older state."
        )
    for end in ends:
        if end.sequence < report.pruned_through and end.sequence not in known:
            report.unchecked.append(f"Line {end.sequence} {what}, but it was pruned and no seal speaks of it.")


def _say_once(sentences: list[str], sentence: str) -> None:
    if sentence not in sentences:
        sentences.append(sentence)
