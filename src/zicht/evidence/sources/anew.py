"""Pages on which a file is read anew, and a person says where quotations stand that moved with it."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from zicht.evidence.models import Anchor, TextVersion
from zicht.evidence.sources import actions
from zicht.evidence.sources.forms import AnewForm
from zicht.evidence.statements.reading_page import anchors_to_look_at
from zicht.evidence.view_parts import carry_out, find_source, say_what_is_wrong
from zicht.people.guard import StaffRequest, only


@only("evidence.record")
@require_POST
def read_again(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Read a file anew, and say how many quotations somebody must look at."""
    source = find_source(request, source_id, in_use=True)
    form = AnewForm(request)
    came: list[TextVersion | None] = []
    if not form.is_valid():
        say_what_is_wrong(request, form)
    else:
        file = form.cleaned_data["file"]
        data = file.read() if file else None
        if carry_out(request, lambda: came.append(actions.read_again(request.user, source, data))):
            messages.success(request, _said(came[0]))
    return redirect("evidence:custody", source.pk)


def _said(version: TextVersion | None) -> str:
    if version is None:
        return _("The text is the same as before. Nothing was changed.")
    count = len(anchors_to_look_at(version))
    if not count:
        return _("Read anew. Every quotation stands where it stood.")
    said = ngettext(
        "Read anew. %(n)s quotation is not exactly where it was: look at it.",
        "Read anew. %(n)s quotations are not exactly where they were: look at each.",
        count,
    )
    return said % {"n": count}


@only("evidence.record")
@require_POST
def place_quotation(request: StaffRequest, source_id: UUID, anchor_id: UUID) -> HttpResponse:
    """Say where a quotation stands in the new text."""
    source = find_source(request, source_id, in_use=True)
    anchor = Anchor.objects.visible_to(request.user).filter(source=source, pk=anchor_id).first()
    if anchor is None:
        raise Http404
    place = [int(value) if value.isdecimal() else 0 for value in map(request.POST.get, ("start", "end"), ("", ""))]
    if carry_out(request, lambda: actions.confirm_anchor(request.user, anchor, *place), _("Saved.")):
        return redirect("evidence:custody", source.pk)
    return redirect(f"{reverse('evidence:source', args=[source.pk])}?anchor={anchor.pk}#state")
