"""Two stewards make a root and sign with it, at a machine that has no settings, no database and no network."""

import itertools
import json
import os
import re
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from tests.contact.test_visitor_page import CONTENT, write_key

from zicht.contact.key_ceremony.root_file import make_half, make_root_file, read_public_root
from zicht.contact.key_ceremony.talking import give_halves
from zicht.contact.sealing.page_manifest import DEMO_ROOT, fingerprint, public_half
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.six_words import words_of_key, words_of_user
from zicht.contact.sealing.statements import DAY, Signed, trust_lead
from zicht.contact.sealing.vouching import Member, trust_approval
from zicht.contact.visitor_page.root_key import RootKeyError, read_root_key

ZICHT = Path(sys.executable).parent / "zicht"
ED_PK = public_half(bytes([4]) * 32)
X_PK = bytes([5]) * 32
CERTIFICATE = {"org": "org-1", "desks": ["desk-a", "desk-b"], "lead": "lead-1", "ed_pk": encode(ED_PK)}
APPROVAL = {
    **{"org": "org-1", "desk": "desk-a", "user": "user-2", "x_pk": encode(X_PK), "ed_pk": encode(ED_PK)},
    **{"first_epoch": 2, "last_epoch": 5},
}
Type = Any  # a fixture that types lines


@pytest.fixture
def type_lines(monkeypatch: pytest.MonkeyPatch) -> Type:
    """Give a way to type lines into the next command."""
    return lambda *lines: monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines)))


@pytest.fixture
def halves() -> tuple[str, str]:
    return make_half(), make_half()


@pytest.fixture
def root_file(tmp_path: Path, halves: tuple[str, str]) -> Path:
    make_root_file(tmp_path / "root.pem", *halves)
    return tmp_path / "root.pem"


def ask_for(folder: Path, request: object) -> Path:
    file = folder / "request.json"
    file.write_text(json.dumps(request), encoding="utf-8")
    return file


def test_the_program_makes_a_root_without_settings_and_only_once(tmp_path: Path) -> None:
    command = [str(ZICHT), "desk-key", "root", "root.pem"]
    bare = {"PATH": os.environ["PATH"]}
    with subprocess.Popen(
        command, cwd=tmp_path, env=bare, text=True, bufsize=1, stdin=-1, stdout=-1, stderr=-1
    ) as making:
        assert making.stdin is not None
        assert making.stdout is not None
        shown = []
        for line in making.stdout:
            shown += re.findall(r"^    ([0-9A-Z-]{32})$", line.rstrip("\n"))
            if line.startswith("    "):
                making.stdin.write("\n")
            if len(shown) == 2 and line.startswith("    "):
                making.stdin.write("".join(f"{half.lower()}\n" for half in shown))
            making.stdin.flush()
    assert making.returncode == 0
    assert stat.S_IMODE((tmp_path / "root.pem").stat().st_mode) == 0o600
    assert all(half.replace("-", "") not in (tmp_path / "root.pem").read_text() for half in shown)
    again = subprocess.run(command, cwd=tmp_path, env=bare, capture_output=True, text=True, check=False)
    assert (again.returncode, "stays as it is" in again.stderr) == (1, True)


def test_the_key_opens_with_both_halves_however_they_are_typed_and_with_nothing_less(
    root_file: Path, halves: tuple[str, str]
) -> None:
    first, second = halves
    root = read_root_key(root_file, lambda: f"{first}{second}".encode())
    assert public_half(root) == read_public_root(root_file.with_name("root.pem.pub"))
    for wrong in (first, second, second + first, first + make_half(), ""):
        with pytest.raises(RootKeyError, match="halves"):
            read_root_key(root_file, lambda wrong=wrong: wrong.encode())  # type: ignore[misc]
    with pytest.raises(RootKeyError):
        read_root_key(root_file)


def test_no_key_is_made_when_a_half_was_written_down_wrongly(tmp_path: Path) -> None:
    answers: Iterator[str] = itertools.chain(["", ""], [make_half(), make_half()])
    with pytest.raises(RootKeyError, match="begin again"):
        give_halves(StringIO(), lambda _question: next(answers))


def test_a_root_is_shown_by_fingerprint_and_words(
    root_file: Path, halves: tuple[str, str], type_lines: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    public = read_public_root(root_file.with_name("root.pem.pub"))
    call_command("desk_key", "show", root_file.with_name("root.pem.pub"))
    shown = capsys.readouterr().out
    for part in (encode(public), fingerprint(public), words_of_key(public, "nl"), words_of_key(public, "en")):
        assert part in shown
    type_lines(*halves)
    call_command("desk_key", "show", root_file)
    assert capsys.readouterr().out == shown
    with pytest.raises(CommandError, match=r"ends in \.pub"):
        call_command("desk_key", "show", ask_for(root_file.parent, {}))


def test_a_certificate_is_signed_after_both_compared_the_words(
    root_file: Path, halves: tuple[str, str], type_lines: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    request = ask_for(root_file.parent, CERTIFICATE)
    type_lines("yes", *halves)
    call_command("desk_key", "certificate", root_file, request, "--days", "30")
    out, err = capsys.readouterr()
    public = read_public_root(root_file.with_name("root.pem.pub"))
    lead = trust_lead(Signed.from_json(json.loads(out)), public, "org-1", int(time.time()))
    assert (lead.desks, lead.lead, lead.ed_pk) == (("desk-a", "desk-b"), "lead-1", ED_PK)
    assert lead.not_after - lead.not_before == 30 * DAY
    assert words_of_key(ED_PK, "nl") in err
    type_lines("no", *halves)
    with pytest.raises(CommandError, match="Nothing was signed"):
        call_command("desk_key", "certificate", root_file, request)


@pytest.mark.parametrize(
    ("change", "days"),
    [
        ({}, "91"),
        ({}, "0"),
        ({"desks": []}, "90"),
        ({"desks": ["b", "a"]}, "90"),
        ({"lead": "Anna B"}, "90"),
        ({"lead": 1}, "90"),
        ({"ed_pk": "AAAA"}, "90"),
        ({"more": 1}, "90"),
    ],
)
def test_what_no_browser_would_take_is_not_signed(
    root_file: Path, type_lines: Type, change: dict[str, object], days: str
) -> None:
    type_lines("yes")
    with pytest.raises(CommandError):
        call_command(
            "desk_key", "certificate", root_file, ask_for(root_file.parent, {**CERTIFICATE, **change}), "--days", days
        )


def test_a_steward_approves_for_the_keys_that_were_compared(
    root_file: Path, halves: tuple[str, str], type_lines: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    written = root_file.with_name("approval.json")
    type_lines("yes", *halves)
    call_command("desk_key", "approve", root_file, ask_for(root_file.parent, APPROVAL), "--write", written)
    assert words_of_user("org-1", "user-2", X_PK, ED_PK, "en") in capsys.readouterr().err
    signed = Signed.from_json(json.loads(written.read_text()))
    member = Member("org-1", "desk-a", "user-2", X_PK, ED_PK)
    public = read_public_root(root_file.with_name("root.pem.pub"))
    found = trust_approval(signed, member, 5, {}, public, int(time.time()))
    assert (found.by, found.lead) == ("org-1", None)


def test_the_root_of_the_demo_signs_nobody(tmp_path: Path, type_lines: Type) -> None:
    file = write_key(tmp_path / "demo.pem", key=DEMO_ROOT)
    type_lines("yes")
    with pytest.raises(CommandError, match="demo"):
        call_command("desk_key", "certificate", file, ask_for(tmp_path, CERTIFICATE))


def test_a_page_for_visitors_is_signed_with_the_same_file(
    root_file: Path, halves: tuple[str, str], type_lines: Type, capsys: pytest.CaptureFixture[str]
) -> None:
    content = ask_for(root_file.parent, CONTENT)
    type_lines(*halves)
    call_command("build_visitor_page", content, root_file.parent / "page", "--root-key", root_file)
    assert fingerprint(read_public_root(root_file.with_name("root.pem.pub"))) in capsys.readouterr().out
    type_lines(make_half(), make_half())
    with pytest.raises(CommandError, match="halves"):
        call_command("build_visitor_page", content, root_file.parent / "other", "--root-key", root_file)
