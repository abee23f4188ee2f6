"""Pages of attachments: keep a file, take it along, and take it away. A file is never shown, only given."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht import words
from zicht.care.attachments import actions
from zicht.care.attachments.forms import FileForm
from zicht.care.plan.doors import Door
from zicht.care.plan.models import Attachment
from zicht.care.plan.view_parts import address_of, ask, find_door, look
from zicht.care.view_parts import carry_out
from zicht.people.guard import StaffRequest, only
from zicht.people.short_codes import short_code


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def add_file(request: StaffRequest, /, **keys: UUID) -> HttpResponse:
    """Ask for a file and what it is, and keep it sealed."""
    door = find_door(request, keys, writes=True)
    form = FileForm(request.POST or None, request.FILES or None)
    look(request, door)
    page: dict[str, object] = {"heading": _("Add an attachment"), "button": _("Keep this file"), "takes_file": True}
    return ask(
        request,
        door,
        form,
        lambda: actions.add_file(request.user, door, form.values, form.content, attachment_id=form.new_id),
        told=_("The file is kept, encrypted and without its name."),
        page=page,
        mark="#files",
    )


@only("cases.see")
@never_cache
@require_safe
def give_file(request: StaffRequest, /, attachment_id: UUID, **keys: UUID) -> HttpResponse:
    """Give a file to keep, never to show: whatever stands in it is not opened by the browser on this address."""
    door = find_door(request, keys, writes=True)
    kept = _find(door, attachment_id)
    content = actions.read_file(door, kept)
    look(request, door, verb="exported", subject="attachment", key=kept.pk)
    ending = words.vocabulary().lists["attachment_form"].codes[kept.form].text("ending")
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f'attachment; filename="{short_code(kept.pk)}.{ending}"'
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer


@only("cases.see")
@require_POST
def remove_file(request: StaffRequest, /, attachment_id: UUID, **keys: UUID) -> HttpResponse:
    """Delete a file that should not be here."""
    door = find_door(request, keys, writes=True)
    if carry_out(request, lambda: actions.remove_file(request.user, door, attachment_id)):
        messages.success(request, _("The file is deleted."))
    return redirect(f"{address_of(door)}#files")


def _find(door: Door, attachment_id: UUID) -> Attachment:
    found = (
        Attachment.objects.filter(pk=attachment_id, person=door.person, case=door.case).select_related("box").first()
    )
    if found is None:
        raise Http404
    return found
