"""The forms of a case held against the steps, and of the sums."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.barriers.holding.pages import StepOfCase
from zicht.barriers.holding.sums import areas
from zicht.barriers.rules import EVERYWHERE, REGIONS
from zicht.people.code_fields import field_label, label_of, offered
from zicht.people.option_lists import OptionList

ENTITY = "barrier_finding"
ANSWERS = ("confirmed", "rejected")


class DecisionForm(forms.Form):
    """Ask whether a case shows a step, what stood there, and which barrier would have caught it."""

    use_required_attribute = False
    standing = forms.ChoiceField(label=field_label(ENTITY, "standing"), widget=forms.RadioSelect)
    barrier_code = forms.ChoiceField(label=field_label(ENTITY, "barrier_code"), required=False, widget=OptionList)
    state = forms.ChoiceField(choices=[(one, one) for one in ANSWERS])
    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=200)

    def __init__(self, data: Any = None, *, step: StepOfCase) -> None:
        super().__init__(
            data,
            prefix=step.step.code,
            initial={
                "standing": step.standing,
                "barrier_code": step.chosen,
                "seen": step.finding.mark if step.finding else "",
            },
        )
        self.fields["standing"].choices = offered("barrier_standing", strict=True)  # type: ignore[attr-defined]
        self.fields["barrier_code"].choices = [("", "–"), *step.barriers]  # type: ignore[attr-defined]

    @property
    def values(self) -> dict[str, object]:
        """Give what was decided."""
        return {name: self.cleaned_data[name] for name in ("standing", "barrier_code", "state")}


class ReportForm(forms.Form):
    """Ask for the code of a report about the same situation."""

    code = forms.CharField(label=gettext_lazy("Code of a report"), max_length=20)


class SumsForm(forms.Form):
    """Ask which half-year and which area."""

    period = forms.ChoiceField(label=gettext_lazy("Half-year"), required=False)
    area = forms.ChoiceField(label=gettext_lazy("Area"), required=False, widget=OptionList)

    def __init__(self, *args: Any, periods: list[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["period"].choices = [(one, one) for one in periods]  # type: ignore[attr-defined]
        self.fields["area"].choices = [(one, name_of_area(one)) for one in areas()]  # type: ignore[attr-defined]


def name_of_area(area: str) -> str:
    """Give the name of the country, a region, a province or a unit of the police."""
    if area == EVERYWHERE:
        return _("The whole country")
    if area in REGIONS:
        return _("Region %(name)s") % {"name": area}
    is_unit = area in words.vocabulary().lists["police_unit"].codes
    return _("Police unit %(name)s") % {"name": label_of("police_unit", area)} if is_unit else area
