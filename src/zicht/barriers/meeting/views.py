"""One screen for a meeting of partners."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zicht.barriers.doing.forms import area_choices
from zicht.barriers.holding.forms import name_of_area
from zicht.barriers.meeting.actions import close_meeting
from zicht.barriers.meeting.queries import area_of_sums, page_of_meeting
from zicht.barriers.models import Meeting
from zicht.barriers.rules import EVERYWHERE, region_of
from zicht.barriers.view_parts import KEEP, LOOK, carry_out, draw, listed
from zicht.people.guard import StaffRequest, only
from zicht.people.option_lists import OptionList


class AreaForm(forms.Form):
    """Ask about which area the meeting is."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), choices=area_choices, required=False, widget=OptionList)


@only(LOOK)
@require_safe
def show(request: StaffRequest) -> HttpResponse:
    """Show what a meeting looks at."""
    listed(request, Meeting.words_entity)
    form = AreaForm(request.GET or None)
    area = (form.cleaned_data["area"] if form.is_valid() else "") or EVERYWHERE
    page = page_of_meeting(request.user, area, is_further_back="further" in request.GET)
    of_sums = area_of_sums(area)
    shown = {"form": form, "page": page, "code": area}
    shown |= {"area_of_sums": name_of_area(of_sums), "region": region_of(of_sums)}
    return draw(request, "barriers/meeting.html", shown)


@only(KEEP)
@require_POST
def close(request: StaffRequest) -> HttpResponse:
    """Close a meeting, so that the next one is told what changed since."""
    area = request.POST.get("area", "")
    if carry_out(request, lambda: close_meeting(request.user, area)):
        messages.success(request, _("The meeting is closed. The next one shows what changed since."))
    return redirect(f"{reverse('barriers:meeting')}?area={area}" if area != EVERYWHERE else "barriers:meeting")
