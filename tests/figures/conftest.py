"""What the tests of this room share: the language of the sentences they compare, and figures in the database."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from tests.figures.files import FORM, Line, line, write_csv

from zicht.figures.actions import Allowed, import_glotip
from zicht.figures.models import OutsideEdition

BULGARIA = {"Iso3_code": "BGR", "Country": "Bulgaria"}
# Three years of one country, with what makes figures hard: a censored count, a figure in two parts, a year without sex.
LINES: list[Line] = [
    line("1,372", 2019),
    line("1,013", 2020),
    line("400", 2020, Sex="Female"),
    line("<5", 2020, Sex="Male"),
    line("68", 2020, Age="0 to 17 years"),
    line("916", 2020, Age="18 years or over"),
    line("436", 2020, **FORM, Category="Sexual exploitation"),
    line("449", 2020, **FORM, Category="Forced labour"),
    line("11", 2020, **FORM, Category="Other forms of exploitation"),
    line("<5", 2020, **FORM, Category="Other forms of exploitation"),
    line("814", 2022),
    line("500", 2022, Sex="Female"),
    line("308", 2022, Sex="Male"),
    line("62", 2022, Indicator="Persons convicted"),
    line("12", 2022, Dimension="by citizenship", Category="=cmd|' /C calc'!A0"),
    line("7", 2022, Dimension="by citizenship", Category="(Oman)"),
    line("153", 2022, **BULGARIA),
    line("9", 2022, Iso3_code="ABW", Country="Aruba", Dimension="by country of repatriation", Category="Ukraine"),
]


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """Compare English sentences unless a test says otherwise."""
    with translation.override("en"):
        yield


@pytest.fixture
def edition(db: None, tmp_path: Path) -> OutsideEdition:
    """Give a small edition that is in use."""
    return import_glotip(write_csv(tmp_path, *LINES), allowed=Allowed(fewer_rows=True)).edition
