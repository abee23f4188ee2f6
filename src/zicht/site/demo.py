"""Settings of the demo: a folder of its own, keys of its own, and never the data of a real organisation."""

import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from zicht.site.env import PREFIX

FOLDER = Path("var") / "demo"


def use_demo_settings(environment: MutableMapping[str, str] = os.environ, folder: Path | None = None) -> Path:
    """Set every ZICHT_ variable for the demo; what was set for a real organisation is put aside.

    Returns the absolute folder that holds all the demo writes. Removing it removes the demo.
    """
    folder = (folder or FOLDER).absolute()
    keys = folder / "keys"
    keys.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in [name for name in environment if name.startswith(PREFIX)]:
        del environment[name]
    environment.update(
        ZICHT_DEMO="yes",
        ZICHT_DATA=str(folder),
        ZICHT_KEYS=str(keys),
        ZICHT_SECRET_KEY=kept_secret(keys / "secret_key", 64),
        ZICHT_HOSTS="localhost,127.0.0.1",
        ZICHT_HTTPS="no",
        ZICHT_REQUIRE_SECOND_FACTOR="no",
    )
    return folder


def kept_secret(file: Path, length: int) -> str:
    """Give the secret in a file only its owner can read, made at the first call (`length` in random bytes)."""
    if not file.exists() or not file.read_text(encoding="ascii"):
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(length), encoding="ascii")
    return file.read_text(encoding="ascii")
