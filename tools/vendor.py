"""Bundle what the chat takes from npm, and then the visitor's page as a whole: python3 -m tools.vendor."""

import gzip
import hashlib
import json
import re
import subprocess
import tempfile
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ENTRY = PROJECT / "tools" / "vendored.js"
VENDOR = PROJECT / "src" / "zicht" / "contact" / "static" / "contact" / "vendor"
PAGE = VENDOR.parent / "chat" / "page"
REPORT = VENDOR.parent / "report" / "page"
DESK = VENDOR.parent / "desk" / "page.js"
DESK_KEYS = DESK.with_name("keys_page.js")
DESK_STYLE = PROJECT / "tools" / "desk.css"
BUILT = VENDOR.parent / "built"
CHECKLIST = PROJECT / "src" / "zicht" / "signals" / "checklist" / "data"
CHECKLIST_SCRIPTS = CHECKLIST.parent / "scripts"
PACKAGES = PROJECT / "node_modules"
BUNDLE = "sealing.js"
TYPES = "sealing.d.ts"
LICENCES = "licences.txt"
LIST = "vendored.json"
ESBUILD = PACKAGES / ".bin" / "esbuild"
OPTIONS = ["--bundle", "--format=esm", "--minify", "--target=es2022", "--charset=utf8", "--legal-comments=none"]
# Of node: a script that names a module which no browser has could not be served under a hashed name.
STAND_IN = "--alias:crypto=./tools/no_node_crypto.js"


def bundle(entry: Path, *options: str) -> tuple[bytes, list[str]]:
    """Give the bundled script and the packages in it, by name."""
    with tempfile.TemporaryDirectory() as folder:
        made, listed = Path(folder) / f"made{entry.suffix}", Path(folder) / "listed.json"
        command = [str(ESBUILD), str(entry.relative_to(PROJECT)), *OPTIONS, STAND_IN, "--log-level=error", *options]
        subprocess.run([*command, f"--outfile={made}", f"--metafile={listed}"], cwd=PROJECT, check=True)
        script, inputs = made.read_bytes(), json.loads(listed.read_bytes())["inputs"]
    found = (re.search(r"node_modules/((?:@[^/]+/)?[^/]+)/", name) for name in inputs)
    return script, sorted({match[1] for match in found if match})


def make_files() -> dict[str, bytes]:
    """Give every file of the folder by its name."""
    script, names = bundle(ENTRY)
    about = [_about(name) for name in names]
    script = f"/* {_versions(about)}; see {LICENCES} */\n".encode() + script
    listed = {"file": BUNDLE, "sha256": hashlib.sha256(script).hexdigest(), "packages": about}
    return {
        BUNDLE: script,
        TYPES: ENTRY.read_bytes(),
        LICENCES: "\n\n".join(f"{name}\n\n{_licence(name)}" for name in names).encode() + b"\n",
        LIST: json.dumps(listed, indent=2).encode() + b"\n",
    }


def make_page() -> dict[str, bytes]:
    """Give scripts and styles of the visitor's page and of the desk, the same for every organisation."""
    scripts = {
        "app.js": PAGE.with_suffix(".js"),
        "report.js": REPORT.with_suffix(".js"),
        "desk.js": DESK,
        "desk-keys.js": DESK_KEYS,
    }
    styles = {"app.css": PAGE.with_suffix(".css"), "report.css": REPORT.with_suffix(".css"), "desk.css": DESK_STYLE}
    head = f"/* with {_versions(_vendored())}, see {LICENCES} */\n".encode()
    # The chat has the least room, and no forms (chat/messages.js).
    leaves_out = {"app.js": ["--define:globalThis.ONLY_TALKS=true"]}
    return {
        **{
            name: head + bundle(entry, "--format=iife", *leaves_out.get(name, ()))[0] for name, entry in scripts.items()
        },
        **{name: bundle(entry)[0] for name, entry in styles.items()},
    }


def make_checklist() -> dict[str, bytes]:
    """Give script, worker and style of the checklist, the same for every organisation."""
    head = f"/* with {_versions(_vendored())}; licences: contact/static/contact/vendor/{LICENCES} */\n".encode()
    scripts = {"checklist.js": "page.js", "worker.js": "worker.js"}
    made = {name: head + bundle(CHECKLIST_SCRIPTS / entry, "--format=iife")[0] for name, entry in scripts.items()}
    return {**made, "checklist.css": bundle(CHECKLIST_SCRIPTS / "page.css")[0]}


def _vendored() -> list[dict[str, str]]:
    packages: list[dict[str, str]] = json.loads((VENDOR / LIST).read_bytes())["packages"]
    return packages


def _versions(packages: list[dict[str, str]]) -> str:
    return ", ".join("{name} {version}".format_map(one) for one in packages)


def _about(name: str) -> dict[str, str]:
    about = json.loads((PACKAGES / name / "package.json").read_text(encoding="utf-8"))
    return {key: about[key] for key in ("name", "version", "license")}


def _licence(name: str) -> str:
    return (PACKAGES / name / "LICENSE").read_text(encoding="utf-8").strip()


def main() -> None:
    """Write the folders; pages are made of what was vendored just before."""
    for folder, make in ((VENDOR, make_files), (BUILT, make_page), (CHECKLIST, make_checklist)):
        folder.mkdir(exist_ok=True)
        for name, content in make().items():
            (folder / name).write_bytes(content)
            print(f"{name}: {len(content)} bytes, {len(gzip.compress(content, 9))} compressed")


if __name__ == "__main__":
    main()
