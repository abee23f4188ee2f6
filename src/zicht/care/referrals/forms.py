"""The forms of a referral: what is asked for, on which ground and with what along, and why it is refused."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zicht import words
from zicht.care import rules
from zicht.care.referrals import queries
from zicht.care.referrals.actions import Terms
from zicht.cases.forms import TopicForm
from zicht.cases.rules import NOT_A_BASIS, is_article_9_alone
from zicht.cases.sharing import Ground
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import field_label, language
from zicht.people.models import Organisation
from zicht.people.wording import label_of_field

ASKED = ("to_org", "reason", "support", "place_kind", "urgency")
MOST_REASON = 2_000  # characters
INFORMED = {"yes": True, "no": False, "": None}


class ReferForm(TopicForm):
    """Ask to whom, why, and which help is needed."""

    def __init__(self, data: Any = None) -> None:
        outside = [
            (str(one.pk), _("%(organisation)s (outside Zicht)") % {"organisation": one}) for one in queries.partners()
        ]
        offered = [*((str(one.pk), str(one)) for one in queries.receivers()), *outside]
        super().__init__(data, entity="referral", only=ASKED, options={"to_org": offered})
        self.fields["place_kind"].help_text = _("Only where a place to stay is needed.")


class GroundForm(forms.Form):
    """Ask on which ground something goes to another organisation."""

    use_required_attribute = False
    basis = forms.MultipleChoiceField(label=field_label("share", "basis"), widget=forms.CheckboxSelectMultiple)
    necessity = forms.CharField(
        label=field_label("share", "necessity"),
        help_text=gettext_lazy("In general words, without names, addresses or numbers."),
        max_length=MOST_REASON,
        widget=forms.Textarea({"rows": 3}),
    )
    person_informed = forms.ChoiceField(
        label=field_label("share", "person_informed"), required=False, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        bases = [term for term in words.choices("legal_basis", language()) if term[0] not in NOT_A_BASIS]
        self._offer("basis", bases)
        self._offer("person_informed", [("yes", _("Yes")), ("no", _("No")), ("", _("Not filled in yet"))])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]

    def clean_basis(self) -> list[str]:
        """Refuse a ground of article 9 alone."""
        chosen: list[str] = self.cleaned_data["basis"]
        if is_article_9_alone(chosen):
            raise forms.ValidationError(_("Choose on which basis: one of article 9 only stands beside another one."))
        return chosen

    @property
    def ground(self) -> Ground:
        """Give it as the action takes it."""
        given = self.cleaned_data
        return Ground(tuple(given["basis"]), given["necessity"], INFORMED[given["person_informed"]])


class TermsForm(GroundForm):
    """Ask on which ground a referral goes, and what goes along."""

    fields_along = forms.MultipleChoiceField(
        label=gettext_lazy("What goes along"),
        help_text=gettext_lazy(
            "Read from the case whenever the receiver looks, and only as long as the referral stands. Texts never go."
        ),
        initial=list(rules.FIRST_CHOSEN),
        widget=forms.CheckboxSelectMultiple({"class": "choices"}),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self._offer("fields_along", [(name, label_of_field(*name.split("."))) for name in rules.fields_that_may_go()])

    @property
    def terms(self) -> Terms:
        """Give it as the action takes it."""
        return Terms(tuple(self.cleaned_data["fields_along"]), self.ground)


class OfferForm(GroundForm):
    """Ask to which organisation a case goes, and on which ground."""

    to_org = forms.ChoiceField(label=gettext_lazy("To which organisation"), widget=forms.RadioSelect)
    field_order = ("to_org", "basis", "necessity", "person_informed")

    def __init__(self, data: Any = None, *, own: Organisation) -> None:
        super().__init__(data)
        self._offer("to_org", [(str(one.pk), str(one)) for one in queries.receivers() if one.pk != own.pk])


class DossierForm(forms.Form):
    """Ask for how long a dossier can be opened."""

    use_required_attribute = False
    days = forms.TypedChoiceField(
        label=gettext_lazy("The partner can open it for"), coerce=int, initial=7, widget=forms.RadioSelect
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        days = [(n, ngettext("%(n)s day", "%(n)s days", n) % {"n": n}) for n in rules.DOSSIER_DAYS]
        self.fields["days"].choices = days  # type: ignore[attr-defined]


class RefuseForm(forms.Form):
    """Ask why a referral is refused."""

    use_required_attribute = False
    reason = Asked(label=field_label("referral", "refusal_reason"), widget=forms.RadioSelect)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reason"].widget.choices = words.choices("refusal_reason", language())

    def clean_reason(self) -> str:
        """Let the words judge it."""
        typed: str = self.cleaned_data["reason"]
        problem = words.check_value("referral", "refusal_reason", typed) if typed else words.Problem("required")
        if problem:
            raise forms.ValidationError(problem.in_language(language()))
        return typed
