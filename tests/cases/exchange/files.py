"""Small files to take in."""

import csv
import io
from collections.abc import Iterable

from zicht.cases.exchange import importing
from zicht.reading import tables

Line = dict[str, str]
# One row of HTCDS, made up.
ROW: Line = {
    "zicht_case_id": "case 1",
    "zicht_person_id": "person 1",
    "prs_Gender": "Feminine",
    "prs_Citizenship": "HU",
    "vic_TraffickingStatus": "PossibleVictimOfTrafficking",
    "vic_TraffickingStatusDecisionMakingOrg": "NGO",
    "vic_TypeOfExploitation": "SexualExploitation;ForcedBegging",
    "vic_MethodsOfControl": "DebtBondage",
    "cas_Status": "Active",
    "cas_IncomingReferralDate": "2025-05-31",
    "hte_Type": "Recruitment",
    "hte_Country": "HU",
    "hte_Date": "2025-01",
}


def row(number: int, **other: str) -> Line:
    """Give a row about another case and person."""
    return {**ROW, "zicht_case_id": f"case {number}", "zicht_person_id": f"person {number}", **other}


def as_csv(rows: Iterable[Line]) -> bytes:
    """Write rows as separated values."""
    some = list(rows)
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(dict.fromkeys(name for line in some for name in line)), lineterminator="\n")
    writer.writeheader()
    writer.writerows(some)
    return out.getvalue().encode()


def source(
    content: bytes | Iterable[Line], standard: str = "htcds", wall: str = "help", encoding: str = tables.UTF_8
) -> importing.Source:
    """Give a file to take in."""
    raw = content if isinstance(content, bytes) else as_csv(content)
    return importing.Source(io.BytesIO(raw), standard, wall, tables.TextForm(encoding))
