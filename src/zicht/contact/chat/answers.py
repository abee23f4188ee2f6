"""Answer browsers of the chat: JSON that no cache keeps, refusals by their code, and headers that forbid the rest."""

from collections.abc import AsyncIterator, Callable, Coroutine, Mapping
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from zicht.contact.chat.errors import ChatError, FormatRefused

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], Coroutine[Any, Any, HttpResponseBase]]

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# A proxy that collects an answer before it passes it on would hold back every message.
STREAM_HEADERS = {"X-Accel-Buffering": "no"}


def for_visitors(*methods: str) -> Callable[[View[P]], View[P]]:
    """Guard a view of the visitor's side: method, host, TLS; turn a refusal into its answer."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        async def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            try:
                _refuse_outsiders(request, methods)
                answer = await view(request, *args, **kwargs)
            except ChatError as refusal:
                answer = refuse(refusal)
            for name, value in HEADERS.items():
                answer.headers[name] = value
            return answer

        return guarded

    return decorate


def finish(answer: HttpResponseBase) -> HttpResponseBase:
    """Set what stands on every answer that went through no middleware: what is forbidden, and how long it is."""
    for name, value in HEADERS.items():
        answer.headers[name] = value
    if isinstance(answer, HttpResponse) and answer.content:
        answer.headers["Content-Length"] = str(len(answer.content))
    return answer


def refuse(refusal: ChatError) -> HttpResponse:
    """Give the answer of a refusal."""
    answer = JsonResponse({"error": refusal.code, **refusal.details}, status=refusal.status)
    if "retry_after" in refusal.details:
        answer.headers["Retry-After"] = str(refusal.details["retry_after"])
    return answer


def give(content: Mapping[str, Any]) -> HttpResponse:
    """Give JSON."""
    return JsonResponse(dict(content))


def done() -> HttpResponse:
    """Say that it was done, and nothing more."""
    return HttpResponse(status=204)


def stream(frames: AsyncIterator[bytes]) -> StreamingHttpResponse:
    """Give events as they come."""
    return StreamingHttpResponse(frames, content_type="text/event-stream", headers=STREAM_HEADERS)


class WrongMethod(ChatError):
    """The address is there and takes something else."""

    status, code = 405, "method"


def _refuse_outsiders(request: HttpRequest, methods: tuple[str, ...]) -> None:
    # These requests pass by the middleware that would do it elsewhere (serving.py).
    try:
        request.get_host()
    except DisallowedHost as error:
        raise FormatRefused from error
    if settings.HTTPS and not request.is_secure():
        raise FormatRefused
    if request.method not in methods:
        raise WrongMethod
