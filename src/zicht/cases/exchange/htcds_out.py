"""Turn a person in a case into a row of HTCDS, and tell what of it the standard has no place for.

Source: Human Trafficking Case Data Standard (HTCDS) 2.0, International Organization for Migration (IOM), CC BY 4.0.
"""

from collections.abc import Iterator, Mapping

from zicht import words
from zicht.cases.exchange.citizenship import group_of
from zicht.cases.exchange.htcds_columns import (
    CASE_COLUMN,
    ENTITIES,
    MOST_PLACES,
    PERSON_COLUMN,
    Pair,
    flags,
    pairs,
    place_column,
)
from zicht.cases.exchange.htcds_terms import has_values, terms_of
from zicht.cases.exchange.places import provinces
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import (
    Bundle,
    Values,
    as_list,
    as_text,
    fields_of,
    is_missing,
    is_nothing,
)

SEPARATOR = ";"
TRUE = "TRUE"
# What this house keeps for itself about every record; it says nothing about a person.
OF_THE_HOUSE = frozenset(
    {
        "case.case_id", "case.org_id", "case.compartment", "case.owner", "case.team", "case.persons", "case.changed_on",
        "person.person_id", "person.org_id", "person.compartment", "person.changed_on", "exploitation.exploitation_id",
        "exploitation.person_id", "exploitation.case_id",
    }
)  # fmt: skip
# Columns that take several values at once; the survey form has them as select_multiple.
TAKE_SEVERAL = frozenset(
    {
        "vic_MethodOfRecruitment", "vic_MethodsOfControl", "vic_TypeOfExploitation", "vic_ForcedLabourIndustry",
        "vic_TypeOfSexExploitation", "vic_RelationshipToTrafficker", "vic_Vulnerabilities",
        "vic_RecruitmentWebsitesAndApps", "vic_ExploitationWebsitesAndApps",
    }
)  # fmt: skip
Row = dict[str, str]


def to_htcds(bundle: Bundle, organisations: Mapping[object, str]) -> tuple[Row, list[Loss]]:
    """Give one row by column, and what it does not hold; `organisations` are names by identifier.

    Values are those of the words. Several episodes become one, since HTCDS has one for a person in a case.
    """
    losses: list[Loss] = []
    episode = dict(_join(bundle.episodes, losses))
    values = {"case": bundle.case, "person": bundle.person, "exploitation": episode}
    row: Row = {
        CASE_COLUMN: as_text(bundle.case.get("case_id")),
        PERSON_COLUMN: as_text(bundle.person.get("person_id")),
    }
    for pair in pairs():
        value = values[pair.entity].get(pair.field.name)
        if not is_nothing(value) and pair.name not in OF_THE_HOUSE:
            row[pair.column] = _cell(pair, value, organisations, losses)
    methods = as_list(row.get("vic_MethodsOfControl", "").split(SEPARATOR))
    row |= dict.fromkeys((flags()[method] for method in methods), TRUE)
    row.update(_places(bundle.places, losses))
    losses += _without_place(values)
    return row, losses


def _join(episodes: list[Values], losses: list[Loss]) -> Iterator[tuple[str, object]]:
    """Put episodes together: of a field with several terms all of them, of any other field the first that is known."""
    for field in fields_of("exploitation").values():
        given = [value for episode in episodes if not is_nothing(value := episode.get(field.name))]
        if not given:
            continue
        if field.type == "multi" and len(given) > 1:
            known = [item for value in given for item in as_list(value) if not is_missing(item)]
            given = [list(dict.fromkeys(known)) or given[0]]
        others = [value for value in given[1:] if value != given[0]]
        if f"exploitation.{field.name}" not in OF_THE_HOUSE:
            losses += [Loss(f"exploitation.{field.name}", Why.ONE_ONLY, _term(field, value)) for value in others]
        yield field.name, given[0]


def _cell(pair: Pair, value: object, organisations: Mapping[object, str], losses: list[Loss]) -> str:
    if pair.field.type == "text":  # of class P3 throughout: see entities.yaml
        losses.append(Loss(pair.name, Why.NOT_ALLOWED))
        return ""
    if pair.field.type == "ref":
        return organisations.get(value, "")
    if pair.field.type not in ("code", "multi"):
        return as_text(value)
    found = [mapped for code in as_list(value) if (mapped := _value(pair, code, losses))]
    if pair.column not in TAKE_SEVERAL and len(found) > 1:
        losses += [Loss(pair.name, Why.ONE_ONLY, code) for code in as_list(value)[1:]]
        found = found[:1]
    return SEPARATOR.join(dict.fromkeys(found))


def _value(pair: Pair, code: str, losses: list[Loss]) -> str:
    """Give the value of HTCDS for one term of ours; empty where there is none."""
    list_name = pair.field.list_name
    if has_values(list_name):
        terms = terms_of(list_name)
        if code not in terms.out:
            losses.append(Loss(pair.name, Why.NO_COUNTERPART, code))
        elif not terms.comes_back(code):
            losses.append(Loss(pair.name, Why.BROADER, code))
        return terms.out.get(code, "")
    written = "" if is_missing(code) else _written(list_name, code)
    if not written:
        losses.append(Loss(pair.name, Why.NO_COUNTERPART, code))
    return written


def _written(list_name: str, code: str) -> str:
    """Write a term for which HTCDS has no list of its own."""
    if list_name == "iso3166":
        return words.countries()[code].alpha_2  # as the survey form has them
    if list_name == "age_band":
        band = words.vocabulary().lists["age_band"].codes[code]
        youngest, oldest = band.number("min"), band.number("max")
        return "" if youngest is None else f"{youngest}-{oldest}" if oldest is not None else f"{youngest}+"
    return code


def _places(places: list[Values], losses: list[Loss]) -> Iterator[tuple[str, str]]:
    for number, place in enumerate(places, start=1):
        if number > MOST_PLACES:
            losses.append(Loss("place_event.place_code", Why.ONE_ONLY))
            continue
        for column, text in _place(place, losses).items():
            yield place_column(column, number), text


def _place(place: Values, losses: list[Loss]) -> Row:
    kind, level, code = (as_text(place.get(name)) for name in ("event_kind", "level", "place_code"))
    row = {"hte_Type": terms_of("event_kind").out.get(kind, ""), "hte_Date": as_text(place.get("period"))}
    if not row["hte_Type"] and not is_nothing(kind):
        losses.append(Loss("place_event.event_kind", Why.NO_COUNTERPART, kind))
    if level == "country" and code in words.countries():
        row["hte_Country"] = words.countries()[code].alpha_2
    elif level in ("province", "region"):
        row["hte_State"] = code
        if level == "region" and code in provinces():  # it will be taken for the province of that name
            losses.append(Loss("place_event.level", Why.BROADER, level))
    elif level == "municipality" and code in words.municipalities():
        row["hte_State"] = words.municipalities()[code].province  # a place in HTCDS is a street or city, or this
        losses += [Loss("place_event.level", Why.BROADER, level), Loss("place_event.place_code", Why.BROADER)]
    else:
        losses += [Loss(f"place_event.{name}", Why.NO_COUNTERPART) for name in ("level", "place_code")]
    return row


def _without_place(values: Mapping[str, Values]) -> Iterator[Loss]:
    """Tell of what is recorded and HTCDS has no column for."""
    taken = {pair.name for pair in pairs()} | OF_THE_HOUSE
    for entity in ENTITIES:
        for field in fields_of(entity).values():
            name, value = f"{entity}.{field.name}", values[entity].get(field.name)
            if name in taken or is_nothing(value) or _is_worked_out(name, value, values["person"]):
                continue
            items = as_list(value) if field.type == "multi" else [value]
            yield from (Loss(name, Why.NO_COUNTERPART, _term(field, item)) for item in items)


def _is_worked_out(name: str, value: object, person: Values) -> bool:
    return name == "person.citizenship_group" and value == group_of(as_list(person.get("citizenship"))[:1])


def _term(field: words.Field, value: object) -> str:
    return ", ".join(as_list(value)) if field.type in ("code", "multi") else ""
