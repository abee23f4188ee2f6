"""Importing: all of a file or nothing, and never a step back that nobody asked for."""

import datetime as dt
import gzip
import hashlib
import shutil
from itertools import islice
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from tests.figures.files import line, write_bytes, write_csv, write_xlsx

from zicht.figures import actions, errors, queries
from zicht.figures.actions import Allowed, import_glotip, import_shipped_totals
from zicht.figures.models import OutsideCell, OutsideEdition

pytestmark = pytest.mark.django_db
LATER = "glotip_2025-11-02.csv"


def state() -> tuple[int, int, list[int | None]]:
    values = OutsideCell.objects.order_by("row").values_list("value", flat=True)
    return OutsideEdition.objects.count(), OutsideCell.objects.count(), list(values)


def test_an_edition_says_which_file_it_was(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line("<5"), line("1,222", 2011))
    imported = import_glotip(path)
    edition = OutsideEdition.objects.get()
    assert (edition.source_code, edition.dated, edition.rows) == ("GLOTIP", dt.date(2025, 4, 14), 2)
    assert edition.file_hash == hashlib.sha256(path.read_bytes()).hexdigest()
    assert edition.citation == "UNODC, Global Report on Trafficking in Persons data, dataunodc.un.org"
    assert imported.censored == 1


def test_every_stored_cell_would_pass_the_check_of_the_words(edition: OutsideEdition) -> None:
    cells = list(OutsideCell.objects.all())
    assert len(cells) == edition.rows
    for cell in cells:
        cell.refuse_if_wrong()


def test_a_cell_without_value_and_bound_cannot_be_stored(edition: OutsideEdition) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE figures_outsidecell SET value = NULL, below = NULL")
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE figures_outsidecell SET value = 3, below = 5")


def test_a_newer_edition_takes_the_place_of_the_one_before_which_leaves_its_line(tmp_path: Path) -> None:
    import_glotip(write_csv(tmp_path, line("668")))
    import_glotip(write_csv(tmp_path, line("669"), line("<5"), name=LATER))
    assert state() == (2, 2, [669, None])
    in_use = queries.edition_in_use()
    assert in_use is not None
    assert in_use.dated == dt.date(2025, 11, 2)


@pytest.mark.parametrize("wrong", ["?", "1.013", ""])
def test_one_wrong_cell_at_the_end_changes_nothing(tmp_path: Path, wrong: str) -> None:
    import_glotip(write_csv(tmp_path, line("668")))
    before = state()
    with pytest.raises(errors.WrongCells):
        import_glotip(write_csv(tmp_path, *[line()] * 5_000, line(wrong), name=LATER))
    assert state() == before


def test_a_failure_while_writing_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import_glotip(write_csv(tmp_path, line("668")))
    before = state()
    monkeypatch.setattr(actions, "BATCH", 2)
    monkeypatch.setattr(actions, "uuid4", iter([*map(dt.date.fromordinal, range(1, 4))]).__next__)
    with pytest.raises(Exception, match=r"."):
        import_glotip(write_csv(tmp_path, *[line()] * 9, name=LATER))
    assert state() == before


def test_the_file_in_use_is_not_imported_twice_under_any_name(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line())
    import_glotip(path)
    before = state()
    shutil.copy(path, tmp_path / LATER)
    with pytest.raises(errors.AlreadyImported) as caught:
        import_glotip(tmp_path / LATER, allowed=Allowed(fewer_rows=True, older=True))
    assert "imported before" in str(caught.value)
    assert state() == before


def test_a_file_cut_off_at_the_end_of_a_row_is_recognised_by_its_fewer_rows(tmp_path: Path) -> None:
    import_glotip(write_csv(tmp_path, line("1"), line("2"), line("3")))
    before = state()
    cut = write_csv(tmp_path, line("1"), line("2"), name=LATER)
    with pytest.raises(errors.FewerRows) as caught:
        import_glotip(cut)
    assert "has 2 rows, and the one in use has 3" in str(caught.value)
    assert state() == before
    import_glotip(cut, allowed=Allowed(fewer_rows=True))
    assert state() == (2, 2, [1, 2])


def test_a_cut_file_about_several_countries_is_recognised_without_one_in_use(tmp_path: Path) -> None:
    cut = write_csv(tmp_path, line("1"), line("2", Iso3_code="BGR", Country="Bulgaria"))
    with pytest.raises(errors.PartOfFile) as caught:
        import_glotip(cut)
    assert "has 2 rows about 2 countries, and UNODC's whole file has more than 50,000" in str(caught.value)
    assert "--fewer-rows" in str(caught.value)
    assert state() == (0, 0, [])
    import_glotip(cut, allowed=Allowed(fewer_rows=True))
    assert state() == (1, 2, [1, 2])


def test_half_of_the_whole_file_is_refused_and_the_whole_file_and_the_dutch_one_are_not(
    tmp_path: Path, shared: Path
) -> None:
    folder = shared / "data" / "glotip"
    dutch = import_glotip(folder / "glotip_netherlands.csv", dated=dt.date(2025, 4, 1))
    assert (dutch.edition.rows, dutch.countries) == (1_311, 1)
    with gzip.open(folder / "glotip_2025-04-14.csv.gz") as packed:
        half = write_bytes(tmp_path, b"".join(islice(packed, 30_000)))
    with pytest.raises(errors.PartOfFile):
        import_glotip(half)
    whole = import_glotip(folder / "glotip_2025-04-14.csv.gz")
    assert (whole.edition.rows, whole.countries, whole.first_year, whole.last_year) == (58_743, 198, 2003, 2022)


def test_an_older_edition_is_refused_unless_asked_for(tmp_path: Path) -> None:
    import_glotip(write_csv(tmp_path, line("1"), name=LATER))
    before = state()
    old = write_csv(tmp_path, line("2"))
    with pytest.raises(errors.OlderEdition):
        import_glotip(old)
    assert state() == before
    import_glotip(old, allowed=Allowed(older=True))
    assert state() == (2, 1, [2])


def test_a_file_without_a_date_is_imported_and_can_be_given_its_date_afterwards(tmp_path: Path) -> None:
    path = write_csv(tmp_path, line(), name="figures.csv")
    assert import_glotip(path).edition.dated is None
    with pytest.raises(errors.AlreadyImported):
        import_glotip(path)
    assert import_glotip(path, dated=dt.date(2024, 1, 31)).edition.dated == dt.date(2024, 1, 31)


def test_the_date_inside_a_workbook_counts(tmp_path: Path) -> None:
    assert import_glotip(write_xlsx(tmp_path, line())).edition.dated == dt.date(2025, 4, 14)


def test_a_date_that_has_yet_to_come_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.DateAhead):
        import_glotip(write_csv(tmp_path, line()), dated=dt.date(2999, 1, 1))
    assert state() == (0, 0, [])


def test_the_totals_that_come_with_zicht_are_imported_once_and_never_over_other_figures(tmp_path: Path) -> None:
    first = import_shipped_totals()
    assert import_shipped_totals() == first
    import_glotip(write_csv(tmp_path, line(), name=LATER), allowed=Allowed(fewer_rows=True))
    import_shipped_totals()
    assert state() == (2, 1, [1013])
