"""What another page hands to intake: filled in, judged like what is typed, and stored only when somebody saves it."""

import json
import re

import pytest
from django.db import connection
from tests.contact.records.cast import make_contact
from tests.people.conftest import SignIn
from tests.signals.intake.cast import Cast

from zicht.signals.models import Intake, Signal

NEW = "/en/staff/intake/new/"
TAKEN = {
    "v": 1,
    "channel": "webform",
    "kind": "report",
    "role": "professional",
    "urgency": "u2_today",
    "received_on": "2026-03-02",
    "forms": ["labour"],
    "timing": "ongoing",
    "age_band": None,
    "municipality": "GM0363",
    "postcode": "1012ab",
    "house_number": "12-a",
    "signals": [
        {"indicator": "DOC01", "basis": "seen", "observed_on": "2026-03-01", "state": "noted"},
        {"indicator": "DOC02", "basis": "seen", "observed_on": None, "state": "absent"},
    ],
    "observer": "police",
    "situation": "home_visit",
    "source_yes": None,
    "seen": True,
}


def handed(taken: object) -> dict[str, str]:
    return {"handed-over": "1", "taken": taken if isinstance(taken, str) else json.dumps(taken)}


def fields_in(page: str) -> dict[str, object]:
    """Read the form as a browser would send it, without what Django's own test client cannot see of it."""
    inputs: dict[str, object] = {}
    for tag in re.findall(r"<input[^>]*>", page.split("<main")[1]):
        name, value = (re.search(rf'\b{part}="([^"]*)"', tag) for part in ("name", "value"))
        is_box = 'type="radio"' in tag or 'type="checkbox"' in tag
        if name and (not is_box or "checked" in tag):
            text = value[1].replace("&quot;", '"') if value else ""
            before = inputs.get(name[1])
            is_several = is_box and isinstance(before, list)
            inputs[name[1]] = [*before, text] if is_several and isinstance(before, list) else [text]
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', page, re.DOTALL):
        chosen = re.search(r'value="([^"]*)"[^>]*selected', options)
        inputs[name] = [chosen[1] if chosen else ""]
    inputs.pop("csrfmiddlewaretoken", None)
    return inputs


def test_what_is_handed_over_is_filled_in_and_stored_only_when_it_is_saved(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.weigher)
    page = browser.post(NEW, **handed(TAKEN)).content.decode()
    assert Intake.objects.count() == 0
    assert "error-summary" not in page
    fields = fields_in(page)
    assert (fields["postcode"], fields["house_number"], fields["place_code"]) == (["1012ab"], ["12-a"], ["Amsterdam"])
    assert fields["kept"] == ["DOC01", "DOC02"]
    saved = browser.post(NEW, **{**fields, "source": "report_box", "kept": ["DOC01"]})
    intake = Intake.objects.get()
    assert saved["Location"] == f"/en/staff/intake/{intake.pk}/"
    told = (intake.forms, intake.observer, intake.situation, intake.place_code, intake.timing)
    assert told == (["labour"], "police", "home_visit", "GM0363", "ongoing")
    assert list(Signal.objects.values_list("indicator", "basis", "state")) == [("DOC01", "seen", "noted")]
    assert intake.spot_mark


def test_no_postcode_or_house_number_stands_in_the_database_or_on_a_page_after_saving(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.weigher)
    fields = fields_in(browser.post(NEW, **handed({**TAKEN, "house_number": "98765"})).content.decode())
    browser.post(NEW, **{**fields, "source": "report_box"})
    intake = Intake.objects.get()
    for page in ("", "ask/where/"):
        content = browser.get(f"/en/staff/intake/{intake.pk}/{page}").content.decode()
        assert "98765" not in content
        assert not re.search(r"1012\s?ab", content, re.IGNORECASE)
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table.startswith(("signals_", "people_", "django_session")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                written = repr(cursor.fetchall()).lower()
                assert "98765" not in written, table
                assert "1012ab" not in written, table


@pytest.mark.parametrize(
    "wrong", ["", "{", "[]", '{"v": 2}', "null", '{"v": 1, "x": ' + '"y' * 40_000 + '"}', "[" * 5_000], ids=range(7)
)
def test_what_cannot_be_read_is_said_and_nothing_is_stored(cast: Cast, sign_in: SignIn, wrong: str) -> None:
    page = sign_in(cast.weigher).post(NEW, **handed(wrong))
    assert page.status_code == 200
    assert "What was handed over cannot be read" in page.content.decode()
    assert Intake.objects.count() == 0


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("channel", "pigeon<b>", "Channel: "),
        ("urgency", ["u1_now"], "Urgency: "),
        ("received_on", "2999-01-01", "Received on: "),
        ("received_on", "yesterday<b>", "Received on: "),
        ("forms", ["labour", "<b>"], "Forms of exploitation that are suspected: "),
        ("municipality", "GM9999", "Municipality: "),
        ("signals", [{"indicator": "NOPE1", "basis": "seen"}], "Some signals are not of the catalogue"),
        ("signals", [{"indicator": "DOC01", "basis": "seen", "state": "confirmed"}], "Some signals are not"),
        ("signals", {"DOC01": True}, "Some signals are not"),
        ("decided_by", "me", "intake is not asked"),
    ],
)
def test_a_wrong_code_is_left_out_with_a_sentence_and_the_rest_is_filled_in(
    cast: Cast, sign_in: SignIn, name: str, value: object, sentence: str
) -> None:
    page = sign_in(cast.weigher).post(NEW, **handed({**TAKEN, name: value})).content.decode()
    assert sentence in page
    assert "<b>" not in page
    assert fields_in(page)["observer"] == ["police"]


def test_whoever_does_not_weigh_is_handed_nothing(cast: Cast, sign_in: SignIn) -> None:
    assert sign_in(cast.analyst).post(NEW, **handed(TAKEN)).status_code == 404


def test_a_contact_is_taken_along_to_be_weighed_by_who_weighs(cast: Cast, sign_in: SignIn) -> None:
    contact = make_contact(cast.counsellor)
    browser = sign_in(cast.counsellor)
    page = browser.get(f"/en/staff/contacts/{contact.pk}/").content.decode()
    written = re.search(r'name="taken" value="([^"]*)"', page)
    assert written is not None
    taken = written[1].replace("&quot;", '"')
    filled = browser.post(NEW, **handed(taken)).content.decode()
    assert "error-summary" not in filled
    fields = fields_in(filled)
    assert (fields["source"], fields["urgency"]) == (["chat_contact"], [contact.urgency])
    assert str(contact.pk) not in filled
