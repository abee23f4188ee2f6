"""Marks of a spot: one way of writing, keyed by the year, apart for each organisation and wall, and forgotten."""

import datetime as dt
import hashlib
import hmac
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from tests.signals.intake.cast import SPOT, Cast, report

from zicht.signals.intake import earlier, retaining, spots
from zicht.signals.models import Intake

ORG = UUID(int=7)


@pytest.mark.parametrize(
    ("postcode", "house", "spot"),
    [
        ("1012ab", "12-A", "1012AB 12 A"),
        ("1012 AB", "12a", "1012AB 12 A"),
        (" 1012  ab ", " 12 a ", "1012AB 12 A"),
        ("1012AB", "12", "1012AB 12"),
        ("1012AB", "0012", "1012AB 12"),
        ("1012AB", "12-1", "1012AB 12 1"),
        ("1012AB", "121", "1012AB 121"),
        ("1012AB", "12 bis", "1012AB 12 BIS"),
        ("1012AB", "12-2hg", "1012AB 12 2HG"),
    ],
)
def test_a_spot_is_written_in_one_way(postcode: str, house: str, spot: str) -> None:
    assert spots.normalise(postcode, house) == spot


@pytest.mark.parametrize(
    ("postcode", "house", "what"),
    [
        ("", "12", "postcode"),
        ("0123AB", "12", "postcode"),
        ("1012", "12", "postcode"),
        ("1012ABC", "12", "postcode"),
        ("\u0661\u0660\u0661\u0662AB", "12", "postcode"),
        ("1012AB", "", "house_number"),
        ("1012AB", "A12", "house_number"),
        ("1012AB", "123456", "house_number"),
        ("1012AB", "12 behind the shop", "house_number"),
    ],
)
def test_what_is_no_spot_is_refused_and_not_repeated(postcode: str, house: str, what: str) -> None:
    with pytest.raises(spots.NotASpotError) as refusal:
        spots.normalise(postcode, house)
    assert str(refusal.value) == what


def test_a_mark_is_hmac_with_the_key_of_the_year_which_lies_outside_the_database(keys: Path) -> None:
    marks = spots.marks_of(ORG, "help", SPOT, year=2026, now=2026)
    key = spots.store().key_of(UUID(int=2026))
    message = b"zicht spot 1\0" + ORG.bytes + b"\0help\0" + SPOT.encode()
    assert marks.own == hmac.digest(key, message, hashlib.sha256).hex()
    assert (keys / spots.FILE).stat().st_mode & 0o077 == 0
    assert marks.before not in ("", marks.own)


def test_marks_of_two_organisations_walls_or_years_say_nothing_about_each_other(keys: Path) -> None:
    made = [
        spots.marks_of(org, wall, SPOT, year=year, now=2026).own
        for org in (ORG, uuid4())
        for wall in ("help", "enforce", "press")
        for year in (2025, 2026)
    ]
    assert len(set(made)) == len(made)


def test_the_same_spot_is_seen_across_the_turn_of_the_year(keys: Path) -> None:
    december = spots.marks_of(ORG, "help", SPOT, year=2026, now=2026)
    late = spots.marks_of(ORG, "help", SPOT, year=2026, now=2027)  # came in in December, and was taken in in January
    january = spots.marks_of(ORG, "help", SPOT, year=2027, now=2027)
    assert december.own == late.own == january.before


def test_when_the_year_after_is_over_its_key_is_destroyed_and_nothing_can_be_tried_any_more(keys: Path) -> None:
    before = spots.marks_of(ORG, "help", SPOT, year=2026, now=2026)
    assert spots.destroy_old_keys(2027) == [2025]
    assert spots.marks_of(ORG, "help", SPOT, year=2026, now=2027).own == before.own
    assert spots.destroy_old_keys(2028) == [2026]
    assert spots.marks_of(ORG, "help", SPOT, year=2026, now=2028) == spots.Marks()
    assert before.own.encode() not in (keys / spots.FILE).read_bytes()


def test_marks_go_with_their_key_and_the_report_stays(cast: Cast, keys: Path) -> None:
    old, new = report(cast.weigher, spot=SPOT), report(cast.weigher, spot=SPOT, received_on=timezone.localdate())
    year = timezone.localdate().year
    Intake.objects.filter(pk=old.pk).update(received_on=dt.date(year - 2, 5, 1))
    Intake.objects.filter(pk=new.pk).update(received_on=dt.date(year - 1, 5, 1))
    tip = report(cast.journalist, spot=SPOT, wall="press", source="press_tip", channel="press_tip")
    Intake.objects.filter(pk=tip.pk).update(received_on=dt.date(year - 2, 5, 1))
    assert retaining.forget_spots() == 3  # and no word of the news desk's
    found = {one.pk: (one.spot_mark, one.spot_mark_before) for one in Intake.objects.all()}
    assert found == {old.pk: ("", ""), new.pk: (new.spot_mark, ""), tip.pk: ("", "")}


def test_reports_about_one_spot_are_suggested_of_this_year_and_the_year_before(cast: Cast, keys: Path) -> None:
    today = timezone.localdate()
    then = dt.date(today.year - 1, 1, 15)
    first = report(cast.weigher, spot=SPOT, received_on=then, place_code="", forms=["sexual"])
    second = report(cast.weigher, spot=SPOT, received_on=today, place_code="", forms=["criminal"])
    other = report(cast.weigher, spot="1012AB 121", received_on=today, place_code="", forms=["criminal"])
    assert earlier.suggest(second) == {first.pk: ("same_spot",)}
    assert earlier.suggest(first) == {second.pk: ("same_spot",)}
    assert earlier.suggest(other) == {}
