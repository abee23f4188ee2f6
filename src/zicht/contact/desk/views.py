"""What a counsellor's browser calls about conversations (docs/chat-protocol.md)."""

from uuid import UUID

from django.http import HttpResponse

from zicht.contact.chat.answers import done, give
from zicht.contact.chat.files import find_chunk
from zicht.contact.chat.formats import (
    MESSAGE_FIELDS,
    read_bytes,
    read_envelope,
    read_object,
    read_text,
    read_whole,
)
from zicht.contact.chat.frames import as_answer
from zicht.contact.chat.limits import typings
from zicht.contact.chat.more_views import as_bytes, chunk_in, direction_in, file_in
from zicht.contact.chat.queries import After, messages_after, show_opening
from zicht.contact.desk import actions, queries
from zicht.contact.desk.answers import for_conversation, for_desk
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FILE_ID_LENGTH, TO_VISITOR
from zicht.people.guard import StaffRequest


@for_desk("GET")
def list_conversations(request: StaffRequest) -> HttpResponse:
    """Give the rows of all conversations of one's desks."""
    return give({"conversations": queries.list_rows(request.user)})


@for_conversation("POST")
def read(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Give a conversation to open: its OPEN, and the messages behind a place."""
    after = After.read(request.headers.get("Last-Event-ID", ""))
    conversation = actions.read(request.user, conv_id)
    batch = messages_after(conv_id, after)
    content = {"opening": show_opening(conversation), "row": queries.find_row(request.user, conv_id)}
    return give({**content, **as_answer(batch.events, str(batch.last), more=batch.more)})


@for_conversation("POST")
def stop_reading(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Sit in no longer."""
    actions.stop_reading(request.user, conv_id)
    return done()


@for_conversation("POST")
def claim(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Make a conversation one's own."""
    actions.claim(request.user, conv_id)
    return give({"row": queries.find_row(request.user, conv_id)})


@for_conversation("POST")
def take_over(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Take a conversation from a colleague."""
    actions.take_over(request.user, conv_id)
    return give({"row": queries.find_row(request.user, conv_id)})


@for_conversation("POST")
def release(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Let a conversation wait again, with or without a note."""
    note = read_bytes(read_object(request.body, frozenset({"note"}))["note"]) if request.body else None
    actions.release(request.user, conv_id, note)
    return done()


@for_conversation("POST")
def add_message(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Add what a counsellor wrote."""
    envelope = read_envelope(read_object(request.body, MESSAGE_FIELDS))
    written = actions.append_of_desk(request.user, conv_id, envelope)
    return give({"seq": written.seq, "hash": encode(written.digest)})


@for_conversation("POST")
def show_typing(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Tell the visitor that somebody types."""
    if typings.has_room(conv_id, TO_VISITOR):
        actions.tell_typing(request.user, conv_id)
    return done()


@for_conversation("POST")
def end(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Close one's conversation."""
    actions.end(request.user, conv_id)
    return done()


@for_conversation("POST")
def wipe(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Destroy one's conversation."""
    actions.wipe(request.user, conv_id)
    return done()


@for_conversation("POST")
def offer_move(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Ask the visitor whether she wants to go on at another desk."""
    slug = read_object(request.body, frozenset({"desk"}))["desk"]
    actions.offer_move(request.user, conv_id, None if slug is None else read_text(slug, 64))
    return done()


@for_conversation("GET", "POST")
def handle_notes(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Give the notes of a conversation, or keep one more."""
    if request.method == "GET":
        return give({"notes": queries.list_notes(request.user, conv_id)})
    sealed = read_bytes(read_object(request.body, frozenset({"sealed"}))["sealed"])
    actions.add_note(request.user, conv_id, sealed)
    return done()


@for_desk("POST")
def set_presence(request: StaffRequest) -> HttpResponse:
    """Say whether one takes new chats, and how many at once."""
    fields = read_object(request.body, frozenset({"state", "most"}))
    actions.set_presence(request.user, read_text(fields["state"], 10), read_whole(fields["most"], 10))
    return done()


@for_conversation("PUT", "GET")
def handle_chunk(request: StaffRequest, conv_id: UUID, number: int) -> HttpResponse:
    """Keep a chunk of a file, or give one."""
    if request.method == "PUT":
        actions.keep_chunk(request.user, conv_id, chunk_in(request, TO_VISITOR, number))
        return done()
    conversation = actions.read(request.user, conv_id)
    return as_bytes(find_chunk(conversation, direction_in(request), file_in(request), number))


@for_conversation("POST")
def purge_file(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """Destroy a file without a copy."""
    fields = read_object(request.body, frozenset({"file_id", "dir"}))
    file_id = read_bytes(fields["file_id"], FILE_ID_LENGTH)
    actions.purge_file(request.user, conv_id, read_whole(fields["dir"], 1), file_id)
    return done()


@for_conversation("POST")
def block(request: StaffRequest, conv_id: UUID) -> HttpResponse:
    """End a conversation, and let the next one from there cost more work."""
    actions.block(request.user, conv_id)
    return done()


@for_desk("GET", permission="contact.lead")
def show_load(request: StaffRequest) -> HttpResponse:
    """Give counts of the desks one leads."""
    return give({"desks": queries.show_load(request.user)})
