"""Pages of webhooks, for the administrator: the list, a new one with its secret shown once, and stopping."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from zicht.cases.view_parts import is_done
from zicht.cases.webhooks import actions, queries
from zicht.cases.webhooks.actions import Added
from zicht.cases.webhooks.forms import WebhookForm
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only


@only("cases.keep_webhooks")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def list_webhooks(request: StaffRequest) -> HttpResponse:
    """Show the webhooks, and add one; its secret is shown this one time."""
    record_access(request.user, "listed", "webhook")
    form = WebhookForm(request.POST or None, regime=request.user.org.legal_regime)
    made: list[Added] = []
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: made.append(actions.add_webhook(request.user, **form.cleaned_data))):
        # Rendered and not redirected to: a redirect would have to keep the secret somewhere readable.
        return render(request, "cases/webhooks/added.html", {"made": made[0]})
    found = list(queries.webhooks_of(request.user)[: queries.MOST_SHOWN])
    return render(request, "cases/webhooks/webhooks.html", {"form": form, "webhooks": found})


@only("cases.keep_webhooks")
@require_POST
def stop_webhook(request: StaffRequest, webhook_id: UUID) -> HttpResponse:
    """Stop telling an address."""
    webhook = queries.find_webhook(request.user, webhook_id)
    if webhook is None:
        raise Http404
    actions.stop_webhook(request.user, webhook)
    messages.success(request, _("Nothing more is told there."))
    return redirect("cases:webhooks")
