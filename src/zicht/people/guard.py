"""Answer as if a page did not exist when the reader has no right to it: a 403 would tell that it does."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse

from zicht.people.models import Account

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """A request of somebody who signed in; the middleware lets no other through to a staff page."""

    user: Account


View = Callable[Concatenate[StaffRequest, P], HttpResponse]


def only(permission: str) -> Callable[[View[P]], View[P]]:
    """Guard a view: whoever lacks a permission for the own organisation as a whole gets a 404, whatever the method."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            require(request, permission)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def require(request: StaffRequest, permission: str, record: object = None) -> None:
    """Raise a 404 unless the reader has a permission, for one record or for the own organisation as a whole."""
    if not request.user.has_perm(permission, record):
        raise Http404
