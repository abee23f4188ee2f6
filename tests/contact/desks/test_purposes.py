"""Each desk takes what it is for, by people whose role it wants: a report is no chat, and the press stands apart."""

import datetime as dt

import pytest
from django.core.management import call_command
from django.utils import timezone
from tests.contact.cast import Cast, Counsellor, Visitor, make_desk, make_epoch
from tests.contact.chat.test_returning import keep
from tests.contact.conftest import AtTheDesk
from tests.people.cast import colleague
from tests.people.conftest import SignIn

from zicht import words
from zicht.contact import rules, shred_keys
from zicht.contact.chat.retaining import retain
from zicht.contact.models import Claim, Conversation, Desk, Epoch, EpochWrap, Kind, Membership, State
from zicht.contact.sealing import hpke
from zicht.people.models import AccessLine, Account

pytestmark = pytest.mark.django_db


def report_desk(lead: Account, slug: str = "meld", purpose: str = "reports", *members: Account) -> Desk:
    desk = make_desk(lead, slug, *members, purpose=purpose)
    make_epoch(desk, hpke.make_key()[1])
    return desk


def test_every_purpose_of_the_words_says_who_may_belong_to_it() -> None:
    assert set(rules.ANSWERS_AT) == set(words.vocabulary().lists["desk_purpose"].codes)
    assert {kind for purpose in rules.ANSWERS_AT for kind in rules.kinds_at(purpose)} == set(Kind.values)


@pytest.mark.parametrize("purpose", ["chat", "reports", "intake", "press"])
def test_a_desk_takes_only_what_it_is_for(cast: Cast, purpose: str) -> None:
    desk = report_desk(cast.lead, "meld", purpose)
    taken = {kind for kind in Kind.values if Visitor(desk=desk.slug).open(kind=kind).status_code == 200}
    assert taken == set(rules.kinds_at(purpose))


def test_a_report_waits_at_any_hour_in_no_queue_and_belongs_to_whoever_claims_it(
    cast: Cast, at_the_desk: AtTheDesk
) -> None:
    desk = report_desk(cast.lead, "meld", "reports", cast.counsellor)
    Desk.objects.filter(pk=desk.pk).update(is_paused=True)
    Membership.objects.update(availability="pause")
    sender = Visitor(desk=desk.slug)
    assert sender.open(kind="report").json()["state"] == "waiting"
    status = sender.get("messages").json()["events"][0]["data"]
    assert (status["position"], status["wait"], status["closes_soon"]) == (None, None, False)
    assert at_the_desk(cast.counsellor).post("conversations/claim", sender.conv_id).status_code == 200
    assert Claim.objects.get().account == cast.counsellor


@pytest.mark.parametrize("kind", ["report", "checklist"])
def test_a_report_is_kept_for_ninety_days_after_closing_and_stays_a_report_when_its_sender_returns(
    cast: Cast, kind: str
) -> None:
    desk = report_desk(cast.lead, "meld", "reports" if kind == "report" else "intake")
    over, young = Visitor(desk=desk.slug), Visitor(desk=desk.slug)
    for sender, days in ((over, 90), (young, 89)):
        sender.open(kind=kind)
        sender.post("end")
        closed_on = timezone.localdate() - dt.timedelta(days=days)
        Conversation.objects.filter(conv_id=sender.uuid).update(closed_on=closed_on)
    assert retain().destroyed == 1
    assert list(Conversation.objects.values_list("conv_id", flat=True)) == [young.uuid]
    keep(young)
    young.say("nog iets")
    assert Conversation.objects.values_list("kind", "state").get() == (kind, State.WAITING)


def test_a_report_that_nobody_closed_stays_a_quarter_of_a_year(cast: Cast) -> None:
    desk = report_desk(cast.lead)
    Visitor(desk=desk.slug).open(kind="report")
    for days, closed in ((89, 0), (91, 1)):
        Conversation.objects.update(opened_hour=timezone.now() - dt.timedelta(days=days))
        assert retain().closed == closed


def test_the_daily_task_clears_a_news_desk_too_and_no_number_tells_of_it(
    cast: Cast, capsys: pytest.CaptureFixture[str]
) -> None:
    report_desk(cast.lead)
    press = report_desk(cast.reporter, "redactie", "press")
    key = Epoch.objects.get(desk=press)
    Epoch.objects.create(desk=press, number=2, published=key.published, not_before=0, not_after=1)
    call_command("retain_chats")
    nothing = capsys.readouterr().out
    for _each in range(3):
        over, forgotten, broken_off = (Visitor(desk=press.slug) for _one in range(3))
        for one in (over, forgotten, broken_off):
            one.open(kind="report")
        over.post("end")
        Conversation.objects.filter(conv_id=over.uuid).update(closed_on=timezone.localdate() - dt.timedelta(days=90))
        long_ago = timezone.now() - dt.timedelta(days=91)
        Conversation.objects.filter(conv_id=forgotten.uuid).update(opened_hour=long_ago)
        shred_keys.store().destroy([broken_off.uuid])
    EpochWrap.objects.create(epoch=Epoch.objects.get(number=2), account=cast.reporter, sealed=b"sealed")
    call_command("retain_chats")
    assert capsys.readouterr().out == nothing
    assert not Conversation.objects.exclude(state=State.CLOSED).exists()
    assert Conversation.objects.count() == 3  # closed today
    assert not EpochWrap.objects.exists()


def test_people_of_one_desk_see_nothing_of_another(cast: Cast, sign_in: SignIn) -> None:
    officer = colleague(cast.administrator, "olga", "desk_lead")
    report_desk(officer)
    cast.desk  # noqa: B018
    press = report_desk(cast.reporter, "redactie", "press")
    sent = {slug: Visitor(desk=slug) for slug in ("chat", "meld", press.slug)}
    for slug, sender in sent.items():
        sender.open(kind="chat" if slug == "chat" else "report")
    for account, own in ((cast.counsellor, "chat"), (officer, "meld"), (cast.reporter, press.slug)):
        desk = Counsellor(sign_in(account), b"")
        assert [row["desk"] for row in desk.rows()] == [own]
        for slug, sender in sent.items():
            for what in ("claim", "read", "leave", "take-over", "end", "wipe"):
                is_there = desk.post(f"conversations/{what}", sender.conv_id).status_code != 404
                assert is_there == (slug == own), (own, slug, what)
    lines = AccessLine.objects.filter(subject="desk")
    assert set(lines.filter(account=cast.reporter).values_list("compartment", flat=True)) == {"press"}
    assert not lines.filter(compartment="press").exclude(account=cast.reporter).exists()


def test_a_news_desk_is_for_reporters_and_its_log_stands_behind_the_wall_of_the_press(
    cast: Cast, sign_in: SignIn
) -> None:
    browser = sign_in(cast.editor)
    labels = {"label_nl": "Redactie", "label_en": "News desk", "languages": ["nl"]}
    refused = browser.post("/staff/desks/make/", slug="x", purpose="chat", **labels).content.decode()
    assert 'id="id_purpose_error"' in refused
    browser.post("/staff/desks/make/", slug="tips", purpose="press", **labels)
    browser.post("/staff/desks/of/tips/members/", account=cast.reporter.pk)
    assert list(Membership.objects.values_list("account", flat=True)) == [cast.reporter.pk]
    walls = set(AccessLine.objects.filter(subject="desk").values_list("compartment", flat=True))
    assert walls == {"press"}


def test_a_role_belongs_only_to_desks_it_is_for(cast: Cast, sign_in: SignIn) -> None:
    desk = report_desk(cast.lead, "chat-2", "chat")
    assert cast.counsellor.has_perm("contact.answer", desk)
    assert not cast.reporter.has_perm("contact.answer", desk)
    assert not cast.reporter.has_perm("contact.record")
    assert cast.reporter.has_perm("contact.lead")
    assert not cast.counsellor.has_perm("contact.lead")
