"""Serve the visitor's part of the chat past everything that makes a thread for each request."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, closing
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.exception import convert_exception_to_response
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix, set_urlconf

from zicht.contact.chat import database, direct, hub
from zicht.contact.chat.answers import finish, refuse
from zicht.contact.chat.errors import Unknown
from zicht.contact.chat.housekeeping import keep_house

PREFIX = "/chat/v1/"
DESK_PREFIX, DESK_STREAM = "/staff/desk/v1/", "/staff/desk/v1/stream"
LARGEST = 128 * 1024  # bytes of a request: a chunk of a file is half of that
LARGEST_OF_DESK = 512 * 1024  # bytes: the wraps of a desk for all its members are the most
Scope = dict[str, Any]
Quick = Callable[[HttpRequest], Awaitable[HttpResponseBase | None]]


class BriefHandler(ASGIHandler):
    """Answer what takes a moment without what Django does around it.

    Nobody has to watch meanwhile whether the other side is still there. The signals at the beginning and end of a
    request, for each of which Django goes to a thread and back, are about connections to the database that last as long
    as a request; ours last as long as their threads.
    """

    async def answer_briefly(self, scope: Scope, receive: Any, send: Any) -> None:
        """Read a request, answer it, and close what it left open."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        with closing(body):
            set_script_prefix(get_script_prefix(scope))
            request, refusal = self.create_request(scope, body)
            answer: Any = refusal or await self.get_response_async(request)  # type: ignore[arg-type]  # one is there
            await self.send_response(answer, send)
            for close in answer._resource_closers:
                close()


class ChatHandler(BriefHandler):
    """Answer as Django does, without its middleware: sessions, forms and files are not for these addresses.

    Django's own handler keeps a thread for as long as an answer lasts, which for a stream is hours.
    """

    def load_middleware(self, is_async: bool = False) -> None:
        """Put nothing between the request and its view; the views set their headers (answers.py)."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._answer)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        try:
            answer: HttpResponseBase = await self._get_response_async(request)  # type: ignore[attr-defined]  # no stub
        except Http404:
            return refuse(Unknown())
        return answer

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer with the headers that forbid, whatever the answer; write down no refusal, since that tells when."""
        set_urlconf(settings.ROOT_URLCONF)
        answer: HttpResponseBase = await self._middleware_chain(request)  # type: ignore[misc]  # async in this handler
        answer._resource_closers.append(request.close)  # type: ignore[attr-defined]  # missing in the stubs
        return finish(answer)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Handle a request in the loop itself, and refuse one that is longer than anything of the chat."""
        if not fits(dict(scope["headers"]), LARGEST):
            await refuse_length(send)
        elif scope["method"] == "GET":  # perhaps a stream, or an answer that is held back
            await self.handle(scope, receive, send)
        else:
            await self.answer_briefly(scope, receive, send)


class DeskHandler(BriefHandler):
    """Answer counsellors' browsers as Django does, but from beginning to end in one thread that is there already.

    Django's own handler makes a thread for each request, opens a connection to the database in it, and goes there and
    back for each part of the middleware. Streams are not for this one. `quick` may answer what is asked most.
    """

    def __init__(self, quick: Quick) -> None:
        super().__init__()
        self._quick = quick

    def load_middleware(self, is_async: bool = False) -> None:
        """Take the middleware as it is for threads."""
        super().load_middleware(is_async=False)

    async def get_response_async(self, request: HttpRequest) -> HttpResponseBase:
        """Answer in a thread what was not answered at once."""
        given = await self._quick(request) if database.has_threads() else None
        if given is not None:
            return given
        return await database.answer(self.get_response, request)

    async def __call__(self, scope: Scope, receive: Any, send: Any) -> None:
        """Handle a request in the loop itself, and refuse one that is longer than anything of the desk."""
        if not fits(dict(scope["headers"]), LARGEST_OF_DESK):
            await refuse_length(send)
            return
        await self.answer_briefly(scope, receive, send)


def fits(headers: Mapping[bytes, bytes], largest: int) -> bool:
    """Tell whether a request says that it is short enough; one in chunks, which no browser sends, may have no end."""
    length = headers.get(b"content-length", b"0")
    return b"transfer-encoding" not in headers and length.isdigit() and int(length) <= largest


async def refuse_length(send: Any) -> None:
    """Say that a request is too long, without reading it."""
    await send({"type": "http.response.start", "status": 413, "headers": [(b"cache-control", b"no-store")]})
    await send({"type": "http.response.body", "body": b""})


@asynccontextmanager
async def running() -> AsyncIterator[None]:
    """Have threads for the database and ears for what others write, as long as the server runs."""
    database.start_threads()
    try:
        async with hub.serving() as here, direct.serving(here):
            keeping = asyncio.ensure_future(keep_house(here))
            try:
                yield
            finally:
                keeping.cancel()
    finally:
        database.stop_threads()
