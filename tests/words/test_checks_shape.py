"""Data files of the wrong shape: each is told with its place, and none is a crash."""

import pytest
from tests.words.spoiling import Data, Spoil, barrier, case, code, code_list, entity, field, indicator, table, told

SHAPES = [
    case(
        "no Dutch label",
        lambda data: code(data, "gender", "f").pop("nl"),
        "codes.yaml: lists.gender.f: has no Dutch label",
    ),
    case(
        "empty English label",
        lambda data: entity(data, "person").update(en=" "),
        "entities.yaml: entities.person: has no English label",
    ),
    case(
        "a code that YAML reads as false",
        lambda data: code(data, "consent_answer", "no").update(code=False),
        "codes.yaml: lists.consent_answer.codes 2: code must be a text between quotes, not False",
    ),
    case(
        "a code given twice",
        lambda data: code_list(data, "gender")["codes"].append(code(data, "gender", "f")),
        "codes.yaml: lists.gender: 'f' is given twice",
    ),
    case(
        "a field given twice",
        lambda data: entity(data, "person")["fields"].append(field(data, "person", "gender")),
        "entities.yaml: entities.person: 'gender' is given twice",
    ),
    case(
        "a field without sensitivity",
        lambda data: field(data, "person", "gender").pop("sens"),
        "entities.yaml: entities.person.gender: has no sens",
    ),
    case(
        "an unknown key of a field",
        lambda data: field(data, "person", "gender").update(requierd=True),
        "entities.yaml: entities.person.gender: has an unknown key 'requierd'",
    ),
    case(
        "an entity without retention",
        lambda data: entity(data, "organisation").pop("retention"),
        "entities.yaml: entities.organisation: has no retention",
    ),
    case(
        "codes that are no list",
        lambda data: code_list(data, "gender").update(codes={"f": "Woman"}),
        "codes.yaml: lists.gender: codes must be a list",
    ),
    case(
        "a list of something else than texts",
        lambda data: table(data, "F01").update(rows=[2020]),
        "figures.yaml: tables.F01: rows must be a list of texts",
    ),
    case(
        "a flag that is no flag",
        lambda data: field(data, "person", "gender").update(strict="no"),
        "entities.yaml: entities.person.gender: strict must be true or false",
    ),
    case(
        "an unknown state of a code",
        lambda data: code(data, "gender", "f").update(status="old"),
        "codes.yaml: lists.gender.f: status must be active or retired",
    ),
    case(
        "files of different versions",
        lambda data: data["barriers.yaml"].update(version="1.1.0"),
        "barriers.yaml: is version 1.1.0, while codes.yaml is version 1.5.0",
    ),
    case(
        "an indicator that is neither active nor retired",
        lambda data: indicator(data, "DOC01").update(status="draft"),
        "indicators.csv: DOC01: status must be active or retired",
    ),
    case(
        "an indicator given twice",
        lambda data: data["indicators.csv"].append(indicator(data, "DOC01")),
        "indicators.csv: 'DOC01' is given twice",
    ),
    case(
        "an indicator nobody can see",
        lambda data: indicator(data, "DOC01").update(observers=""),
        "indicators.csv: DOC01: has no observers",
    ),
    case(
        "a table without columns",
        lambda data: table(data, "F01").pop("cols"),
        "figures.yaml: tables.F01: has no cols",
    ),
    case(
        "a barrier without measure",
        lambda data: barrier(data, "SEXMIN", "S1", "S1a").pop("measure"),
        "barriers.yaml: processes.SEXMIN.S1.S1a: has no measure",
    ),
]


@pytest.mark.parametrize(("spoil", "expected"), [*SHAPES])
def test_what_is_spoiled_is_told(data: Data, spoil: Spoil, expected: str) -> None:
    spoil(data)
    assert expected in told(data)


def test_the_shipped_data_has_nothing_to_tell(data: Data) -> None:
    assert told(data) == []


@pytest.mark.parametrize(
    "file", ["codes.yaml", "entities.yaml", "barriers.yaml", "figures.yaml", "outside_standards.yaml"]
)
@pytest.mark.parametrize("content", [None, [], "text", 7, {}, {"lists": 3, "entities": [], "processes": {"A": None}}])
def test_nonsense_in_a_file_is_told_and_never_a_crash(data: Data, file: str, content: object) -> None:
    data[file] = content
    assert told(data)
