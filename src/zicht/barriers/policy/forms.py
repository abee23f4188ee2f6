"""The forms of municipal policy: what is known, which municipalities somebody wants to see, and a table to take in."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.barriers import rules
from zicht.barriers.models import Policy
from zicht.barriers.policy.importing import LIMITS, Findings, NoPolicyError, examine
from zicht.barriers.policy.queries import DUE, UNKNOWN
from zicht.cases.forms import LARGEST_VERSION, TopicForm
from zicht.people.code_fields import language, offered
from zicht.reading import tables

ENTITY = Policy.words_entity
NOT_THERE = 0  # instead of the version of a record
TOPICS = words.vocabulary().entities[ENTITY].topics
ASKED = (*TOPICS["policy"].fields, *TOPICS["practice"].fields)
ENCODINGS = [
    (tables.UTF_8, gettext_lazy("UTF-8 (usual)")),
    (tables.WINDOWS_1252, gettext_lazy("Windows-1252 (older Excel)")),
]


class PolicyForm(TopicForm):
    """Ask what is known about the policy of a municipality, and where that is stated."""

    def __init__(self, data: Any = None, *, record: Policy | None, initial: Any = None) -> None:
        begin = {**(initial or {}), "version": record.version if record else NOT_THERE}
        super().__init__(data, entity=ENTITY, record=record, only=ASKED, initial=begin)
        # Also for a first record: another one may be there by the time that it is saved.
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, min_value=NOT_THERE, max_value=LARGEST_VERSION
        )
        self.fields["source"].help_text = _(
            "Where it is stated: a document, a page, a meeting of the council. No name of a person."
        )


class FilterForm(forms.Form):
    """Ask which municipalities somebody wants to see."""

    name = forms.CharField(label=gettext_lazy("Name"), required=False, max_length=60)
    province = forms.ChoiceField(label=gettext_lazy("Province"), required=False)
    state = forms.ChoiceField(label=gettext_lazy("State of policy"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        every = [("", _("All"))]
        self.fields["province"].choices = every + [(one, one) for one in rules.PROVINCES]  # type: ignore[attr-defined]
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            *every,
            *offered("policy_state", strict=True),
            (UNKNOWN, _("Not looked up yet")),
            (DUE, _("To be looked up again")),
        ]


class TableForm(forms.Form):
    """Ask for a table, and look at every row of it."""

    use_required_attribute = False
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("A .csv or .xlsx with the columns of the export. Column names stand in the first row."),
        widget=forms.ClearableFileInput({"accept": ".csv,.xlsx"}),
    )
    encoding = forms.ChoiceField(label=gettext_lazy("Kind of text of a .csv"), choices=ENCODINGS, initial=tables.UTF_8)
    found: Findings

    def clean(self) -> dict[str, Any]:
        """Refuse a file that is too large, or no table."""
        given = super().clean() or self.cleaned_data
        file = given.get("file")
        if file and file.size > LIMITS.most_on_disk:
            most = LIMITS.most_on_disk // tables.MEGABYTE
            told = tables.FileTooLarge(size=file.size // tables.MEGABYTE + 1, most=most)
            self.add_error("file", told.in_language(language()))
        elif file and given.get("encoding"):
            try:
                self.found = examine(file.read(), tables.TextForm(given["encoding"], ""))
            except tables.TableError as error:
                self.add_error("file", error.in_language(language()))
            except NoPolicyError as error:
                self.add_error("file", str(error))
        return given
