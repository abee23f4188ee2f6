"""Tables of policy that are wrong in every way are refused in words, and nothing that was known is lost."""

import datetime as dt
import io
import unicodedata
from collections.abc import Sequence

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.barriers.cast import TODAY, Cast
from tests.barriers.test_policy import ADDRESS, csv_of, examined, row
from tests.people.conftest import SignIn

from zicht import words
from zicht.barriers.models import BarrierEvent, Policy
from zicht.barriers.policy.actions import TakenIn, take_in
from zicht.barriers.policy.importing import NoPolicyError, examine
from zicht.reading import tables

FOUND = ["municipality", "state", "source", "checked_on"]


def workbook(*rows: Sequence[object]) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    for one in rows:
        book.active.append(list(one))  # type: ignore[union-attr]
    book.save(out)
    return out.getvalue()


def reasons_of(content: bytes, encoding: str = tables.UTF_8) -> list[str]:
    return [" ".join(one.reasons) for one in examine(content, tables.TextForm(encoding, "")).refused]


# --- what a file says -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"municipality,state,source,checked_on\n", "no row below"),
        (csv_of(*[row()] * 10_000), "1,000"),
        (csv_of({"gemeente": "Amsterdam", "stand": "x"}), "no column"),
        (
            "municipality;state;source;checked_on\nS\xfadwest-Frysl\xe2n;adopted;Raad;2026-03-01\n".encode("latin-1"),
            "UTF-8",
        ),
        (b"%PDF-1.7 no table", "PDF"),
        (b"PK\x03\x04 not a workbook at all", "damaged"),
        (csv_of(row(source="x" * 30_000)), "shorten it"),
        (b"municipality,state,source,checked_on\nAmsterdam,adopted,Council,2026-03-01,x\n", "row 2"),
    ],
    ids=[
        "empty",
        "lines",
        "only names",
        "10,000 rows",
        "other columns",
        "other encoding",
        "pdf",
        "zip",
        "cell",
        "ragged",
    ],
)
def test_a_file_that_is_no_table_of_policy_is_refused_in_a_sentence_and_changes_nothing(
    cast: Cast, sign_in: SignIn, content: bytes, sentence: str
) -> None:
    cast.policy()
    file = SimpleUploadedFile("policy.csv", content, "text/csv")
    page = sign_in(cast.keeper).post(f"{ADDRESS}take-in/", file=file, encoding=tables.UTF_8)
    text = page.content.decode()
    assert page.status_code == 200
    told = text[text.index("error") :].casefold()
    assert sentence.casefold() in told, told[:800]
    assert (Policy.objects.get().version, BarrierEvent.objects.count()) == (1, 1)


@pytest.mark.parametrize("encoding", [tables.UTF_8, tables.WINDOWS_1252])
def test_names_with_accents_are_read_in_both_encodings(encoding: str) -> None:
    content = csv_of(row(municipality="Súdwest-Fryslân")).decode().encode(encoding)
    found = examine(content, tables.TextForm(encoding, ""))
    assert [words.municipalities()[town].name for town, _values in found.right] == ["Súdwest-Fryslân"]


def test_columns_that_are_missing_are_named_at_once_and_others_are_said_to_be_left_out(
    cast: Cast, sign_in: SignIn
) -> None:
    with pytest.raises(NoPolicyError, match=r"“.+” (en|and) “.+”"):
        examine(csv_of({"municipality": "Amsterdam", "state": "adopted"}), tables.COMMAS_IN_UTF_8)
    file, browser = SimpleUploadedFile("policy.csv", csv_of(row(mayor="x")), "text/csv"), sign_in(cast.keeper)
    browser.post(f"{ADDRESS}take-in/", file=file, encoding=tables.UTF_8)
    assert "“mayor”" in browser.get(ADDRESS).content.decode()
    assert Policy.objects.get().municipality == "GM0363"


# --- what a row says --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "is_right"),
    [
        ("2026-03-01", True), ("1-3-2026", True), ("01.03.2026", True), ("2026-03-01 00:00:00", True),
        ("2026-03-01 until May", False), ("20260301", False), ("1/3/2026", False), ("31-2-2026", False),
        ("25/02/2026", True), ("2/2/2026", True), ("02/25/2026", False), ("12/1/2026", False),
        ("2026-W09-7", False), ("46082", False), ("March 2026", False), ("2126-03-01", False), ("٢٠٢٦-03-01", False),
    ],
)  # fmt: skip
def test_a_day_is_read_as_it_is_written_or_refused(day: str, is_right: bool) -> None:
    right, refused = examined(row(checked_on=day))
    assert (right, len(refused)) == ((1, 0) if is_right else (0, 1))


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Den Haag", "GM0518"), ("'s-Gravenhage", "GM0518"), ("gm0518", "GM0518"), ("Hengelo", "GM0164"),
        ("hengelo", "GM0164"), ("HENGELO", "GM0164"), ("hengelo (o.)", "GM0164"), ("amsterdam", "GM0363"),
        ("\u2019s-Gravenhage", "GM0518"), ("\u2018S-GRAVENHAGE", "GM0518"), ("bergen", ""),
        ("Bergen (L.)", "GM0893"),
        ("Su\u0301dwest-Frysla\u0302n", "GM1900"), ("Bergen", ""), ("Berg", ""), ("Fryslân", ""),
        ("Nederland", ""), ("Noord-Holland", ""), ("GM9999", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_municipality_is_known_by_its_code_or_by_a_name_that_is_of_no_other(name: str, code: str) -> None:
    found = examine(csv_of(row(municipality=name)), tables.COMMAS_IN_UTF_8)
    assert [town for town, _values in found.right] == ([code] if code else [])
    assert len(found.refused) == (0 if code else 1)


@pytest.mark.parametrize(
    "changed",
    [
        {"staff_trained": "twelve"}, {"staff_trained": "-1"}, {"staff_trained": "1.5"}, {"staff_trained": "9" * 30},
        {"contact_point": "perhaps"}, {"contact_role": "mayor"}, {"state": ""}, {"source": "x" * 201},
        {"source": "Council \u202e12 elif"}, {"adopted_on": "2126-01-01"},
    ],
)  # fmt: skip
def test_what_no_field_allows_is_refused_with_the_field(changed: dict[str, object]) -> None:
    (reason,) = reasons_of(csv_of(row(**changed)))
    assert ": " in reason


def test_a_formula_is_kept_as_the_text_it_is_and_comes_back_as_it_was(cast: Cast, sign_in: SignIn) -> None:
    formula = '=HYPERLINK("https://example.org","Council")'
    assert take_in(cast.keeper, examine(csv_of(row(source=formula)), tables.COMMAS_IN_UTF_8).right).changed == 1
    browser = sign_in(cast.keeper)
    content = browser.get(f"{ADDRESS}municipal-policy.csv").content
    assert b',"=' not in content
    assert b",=" not in content
    for form in ("csv", "xlsx"):
        out = examine(browser.get(f"{ADDRESS}municipal-policy.{form}").content, tables.COMMAS_IN_UTF_8)
        assert take_in(cast.keeper, out.right) == TakenIn(same=1)
    assert Policy.objects.get().source == formula


def test_a_workbook_with_real_days_numbers_and_yes_is_read(cast: Cast) -> None:
    names = [*FOUND, "staff_trained", "contact_point", "look_again_on"]
    content = workbook(names, ["Utrecht", "adopted", "Raad", dt.date(2026, 3, 1), 12, True, dt.date(2026, 9, 1)])
    assert take_in(cast.keeper, examine(content, tables.COMMAS_IN_UTF_8).right) == TakenIn(changed=1)
    policy = Policy.objects.get()
    assert (policy.checked_on, policy.staff_trained, policy.contact_point) == (dt.date(2026, 3, 1), 12, True)
    assert policy.look_again_on == dt.date(2026, 9, 1)


def test_a_formula_in_a_workbook_is_no_value() -> None:
    content = workbook(FOUND, ["Utrecht", "adopted", '="Ra"&"ad"', dt.date(2026, 3, 1)])
    found = examine(content, tables.COMMAS_IN_UTF_8)
    assert not any("Ra" in str(values["source"]) for _town, values in found.right)


# --- nothing is lost --------------------------------------------------------------------------------------------------
def test_an_older_table_does_not_undo_what_a_colleague_found_since(cast: Cast, sign_in: SignIn) -> None:
    before = csv_of(row(), row(municipality="Groningen"))
    take_in(cast.keeper, examine(before, tables.COMMAS_IN_UTF_8).right)
    cast.policy(state="in_use", checked_on=TODAY)
    file = SimpleUploadedFile("policy.csv", before, "text/csv")
    page = sign_in(cast.keeper).post(f"{ADDRESS}take-in/", file=file, encoding=tables.UTF_8).content.decode()
    assert "Row 2: Something newer is known" in page
    assert "Row 3" not in page
    assert Policy.objects.get(municipality="GM0363").state == "in_use"


def test_a_column_that_a_table_does_not_have_stays_as_it_was(cast: Cast) -> None:
    cast.policy(staff_trained=12, checked_on=dt.date(2026, 1, 1))
    take_in(cast.keeper, examine(csv_of(row(state="in_use")), tables.COMMAS_IN_UTF_8).right)
    policy = Policy.objects.get()
    assert (policy.state, policy.staff_trained) == ("in_use", 12)


def test_of_a_table_of_which_one_row_cannot_be_stored_nothing_is(cast: Cast) -> None:
    values = examine(csv_of(row()), tables.COMMAS_IN_UTF_8).right[0][1]
    with pytest.raises(Exception, match="municipality"):
        take_in(cast.keeper, [("GM0014", values), ("GM9999", values)])
    assert not Policy.objects.exists()
    assert not BarrierEvent.objects.exists()


def test_refused_rows_that_were_mended_are_taken_in_as_they_come_back(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.keeper)
    file = SimpleUploadedFile("policy.csv", csv_of(row(municipality="Atlantis")), "text/csv")
    page = browser.post(f"{ADDRESS}take-in/", file=file, encoding=tables.UTF_8).content.decode()
    address = page.split(f'href="{ADDRESS}take-in/')[1].split('"')[0]
    mended = browser.get(f"{ADDRESS}take-in/{address}").content.replace(b"Atlantis", b"Utrecht")
    again = SimpleUploadedFile("policy.csv", mended, "text/csv")
    browser.post(f"{ADDRESS}take-in/", file=again, encoding=tables.UTF_8)
    assert Policy.objects.get().municipality == "GM0344"
    assert "left out" not in browser.get(ADDRESS).content.decode()


SOURCES = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cf"]), min_size=1, max_size=200).filter(str.strip)


@settings(max_examples=25)
@given(SOURCES)
def test_every_text_that_may_be_kept_goes_out_and_comes_back(source: str) -> None:
    out = io.StringIO(newline="")
    tables.write_csv(out, FOUND, [["Utrecht", "adopted", source, "2026-03-01"]])
    found = examine(("\ufeff" + out.getvalue()).encode(), tables.COMMAS_IN_UTF_8)
    assert [values["source"] for _town, values in found.right] == [unicodedata.normalize("NFC", source).strip()]
