"""Made-up persons in cases: every field, every term, in every combination that the words allow."""

import datetime as dt
from uuid import uuid4

from hypothesis import strategies as st

from zicht import words
from zicht.cases.exchange.shapes import Bundle, Surroundings, Values, fields_of

TODAY = dt.date(2026, 3, 2)
PARTNER = uuid4()
AROUND = Surroundings(TODAY, {"fier": PARTNER})
NAMES: dict[object, str] = {PARTNER: "Fier"}
DAYS = st.dates(dt.date(2019, 1, 1), TODAY)
# Made by the register itself.
OF_THE_HOUSE = {
    "org_id",
    "compartment",
    "owner",
    "team",
    "persons",
    "merged_into",
    "restricted_on",
    "case_id",
    "person_id",
}


def terms_of(field: words.Field) -> list[str]:
    if field.list_name == "none":
        return list(field.values)
    return [code for code, _label in words.choices(field.list_name, "en")]


def missing(field: words.Field) -> list[str]:
    return [] if field.strict else list(words.vocabulary().missing_values)


def value_of(field: words.Field) -> st.SearchStrategy[object]:
    if field.type == "code":
        return st.sampled_from(terms_of(field) + missing(field))
    if field.type == "multi":
        several = st.lists(st.sampled_from(terms_of(field)), min_size=1, max_size=4, unique=True)
        return several | st.sampled_from([[term] for term in missing(field)]) if not field.strict else several
    return {
        "date": DAYS,
        "month": DAYS.map(lambda day: f"{day:%Y-%m}"),
        "year": st.integers(2015, 2026),
        "int": st.integers(0, 12),
        "bool": st.booleans(),
        "text": st.just("made up"),
        "ref": st.just(PARTNER),
        "id": st.uuids(),
        "hash": st.just("0a" * 32),
    }[field.type]


def record(entity: str) -> st.SearchStrategy[Values]:
    fields = {name: field for name, field in fields_of(entity).items() if name not in OF_THE_HOUSE}
    needed = {name: value_of(field) for name, field in fields.items() if field.required}
    more = {name: value_of(field) for name, field in fields.items() if not field.required}
    return st.fixed_dictionaries(needed, optional=more)


PLACES = st.one_of(
    st.fixed_dictionaries({"level": st.just("country"), "place_code": st.sampled_from(list(words.countries()))}),
    st.fixed_dictionaries({"level": st.just("province"), "place_code": st.sampled_from(["Utrecht", "Limburg"])}),
    st.fixed_dictionaries({"level": st.just("region"), "place_code": st.sampled_from(["Midden-Nederland", "Utrecht"])}),
    st.fixed_dictionaries({"level": st.just("municipality"), "place_code": st.sampled_from(["GM0344", "GM0363"])}),
)


def place() -> st.SearchStrategy[Values]:
    fields = fields_of("place_event")
    rest = {"event_kind": value_of(fields["event_kind"]), "period": value_of(fields["period"]) | st.just("")}
    return st.tuples(PLACES, st.fixed_dictionaries(rest)).map(lambda parts: {**parts[0], **parts[1]})


def closed_as_it_should(case: Values) -> Values:
    if str(case["state"]).startswith("closed"):
        reason = case.get("closure_reason")
        return {"closed_on": TODAY, **case, "closure_reason": "goals_met" if reason in (None, "not_asked") else reason}
    return {name: value for name, value in case.items() if name not in ("closed_on", "closure_reason")}


def bundles(most_episodes: int = 1) -> st.SearchStrategy[Bundle]:
    episodes = st.lists(record("exploitation"), max_size=most_episodes)
    cases = record("case").map(closed_as_it_should)
    return st.builds(Bundle, cases, record("person"), episodes, st.lists(place(), max_size=3))
