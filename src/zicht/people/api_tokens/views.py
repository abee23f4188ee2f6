"""Pages about keys for the programming interface."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zicht.people import actions as people_actions
from zicht.people.api_tokens import actions, queries
from zicht.people.api_tokens.forms import TokenForm
from zicht.people.errors import PeopleError
from zicht.people.guard import StaffRequest, only, require


@only("people.make_token")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_tokens(request: StaffRequest) -> HttpResponse:
    """Show the keys of this account, and make one; it is shown this one time."""
    form = TokenForm(request.POST if request.method == "POST" else None)
    people_actions.record_access(request.user, "listed", "api_token", purpose="own_data")
    if request.method == "POST" and form.is_valid() and (made := _make(request, form)):
        # Rendered and not redirected to: a redirect would have to keep the key somewhere readable.
        return render(request, "people/token.html", {"made": made})
    own = queries.tokens_of_account(request.user)
    return render(request, "people/tokens.html", {"form": form, "tokens": own})


@only("people.see_accounts")
@require_http_methods(["GET", "HEAD"])
def list_tokens_of_organisation(request: StaffRequest) -> HttpResponse:
    """Show the keys of the organisation that can be used, and whose they are."""
    people_actions.record_access(request.user, "listed", "api_token")
    found = queries.tokens_of_organisation(request.user.org_id)
    may_end = request.user.has_perm("people.invite")
    return render(request, "people/organisation_tokens.html", {"tokens": found, "may_end": may_end})


@only("people.make_token")
@require_POST
def end_token(request: StaffRequest, token_id: UUID) -> HttpResponse:
    """End a key."""
    token = queries.find_token(request.user, token_id)
    if token is None:
        raise Http404
    require(request, "people.end_token", token.account)
    actions.end_token(request.user, token)
    messages.success(request, _("The key can no longer be used."))
    is_own = token.account_id == request.user.pk
    return redirect("people:tokens" if is_own else "people:organisation_tokens")


def _make(request: StaffRequest, form: TokenForm) -> actions.Made | None:
    given = form.cleaned_data
    try:
        return actions.make_token(request.user, label=given["label"], scopes=given["scopes"], days=given["days"])
    except PeopleError as refusal:
        form.add_error(None, str(refusal))
    except ValidationError as wrong:
        form.add_error(None, wrong.messages)
    return None
