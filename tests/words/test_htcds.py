"""Our copy of HTCDS's names against the survey form that IOM publishes."""

import hashlib
import re
from collections import defaultdict
from pathlib import Path

import openpyxl
import pytest

from zicht import words

FORM = Path(__file__).resolve().parent.parent / "reference" / "htcds" / "htcds_xlsform.xlsx"
# List of the survey form -> our code list. The form has lists for these fields only.
FORM_LISTS = {
    "gender": "gender",
    "methodofrecruitment": "recruitment_channel",
    "methodsofcontrol": "means",
    "typeofexploitation": "form",
    "forcedlabourindustry": "industry",
    "typeofsexexploitation": "sex_setting",
    "status": "case_state",
    "traffickingstatus": "victim_status",
    "traffickingstatusdecisionmakingorg": "decision_body",
}


@pytest.fixture(scope="module")
def choices() -> dict[str, set[str]]:
    """Read the value lists from the sheet `choices` of the survey form."""
    found = defaultdict(set)
    book = openpyxl.load_workbook(FORM, read_only=True)
    for list_name, value, *_ in book.worksheets[1].iter_rows(min_row=2, values_only=True):
        if isinstance(list_name, str) and value is not None:
            found[list_name.strip()].add(str(value).strip())
    book.close()
    return dict(found)


@pytest.mark.parametrize(("form_list", "our_list"), FORM_LISTS.items())
def test_our_copy_has_the_values_of_the_survey_form(
    choices: dict[str, set[str]], form_list: str, our_list: str
) -> None:
    assert words.vocabulary().outside.htcds_values[our_list] == choices[form_list]


def test_the_survey_form_is_the_one_named_in_its_readme() -> None:
    stated = re.search(r"SHA-256: `([0-9a-f]{64})`", (FORM.parent / "README.md").read_text(encoding="utf-8"))
    assert stated is not None
    assert hashlib.sha256(FORM.read_bytes()).hexdigest() == stated.group(1)


def test_the_definitions_file_has_the_values_that_only_it_has(shared: Path) -> None:
    text = (shared / "data" / "htcds" / "Field_Definitions.md").read_text(encoding="utf-8")
    found = set(re.findall(r"^\|\s*MethodsOfControl(\w+)\s*\|", text, re.MULTILINE))
    assert words.vocabulary().outside.htcds_definitions["means"] == found


def test_iom_is_credited_without_suggesting_that_it_endorses() -> None:
    credit = words.vocabulary().outside.htcds_credit
    assert "International Organization for Migration (IOM), CC BY 4.0" in credit
    assert "does not endorse" in credit
