"""Lists of sanctions: each form gives the same entries, and what is no list is refused in a sentence."""

import json
from pathlib import Path

import pytest

from zicht.reading.errors import ReadingError
from zicht.reading.lists import bounds
from zicht.reading.lists.entries import Entry, ListedName
from zicht.reading.lists.errors import (
    EmptyList,
    EntryTooLarge,
    ListDamaged,
    ListTooLarge,
    ListWithDoctype,
    NoSuchList,
    UnknownList,
)
from zicht.reading.lists.read import read_bytes, read_list

OFAC = (
    '36,"OFFICE 12",-0- ,"DPRK] [DPRK2",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,'
    "\"Remark; a.k.a. 'FLOOR'; a.k.a. 'F 1'.\"\r\n"
    '37,"KIM, Hong Il",individual,"DPRK",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,"DOB 1960."\r\n'
    '38,"BAEK STAR",vessel,"DPRK",-0- ,-0- ,"Cargo",-0- ,-0- ,"Palau",-0- ,'
    '"Vessel Registration Identification IMO 9241061; MMSI 1."\r\n\x1a'
)
XML = """<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2025-08-02T00:00:00"><INDIVIDUALS><INDIVIDUAL><DATAID>7</DATAID>
<FIRST_NAME>HONG</FIRST_NAME><SECOND_NAME>IL</SECOND_NAME><THIRD_NAME>KIM</THIRD_NAME><UN_LIST_TYPE>DPRK</UN_LIST_TYPE>
<NAME_ORIGINAL_SCRIPT>김홍일</NAME_ORIGINAL_SCRIPT><INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY>
<ALIAS_NAME>Hong Kim</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Cook</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY/><ALIAS_NAME/></INDIVIDUAL_ALIAS></INDIVIDUAL></INDIVIDUALS><ENTITIES><ENTITY>
<DATAID>8</DATAID><FIRST_NAME>OFFICE 12</FIRST_NAME><LISTED_ON>2016-03-02</LISTED_ON></ENTITY></ENTITIES>
</CONSOLIDATED_LIST>"""
UN_CSV = 'dataid,reference_number,name,listed_on,aliases\n8,KPe.030,OFFICE 12,2016-03-02,"Bureau 12; ""FLOOR"""\n'
TARGETS = (
    "id,schema,name,aliases,birth_date,countries,identifiers,dataset\n"
    'NK-1,Company,Office 12,"Bureau 12;第十二局",,kp,,un\nNK-2,Vessel,Baek Star,,,pw,IMO9241061;x,ofac\n'
    "NK-3,Address,Pyongyang,,,kp,,un\n"
)
FTM = [
    {
        "id": "NK-1",
        "schema": "Company",
        "caption": "Office 12",
        "properties": {"name": ["Office 12"], "alias": ["B 12"]},
    },
    {
        "id": "NK-2",
        "schema": "Vessel",
        "properties": {"name": ["Baek Star"], "imoNumber": ["9241061"], "weakAlias": ["B"]},
    },
    {"id": "NK-3", "schema": "Sanction", "properties": {"program": ["DPRK"]}},
]


def _names(entry: Entry) -> list[tuple[str, str]]:
    return [(name.text, name.quality) for name in entry.names]


def test_ofacs_own_file_without_column_names_is_read() -> None:
    read = read_list(OFAC.encode())
    office, person, ship = read.entries
    assert (read.form, office.key, office.kind, office.programmes) == ("ofac_csv", "36", "body", ("DPRK", "DPRK2"))
    assert _names(office) == [("OFFICE 12", "name"), ("FLOOR", "weak"), ("F 1", "weak")]
    assert (person.kind, ship.kind, ship.imo, ship.countries) == ("person", "vessel", "9241061", ("Palau",))


def test_xml_of_the_united_nations_is_read_with_names_in_their_script_and_weak_aliases_marked() -> None:
    read = read_list(XML.encode())
    person, office = read.entries
    assert (read.form, read.dated, person.kind, office.listed_on) == ("un_xml", "2025-08-02", "person", "2016-03-02")
    assert _names(person) == [("HONG IL KIM", "name"), ("김홍일", "alias"), ("Hong Kim", "alias"), ("The Cook", "weak")]


def test_csv_of_the_united_nations_is_read() -> None:
    (office,) = read_list(UN_CSV.encode()).entries
    assert _names(office) == [("OFFICE 12", "name"), ("Bureau 12", "alias"), ("FLOOR", "alias")]


def test_targets_of_opensanctions_are_read_and_what_is_no_actor_is_passed_over() -> None:
    office, ship = read_list(TARGETS.encode()).entries
    assert office.names == (ListedName("Office 12", "name"), ListedName("Bureau 12"), ListedName("第十二局"))
    assert (ship.kind, ship.imo, ship.countries) == ("vessel", "9241061", ("pw",))


@pytest.mark.parametrize("is_list", [True, False], ids=["one list", "a line each"])
def test_followthemoney_is_read_as_a_list_and_as_lines(is_list: bool) -> None:
    text = json.dumps(FTM) if is_list else "\n".join(map(json.dumps, FTM))
    office, ship = read_list(text.encode()).entries
    assert (_names(office), ship.imo) == ([("Office 12", "name"), ("B 12", "alias")], "9241061")
    assert _names(ship) == [("Baek Star", "name"), ("B", "weak")]


def test_the_extracts_beside_the_project_are_read_whole(shared: Path) -> None:
    ofac, un = (read_list(read_bytes(file)) for file in sorted((shared / "data/sanctions").glob("*.csv")))
    kinds = [entry.kind for entry in ofac.entries]
    # As the README beside them counts.
    assert [kinds.count(kind) for kind in ("body", "vessel", "aircraft")] == [199, 105, 16]
    assert (ofac.form, un.form, len(un.entries)) == ("ofac_csv", "un_csv", 75)
    assert "朝鲜联合机械贸易会社" in {name.text for entry in un.entries for name in entry.names}


BOMB = '<!DOCTYPE l [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><CONSOLIDATED_LIST>&b;</CONSOLIDATED_LIST>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE l SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>'
DEEP = f"<CONSOLIDATED_LIST>{'<a>' * 1000}"
WRONG = {
    "bomb": (BOMB, ListWithDoctype), "outside": (OUTSIDE, ListWithDoctype), "deep": (DEEP, EntryTooLarge),
    "cut xml": (XML[:500], ListDamaged), "other xml": ("<html><p>no</p></html>", UnknownList),
    "never closed": (f"<CONSOLIDATED_LIST><ENTITY>{'x' * 3_000_000}", EntryTooLarge),
    "cut json": (json.dumps(FTM[0])[:40], ListDamaged), "deep json": ("[" * 100_000, ListDamaged),
    "long number": ('{"id": ' + "9" * 5_000 + "}", ListDamaged), "other json": ('{"a": 1}', ListDamaged),
    "other csv": ("a,b\n1,2\n", UnknownList), "text": ("Geachte lezer\n", UnknownList),
    "nobody": ("dataid,reference_number,name\n,,\n1,KPe.1,\n", EmptyList), "nothing": ("", ReadingError),
    "open quote": (UN_CSV[:-2], ReadingError),
    "not utf-8": ("dataid,reference_number,name\n1,K,\udcff\n", ReadingError),
}  # fmt: skip


@pytest.mark.parametrize(("text", "error"), WRONG.values(), ids=list(WRONG))
def test_what_is_no_list_is_refused_in_a_sentence_that_repeats_nothing_of_it(
    text: str, error: type[ReadingError]
) -> None:
    with pytest.raises(error) as refused:
        read_list(text.encode("utf-8", "surrogateescape"))
    for language in ("nl", "en"):
        assert refused.value.in_language(language).endswith(".")
        assert "OFFICE" not in refused.value.in_language(language)


def test_a_file_that_is_not_there_or_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(NoSuchList):
        read_bytes(tmp_path)
    large = tmp_path / "large.csv"
    with large.open("wb") as file:
        file.truncate(bounds.MOST_ON_DISK + 1)
    with pytest.raises(ListTooLarge):
        read_bytes(large)
