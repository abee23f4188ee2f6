"""Bring up what the tests need beside Python: packages of the system, and a PostgreSQL server that is thrown away."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from urllib.parse import quote

# Debian's names. The first entry of a pair is asked for before the second, so that it can be set up in between.
PACKAGES = {"PostgreSQL": ("postgresql-common", "postgresql"), "Chromium": ("chromium-headless-shell",)}
# Its pages are those of chromium, and opening one takes it half as long: it has no window to draw them in.
BROWSERS = ("chromium-headless-shell", "chromium")
CLUSTER_SETTINGS = Path("/etc/postgresql-common/createcluster.conf")
# Whoever reaches the socket in its closed folder is let in.
FILES = ["--username=zicht", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
# Safety against power cuts costs time, and nothing of this server is kept. Nor do small tables repay compiled queries.
CARELESS = ["-c", "fsync=off", "-c", "full_page_writes=off", "-c", "synchronous_commit=off", "-c", "jit=off"]
Command = Sequence[str | Path]
WAIT = 30  # seconds for the server to start


class InstallError(Exception):
    """Raised with the last lines of the package manager when it could not install something."""


def find_chromium() -> str | None:
    """Give the path of Chromium, if it is there: the one without windows, or else the whole browser."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


def find_postgresql() -> Path | None:
    """Give the folder with PostgreSQL's programs, newest version first; Debian keeps them off the path."""
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True
    )
    on_path = shutil.which("initdb")
    candidates = [*folders, *([Path(on_path).parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def missing() -> list[str]:
    """Name the services that are not on this machine."""
    found = {"PostgreSQL": find_postgresql(), "Chromium": find_chromium()}
    return [name for name, place in found.items() if place is None]


def may_install() -> bool:
    """Answer whether this process may install Debian packages."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(names: list[str]) -> None:
    """Install the services with apt-get, without what is only recommended and without a server that runs on."""
    _apt("update")
    if "PostgreSQL" in names:
        _apt("install", PACKAGES["PostgreSQL"][0])
        _keep_package_from_starting_a_server()
    _apt("install", *(PACKAGES[name][-1] for name in names))


def _keep_package_from_starting_a_server() -> None:
    text = CLUSTER_SETTINGS.read_text(encoding="utf-8")
    CLUSTER_SETTINGS.write_text(
        text.replace("#create_main_cluster = true", "create_main_cluster = false"), encoding="utf-8"
    )


def _apt(verb: str, *packages: str) -> None:
    command = ["apt-get", "-qq", "--yes", "--no-install-recommends", verb, *packages]
    surroundings = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(command, env=surroundings, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        raise InstallError("\n".join((done.stdout + done.stderr).strip().splitlines()[-5:]))


@contextmanager
def postgresql(settings: Sequence[str] = CARELESS) -> Iterator[str]:
    """Run a server on a Unix socket in a temporary folder, reachable for nobody else, and yield its address."""
    programs = find_postgresql()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="zicht-postgresql-"))
    owner = _unprivileged_user()
    if owner:
        shutil.chown(folder, owner, owner)
    try:
        server = _start(programs, folder, owner, settings)
        try:
            yield f"postgresql://zicht@{quote(str(folder), safe='')}/zicht"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unprivileged_user() -> str | None:
    """Name the user to run as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    return "postgres" if any(user.pw_name == "postgres" for user in pwd.getpwall()) else "nobody"


def _start(programs: Path, folder: Path, owner: str | None, settings: Sequence[str]) -> subprocess.Popen[bytes]:
    data = folder / "data"
    initdb: Command = [programs / "initdb", "-D", data, *FILES]
    server: Command = [programs / "postgres", "-D", data, "-k", folder, "-c", "listen_addresses=", *settings]
    with (folder / "log").open("wb") as log:
        if _run_as(owner, initdb, folder, log).wait():
            raise InstallError("PostgreSQL could not make its files:\n" + _end_of(folder / "log"))
        process = _run_as(owner, server, folder, log)
    _wait_until_ready(programs, folder, process)
    return process


def _run_as(owner: str | None, command: Command, folder: Path, log: IO[bytes]) -> subprocess.Popen[bytes]:
    # A session of its own: Ctrl-C goes to the tests, and the server is stopped after them.
    return subprocess.Popen(
        command,
        cwd=folder,
        stdout=log,
        stderr=log,
        start_new_session=True,
        user=owner,
        group=pwd.getpwnam(owner).pw_gid if owner else None,
        extra_groups=[] if owner else None,
    )


def _end_of(log: Path) -> str:
    return log.read_text(encoding="utf-8", errors="replace")[-2000:]


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    asked: Command = [programs / "pg_isready", "-q", "-h", folder, "-U", "zicht", "-d", "postgres"]
    for _ in range(WAIT * 10):
        if server.poll() is not None:
            break
        if subprocess.run(asked).returncode == 0:
            return
        try:
            server.wait(0.1)
        except subprocess.TimeoutExpired:
            continue
    raise InstallError("PostgreSQL did not start:\n" + _end_of(folder / "log"))


def _stop(server: subprocess.Popen[bytes]) -> None:
    """Stop without waiting for connections that somebody forgot to close."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
