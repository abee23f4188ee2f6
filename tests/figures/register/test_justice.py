"""F13: what a justice partner delivers is counted as the file says, protected, and refused where it is wrong."""

import csv
import io
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests.figures.register.made import DAY, YEAR, register_of

from zicht.figures.justice.keeping import import_delivery, read_justice
from zicht.figures.justice.splits import STAGES, codes_of_split, splits
from zicht.figures.models import OutsideCell, OutsideEdition
from zicht.figures.register.counting import count_tables
from zicht.figures.register.pages import make_texts
from zicht.figures.register.releases import Release, make_release

SOURCE = "Openbaar Ministerie (verzonnen)"
HEAD = "year,stage,split,category,count"
USUAL = f"{HEAD}\n{YEAR},convicted,total,total,40\n{YEAR},convicted,gender,f,3\n{YEAR},convicted,gender,m,30\n"


def write(folder: Path, text: str) -> Path:
    path = folder / "delivery.csv"
    path.write_text(text, encoding="utf-8")
    return path


def release_at(level: str) -> Release:
    return make_release(register_of([]), level, DAY, read_justice(YEAR))


@st.composite
def deliveries(draw: st.DrawFn) -> dict[tuple[str, str, str], int]:
    """Give counts by stage, split and category, with a total for each stage that has any."""
    counts: dict[tuple[str, str, str], int] = {}
    for stage in draw(st.sets(st.sampled_from(STAGES), min_size=1)):
        most = 0
        for split in draw(st.sets(st.sampled_from(splits()))):
            codes = draw(st.sets(st.sampled_from([*codes_of_split(split), "unknown"]), min_size=1))
            given_by = {(stage, split, code): draw(st.integers(0, 60)) for code in codes}
            counts |= given_by
            most = max(most, sum(given_by.values()))
        counts[stage, "total", "total"] = most + draw(st.integers(0, 9))
    return counts


def recount(counts: dict[tuple[str, str, str], int]) -> Counter[tuple[str, str, str]]:
    """Give every number of the table by stage, split and column, as somebody with the file and a pencil would."""
    found: Counter[tuple[str, str, str]] = Counter()
    for (stage, _total, _everybody), whole in [one for one in counts.items() if one[0][1] == "total"]:
        for split in splits():
            told = {code: n for (at, by, code), n in counts.items() if (at, by) == (stage, split) and code != "unknown"}
            found.update({(stage, split, code): number for code, number in told.items()})
            found[stage, split, "known"] = sum(told.values())
            found[stage, split, "unknown"] = whole - sum(told.values())
            found[stage, split, "total"] = whole
    return +found


class TestRecount(TestCase):
    @settings(max_examples=15)
    @given(deliveries())
    def test_every_number_is_that_of_the_file_and_nothing_is_added_over_stages(
        self, counts: dict[tuple[str, str, str], int]
    ) -> None:
        out = io.StringIO()
        writer = csv.writer(out)
        writer.writerow(HEAD.split(","))
        writer.writerows([YEAR, *name, number] for name, number in counts.items())
        with TemporaryDirectory() as folder:
            import_delivery(write(Path(folder), out.getvalue()), SOURCE)
        found = {
            (row.code, block.cols.name, col.code): number
            for block in count_tables(read_justice(YEAR))
            for row, line in zip(block.rows.places, block.counts.tolist(), strict=True)
            for col, number in zip(block.cols.places, line, strict=True)
            if number
        }
        assert found == dict(recount(counts))


@pytest.mark.django_db
def test_a_small_number_of_a_delivery_is_hidden_with_one_more_and_no_stage_is_a_share_of_another(
    tmp_path: Path,
) -> None:
    import_delivery(write(tmp_path, USUAL), SOURCE)
    block = release_at("public").tables["F13"].blocks[0]
    (row,) = [place for place in block.rows.places if place.code == "convicted"]
    shown = {col.code: block.cell(row, col).value for col in block.cols.places}
    assert (shown["f"], shown["unknown"], shown["total"]) == (None, None, 40)
    assert shown["m"] is None or shown["known"] is None
    blocks = release_at("internal").tables["F13"].blocks
    assert all(cell.share is None for one in blocks for line in one.cells for cell in line)


@pytest.mark.django_db
def test_the_table_says_who_delivered_it_and_what_was_counted(tmp_path: Path) -> None:
    import_delivery(write(tmp_path, USUAL), SOURCE)
    texts = make_texts(release_at("internal"), "F13")
    assert texts.said.head == f"Delivered on {YEAR}: persons convicted 40."  # of other stages nobody said anything
    assert any(SOURCE in note for note in texts.notes)
    OutsideEdition.objects.all().delete()
    assert "No figures of justice partners" in make_texts(release_at("internal"), "F13").said.head


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"{YEAR},convicted,gender,f,4\n", "an earlier row gave"),
        (f"{YEAR},convicted,is_minor,yes,41\n", "counts 41 persons and the total is 40"),
        (f"{YEAR},prosecuted,gender,f,4\n", "no total for prosecuted"),
        (f"{YEAR},judged,total,total,4\n", "“judged” is not one of formal_contact"),
        (f"{YEAR},convicted,gender,woman,4\n", "“woman” is not one of f, m"),
        (f"{YEAR},convicted,citizenship_group,nl,<5\n", "“<5” is not a whole number"),
        ("2999,convicted,total,total,4\n", "“2999” is not a year"),
        (f"{YEAR},convicted,4\n", "exactly these columns"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_row_and_the_delivery_before_stays(
    tmp_path: Path, line: str, said: str
) -> None:
    import_delivery(write(tmp_path, USUAL), SOURCE)
    before = OutsideEdition.objects.get()
    with pytest.raises(CommandError, match="Nothing was imported") as refused:
        call_command("import_justice", write(tmp_path, USUAL + line), source=SOURCE)
    assert said in str(refused.value)
    assert (OutsideEdition.objects.get(), OutsideCell.objects.count()) == (before, 3)
