"""What is asked for opening a chat: paid once, for one conversation, and from where it came is soon forgotten."""

import uuid

import pytest
from django.test import RequestFactory
from tests.contact.cast import Cast, Visitor, work_for

from zicht.contact.chat import work
from zicht.contact.chat.hub import Hub
from zicht.contact.chat.news import BLOCKED, News
from zicht.contact.models import Conversation
from zicht.contact.sealing.parts import encode

NETWORK = "203.0.113"


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.77", "203.0.113.0/24"),
        ("2001:db8:1:2::77", "2001:db8:1::/48"),
        ("::ffff:203.0.113.77", "203.0.113.0/24"),
        ("127.0.0.1", None),
        ("::ffff:127.0.0.1", None),
        ("", None),
    ],
)
def test_only_the_first_part_of_an_address_counts(address: str, network: str | None) -> None:
    assert work.network_of(RequestFactory().get("/", REMOTE_ADDR=address)) == network


def test_a_proxy_elsewhere_cannot_name_a_network() -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", headers={"zicht-network": NETWORK})
    assert work.network_of(request) == "198.51.100.0/24"


def test_where_somebody_came_from_is_forgotten_with_the_key_also_when_nobody_comes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    networks, chat = work.Networks(), uuid.uuid4()
    blind = networks.blind(NETWORK)
    networks.count(blind, 100)
    networks.remember(chat, blind)
    assert networks.extra_bits(blind, 0) > 0
    monkeypatch.setattr(work, "KEY_LIVES", -1)
    networks.forget_old()
    monkeypatch.undo()
    assert networks.blind(NETWORK) != blind
    assert networks.extra_bits(blind, 0) == 0
    networks.block(chat)
    assert networks.extra_bits(networks.blind(NETWORK), 0) == 0


def test_a_block_reaches_the_process_that_remembers_and_counts_once(hub: Hub) -> None:
    chat, blind = uuid.uuid4(), work.networks.blind(NETWORK)
    work.networks.remember(chat, blind)
    hub.spread(News(BLOCKED, uuid.uuid4(), chat))
    raised = work.networks.extra_bits(blind, 0)
    assert raised >= 3
    hub.spread(News(BLOCKED, uuid.uuid4(), chat))
    assert work.networks.extra_bits(blind, 0) == raised


@pytest.mark.django_db
def test_a_ticket_opens_one_conversation_at_its_desk_however_often_it_is_sent(cast: Cast) -> None:
    cast.desk, cast.other_desk  # noqa: B018
    ticket = {"ticket": encode(work.make_ticket(cast.other_desk.pk, work.now()))}
    moved, replayed, elsewhere = Visitor("night"), Visitor("night"), Visitor("chat")
    assert elsewhere.open(pow=ticket).status_code == 429
    assert [moved.open(pow=ticket).status_code for _try in range(2)] == [200, 200]
    assert replayed.open(pow=ticket).status_code == 429
    old = {"ticket": encode(work.make_ticket(cast.other_desk.pk, work.now() - 3 * work.STAMP))}
    assert replayed.open(pow=old).status_code == 429
    assert work.make_ticket(cast.desk.pk, 0) != work.make_ticket(cast.desk.pk, 0)
    assert Conversation.objects.count() == 1


@pytest.mark.django_db
def test_work_done_for_one_conversation_opens_no_other(cast: Cast) -> None:
    cast.desk  # noqa: B018
    first, second = Visitor(), Visitor()
    paid = work_for(first)
    assert second.open(pow=paid).status_code == 429
    assert first.open(pow=paid).status_code == 200
    assert second.open().status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["", "x", "nl ", "n\u0000", "nederlands", "\ud800a", "a b", 7, None])
def test_nothing_but_a_language_is_kept_as_the_language(cast: Cast, language: object) -> None:
    cast.desk  # noqa: B018
    assert Visitor().open(language=language).status_code == 400
    assert not Conversation.objects.exists()
