"""Read settings from environment variables: typed, all problems at once, nothing guessed."""

import difflib
import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, unquote, urlsplit

PREFIX = "ZICHT_"
FEWEST_DIFFERENT = 10  # characters of a secret
HOST = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*|\[[0-9a-f:]+\]", re.IGNORECASE)
T = TypeVar("T")


class SettingsError(Exception):
    """Raised with one line per setting that is missing or malformed; the values themselves are never repeated."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("Zicht does not start: " + " ".join(problems))
        self.problems = problems


class Environment:
    """Read variables one by one, remember what is wrong, and refuse once at the end."""

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self._values = values
        self.names: list[str] = []
        self.problems: list[str] = []

    def secret(self, name: str, *, at_least: int) -> str:
        """Read a secret that must be there: long enough, and not one character over and over."""

        def convert(raw: str) -> str:
            if len(raw.strip()) < at_least or len(set(raw)) < FEWEST_DIFFERENT:
                raise ValueError(f"must have at least {at_least} characters, {FEWEST_DIFFERENT} of them different")
            return raw

        return self._read(name, None, convert, "")

    def flag(self, name: str, default: bool) -> bool:
        """Read `yes` or `no`; other spellings are refused, so that a typing mistake never turns a protection off."""

        def convert(raw: str) -> bool:
            if raw not in ("yes", "no"):
                raise ValueError("must be yes or no")
            return raw == "yes"

        return self._read(name, default, convert, default)

    def choice(self, name: str, options: tuple[str, ...], default: str) -> str:
        """Read one of the options."""

        def convert(raw: str) -> str:
            if raw not in options:
                raise ValueError(f"must be one of: {', '.join(options)}")
            return raw

        return self._read(name, default, convert, default)

    def hosts(self, name: str) -> list[str]:
        """Read host names separated by commas; `*` is refused because it lets others pose as this site."""

        def convert(raw: str) -> list[str]:
            hosts = [part.strip() for part in raw.split(",")]
            if not all(HOST.fullmatch(host) for host in hosts):
                raise ValueError("must be host names separated by commas, without *, https://, port or dot in front")
            return hosts

        return self._read(name, None, convert, [])

    def folder(self, name: str, default: Path | None = None) -> Path:
        """Read the absolute path of a folder that exists and can be written to."""

        def convert(raw: str) -> Path:
            path = Path(raw)
            if not path.is_absolute():
                raise ValueError("must be an absolute path")
            if not path.is_dir() or not os.access(path, os.W_OK):
                raise ValueError("must be a folder that exists and that this program may write to")
            return path

        return self._read(name, default, convert, Path("/"))

    def database(self, name: str, sqlite_file: Path) -> dict[str, Any]:
        """Read a `postgresql://` address as Django's database settings; without one it is the SQLite file."""
        return self._read(name, sqlite(sqlite_file), postgresql, {})

    def refuse_together(self, one: str, is_one: bool, other: str, is_other: bool) -> None:
        """Refuse two settings that contradict each other."""
        if is_one and is_other:
            self.problems.append(f"{one} and {other} cannot both be yes.")

    def refuse_if_wrong(self) -> None:
        """Raise SettingsError when any variable was missing, malformed or not known."""
        for name in sorted(self._values):
            if name.startswith(PREFIX) and name not in self.names:
                near = difflib.get_close_matches(name, self.names, 1)
                hint = f" Is {near[0]} meant?" if near else ""
                self.problems.append(f"{name} is not a setting of Zicht.{hint}")
        if self.problems:
            raise SettingsError(self.problems)

    def _read(self, name: str, default: T | None, convert: Callable[[str], T], otherwise: T) -> T:
        self.names.append(name)
        raw = self._values.get(name)
        if raw is None:
            if default is None:
                self.problems.append(f"{name} is missing.")
            return otherwise if default is None else default
        try:
            return convert(raw)
        except ValueError as error:
            self.problems.append(f"{name} {error}.")
            return otherwise


def sqlite(file: Path) -> dict[str, Any]:
    """Give Django's settings for one SQLite file, safe against a power cut and without traces of what was deleted."""
    pragmas = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;"
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": file,
        # IMMEDIATE: two writers wait for each other at the start instead of failing at the end.
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": pragmas},
    }


def postgresql(address: str) -> dict[str, Any]:
    """Turn `postgresql://user:password@host:port/name?option=value` into Django's database settings."""
    wrong = ValueError("must look like postgresql://user:password@host:5432/name, special characters as %XX")
    try:
        parts = urlsplit(address)
        port = str(parts.port or "")
    except ValueError:
        raise wrong from None  # the original error repeats a part of the address, which may be the password
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise wrong
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(parse_qsl(parts.query)),
    }
