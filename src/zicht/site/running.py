"""Run one command: prepare its surroundings, and turn what goes wrong around it into a sentence."""

import errno
import os
import secrets
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

import django
from django.core.management import BaseCommand, execute_from_command_line, load_command_class
from django.db import DatabaseError, InterfaceError, OperationalError, ProgrammingError
from django.utils import translation

from zicht.site.cli import HELP, command_files
from zicht.site.demo import use_demo_settings
from zicht.site.env import SettingsError
from zicht.words import VocabularyError

# These work on a file alone, without settings or database, so that anybody can use them.
WITHOUT_SETTINGS = frozenset({"check-visitor-page", "desk-key", "estimate", "protect", "read", "synthesize"})
READ_INTO = "read-into"
STOPPED, NOBODY_READS = 130, 141  # exit codes that a shell gives to Ctrl-C and to a closed pipe
NOT_READY = "The database has no tables yet, or those of an older version. Run: zicht migrate"
NOT_USABLE = (
    "The database cannot be used. Is the server running, and does ZICHT_DATABASE_URL, or the file zicht.sqlite3 in "
    "ZICHT_DATA, point to the right place?"
)


def run(words: list[str]) -> int | str:
    """Run a command and give its exit code, or the sentence to end with."""
    try:
        try:
            _run(words)
        finally:
            sys.stdout.flush()  # here, where a pipe that nobody reads is no stack trace yet
    except SettingsError as error:
        return "Zicht does not start:\n" + "\n".join(f"- {problem}" for problem in error.problems)
    except VocabularyError as error:
        return f"Zicht does not start: {error}"
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        # Otherwise Python complains once more when it closes the pipe itself.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return NOBODY_READS
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        return "There is no room left to write to."
    except DatabaseError as error:
        # Its text may repeat a value; a broken rule of the data is a mistake of the program, not of the surroundings.
        if type(error) not in (OperationalError, ProgrammingError, DatabaseError):
            raise
        return sentence_for(error)
    except InterfaceError:
        return NOT_USABLE
    return 0


def sentence_for(error: DatabaseError) -> str:
    """Say what to do about a database that does not answer as it should."""
    text = str(error)
    is_table = "no such table" in text or "no such column" in text or ("relation" in text and "not exist" in text)
    return NOT_READY if is_table else NOT_USABLE


def _run(words: list[str]) -> None:
    name, rest = _named(words)
    if name == "--version":
        sys.stdout.write(f"zicht {version('zicht')}\n")
        return
    file = command_files().get(name)
    if file is not None and name in WITHOUT_SETTINGS:
        _load(file).run_from_argv(["zicht", name, *rest])
        return
    _use_settings(name, rest)
    if file is None:
        execute_from_command_line(["zicht", *words])
        return
    django.setup()
    with translation.override("en"):  # the documentation of the commands is in English, and so is what they say
        _load(file).run_from_argv(["zicht", name, *rest])


def _named(words: list[str]) -> tuple[str, list[str]]:
    """Give the command and its words; with --into reading needs settings and a database, without it none."""
    name, rest = words[0], words[1:]
    return (READ_INTO, rest) if name == "read" and _into(rest) is not None else (name, rest)


def _into(rest: list[str]) -> str | None:
    """Give what stands behind --into; None when it is not asked."""
    for at, word in enumerate(rest):
        if word.startswith("--into="):
            return word.removeprefix("--into=")
        if word == "--into":
            return rest[at + 1] if at + 1 < len(rest) else ""
    return None


def _load(file: Path) -> BaseCommand:
    room = f"zicht.{file.parent.parent.parent.name}"
    return load_command_class(room, file.stem)


def _use_settings(name: str, rest: list[str]) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zicht.site.settings")
    if HELP & set(rest):
        # Somebody asks for help before there are settings, and help touches no data.
        nothing = {"ZICHT_SECRET_KEY": secrets.token_urlsafe(64), "ZICHT_HOSTS": "localhost"}
        for given in [given for given in os.environ if given.startswith("ZICHT_")]:
            del os.environ[given]
        os.environ.update(nothing, ZICHT_DATA=tempfile.gettempdir())
    elif name == "demo" or (name == READ_INTO and _into(rest) == "demo"):
        use_demo_settings()
