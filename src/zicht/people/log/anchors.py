"""Keep what was sealed about the access log in a file outside the database: one seal a line, only ever added to.

A database that was put back to an older state carries its older checkpoints with it; this file does not, and so tells.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from zicht.people.log.chain import LogError
from zicht.people.log.seals import Kind, Seal, from_json

FILE = "log_checkpoints.jsonl"


class Damaged(LogError):
    """Report a line of the file that is no seal."""


@contextmanager
def locked(folder: Path, *, alone: bool) -> Iterator[None]:
    """Hold the folder of keys: `alone` to seal or prune, together with others to check."""
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise LogError("The folder of keys is not there or cannot be read. Run: zicht make-keys") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield
    finally:
        os.close(descriptor)  # gives the lock back


def read(folder: Path) -> list[Seal]:
    """Give all seals in the order in which they were made; raises Damaged naming the line that is no seal."""
    try:
        text = (folder / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise LogError(f"{FILE} cannot be read.") from error
    return [_seal(number, line) for number, line in enumerate(text.splitlines(), start=1)]


def add(folder: Path, seal: Seal) -> None:
    """Write one seal behind the others; on the disk when this returns."""
    line = f"{seal.to_json()}\n".encode()
    try:
        descriptor = os.open(folder / FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "wb", buffering=0) as stream:
            stream.write(line)
            os.fsync(stream.fileno())
    except OSError as error:
        raise LogError(f"{FILE} cannot be written to; the seal is not complete.") from error


def standing(seals: Iterable[Seal]) -> list[Seal]:
    """Leave out the seals that a later `restored` set aside: those about lines behind the end of the backup."""
    kept: list[Seal] = []
    for seal in seals:
        if seal.kind is Kind.RESTORED:
            kept = [earlier for earlier in kept if earlier.through_sequence <= seal.through_sequence]
        kept.append(seal)
    return kept


def _seal(number: int, line: str) -> Seal:
    try:
        return from_json(line)
    except ValueError as error:
        raise Damaged(
            f"Line {number} of {FILE} is no seal: it was changed, or half written when the machine stopped. "
            "Put the file back from the copy you keep elsewhere."
        ) from error
