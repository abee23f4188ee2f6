"""Answer what counsellors ask many times a second without going through all that a page needs.

It only ever says yes. Host, line, form token, session, account, second factor, role, desk and claim are looked at anew
for each request; where one of them is not as it should be, None leaves the request to the usual way, which refuses it.
"""

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware

from zicht.contact.chat import database, quick
from zicht.contact.chat.answers import finish, give
from zicht.contact.chat.errors import ChatError
from zicht.contact.chat.formats import MESSAGE_FIELDS, read_conv_id, read_envelope, read_object
from zicht.contact.sealing.messages import Envelope
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import TO_VISITOR
from zicht.people import standing
from zicht.people.models import Account

MESSAGES = "/staff/desk/v1/conversations/messages"


class Forms(CsrfViewMiddleware):
    """Compare the form token as for every page; why it is wrong is said by the usual way."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        return HttpResponseForbidden()


def _page(_request: HttpRequest) -> HttpResponse:
    raise NotImplementedError  # never called: it stands for a page that nothing exempts from the token


_forms = Forms(_page)


async def answer(request: HttpRequest) -> HttpResponseBase | None:
    """Take a counsellor's message; None leaves this and every other request to the usual way."""
    if request.method != "POST" or request.path != MESSAGES or not _comes_from_the_page(request):
        return None
    envelope, account = _envelope_in(request), await who(request)
    if envelope is None or account is None or not account.has_perm("contact.answer"):
        return None
    written = await quick.append(envelope, quick.of_desk(account.pk, account.org_id))
    if written is None:
        return None
    return finish(give({"seq": written.seq, "hash": encode(written.digest)}))


async def who(request: HttpRequest) -> Account | None:
    """Give who is signed in, second factor and all."""
    session_key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
    if not session_key:
        return None
    return standing.answer(session_key, await database.fetch(*standing.question(session_key)))


def _comes_from_the_page(request: HttpRequest) -> bool:
    """Tell whether a request is for this host, over TLS where that is asked for, and has the form token."""
    try:
        request.get_host()
    except DisallowedHost:
        return False
    if settings.FACE == "visitor" or (settings.HTTPS and not request.is_secure()):
        return False
    _forms.process_request(request)
    refused: HttpResponseBase | None = _forms.process_view(request, _page, (), {})
    return refused is None


def _envelope_in(request: HttpRequest) -> Envelope | None:
    try:
        envelope = read_envelope(read_object(request.body, MESSAGE_FIELDS))
        conv_id = read_conv_id(request.headers.get("Zicht-Conversation"))
    except ChatError:
        return None
    return envelope if (envelope.conv_id, envelope.direction) == (conv_id.bytes, TO_VISITOR) else None
