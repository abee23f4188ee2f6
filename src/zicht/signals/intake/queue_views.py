"""The queue, what needs somebody at once, and the table of police districts."""

import re
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht import words
from zicht.people.actions import record_access
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import field_label, language
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.models import Account
from zicht.people.option_lists import OptionList
from zicht.people.place_input import TownInput
from zicht.people.wording import code_of_place
from zicht.signals import rules
from zicht.signals.intake import actions, areas, pages, queries
from zicht.signals.intake.queries import MINE, NOBODY, OPEN, OWN_AREA
from zicht.signals.intake.view_parts import find_intake, refusals_of
from zicht.signals.reports import MOST_DISTRICTS

POSITION = re.compile(r"[0-9]{18}[0-9a-f]{32}")  # the microsecond and the identifier of the last of a page


class QueueFilterForm(forms.Form):
    """Narrow the queue."""

    state = forms.ChoiceField(label=field_label("intake", "state"), required=False, widget=OptionList)
    urgency = forms.ChoiceField(label=field_label("intake", "urgency"), required=False, widget=OptionList)
    handler = forms.ChoiceField(label=field_label("intake", "handler"), required=False, widget=OptionList)
    late = forms.BooleanField(label=gettext_lazy("Late only"), required=False)
    source = forms.ChoiceField(label=field_label("intake", "source"), required=False, widget=OptionList)
    police_unit = forms.ChoiceField(label=field_label("intake", "police_unit"), required=False, widget=OptionList)
    place_code = Asked(
        label=field_label("intake", "place_code"), required=False, widget=TownInput({"autocomplete": "off"})
    )
    area = forms.ChoiceField(label=gettext_lazy("Working area"), required=False, widget=OptionList)
    begin = forms.CharField(required=False, widget=forms.HiddenInput)

    FIRST = ("state", "urgency", "handler", "late")

    def __init__(self, data: Any, *, reader: Account, walls: frozenset[str]) -> None:
        super().__init__(data)
        is_press = walls == {rules.PRESS}
        sources = [pair for pair in _terms("intake_source") if (pair[0] == rules.PRESS_TIP) == is_press]
        self._offer("state", _("Open"), [*_terms("intake_state")])
        self._offer("urgency", _("All"), _terms("urgency"))
        self._offer("handler", _("Everybody"), [(MINE, _("Mine")), (NOBODY, _("Nobody yet"))])
        self._offer("source", _("All"), sources)
        self._offer("police_unit", _("All"), _terms("police_unit"))
        self._offer("area", _("The whole country"), [(OWN_AREA, _("Our working area"))])
        if not queries.has_area(reader.org):
            del self.fields["area"]

    def _offer(self, name: str, rest: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = [("", rest), *choices]  # type: ignore[attr-defined]

    def clean_place_code(self) -> str:
        """Take the name of a municipality for its code."""
        code = code_of_place("municipality", str(self.cleaned_data["place_code"] or ""))
        if code and code not in words.municipalities():
            raise forms.ValidationError(_("There is no municipality of this name. Choose one that is suggested."))
        return code

    def clean_begin(self) -> str:
        """Refuse what is no position in the queue."""
        begin: str = self.cleaned_data["begin"]
        try:
            if begin and not POSITION.fullmatch(begin):
                raise ValueError
            if begin:
                queries.read_position(begin)
        except (ValueError, OverflowError) as wrong:
            raise forms.ValidationError(_("This is no place in the list.")) from wrong
        return begin

    @property
    def wanted(self) -> dict[str, Any]:
        """Give what is wanted, by name."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "begin"}
        return {**given, "state": given.get("state") or OPEN}

    @property
    def is_narrowed(self) -> bool:
        """Tell whether anything is asked at all."""
        return any(self.data.get(name) for name in self.fields if name != "begin")

    @property
    def first(self) -> list[forms.BoundField]:
        """Give the fields that are always shown."""
        return [self[name] for name in self.FIRST]

    @property
    def folded(self) -> list[forms.BoundField]:
        """Give the fields that are folded away."""
        return [field for field in self.visible_fields() if field.name not in self.FIRST]

    @property
    def is_unfolded(self) -> bool:
        """Tell whether one of them narrows the queue now, or is wrong."""
        return any(field.data or field.errors for field in self.folded)


@only("signals.weigh")
@require_safe
def list_intake(request: StaffRequest) -> HttpResponse:
    """Show what the reader may weigh: what is late first, then by its term."""
    form = QueueFilterForm(request.GET, reader=request.user, walls=rules.walls_of(request.user))
    is_right = form.is_valid()
    if "begin" in form.errors:
        raise Http404
    record_access(request.user, "searched" if is_right and form.is_narrowed else "listed", "intake")
    page = queries.list_queue(request.user, form.wanted, form.cleaned_data["begin"]) if is_right else None
    shown = {
        "form": form,
        "page": page,
        "rows": pages.rows_of(page.rows) if page else [],
        "alerts": queries.count_alerts(request.user),
        "may_lead": request.user.has_perm("signals.lead"),
    }
    return render(request, "signals/queue.html", shown)


@only("signals.weigh")
@require_safe
def show_alerts(request: StaffRequest) -> HttpResponse:
    """Show what somebody on duty must see first."""
    record_access(request.user, "listed", "intake")
    alerts = queries.alerts_for(request.user)
    each = ((rules.DANGER, alerts.danger), (rules.LATE, alerts.late), (rules.DUE_SOON, alerts.soon))
    seen = queries.alerts_seen(one for _kind, some in each for one in some)
    lists = [(pages.ALERTS[kind], pages.alert_rows(request.user, kind, some, seen)) for kind, some in each]
    return render(request, "signals/alerts.html", {"lists": [one for one in lists if one[1]]})


@only("signals.weigh")
@require_POST
def acknowledge_alert(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Keep that the reader saw why something needs somebody at once."""
    intake = find_intake(request, intake_id)
    kind = request.POST.get("alert", "")
    if kind not in pages.ALERTS:
        raise Http404
    if refused := refusals_of(lambda: actions.acknowledge_alert(request.user, intake, kind)):
        messages.error(request, " ".join(refused))
    else:
        messages.success(request, _("Your name stands beside it. It stays here until somebody takes it up."))
    return redirect("intake:alerts")


class DistrictsForm(forms.Form):
    """Ask the whole table of police districts as lines of a municipality and a district."""

    lines = Asked(
        label=gettext_lazy("Municipality; district"),
        help_text=gettext_lazy("A line for each municipality, such as: Amsterdam; Amsterdam-Noord. Empty: no table."),
        required=False,
        widget=forms.Textarea({"rows": 14, "spellcheck": "false"}),
    )

    def clean_lines(self) -> str:
        """Read each line, and say which are wrong."""
        typed: str = self.cleaned_data["lines"]
        self.table, wrong = areas.read_lines(typed)
        if wrong:
            sentence = _("These lines are no municipality with a district, or name one twice: %(lines)s.")
            raise forms.ValidationError(sentence % {"lines": ", ".join(map(str, wrong))})
        if len(set(self.table.values())) > MOST_DISTRICTS:
            sentence = _("A table has at most %(most)d different districts. The police has 43.")
            raise forms.ValidationError(sentence % {"most": MOST_DISTRICTS})
        return typed


@only("signals.lead")
@require_http_methods(["GET", "HEAD", "POST"])
def set_districts(request: StaffRequest) -> HttpResponse:
    """Show the table of police districts of the organisation, and replace it."""
    table = queries.districts(request.user.org_id)
    form = DistrictsForm(sent(request), initial={"lines": areas.write_lines(table)})
    if request.method == "POST" and form.is_valid():
        areas.replace(request.user, form.table)
        messages.success(request, _("The table is kept. It is used for what comes in from now on."))
        return redirect("intake:districts")
    return render(request, "signals/districts.html", {"form": form})


def _terms(list_name: str) -> list[tuple[str, str]]:
    return words.choices(list_name, language())
