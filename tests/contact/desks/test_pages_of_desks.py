"""Leads and administrators arrange the desks of their own organisation, in the sight of the log and of the desk."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone
from tests.contact.cast import Cast, Counsellor, Visitor
from tests.contact.conftest import AtTheDesk
from tests.contact.desk.test_keys import new_key, publish
from tests.people.cast import Browser
from tests.people.conftest import SignIn

from zicht.contact import shred_keys
from zicht.contact.chat.hours import is_open
from zicht.contact.chat.hub import Listener
from zicht.contact.chat.news import MEMBERS, News
from zicht.contact.desk.keys import PURPOSE, OwnWrap, set_own_keys
from zicht.contact.desk.streams import Visit, look_at_standing
from zicht.contact.models import (
    Approval,
    Claim,
    Conversation,
    Desk,
    EpochWrap,
    Membership,
    OrganisationRoot,
    State,
    Voucher,
)
from zicht.contact.sealing.page_manifest import DEMO_ROOT, fingerprint, public_half
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.six_words import words_of_key
from zicht.contact.sealing.wraps import DESK_WRAP_LENGTH, USER_WRAP_LENGTH
from zicht.people.models import AccessLine

pytestmark = pytest.mark.django_db

NEW = {"slug": "night-2", "label_nl": "Nacht", "label_en": "Night", "languages": ["nl", "en"], "purpose": "chat"}
PAGES = ("", "make/", "root/", "of/chat/", "of/chat/change/")
POSTS = ("make/", "root/", "of/chat/change/", "of/chat/hours/", "of/chat/holidays/", "of/chat/members/")


REFUSED = 'id="id_purpose_error"'


def lines_of(account: Any, verb: str, subject: str = "desk") -> int:
    return AccessLine.objects.filter(account=account, verb=verb, subject=subject, compartment="help").count()


@pytest.fixture
def lead(cast: Cast, sign_in: SignIn) -> Browser:
    cast.desk  # noqa: B018 - it comes into being when it is named
    return sign_in(cast.lead)


@pytest.mark.parametrize("who", ["counsellor", "privacy_officer", "stranger_counsellor"])
def test_whoever_arranges_no_desks_finds_no_page(cast: Cast, sign_in: SignIn, who: str) -> None:
    member = cast.desk.memberships.get(account=cast.counsellor)
    browser = sign_in(getattr(cast, who))
    ends = f"of/chat/members/{member.pk}/end/"
    assert {browser.get(f"/staff/desks/{page}").status_code for page in (*PAGES, ends)} == {404}
    assert {browser.post(f"/staff/desks/{page}", **NEW).status_code for page in (*POSTS, ends)} == {404}
    assert Desk.objects.count() == 1


def test_a_lead_of_another_organisation_finds_only_her_own_desks(cast: Cast, sign_in: SignIn) -> None:
    member = cast.desk.memberships.get(account=cast.counsellor)
    hours = cast.desk.hours.create(weekday=1, opens="09:00", closes="17:00")
    holiday = cast.desk.holidays.create(day="2026-12-25")
    browser = sign_in(cast.stranger)
    assert "/of/chat/" not in browser.get("/staff/desks/").content.decode()
    for address in ("", "change/", f"members/{member.pk}/end/"):
        assert browser.get(f"/staff/desks/of/chat/{address}").status_code == 404
    for address in (f"members/{member.pk}/end/", f"hours/{hours.pk}/remove/", f"holidays/{holiday.pk}/remove/"):
        assert browser.post(f"/staff/desks/of/chat/{address}").status_code == 404
    cast.desk.refresh_from_db()
    assert (cast.desk.hours.count(), cast.desk.holidays.count()) == (1, 1)
    assert Membership.objects.filter(left_on=None).count() == 3


@pytest.mark.parametrize("who", ["lead", "administrator"])
def test_a_desk_is_made_and_changed_and_keeps_its_name(cast: Cast, sign_in: SignIn, who: str) -> None:
    account = getattr(cast, who)
    browser = sign_in(account)
    made = browser.post("/staff/desks/make/", **NEW)
    assert made.headers["Location"] == "/staff/desks/of/night-2/"
    browser.post("/staff/desks/of/night-2/change/", **{**NEW, "slug": "other", "label_nl": "Laat", "is_paused": "on"})
    desk = Desk.objects.get(slug="night-2")
    assert (desk.org, desk.label_nl, desk.languages, desk.is_paused) == (account.org, "Laat", ["nl", "en"], True)
    assert lines_of(account, "changed") == 2


@pytest.mark.parametrize("slug", ["Chat", "chat_1", "chat 1", "", "x" * 65, "é"])
def test_a_name_that_cannot_stand_in_a_signed_key_is_refused(lead: Browser, slug: str) -> None:
    assert lead.post("/staff/desks/make/", **{**NEW, "slug": slug}).status_code == 200
    assert Desk.objects.count() == 1


def test_a_name_that_another_organisation_has_is_refused(cast: Cast, lead: Browser) -> None:
    cast.stranger_desk  # noqa: B018
    refused = lead.post("/staff/desks/make/", **{**NEW, "slug": "shelter"})
    assert 'id="id_slug_error"' in refused.content.decode()


def test_hours_and_holidays_are_what_visitors_are_told(cast: Cast, lead: Browser) -> None:
    hours = {"days": ["1", "5"], "opens": "09:00", "closes": "17:30", "languages": ["nl"]}
    lead.post("/staff/desks/of/chat/hours/", **hours)
    lead.post("/staff/desks/of/chat/hours/", **hours)  # twice is once
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    lead.post("/staff/desks/of/chat/holidays/", day=tomorrow.isoformat())
    shown = Visitor().shown
    wanted = [{"weekday": day, "from": "09:00", "until": "17:30", "languages": ["nl"]} for day in (1, 5)]
    assert (shown["hours"], shown["holidays"]) == (wanted, [tomorrow.isoformat()])
    assert is_open(cast.desk, dt.datetime(2026, 11, 27, 17, 29, tzinfo=dt.UTC))
    assert not is_open(cast.desk, dt.datetime(2026, 11, 27, 17, 30, tzinfo=dt.UTC))
    for one in cast.desk.hours.all():
        lead.post(f"/staff/desks/of/chat/hours/{one.pk}/remove/")
    lead.post(f"/staff/desks/of/chat/holidays/{cast.desk.holidays.get().pk}/remove/")
    assert (Visitor().shown["hours"], Visitor().shown["holidays"]) == ([], [])
    assert lines_of(cast.lead, "changed") == 6


def test_hours_that_end_before_they_begin_are_refused_in_a_sentence(cast: Cast, lead: Browser) -> None:
    refused = lead.post("/staff/desks/of/chat/hours/", days=["1"], opens="22:00", closes="06:00")
    assert 'id="id_closes_error"' in refused.content.decode()
    assert not cast.desk.hours.exists()


def test_a_member_is_added_from_those_who_may_answer_here(cast: Cast, lead: Browser) -> None:
    for wrong in (cast.privacy_officer, cast.stranger_counsellor, cast.counsellor):
        refused = lead.post("/staff/desks/of/chat/members/", account=str(wrong.pk))
        assert 'id="id_account_error"' in refused.content.decode()
    lead.post("/staff/desks/of/chat/members/", account=str(cast.other_counsellor.pk))
    assert cast.desk.memberships.filter(account=cast.other_counsellor, left_on=None).exists()
    assert lines_of(cast.lead, "changed") == 1


def test_who_leaves_has_no_wrap_and_no_chat_any_more_and_a_key_is_due(
    cast: Cast, lead: Browser, at_the_desk: AtTheDesk
) -> None:
    leaver, stays = at_the_desk(cast.counsellor), at_the_desk(cast.second_counsellor)
    epoch = cast.desk.epochs.get()
    shred_keys.make_key(epoch.pk)
    for account in (cast.counsellor, cast.second_counsellor):
        EpochWrap.objects.create(
            epoch=epoch, account=account, sealed=shred_keys.seal_under(epoch.pk, PURPOSE, bytes(1))
        )
    Voucher.objects.create(desk=cast.desk, account=cast.counsellor, by=cast.lead, statement=b"s", signature=b"s")
    Approval.objects.create(desk=cast.desk, account=cast.lead, by=cast.counsellor, statement=b"s", signature=b"s")
    visitor = Visitor()
    visitor.open()
    leaver.post("conversations/claim", visitor.conv_id)
    member = cast.desk.memberships.get(account=cast.counsellor)
    address = f"/staff/desks/of/chat/members/{member.pk}/end/"
    assert lead.get(address).status_code == 200
    assert lead.post(address).status_code == 302
    conversation = Conversation.objects.get(conv_id=visitor.uuid)
    assert (conversation.state, Claim.objects.count()) == (State.WAITING, 0)
    assert [wrap.account for wrap in EpochWrap.objects.all()] == [cast.second_counsellor]
    assert (Voucher.objects.count(), Approval.objects.count()) == (0, 0)
    assert leaver.get("desks/chat/members").status_code == 404
    assert leaver.get("conversations").json() == {"conversations": []}
    assert stays.get("desks/chat/epochs").json()["is_due"]
    assert {"user": str(cast.counsellor.pk), "what": "left", "on": timezone.localdate().isoformat()} in stays.get(
        "desks/chat/members"
    ).json()["changes"]
    assert lead.post(address).status_code == 404
    Counsellor(lead, cast.desk_private).post("desks/chat/epochs", b"", {"key": new_key(cast, 2), "wraps": []})
    assert not stays.get("desks/chat/epochs").json()["is_due"]


def test_the_root_is_entered_once_and_changed_only_by_the_fingerprint_of_the_new_one(cast: Cast, lead: Browser) -> None:
    first, second = (public_half(bytes([number]) * 32) for number in (7, 8))
    assert 'id="id_typed"' not in lead.get("/en/staff/desks/root/").content.decode()
    answer = lead.post("/en/staff/desks/root/", root=f" {encode(first)} ")
    assert answer.status_code == 302, answer.content.decode()
    shown = lead.get("/en/staff/desks/root/").content.decode()
    assert fingerprint(first) in shown
    assert words_of_key(first, "en") in shown
    assert f"<code>{cast.lead.org_id}</code>" in shown
    for typed in ("", fingerprint(first), "12 34"):
        lead.post("/en/staff/desks/root/", root=encode(second), typed=typed)
    assert bytes(OrganisationRoot.objects.get().root) == first
    lead.post("/en/staff/desks/root/", root=encode(second), typed=fingerprint(second).upper())
    assert bytes(OrganisationRoot.objects.get().root) == second
    assert lines_of(cast.lead, "changed", "organisation") == 2


@pytest.mark.parametrize("root", [encode(public_half(DEMO_ROOT)), encode(bytes(34)), "%%"])
def test_what_cannot_stand_behind_a_desk_is_not_kept_as_a_root(lead: Browser, root: str) -> None:
    refused = lead.post("/staff/desks/root/", root=root)
    assert 'id="id_root_error"' in refused.content.decode()
    assert not OrganisationRoot.objects.exists()


def test_two_approve_older_keys_and_both_are_shown_to_the_desk_until_the_keys_change(
    cast: Cast, at_the_desk: AtTheDesk
) -> None:
    lead, member, other = (at_the_desk(one) for one in (cast.lead, cast.counsellor, cast.second_counsellor))
    signed = {"user": str(cast.second_counsellor.pk), "statement": "c3RhdGVk", "signature": encode(bytes(64))}
    assert {lead.post("desks/chat/approve", b"", signed).status_code for _ in range(2)} == {204}
    assert member.post("desks/chat/approve", b"", signed).status_code == 204
    assert other.post("desks/chat/approve", b"", signed).status_code == 404
    shown = {one["user"]: one for one in member.get("desks/chat/members").json()["members"]}
    approved = shown[str(cast.second_counsellor.pk)]["approved"]
    assert {one["by"] for one in approved} == {str(cast.lead.pk), str(cast.counsellor.pk)}
    assert approved[0]["statement"] == "c3RhdGVk"
    assert publish(lead, cast, 2, cast.lead, cast.counsellor).status_code == 200
    wrap = encode(bytes([1]) * DESK_WRAP_LENGTH)
    passed = {"epoch": 2, "user": str(cast.second_counsellor.pk), "wrap": wrap, "approvals": approved}
    assert member.post("desks/chat/epochs/wraps", b"", passed).status_code == 204
    assert other.get("desks/chat/epochs").json()["epochs"][0]["wrap"] == wrap
    set_own_keys(cast.second_counsellor, bytes(32), bytes(32), [OwnWrap(3, b"", bytes(USER_WRAP_LENGTH))])
    assert not any(one["approved"] for one in member.get("desks/chat/members").json()["members"])


def test_every_open_stream_hears_at_once_that_people_changed(cast: Cast, lead: Browser) -> None:
    visit = Visit(cast.lead.pk, lead.client.session.session_key or "")
    before, listener = look_at_standing(visit), Listener()
    lead.post("/staff/desks/of/chat/members/", account=str(cast.other_counsellor.pk))
    assert look_at_standing(visit).people["chat"] != before.people["chat"]
    listener.take(News.read(str(News(MEMBERS, cast.desk.pk, cast.desk.pk))))
    assert listener.has(MEMBERS)


def test_what_a_desk_is_for_stays_once_somebody_belongs_to_it(cast: Cast, lead: Browser) -> None:
    change = {**NEW, "purpose": "reports"}
    refused = lead.post("/staff/desks/of/chat/change/", **change).content.decode()
    assert REFUSED in refused
    lead.post("/staff/desks/make/", **change)
    assert Desk.objects.get(slug="night-2").purpose == "reports"
    lead.post("/staff/desks/of/night-2/change/", **{**NEW, "purpose": "intake"})
    assert Desk.objects.get(slug="night-2").purpose == "intake"
    assert REFUSED in lead.post("/staff/desks/make/", **{**NEW, "purpose": "press"}).content.decode()
    assert set(Desk.objects.values_list("purpose", flat=True)) == {"chat", "intake"}
