"""The table of police districts that an organisation keeps: which district a municipality lies in."""

from collections.abc import Mapping

from django.db import transaction

from zicht import words
from zicht.people.actions import record_access
from zicht.people.models import Account
from zicht.people.wording import code_of_place, place_in_words
from zicht.signals.intake.errors import NotThereError
from zicht.signals.models import PLACE_LENGTH, PoliceDistrict

SIGN = ";"  # between a municipality and its district; names of municipalities have commas


def read_lines(typed: str) -> tuple[dict[str, str], list[int]]:
    """Read a table as code -> district, and give the numbers of the lines that are wrong."""
    table: dict[str, str] = {}
    wrong: list[int] = []
    for number, line in enumerate(typed.splitlines(), start=1):
        if not line.strip():
            continue
        town, _sign, district = (part.strip() for part in line.partition(SIGN))
        code = code_of_place("municipality", town)
        is_right = code in words.municipalities() and code not in table and 0 < len(district) <= PLACE_LENGTH
        if is_right and words.check_value("police_district", "district", district) is None:
            table[code] = district
        else:
            wrong.append(number)
    return table, wrong


def write_lines(table: Mapping[str, str]) -> str:
    """Write a table as lines, in the order of districts and municipalities."""
    named = [(district, place_in_words(code)) for code, district in table.items()]
    return "\n".join(f"{town}{SIGN} {district}" for district, town in sorted(named))


@transaction.atomic
def replace(by: Account, table: Mapping[str, str]) -> None:
    """Replace the table of the account's organisation; what came in before keeps the district it has."""
    if not by.has_perm("signals.lead"):
        raise NotThereError
    PoliceDistrict.objects.filter(org_id=by.org_id).delete()
    PoliceDistrict.objects.bulk_create(
        PoliceDistrict(org_id=by.org_id, place_code=code, district=district) for code, district in table.items()
    )
    record_access(by, "changed", "police_district")
