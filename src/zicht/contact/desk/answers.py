"""Guard what a counsellor's browser calls: the session of the staff pages, a permission, and refusals by their code."""

from collections.abc import Callable
from contextlib import nullcontext
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from zicht.contact.chat.answers import refuse
from zicht.contact.chat.database import turn_to_write
from zicht.contact.chat.errors import ChatError
from zicht.contact.chat.formats import read_conv_id
from zicht.people.guard import StaffRequest, View, only

P = ParamSpec("P")


def for_desk(*methods: str, permission: str = "contact.answer") -> Callable[[View[P]], View[P]]:
    """Guard a view of the desk; whoever answers nowhere gets a page that is not there."""

    def decorate(view: View[P]) -> View[P]:
        @only(permission)
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                with nullcontext() if request.method == "GET" else turn_to_write():
                    return view(request, *args, **kwargs)
            except ChatError as refusal:
                return refuse(refusal)

        return require_http_methods(methods)(guarded)

    return decorate


def for_conversation(*methods: str) -> Callable[[Callable[Concatenate[StaffRequest, UUID, P], HttpResponse]], View[P]]:
    """Guard a view about the conversation that the header names."""

    def decorate(view: Callable[Concatenate[StaffRequest, UUID, P], HttpResponse]) -> View[P]:
        @for_desk(*methods)
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            return view(request, read_conv_id(request.headers.get("Zicht-Conversation")), *args, **kwargs)

        return guarded

    return decorate
