"""Take in what a browser sends: as much as a form with a file may have, in memory, and nothing of it on the disk.

Django lets what is larger go over into a file in /tmp, before anybody is asked who they are: a stranger could fill the
disk, and what a person sends would lie there in plain.
"""

from io import BytesIO
from typing import Any

import django
from django.conf import settings
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, ASGIRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.deprecation import MiddlewareMixin

MEGABYTE = 2**20  # bytes


class Body(BytesIO):
    """What was sent; of too much only how much it was."""

    sent = 0  # bytes

    @property
    def is_too_large(self) -> bool:
        """Tell whether it is more than a form with a file may have."""
        return self.sent > settings.FILE_UPLOAD_MAX_MEMORY_SIZE + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def take(self, part: bytes) -> None:
        """Keep a part, unless all of it is too large by now; then nothing of it is kept."""
        self.sent += len(part)
        if not self.is_too_large:
            self.write(part)
        elif self.tell():
            self.seek(0)
            self.truncate()


class Request(ASGIRequest):
    """A request that knows when what was sent with it was too much."""

    sent_too_much = 0  # bytes


class Pages(ASGIHandler):
    """Answer requests for pages."""

    request_class = Request

    async def read_body(self, receive: Any) -> Body:
        """Receive to the end also what is too large: a browser that is cut off shows no answer."""
        body = Body()
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise RequestAborted
            body.take(message.get("body", b""))
            if not message.get("more_body"):
                body.seek(0)
                return body

    def create_request(self, scope: Any, body_file: Any) -> Any:
        """Note on the request when what was sent was too much."""
        request, error = super().create_request(scope, body_file)
        if isinstance(request, Request) and body_file.is_too_large:
            request.sent_too_much = body_file.sent
        return request, error


class RefuseTooLarge(MiddlewareMixin):
    """Say that too much was sent, whoever sent it: nothing of it is there to look at."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        """Answer with how much it was and what may be sent."""
        sent = getattr(request, "sent_too_much", 0)
        if not sent:
            return None
        told = {"sent": round(sent / MEGABYTE), "most": settings.FILE_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE}
        return render(request, "413.html", told, status=413)


def pages() -> Pages:
    """Give the handler, once the settings are loaded (as `get_asgi_application` does)."""
    django.setup(set_prefix=False)
    return Pages()
