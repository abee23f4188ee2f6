"""Pages of accounts: every version side by side, and the next one."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.care.accounts import actions
from zicht.care.accounts.forms import AccountForm
from zicht.care.accounts.pages import accounts_of
from zicht.care.plan.view_parts import address_of, ask, find_door, head_of, look
from zicht.care.view_parts import carry_out
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent


@only("cases.see")
@never_cache
@require_safe
def show_accounts(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Show every version beside the others; each look is a line in the log."""
    door = find_door(request, keys, writes=True)
    shown = accounts_of(door, with_texts=True)
    for one in shown:
        look(request, door, subject="account_version", key=one.record.pk)
    return render(request, "care/support/accounts.html", {"accounts": shown, **head_of(door)})


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def write_account(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Ask what was told, to whom, when and where, and keep it as it was told."""
    door = find_door(request, keys, writes=True)
    form = AccountForm(sent(request))
    look(request, door)
    page: dict[str, object] = {"heading": _("What the person told"), "button": _("Keep it as told")}
    return ask(
        request,
        door,
        form,
        lambda: actions.write_account(request.user, door, form.values, account_id=form.new_id),
        told=_("The account is kept as it was told. Earlier ones stay beside it."),
        page=page,
        mark="#accounts",
    )


@only("cases.see")
@require_POST
def note(request: StaffRequest, /, account_id: UUID, **keys: UUID) -> HttpResponse:
    """Note that the person agreed to an account, or took it back."""
    door = find_door(request, keys, writes=True)
    if carry_out(request, lambda: actions.note(request.user, door, account_id, request.POST.get("do", ""))):
        messages.success(request, _("Noted. What was told stays as it is."))
    return redirect(f"{address_of(door)}accounts/")
