"""Keep a file that was sent until somebody has looked at what came of it, and say how far the work on it is.

A file may hold names: on disk it is sealed with a key that only the session of its sender holds. How far the work is
stands beside it in plain: a stage and a number of rows, nothing of the file.
"""

import base64
import json
import logging
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from uuid import UUID, uuid4

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import connection
from django.utils import translation

log = logging.getLogger(__name__)
KEY_LENGTH = 32  # bytes, AES-256
NONCE_LENGTH = 12  # bytes, NIST SP 800-38D
KEPT_FOR = 60 * 60  # seconds; then a file that nobody decided about is swept away
SILENT_FOR = 5 * 60  # seconds without a sign of work after which it is taken to have stopped
FOLDER = "waiting"
BUSY = frozenset({"checking", "storing", "working"})


@dataclass(frozen=True, slots=True)
class Stage:
    """Say how far the work on a file is: checking, checked, storing, stored, working, done, refused or stopped."""

    name: str
    rows: int = 0  # or hundredths of the work
    about: str = ""  # the record of the import once it is stored

    @property
    def is_busy(self) -> bool:
        """Tell whether something is being done."""
        return self.name in BUSY


class Waiting:
    """A file that waits, with its key."""

    def __init__(self, job: UUID, key: bytes) -> None:
        self.job, self._key = job, key

    def keep(self, part: str, content: bytes) -> None:
        """Seal the file or what was found in it."""
        nonce = os.urandom(NONCE_LENGTH)
        _write(self._path(part), nonce + AESGCM(self._key).encrypt(nonce, content, self._place(part)))

    def open(self, part: str) -> bytes | None:
        """Open what was kept; None when it is not there any more, or the key is of another file."""
        try:
            box = self._path(part).read_bytes()
            return AESGCM(self._key).decrypt(box[:NONCE_LENGTH], box[NONCE_LENGTH:], self._place(part))
        except (FileNotFoundError, InvalidTag):
            return None

    def tell(self, stage: Stage) -> None:
        """Say how far it is."""
        told = {"name": stage.name, "rows": stage.rows, "about": stage.about, "at": int(time.time())}
        _write(self._path("stage"), json.dumps(told).encode())

    def stage(self) -> Stage | None:
        """Tell how far it is; None for a file that is not here."""
        try:
            told = json.loads(self._path("stage").read_bytes())
        except FileNotFoundError:
            return None
        stage = Stage(told["name"], told["rows"], told["about"])
        return Stage("stopped", stage.rows) if stage.is_busy and time.time() - told["at"] > SILENT_FOR else stage

    @contextmanager
    def turn(self, stage: str) -> Iterator[bool]:
        """Let one of two forms that were sent at once begin with a stage: the second is told False."""
        try:
            self._path(f"turn-{stage}").touch(mode=0o600, exist_ok=False)
        except FileExistsError:
            yield False
        else:
            yield True

    def forget(self, *parts: str) -> None:
        """Remove the file and what was found in it."""
        for path in [self._path(part) for part in parts] or list(_folder().glob(f"{self.job.hex}.*")):
            path.unlink(missing_ok=True)

    def _path(self, part: str) -> Path:
        return _folder() / f"{self.job.hex}.{part}"

    def _place(self, part: str) -> bytes:
        return f"{self.job} {part}".encode()


def begin() -> tuple[UUID, str]:
    """Give a new file that waits, and its key in the form in which a session holds it; sweep away old ones."""
    sweep()
    return uuid4(), base64.b64encode(os.urandom(KEY_LENGTH)).decode()


def find(job: UUID, held: str) -> Waiting:
    """Give the file of a key that a session holds."""
    return Waiting(job, base64.b64decode(held))


def sweep() -> None:
    """Remove what nobody decided about for an hour."""
    for path in _folder().iterdir():
        if time.time() - path.stat().st_mtime > KEPT_FOR:
            path.unlink(missing_ok=True)


def work_beside(waiting: Waiting, what: str, language: str, work: Callable[[], None]) -> None:
    """Begin some work beside the pages; of what breaks off the log says only which kind of error it was."""
    Thread(target=_work, args=(waiting, what, language, work)).start()


def _work(waiting: Waiting, what: str, language: str, work: Callable[[], None]) -> None:
    try:
        with translation.override(language):
            work()
    except Exception as error:  # noqa: BLE001 - nobody waits for this thread, and its text may hold what was sent
        log.error("%s stopped: %s", what, type(error).__name__)
        waiting.tell(Stage("stopped"))
    finally:
        connection.close()


def _folder() -> Path:
    folder = Path(settings.DATA_FOLDER) / FOLDER
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder


def _write(path: Path, content: bytes) -> None:
    """Write a file for the program alone; whoever reads it meanwhile gets the one before."""
    aside = path.with_suffix(f"{path.suffix}-{uuid4().hex}")
    aside.touch(mode=0o600)
    aside.write_bytes(content)
    aside.replace(path)
