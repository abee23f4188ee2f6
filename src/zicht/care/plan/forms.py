"""The forms of support: a plan, a goal and a task, asked as the words say, and whom to ask for an approval."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from zicht.care.plan.doors import Door, colleagues_behind
from zicht.care.plan.models import CarePlan, Goal, Task
from zicht.care.safety.reaching import refuse_a_way_to_reach
from zicht.cases.forms import TopicForm
from zicht.people.asked_fields import Asked
from zicht.people.code_fields import field_label
from zicht.people.models import Account
from zicht.people.option_lists import OptionList

OF_A_PLAN = ("agreement", "agreed_on", "review_on")
OF_A_GOAL = ("domain", "support", "objective", "action", "by_org", "planned_end")
OF_AN_END = ("outcome", "actual_end")
OF_A_TASK = ("kind", "what", "assigned_to", "due_on")


class PlanForm(TopicForm):
    """Ask how a plan was agreed with the person, and when it is looked at again."""

    def __init__(self, data: Any = None, *, plan: CarePlan | None = None, beside: dict[str, object]) -> None:
        super().__init__(data, entity="care_plan", only=OF_A_PLAN, record=plan, beside=beside)


class GoalForm(TopicForm):
    """Ask what the person wants in a domain of life, and what is done for it; of one that stands, what came of it."""

    def __init__(self, data: Any = None, *, goal: Goal | None = None) -> None:
        names = (*OF_A_GOAL, *(OF_AN_END if goal else ()))
        super().__init__(data, entity="support_plan", only=names, record=goal, needed=("objective",))

    def clean(self) -> dict[str, Any]:
        """Refuse what somebody could be found with."""
        return refuse_a_way_to_reach(self, super().clean(), ("objective", "action"))


class TaskForm(TopicForm):
    """Ask what a colleague does by which day."""

    def __init__(self, data: Any = None, *, door: Door, by: Account, task: Task | None = None) -> None:
        offered = [(str(one.pk), one.shown_as) for one in colleagues_behind(door)]
        options, needed = {"assigned_to": offered}, ("assigned_to", "due_on")
        super().__init__(
            data,
            entity="task",
            only=OF_A_TASK,
            record=task,
            options=options,
            needed=needed,
            initial=None if task else {"assigned_to": by.pk},
        )

    def clean(self) -> dict[str, Any]:
        """Refuse what somebody could be found with."""
        return refuse_a_way_to_reach(self, super().clean(), ("what",))


class AskApprovalForm(forms.Form):
    """Ask which colleague is asked to approve; never who asks."""

    use_required_attribute = False
    colleague = forms.UUIDField(label=field_label("approval", "asked_of"))

    def __init__(self, data: Any = None, *, door: Door, by: Account) -> None:
        super().__init__(data)
        offered = [(str(one.pk), one.shown_as) for one in colleagues_behind(door) if one.pk != by.pk]
        self.fields["colleague"].widget = OptionList(choices=[("", _("Not chosen yet")), *offered])
        self.has_somebody = bool(offered)


class AnswerForm(forms.Form):
    """Ask whether a version is approved, and why not."""

    use_required_attribute = False
    state = forms.ChoiceField(label=field_label("approval", "state"), widget=forms.RadioSelect)
    reason = Asked(
        label=field_label("approval", "reason"), required=False, widget=forms.Textarea({"rows": 3, "maxlength": 2_000})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        choices = [("approved", _("Approved")), ("declined", _("Not approved"))]
        self.fields["state"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where it is not approved."""
        given = self.cleaned_data
        if given.get("state") == "declined" and not given.get("reason"):
            self.add_error("reason", _("Write down why it is not approved."))
        return given
