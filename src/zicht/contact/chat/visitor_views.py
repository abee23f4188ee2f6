"""What the visitor's browser calls (docs/chat-protocol.md): no cookie, no session, a token in a header."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from zicht.contact.chat import actions, database, destroying, queries, quick, statements, streams, work
from zicht.contact.chat.answers import done, for_visitors, give, stream
from zicht.contact.chat.errors import FormatRefused, PriceNotPaid, Unknown
from zicht.contact.chat.formats import (
    MESSAGE_FIELDS,
    OPENING_FIELDS,
    read_bytes,
    read_conv_id,
    read_envelope,
    read_language,
    read_object,
    read_opening,
    read_whole,
)
from zicht.contact.chat.frames import as_answer, filled
from zicht.contact.chat.limits import messages, typings
from zicht.contact.chat.presence import is_somebody_there
from zicht.contact.chat.queries import After, Batch
from zicht.contact.models import Kind
from zicht.contact.sealing.opening import Opening
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR

TOKEN_LENGTH = 32
LONGEST_HOLD = 25  # seconds
OPEN_FIELDS = OPENING_FIELDS | {"kind", "language", "pow"}
BEARER = "Bearer "


def who(request: HttpRequest) -> tuple[UUID, bytes]:
    """Read which conversation it is about and the token that was shown."""
    shown = request.headers.get("Authorization", "")
    if not shown.startswith(BEARER):
        raise FormatRefused
    conv_id = read_conv_id(request.headers.get("Zicht-Conversation"))
    return conv_id, read_bytes(shown.removeprefix(BEARER), TOKEN_LENGTH)


def who_leaves(request: HttpRequest) -> tuple[UUID, bytes]:
    """Read the same from the body where a browser that leaves the page can set no headers."""
    if "Authorization" in request.headers:
        return who(request)
    fields = read_object(request.body, frozenset({"conv_id", "token"}))
    return read_conv_id(fields["conv_id"]), read_bytes(fields["token"], TOKEN_LENGTH)


@for_visitors("GET")
async def show_desk(request: HttpRequest, slug: str) -> HttpResponseBase:
    """Give what everybody may know of a desk, and what opening a conversation costs."""

    def look() -> dict[str, Any]:
        desk = queries.find_desk(slug)
        shown = queries.show_desk(desk, work.price_for(blind_of(request), queries.waiting_at(desk.pk)))
        return {**shown, "somebody": is_somebody_there(desk)}

    return give(await database.read(look))


@for_visitors("POST")
async def open_conversation(request: HttpRequest) -> HttpResponseBase:
    """Take an OPEN whose work was done; one that is known costs nothing again."""
    fields = read_object(request.body, OPEN_FIELDS)
    opening = read_opening(fields)
    if fields["kind"] not in Kind.values:
        raise FormatRefused
    asked = actions.Asked(fields["kind"], read_language(fields["language"]))
    blind = blind_of(request)
    if not await database.read(is_known_or_paid, opening, fields["pow"], blind):
        work.networks.count(blind)
        work.networks.remember(UUID(bytes=opening.conv_id), blind)
        await database.make_key(UUID(bytes=opening.conv_id))
    conversation = await database.write(actions.open_conversation, opening, asked)
    return give({"state": conversation.state, "kind": conversation.kind, "hash": encode(opening.digest)})


def is_known_or_paid(opening: Opening, paid: object, blind: bytes | None) -> bool:
    """Tell whether this OPEN was taken before; raise PriceNotPaid unless it was, or its work was done."""
    if actions.is_known(opening):
        return True
    check_work(opening, paid, blind)
    return False


def check_work(opening: Opening, paid: object, blind: bytes | None) -> None:
    """Raise PriceNotPaid unless the work for an opening was done, or a ticket stands for it."""
    found = statements.waiting_at(opening.desk)
    if found is None:
        raise Unknown
    desk_id, waiting = found
    asked = work.price_for(blind, waiting)
    if isinstance(paid, dict) and set(paid) == {"ticket"}:
        ticket, conv_id = read_bytes(paid["ticket"]), UUID(bytes=opening.conv_id)
        if work.is_ticket(ticket, desk_id, work.now()) and work.tickets.use(ticket, conv_id, work.now()):
            return
        raise PriceNotPaid(price=asked.to_json())
    if not isinstance(paid, dict) or set(paid) != {"stamp", "bits", "nonce"}:
        raise FormatRefused
    price = work.Price(read_whole(paid["stamp"], 2**40), read_whole(paid["bits"], work.MOST_BITS))
    work.check_paid(price, asked, UUID(bytes=opening.conv_id), read_bytes(paid["nonce"]))


def blind_of(request: HttpRequest) -> bytes | None:
    """Give where a request comes from, as far as that may be known."""
    network = work.network_of(request)
    return None if network is None else work.networks.blind(network)


@for_visitors("POST", "GET")
async def handle_messages(request: HttpRequest) -> HttpResponseBase:
    """Add a message, or give those behind a place."""
    return await (add_message(request) if request.method == "POST" else give_messages(request))


async def add_message(request: HttpRequest) -> HttpResponseBase:
    """Add what the visitor wrote."""
    conv_id, cap = who(request)
    envelope = read_envelope(read_object(request.body, MESSAGE_FIELDS))
    if envelope.conv_id != conv_id.bytes or envelope.direction != FROM_VISITOR:
        raise FormatRefused
    messages.take(conv_id)
    written = await quick.append(envelope, quick.of_visitor(cap))
    if written is None:
        written = await database.write(actions.append_of_visitor, conv_id, cap, envelope)
    return give({"seq": written.seq, "hash": encode(written.digest)})


async def give_messages(request: HttpRequest) -> HttpResponseBase:
    """Give what is new; hold the answer back until something is, where that was asked for."""
    conv_id, cap = who(request)
    after = After.read(request.headers.get("Last-Event-ID", ""))
    batch = await database.read(queries.news_of_visitor, conv_id, cap, after)
    hold = read_seconds(request.headers.get("Zicht-Wait", "0"))
    if hold and not is_news(batch):
        batch = await streams.hold(conv_id, cap, batch, hold)
    answer = filled(as_answer(batch.events, str(batch.last), more=batch.more))
    return HttpResponse(answer, content_type="application/json")


def is_news(batch: Batch) -> bool:
    """Tell whether there is more than how the conversation stands."""
    return any(event.name != "status" for event in batch.events)


def read_seconds(text: str) -> int:
    """Read for how long an answer may be held back."""
    if not text.isdecimal() or len(text) > 2:
        raise FormatRefused
    return min(int(text), LONGEST_HOLD)


@for_visitors("GET")
async def open_stream(request: HttpRequest) -> HttpResponseBase:
    """Give events as they come."""
    conv_id, cap = who(request)
    after = After.read(request.headers.get("Last-Event-ID", ""))
    desk_id = await database.read(queries.desk_of_visitor, conv_id, cap)
    return stream(streams.of_visitor(conv_id, desk_id, cap, after))


@for_visitors("POST")
async def show_typing(request: HttpRequest) -> HttpResponseBase:
    """Tell the desk that the visitor types; kept nowhere."""
    conv_id, cap = who(request)
    if typings.has_room(conv_id, FROM_VISITOR):
        await database.write(actions.tell_typing_of_visitor, conv_id, cap)
    return done()


@for_visitors("POST")
async def end(request: HttpRequest) -> HttpResponseBase:
    """Close the conversation because the visitor leaves."""
    conv_id, cap = who_leaves(request)
    await database.write(actions.end_of_visitor, conv_id, cap)
    return done()


@for_visitors("POST")
async def wipe(request: HttpRequest) -> HttpResponseBase:
    """Destroy the conversation."""
    conv_id, token = who_leaves(request)
    await database.write(destroying.wipe_of_visitor, conv_id, token)
    return done()
