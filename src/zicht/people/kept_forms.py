"""Keep what was typed when a session ended meanwhile, until the same account has signed in again.

A form that asks for it carries its writer: the identifier of the account, signed. When such a form arrives without a
session, or with the token of the session before, its fields are put in the new session, which is sealed, and are not
saved; the page shows them again to the same account and nobody else. Nobody can fill sessions without such a signature.
"""

import time

from django.contrib import messages
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext as _

from zicht.people.models import Account

FIELD = "zicht-writer"  # of a form: who opened it
PLACE = "zicht_kept_form"  # in the session
KEPT_FOR = 60 * 60  # seconds from sending the form to showing it again
OPEN_FOR = 24 * 60 * 60  # seconds that a form may have stood open
MOST = 200_000  # characters; the longest text of a field has 10,000
SIGNER = TimestampSigner(salt="zicht: writer of a form")


def writer(account: Account) -> str:
    """Give what a form carries to say who opened it."""
    return SIGNER.sign(str(account.pk))


def keep(request: HttpRequest) -> bool:
    """Keep the fields of a form that cannot be taken now; False when it does not say who opened it."""
    try:
        account = SIGNER.unsign(request.POST.get(FIELD, ""), max_age=OPEN_FOR)
    except BadSignature:
        return False
    fields = request.POST.copy()
    for name in ("csrfmiddlewaretoken", FIELD):
        fields.pop(name, None)
    written = fields.urlencode()
    if len(written) > MOST:
        return False
    request.session[PLACE] = {"path": request.path, "account": account, "fields": written, "at": int(time.time())}
    return True


def sent(request: HttpRequest) -> QueryDict | None:
    """Give the fields of a form: those that were sent, or those that were kept for this account and page."""
    if request.method == "POST":
        return request.POST
    kept = request.session.get(PLACE)
    if kept is None or kept["path"] != request.path:
        return None
    del request.session[PLACE]
    if kept["account"] != str(request.user.pk) or time.time() - kept["at"] > KEPT_FOR:
        return None
    messages.warning(
        request,
        _("The session had ended. What was typed stands here again and is not saved yet: look it over and save."),
    )
    return QueryDict(kept["fields"])


def forget_others(request: HttpRequest, account: Account) -> None:
    """Forget what somebody else typed before this account signed in."""
    if request.session.get(PLACE, {}).get("account") != str(account.pk):
        request.session.pop(PLACE, None)
