"""What the visitor's browser calls beside the conversation itself: a code to come back, files, another desk."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from zicht.contact.chat import database, files, returning
from zicht.contact.chat.answers import done, for_visitors, give
from zicht.contact.chat.errors import FormatRefused
from zicht.contact.chat.files import Chunk
from zicht.contact.chat.formats import read_bytes, read_object
from zicht.contact.chat.visitor_views import TOKEN_LENGTH, who
from zicht.contact.sealing.opening import HASH_LENGTH
from zicht.contact.sealing.secret_keys import FILE_ID_LENGTH, FROM_VISITOR


@for_visitors("PUT", "DELETE")
async def handle_return(request: HttpRequest) -> HttpResponseBase:
    """Keep what a code opens, or forget it."""
    conv_id, cap = who(request)
    if request.method == "DELETE":
        await database.write(returning.forget_code, conv_id, cap)
        return done()
    fields = read_object(request.body, frozenset({"h_lookup", "sealed"}))
    h_lookup = read_bytes(fields["h_lookup"], HASH_LENGTH)
    await database.write(returning.keep_under_code, conv_id, cap, h_lookup, read_bytes(fields["sealed"]))
    return done()


@for_visitors("POST")
async def find_return(request: HttpRequest) -> HttpResponseBase:
    """Give what belongs to a code."""
    lookup = read_bytes(read_object(request.body, frozenset({"lookup"}))["lookup"], TOKEN_LENGTH)
    return give(await database.read(returning.find_by_code, lookup))


@for_visitors("POST")
async def answer_move(request: HttpRequest) -> HttpResponseBase:
    """Take the answer to the question of another desk."""
    conv_id, cap = who(request)
    yes = read_object(request.body, frozenset({"yes"}))["yes"]
    if not isinstance(yes, bool):
        raise FormatRefused
    return give({"ticket": await database.write(returning.answer_move, conv_id, cap, yes=yes)})


@for_visitors("PUT", "GET")
async def handle_chunk(request: HttpRequest, number: int) -> HttpResponseBase:
    """Keep a chunk of a file, or give one."""
    conv_id, cap = who(request)
    if request.method == "PUT":
        await database.write(files.keep_of_visitor, conv_id, cap, chunk_in(request, FROM_VISITOR, number))
        return done()
    direction, file_id = direction_in(request), file_in(request)
    return as_bytes(await database.read(files.chunk_of_visitor, conv_id, cap, direction, file_id, number))


def chunk_in(request: HttpRequest, direction: int, number: int) -> Chunk:
    """Read a chunk that was sent."""
    count = request.headers.get("Zicht-Chunks", "")
    if not count.isdecimal() or len(count) > 6:
        raise FormatRefused
    return Chunk(direction, file_in(request), number, int(count), request.body)


def file_in(request: HttpRequest) -> bytes:
    """Read which file it is about."""
    return read_bytes(request.headers.get("Zicht-File"), FILE_ID_LENGTH)


def direction_in(request: HttpRequest) -> int:
    """Read whose file it is; the visitor's, unless it is said."""
    direction = request.headers.get("Zicht-Direction", "0")
    if direction not in ("0", "1"):
        raise FormatRefused
    return int(direction)


def as_bytes(content: bytes) -> HttpResponse:
    """Give bytes as something that no browser opens."""
    return HttpResponse(content, content_type="application/octet-stream")
