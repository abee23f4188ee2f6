"""The columns of HTCDS: which field of ours each holds, and why others are not taken."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from zicht import words
from zicht.cases.exchange.htcds_terms import FLAG_PREFIX, FLAGS
from zicht.cases.exchange.report import Why
from zicht.cases.exchange.shapes import fields_of

# HTCDS names no column for the identifier of a record; these two only say which rows are about one person or case.
CASE_COLUMN, PERSON_COLUMN = "zicht_case_id", "zicht_person_id"
MOST_PLACES = 3  # place events in one row: hte_Type, hte_Type_2, hte_Type_3
PLACE_COLUMNS = ("hte_Type", "hte_Country", "hte_State", "hte_Date")
BIRTH_DATE = "prs_Birthdate"
CONSENT = "con_Consent"
STANDARD = re.compile(r"HTCDS ([a-z]{3}_\w+)")
ENTITIES = ("case", "person", "exploitation")
# Its terms are those of another column, or it is worked out from it.
NOT_A_COLUMN_OF_ITS_OWN = frozenset({"person.citizenship_group"})


@dataclass(frozen=True, slots=True)
class Pair:
    """Hold one of our fields and the column of HTCDS that has its place."""

    entity: str
    field: words.Field
    column: str

    @property
    def name(self) -> str:
        """Name our field with its entity."""
        return f"{self.entity}.{self.field.name}"


@lru_cache(maxsize=1)
def pairs() -> tuple[Pair, ...]:
    """Give the fields of case, person and exploitation that have a column, as the words say."""
    found = []
    for entity in ENTITIES:
        for field in fields_of(entity).values():
            column = STANDARD.match(field.std)
            if column and f"{entity}.{field.name}" not in NOT_A_COLUMN_OF_ITS_OWN:
                found.append(Pair(entity, field, column[1]))
    return tuple(found)


@lru_cache(maxsize=1)
def flags() -> Mapping[str, str]:
    """Give the flag of each method of control by the value of the survey form, such as DebtBondage."""
    outside = words.vocabulary().outside
    values = sorted(outside.htcds_values["means"] | outside.htcds_definitions["means"] - set(FLAGS.values()))
    return {value: FLAG_PREFIX + FLAGS.get(value, value) for value in values}


@lru_cache(maxsize=1)
def columns() -> tuple[str, ...]:
    """Give the columns that are written, in a fixed order."""
    ours = [pair.column for pair in pairs()]
    places = [place_column(name, number) for number in range(1, MOST_PLACES + 1) for name in PLACE_COLUMNS]
    return (CASE_COLUMN, PERSON_COLUMN, *ours, *dict.fromkeys(flags().values()), *places)


def place_column(name: str, number: int) -> str:
    """Name the column of one of several place events: hte_Type, hte_Type_2."""
    return name if number == 1 else f"{name}_{number}"


def plain_name(name: str) -> str:
    """Give a name of a column without what the survey form and the standard write differently: prs_First_Name."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


@lru_cache(maxsize=1)
def _known() -> Mapping[str, str]:
    every = {*columns(), *words.vocabulary().outside.htcds_fields, BIRTH_DATE, CONSENT}
    every |= {FLAG_PREFIX + value for value in words.vocabulary().outside.htcds_definitions["means"]}
    return {plain_name(name): name for name in every}


def known_column(name: str) -> str:
    """Give the column of HTCDS that a name in a file means; empty for one that is not known."""
    return _known().get(plain_name(name), "")


@lru_cache(maxsize=1)
def why_not_taken() -> Mapping[str, Why]:
    """Give the columns of HTCDS that are not read, with the reason."""
    taken = set(columns())
    rest = {name: Why.ELSEWHERE for name in words.vocabulary().outside.htcds_fields if name not in taken}
    patterns = [pattern for left_out in words.vocabulary().htcds_not_taken for pattern in left_out.names]
    for name in rest:
        if any(_fits(name, pattern) for pattern in patterns):
            rest[name] = Why.LEFT_OUT
    # One answer for all purposes cannot be divided over ours; who handles the case is whoever reads the file.
    return rest | {CONSENT: Why.COMPOSITE, "cas_CaseOwner": Why.LEFT_OUT}


def _fits(name: str, pattern: str) -> bool:
    return name.startswith(pattern[:-1]) if pattern.endswith("*") else name == pattern
