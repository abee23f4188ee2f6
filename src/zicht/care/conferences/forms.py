"""The forms of a case conference: who took part, a decision, and the answer of an organisation."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zicht.care.conferences.actions import may_be_present
from zicht.care.plan.doors import team_of
from zicht.care.safety.reaching import refuse_a_way_to_reach
from zicht.cases.forms import TopicForm
from zicht.cases.models import Case
from zicht.cases.rules import is_article_9_alone
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import field_label
from zicht.people.models import Organisation

OF_A_CONFERENCE = (
    "held_on", "chair_org", "participants", "roles", "without_identity", "basis", "person_informed", "decisions",
)  # fmt: skip
OF_A_DECISION = ("domain", "kind", "what", "by_org", "owner", "due_on")


class ConferenceForm(TopicForm):
    """Ask when it was, which organisations and roles took part, and on which basis."""

    def __init__(self, data: Any = None, *, own: Organisation) -> None:
        begin: dict[str, object] = {"chair_org": own.pk, "participants": [str(own.pk)], "without_identity": None}
        offered = [(str(one.pk), str(one)) for one in may_be_present(own.pk).order_by("org_name")]
        options = {"chair_org": offered, "participants": offered}
        needed = ("participants",)
        super().__init__(
            data, entity="case_conference", only=OF_A_CONFERENCE, initial=begin, needed=needed, options=options
        )
        self.own = own
        self.fields["decisions"].label = _("What was talked over")
        self.fields["necessity"] = Asked(
            label=field_label("share", "necessity"),
            help_text=_("Where the person was named: why the others needed to know. In general words."),
            required=False,
            widget=forms.Textarea({"rows": 3, "maxlength": 2_000}),
        )

    def clean(self) -> dict[str, Any]:
        """Ask for the reason where somebody of outside learned who it was about."""
        given = refuse_a_way_to_reach(self, super().clean(), ("decisions", "necessity"))
        others = {str(one) for one in given.get("participants") or []} - {str(self.own.pk)}
        if given.get("without_identity") is False and others and not given.get("necessity"):
            self.add_error("necessity", _("Write down why the other organisations needed to know of whom it was."))
        if given.get("basis") and is_article_9_alone(given["basis"]):
            self.add_error("basis", _("Choose on which basis: one of article 9 only stands beside another one."))
        return given

    @property
    def values(self) -> dict[str, object]:
        """Give the fields of the conference; who took part is given apart."""
        return {name: value for name, value in super().values.items() if name != "participants"}


class DecisionForm(TopicForm):
    """Ask what was decided, who does it, and by when."""

    def __init__(self, data: Any = None, *, case: Case, present: Iterable[Organisation]) -> None:
        options = {
            "by_org": [(str(one.pk), str(one)) for one in present],
            "owner": [(str(one.pk), one.shown_as) for one in team_of(case)],
        }
        super().__init__(data, entity="decision", only=OF_A_DECISION, options=options)
        self.org_id = case.org_id
        self.fields["owner"].help_text = _("Of the own organisation: the decision becomes a task.")

    def clean(self) -> dict[str, Any]:
        """Ask which colleague, where the own organisation does it."""
        given = refuse_a_way_to_reach(self, super().clean(), ("what",))
        is_ours = str(given.get("by_org")) == str(self.org_id)
        if is_ours and not given.get("owner"):
            self.add_error("owner", _("Choose which colleague does it."))
        if not is_ours and given.get("owner"):
            self.add_error("owner", _("Leave this empty where another organisation does it."))
        return given
