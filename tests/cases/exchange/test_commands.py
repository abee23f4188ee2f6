"""The two commands: what they say, what they write, and for whom they do nothing."""

from pathlib import Path

import pytest
import pyzipper
from django.core.management import CommandError, call_command
from tests.cases.cast import Cast
from tests.cases.exchange.files import ROW, as_csv, row

from zicht.cases.models import Person, Share

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "htcds.csv"
    path.write_bytes(as_csv([ROW, row(2, prs_FirstName="Noor")]))
    return path


def test_a_file_is_read_and_what_that_cost_is_said(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}")
    said = capsys.readouterr().out
    assert "Read into the register:\n  2 rows: 2 persons, 2 cases, 2 episodes, 2 places." in said
    assert "prs_FirstName: 1 time: left out on purpose and stored nowhere." in said
    assert "Noor" not in said
    assert Person.objects.count() == 2


def test_a_dry_run_stores_nothing(cast: Cast, file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}", "--dry-run")
    assert "Nothing was stored. The file would become:" in capsys.readouterr().out
    assert Person.objects.count() == 0


@pytest.mark.parametrize("extra", [["--dry-run"], []])
def test_mistakes_are_told_by_row_and_column(cast: Cast, file: Path, extra: list[str]) -> None:
    file.write_bytes(as_csv([ROW, row(2, prs_Gender="x")]))
    with pytest.raises(CommandError, match=r"Row 3, column prs_Gender: Choose one of the terms of “Gender”\."):
        call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}", *extra)
    assert Person.objects.count() == 0


def test_somebody_without_the_right_and_nobody_cannot_import(cast: Cast, file: Path) -> None:
    for login in (cast.analyst.login, "nobody"):
        with pytest.raises(CommandError):
            call_command("import_register", str(file), "--as=htcds", f"--account={login}")
    assert Person.objects.count() == 0


def test_a_file_that_is_not_there_is_named(cast: Cast, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"There is no file none\.csv"):
        call_command("import_register", str(tmp_path / "none.csv"), "--as=htcds", f"--account={cast.case_worker.login}")


def export(cast: Cast, path: Path, *extra: str) -> None:
    given = ["--as=plain", f"--account={cast.case_worker.login}", f"--to={cast.stranger.org}", *extra]
    call_command("export_register", str(path), *given)


def test_a_file_for_a_recipient_is_written_for_its_maker_alone(
    cast: Cast, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}")
    path = tmp_path / "out.csv"
    export(cast, path, "--basis=a6_public", "--necessity=Counted once a year.")
    assert path.read_text(encoding="utf-8").startswith("case.case_id,")
    assert path.stat().st_mode & 0o077 == 0
    assert "2 persons in 2 rows." in capsys.readouterr().out
    assert Share.objects.count() == 2
    with pytest.raises(CommandError, match="already"):
        export(cast, path, "--basis=a6_public", "--necessity=Counted once a year.")


def test_a_locked_file_is_written_beside_its_password(
    cast: Cast, file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}")
    export(cast, tmp_path / "out.csv", "--basis=a6_public", "--necessity=Counted once a year.", "--lock")
    password = capsys.readouterr().out.rsplit(" ", 1)[1].strip()
    with pyzipper.AESZipFile(tmp_path / "out.csv.zip") as archive:
        assert archive.read("zicht-plain.csv", pwd=password.encode()).startswith(b"case.case_id,")
    assert not (tmp_path / "out.csv").exists()
    assert set(Share.objects.values_list("locked", flat=True)) == {True}


def test_without_a_basis_no_file_is_written(cast: Cast, file: Path, tmp_path: Path) -> None:
    call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}")
    with pytest.raises(CommandError):
        export(cast, tmp_path / "out.csv")
    assert not (tmp_path / "out.csv").exists()


def test_a_dry_run_of_an_export_writes_nothing(cast: Cast, file: Path, tmp_path: Path) -> None:
    call_command("import_register", str(file), "--as=htcds", f"--account={cast.case_worker.login}")
    export(cast, tmp_path / "out.csv", "--basis=a6_public", "--necessity=x", "--dry-run")
    assert not (tmp_path / "out.csv").exists()
    assert Share.objects.count() == 0
