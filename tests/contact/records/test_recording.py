"""Recording a contact: by signs or by choosing, what was not asked apart, and nobody else's records."""

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from tests.contact.cast import Cast
from tests.contact.records.cast import RECORDED, make_contact
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht import words
from zicht.contact.models import Conversation
from zicht.contact.records import actions, queries
from zicht.contact.records.errors import ChangedMeanwhileError, NotForAccountError
from zicht.contact.records.models import Contact
from zicht.contact.records.questions import needed, questions
from zicht.contact.records.retaining import erase_old
from zicht.people.models import AccessLine

MISSING = ("", "unknown", "not_asked", "declined", "not_applicable")
NEW = "/en/staff/contacts/new/"


def only_record() -> Contact:
    return Contact.objects.get()


def test_a_line_of_signs_records_a_contact_and_what_it_leaves_out_was_not_asked(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    response = browser.post(NEW, line="1 1 1 1 2 1", received_at="2026-03-02T14:37")
    contact = only_record()
    assert response["Location"] == f"/en/staff/contacts/{contact.pk}/"
    found = {name: getattr(contact, name) for name in needed()}
    assert found == {name: RECORDED[name] for name in needed()}
    assert (contact.age_band, contact.disclosure_stage, contact.repeat_visitor) == ("not_asked", "not_asked", None)
    assert timezone.localtime(contact.received_at).strftime("%H:%M:%S") == "14:00:00"
    assert AccessLine.objects.filter(verb="opened", subject="contact", subject_id=str(contact.pk)).count() == 1


def test_not_asked_not_known_declined_and_no_are_kept_apart(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    browser.post(NEW, line="1112212 0 w n", received_at="2026-03-02T14:00")
    contact = only_record()
    assert contact.repeat_visitor is False
    assert contact.about_thb is False
    assert (contact.age_band, contact.disclosure_stage, contact.timing) == ("unknown", "declined", "not_asked")
    page = browser.get(f"/en/staff/contacts/{contact.pk}/").content.decode()
    assert "Not asked" in page
    assert "Going on now?" in page


def test_every_answer_of_every_question_has_one_sign_and_every_term_of_the_words_is_offered() -> None:
    for name, question in questions().items():
        signs = [option.sign for option in question.options]
        assert all(signs), name
        assert len(set(signs)) == len(signs), name
        field = question.field
        terms = 2 if field.type == "bool" else len(words.vocabulary().lists[field.list_name].offered())
        assert sum(option.value not in MISSING for option in question.options) == terms, name


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("11", "3. Who is talking: "),
        ("19", "Sign 2 stands for no answer to “Kind”"),
        ("11111111111", "more signs than there are questions (10)"),
    ],
)
def test_a_wrong_line_is_refused_with_a_sentence_and_nothing_is_saved(
    cast: Cast, sign_in: SignIn, line: str, sentence: str
) -> None:
    response = sign_in(cast.counsellor).post(NEW, line=line, received_at="2026-03-02T14:00")
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert not Contact.objects.exists()


def test_a_forged_code_and_an_hour_to_come_are_refused_and_not_repeated(cast: Cast, sign_in: SignIn) -> None:
    tomorrow = (timezone.localtime() + dt.timedelta(days=1)).strftime("%Y-%m-%dT%H:00")
    fields = {**dict.fromkeys(needed(), "x<b>"), "received_at": tomorrow}
    page = sign_in(cast.counsellor).post(NEW, **fields).content.decode()
    assert "error-summary" in page
    assert "Received at: " in page
    assert "x<b>" not in page
    assert "x&lt;b" not in page
    assert not Contact.objects.exists()


def test_a_form_that_is_sent_twice_makes_one_record(cast: Cast, sign_in: SignIn) -> None:
    browser = sign_in(cast.counsellor)
    fields = {"line": "111121", "received_at": "2026-03-02T14:00", "new_id": "99999999-9999-4999-8999-999999999999"}
    first, second = browser.post(NEW, **fields), browser.post(NEW, **fields)
    assert first["Location"] == second["Location"]
    assert Contact.objects.count() == 1


def test_the_desk_and_the_channel_come_along_in_the_address_and_anything_else_is_left_alone(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.counsellor)
    cast.desk  # noqa: B018 - it comes into being when it is named
    page = browser.get(NEW, desk="chat", channel="chat").content.decode()
    assert "After a talk at the desk chat" in page
    assert "checked" in page.partition('id="id_channel_0"')[2][:40]
    cast.stranger_desk  # noqa: B018
    page = browser.get(NEW, desk="shelter", channel="<script>").content.decode()
    assert "talk at the desk" not in page
    assert "checked" not in page.partition('id="id_kind_0"')[0].partition('id="id_channel_0"')[2]
    assert "<script>x" not in page


def test_who_recorded_it_and_a_lead_may_change_it_and_a_stale_page_saves_nothing(cast: Cast, sign_in: SignIn) -> None:
    contact = make_contact(cast.counsellor)
    changed = actions.change_contact(cast.lead, contact, {"outcome": "referred"}, version=1)
    assert (changed.outcome, changed.version) == ("referred", 2)
    with pytest.raises(ChangedMeanwhileError):
        actions.change_contact(cast.counsellor, contact, {"outcome": "emergency"}, version=1)
    with pytest.raises(NotForAccountError):
        actions.change_contact(cast.second_counsellor, contact, {"outcome": "emergency"}, version=2)
    with pytest.raises(ValidationError):
        actions.change_contact(cast.counsellor, contact, {"worker_id": cast.lead.pk}, version=2)
    address = f"/en/staff/contacts/{contact.pk}/change/"
    assert sign_in(cast.second_counsellor).get(address).status_code == 404
    browser = sign_in(cast.counsellor)
    assert 'value="referred"' in browser.get(address).content.decode()
    fields = {"line": "111121n", "received_at": "2026-03-02T14:00", "version": "2", "exclude_from_stats": "on"}
    assert browser.post(address, **fields).status_code == 302
    assert only_record().exclude_from_stats
    assert AccessLine.objects.filter(verb="changed", subject="contact").count() == 2


def test_the_list_shows_the_own_organisation_alone_and_marks_what_does_not_count(cast: Cast, sign_in: SignIn) -> None:
    make_contact(cast.counsellor, kind="abusive")
    make_contact(cast.stranger_counsellor, channel="letter")
    page = sign_in(cast.lead).get("/en/staff/contacts/").content.decode()
    assert "not counted" in page
    assert "1 contact recorded" in page
    assert "Letter" not in page
    assert AccessLine.objects.filter(verb="listed", subject="contact").count() == 1
    assert not queries.counted_contacts(cast.counsellor.org).exists()


@pytest.mark.parametrize("who", ["administrator", "privacy_officer", "stranger_counsellor", "officer", "case_worker"])
def test_whoever_does_not_answer_at_the_organisation_finds_no_page_of_a_record(
    cast: Cast, sign_in: SignIn, who: str
) -> None:
    contact = make_contact(cast.counsellor)
    somebody = colleague(cast.administrator, "wanda", "case_worker") if who == "case_worker" else getattr(cast, who)
    browser = sign_in(somebody)
    of_record = [f"/en/staff/contacts/{contact.pk}/{end}" for end in ("", "change/", "case/")]
    of_room = [] if who == "stranger_counsellor" else ["/en/staff/contacts/", NEW]
    for address in of_record + of_room:
        assert browser.get(address).status_code == 404, address
        assert browser.post(address, line="111121").status_code in (404, 405), address


def test_no_column_of_a_record_can_lead_to_a_conversation(db: None) -> None:
    related = {field.related_model for field in Contact._meta.get_fields() if field.is_relation}
    assert {model._meta.model_name for model in related if model} == {"organisation", "account"}
    with connection.cursor() as cursor:
        columns = {one.name for one in connection.introspection.get_table_description(cursor, Contact._meta.db_table)}
    assert not columns & {"conv_id", "conversation_id", "desk_id", "visitor_key", "summary", "case_id"}
    assert not any(field.related_model is Contact for field in Conversation._meta.get_fields() if field.is_relation)


def test_a_record_is_erased_at_the_end_of_the_term_and_a_line_says_so(cast: Cast) -> None:
    today = timezone.now().replace(minute=0, second=0, microsecond=0)
    old = make_contact(cast.counsellor, received_at=today - dt.timedelta(days=5 * 366))
    make_contact(cast.counsellor, received_at=today - dt.timedelta(days=5 * 365 - 30))
    assert erase_old() == 1
    assert only_record().pk != old.pk
    line = AccessLine.objects.get(verb="erased")
    assert (line.subject, line.subject_id, line.account) == ("contact", str(old.pk), None)
