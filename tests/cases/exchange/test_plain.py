"""Our own columns both ways: nothing is lost but what may not leave."""

from uuid import uuid4

from hypothesis import given
from tests.cases.exchange.made import AROUND, NAMES, bundles

from zicht.cases.exchange.plain import KEYS, NOT_WRITTEN, PlainReader, Row, to_plain, written_columns
from zicht.cases.exchange.report import Loss, Why
from zicht.cases.exchange.shapes import Bundle, Mapped, Values, is_nothing


def read(rows: list[Row]) -> list[Mapped]:
    names = list(written_columns())
    reader = PlainReader(names, AROUND)
    return [reader.read([row.get(name, "") for name in names]) for row in rows]


def with_keys(bundle: Bundle) -> Bundle:
    bundle.case["case_id"], bundle.person["person_id"] = str(uuid4()), str(uuid4())
    for episode in bundle.episodes:
        episode["exploitation_id"] = str(uuid4())
    for place in bundle.places:
        place["place_event_id"] = str(uuid4())
        place["exploitation_id"] = bundle.episodes[0]["exploitation_id"]
    return bundle


def said(entity: str, values: Values) -> dict[str, str]:
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    shown = {name: str(value) for name, value in plain.items() if not is_nothing(value)}
    return {name: text for name, text in shown.items() if f"{entity}.{name}" not in NOT_WRITTEN | {"case.comments"}}


def parts_of(bundles: list[Bundle]) -> dict[str, dict[str, str]]:
    """Give everything that some rows tell, by its identifier; a row that only refers tells no more than that."""
    told: dict[str, dict[str, str]] = {}
    for bundle in bundles:
        each = [("case", bundle.case), ("person", bundle.person)]
        each += [("exploitation", episode) for episode in bundle.episodes]
        each += [("place_event", place) for place in bundle.places]
        for entity, values in each:
            if key := str(values.get(KEYS[entity], "")):
                told[key] = {**said(entity, values), **told.get(key, {})}
    return told


@given(bundles(most_episodes=2))
def test_everything_that_may_leave_comes_back(bundle: Bundle) -> None:
    if not bundle.episodes:
        bundle.places = []
    bundle = with_keys(bundle)
    rows, losses = to_plain(bundle, NAMES)
    back = read(rows)
    assert [problem for mapped in back for problem in mapped.problems] == []
    assert parts_of([mapped.bundle for mapped in back]) == parts_of([bundle])
    assert set(losses) <= {Loss("case.comments", Why.NOT_ALLOWED)}


def test_what_was_told_is_only_referred_to_in_the_rows_after_it() -> None:
    bundle = with_keys(Bundle({"state": "active"}, {"gender": "f"}, [{"forms": ["sexual"]}, {"forms": ["labour"]}]))
    rows, _losses = to_plain(bundle, NAMES)
    assert [row.get("person.gender") for row in rows] == ["f", None]
    assert rows[0]["person.person_id"] == rows[1]["person.person_id"]
    assert [row["exploitation.forms"] for row in rows] == ["sexual", "labour"]


def test_columns_of_other_records_and_unknown_ones_are_reported() -> None:
    reader = PlainReader(["person.gender", "contact.channel", "case.owner", "naam"], AROUND)
    assert reader.loose_losses == [
        Loss("contact.channel", Why.ELSEWHERE),
        Loss("case.owner", Why.LEFT_OUT),
        Loss("naam", Why.UNKNOWN_COLUMN),
    ]


def test_no_column_of_class_p3_is_written() -> None:
    assert "case.comments" not in written_columns()
    assert "person.gender" in written_columns()


def test_a_year_where_a_day_is_required_is_filled_in_and_reported() -> None:
    mapped = PlainReader(["person.status_date", "case.incoming_date"], AROUND).read(["2025", "2025"])
    assert str(mapped.bundle.person["status_date"]) == "2025-01-01"
    assert Loss("person.status_date", Why.FILLED_IN) in mapped.losses
    assert "incoming_date" not in mapped.bundle.case
    assert Loss("case.incoming_date", Why.BROADER) in mapped.losses
