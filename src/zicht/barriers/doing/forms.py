"""The forms of an action: what is agreed and when, whether it works, and which actions somebody wants to see."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.barriers import rules
from zicht.barriers.models import BarrierAction, BarrierModel
from zicht.barriers.processes.content import barriers_of
from zicht.barriers.processes.pages import name_of_process
from zicht.cases.forms import TopicForm
from zicht.people.code_fields import language
from zicht.people.models import Account
from zicht.people.option_lists import OptionList

ENTITY = BarrierAction.words_entity
AGREED = words.vocabulary().entities[ENTITY].topics["agreed"].fields
WHEN = words.vocabulary().entities[ENTITY].topics["when"].fields


class ActionForm(TopicForm):
    """Ask what is agreed against which barrier, where, who does it, until when, and how it is measured."""

    def __init__(
        self,
        data: Any = None,
        *,
        by: Account,
        model: BarrierModel,
        record: BarrierAction | None = None,
        initial: Any = None,
    ) -> None:
        told = language()
        every = barriers_of(model.steps)
        barriers = [(code, f"{code} {one.label.in_language(told)}") for code, (_step, one) in every.items()]
        options = {
            "barrier": barriers,
            "area_code": area_choices(),
            "lead_account": colleagues(by),
        }
        if record is not None:
            initial = {"partners": [str(key) for key in record.partners.values_list("pk", flat=True)]}
        only = [name for name in (*AGREED, *WHEN) if record is None or name != "barrier"]
        super().__init__(data, entity=ENTITY, record=record, only=only, options=options, initial=initial)
        for name in ("barrier", "area_code"):
            if name in self.fields:
                self.fields[name].widget = OptionList(choices=[("", _("Not chosen yet")), *options[name]])
        for name in ("what", "measure", "measure_before"):
            self.fields[name].widget = forms.Textarea({"rows": 3, "maxlength": 2_000})
        self.fields["what"].help_text = _("No names, addresses or numbers of people.")
        self.is_begun = record is not None and record.state not in ("idea", "agreed")
        self.fields["lead_role"].help_text = _("A role, such as neighbourhood officer. No name.")

    def clean(self) -> dict[str, Any]:
        """Refuse a plan that is due before it begins; what began too late already was due before."""
        given = super().clean()
        start, due = given.get("start_on"), given.get("due_on")
        if not self.is_begun and isinstance(start, dt.date) and isinstance(due, dt.date) and due < start:
            self.add_error("due_on", _("This day lies before the first day."))
        return given


class EvaluationForm(TopicForm):
    """Ask whether a barrier works, and what that rests on."""

    def __init__(self, data: Any = None, *, record: BarrierAction) -> None:
        only = words.vocabulary().entities[ENTITY].topics["evaluation"].fields
        super().__init__(data, entity=ENTITY, record=record, only=only, needed=("effect",))
        for name in ("measure_after", "evaluation"):
            self.fields[name].widget = forms.Textarea({"rows": 4, "maxlength": 2_000})
        self.fields["evaluation"].help_text = _("No names, addresses or numbers of people.")


class FilterForm(forms.Form):
    """Ask which actions somebody wants to see."""

    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False, widget=OptionList)
    process = forms.ChoiceField(label=gettext_lazy("Process"), required=False)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[("", gettext_lazy("Open")), ("late", gettext_lazy("Too late")), ("all", gettext_lazy("All"))],
    )
    step = forms.CharField(required=False, widget=forms.HiddenInput, max_length=20)

    def __init__(self, *args: Any, reader: Account, **options: Any) -> None:
        super().__init__(*args, **options)
        models = {one.process: one for one in BarrierModel.objects.visible_to(reader).order_by("number")}
        processes = [(code, name_of_process(code, models)) for code in models]
        self.fields["area"].choices = [("", _("Everywhere")), *area_choices()]  # type: ignore[attr-defined]
        self.fields["process"].choices = [("", _("All")), *processes]  # type: ignore[attr-defined]


def area_choices() -> list[tuple[str, str]]:
    """Give every area: the country, the provinces, and the municipalities by name."""
    towns = sorted((town.name, code) for code, town in words.municipalities().items())
    country = (rules.EVERYWHERE, _("The whole country"))
    return [country, *((one, one) for one in rules.PROVINCES), *((code, name) for name, code in towns)]


def colleagues(by: Account) -> list[tuple[str, str]]:
    """Give the colleagues who see actions, so can be in charge of one."""
    accounts = Account.objects.filter(org_id=by.org_id, status="active").prefetch_related("grants")
    return [(str(one.pk), one.full_label) for one in accounts.order_by("shown_as", "login") if rules.may_look(one)]
