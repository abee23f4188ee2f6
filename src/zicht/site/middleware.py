"""What happens around every request: headers that forbid, and sessions, accounts and logins on the staff side only."""

from collections.abc import Awaitable, Callable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from asgiref.sync import iscoroutinefunction
from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware, LoginRequiredMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect
from django.utils.decorators import sync_and_async_middleware
from django.utils.deprecation import MiddlewareMixin

from zicht.people import kept_forms
from zicht.site.faces import is_staff_side

Handler = Callable[[HttpRequest], Any]

CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
)
PERMISSIONS_POLICY = (
    "camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), payment=(), browsing-topics=(), "
    "publickey-credentials-get=(self), publickey-credentials-create=(self)"
)


class SecurityHeaders(MiddlewareMixin):
    """Forbid everything a page does not need, and keep pages out of every cache."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Set the headers; a shared computer shows no page again after logging out or leaving."""
        # The signed pages of the chat come with their own, which forbids more.
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Permissions-Policy"] = PERMISSIONS_POLICY
        response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        # Static files come with their own: their name changes with their content.
        response.headers.setdefault("Cache-Control", "no-store")
        if not is_staff_side(request.path):
            response.headers["Referrer-Policy"] = "no-referrer"
        return response


class LoginRequired(LoginRequiredMiddleware):
    """Send whoever is not signed in to the sign-in page, and keep what they typed until they are."""

    def handle_no_permission(
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseRedirect:
        """Keep a form that was sent after its session ended."""
        if request.method == "POST":
            kept_forms.keep(request)
        return super().handle_no_permission(request, view_func)


class SecondFactor(MiddlewareMixin):
    """Let somebody with only a password go nowhere but to the page that sets up the second factor."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], args: object, kwargs: object
    ) -> HttpResponse | None:
        """Send on to the set-up page where the organisation asks for a second factor and there is none yet."""
        if not settings.REQUIRE_SECOND_FACTOR or not request.user.is_authenticated:
            return None
        place = request.resolver_match.view_name if request.resolver_match else ""
        if place.startswith("mfa_") or place in ("account_logout", "account_reauthenticate"):
            return None
        return None if is_mfa_enabled(request.user) else redirect("mfa_index")


def staff_side_only(middleware: Callable[[Handler], Any]) -> Callable[[Handler], Any]:
    """Wrap a middleware so that requests of the visitor's side pass it by untouched."""

    @sync_and_async_middleware
    def wrap(get_response: Handler) -> Handler:
        inside = middleware(get_response)

        def choose(request: HttpRequest) -> Handler:
            return inside if is_staff_side(request.path) else get_response

        async def handle_async(request: HttpRequest) -> HttpResponseBase:
            answer: Awaitable[HttpResponseBase] = choose(request)(request)
            return await answer

        def handle(request: HttpRequest) -> HttpResponseBase:
            answer: HttpResponseBase = choose(request)(request)
            return answer

        handler: Handler = handle_async if iscoroutinefunction(get_response) else handle
        _carry_hooks(inside, handler)
        return handler

    return wrap


def _carry_hooks(inside: object, handler: object) -> None:
    """Pass on the hooks that Django looks for on a middleware, for the staff side only."""
    for name in ("process_view", "process_template_response", "process_exception"):
        hook = getattr(inside, name, None)
        if hook:
            setattr(handler, name, _on_staff_side(hook))


def _on_staff_side(hook: Callable[..., Any]) -> Callable[..., Any]:
    def call(request: HttpRequest, *rest: object) -> object:
        return hook(request, *rest) if is_staff_side(request.path) else None

    return call


StaffSession = staff_side_only(SessionMiddleware)
StaffAuthentication = staff_side_only(AuthenticationMiddleware)
StaffLogin = staff_side_only(LoginRequired)
StaffForms = staff_side_only(CsrfViewMiddleware)
StaffMessages = staff_side_only(MessageMiddleware)
StaffSecondFactor = staff_side_only(SecondFactor)
