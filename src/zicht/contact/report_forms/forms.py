"""The form for one question of a form: its words in both languages, its choices, and when it is asked."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.contact.report_forms.questions import CHOICES, CODE, CODED, LANGUAGES, Condition, Option, Question
from zicht.contact.report_forms.rules import LONGEST_TEXT
from zicht.people.code_fields import label_of_field, language

KIND_CHOICES = [
    ("one", _("One choice")),
    ("several", _("Several choices")),
    ("yes_no", _("Yes or no")),
    ("date", _("Day")),
    ("municipality", _("Municipality")),
    ("short", _("Short text")),
    ("long", _("Long text")),
]
# What intake asks too: answers to these go along in codes when somebody takes a report in.
FIELDS = (
    "exploitation.forms",
    "signal.indicator",
    "signal.basis",
    "signal.observed_on",
    "signal.place_code",
    "contact.timing",
    "contact.age_band",
    "contact.role",
    "observer",
    "situation",
)


def _field_choices() -> list[tuple[str, Any]]:
    return [("", _("None: it is only read at the desk")), *((name, _label_of_field(name)) for name in FIELDS)]


def _label_of_field(name: str) -> str:
    entity, dot, field = name.partition(".")
    return label_of_field(entity, field) if dot else words.vocabulary().lists[name].label.in_language(language())


class QuestionForm(forms.Form):
    """Ask what one question asks."""

    kind = forms.ChoiceField(label=_("Kind of answer"), choices=KIND_CHOICES)
    topic_nl = forms.CharField(
        label=_("Heading in Dutch"),
        max_length=LONGEST_TEXT,
        required=False,
        help_text=_("A heading begins a new page. Leave both headings empty to stay on the page before."),
    )
    topic_en = forms.CharField(label=_("Heading in English"), max_length=LONGEST_TEXT, required=False)
    ask_nl = forms.CharField(label=_("Question in Dutch"), max_length=LONGEST_TEXT)
    ask_en = forms.CharField(label=_("Question in English"), max_length=LONGEST_TEXT)
    help_nl = forms.CharField(label=_("Help in Dutch"), max_length=LONGEST_TEXT, required=False)
    help_en = forms.CharField(label=_("Help in English"), max_length=LONGEST_TEXT, required=False)
    needed = forms.BooleanField(label=_("It must be answered"), required=False)
    options = forms.CharField(
        label=_("Choices"),
        required=False,
        widget=forms.Textarea({"rows": 6}),
        help_text=_("For one or several choices, each on its own line: code | Dutch | English."),
    )
    field = forms.ChoiceField(label=_("Goes along to intake as"), required=False, choices=_field_choices)
    only_if = forms.MultipleChoiceField(
        label=_("Ask it only after one of these answers"),
        required=False,
        widget=forms.SelectMultiple({"size": 8}),
        help_text=_("Answers to one earlier question. Choose none to ask it always."),
    )

    def __init__(self, *args: Any, before: Sequence[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        self.before = before
        choices = [
            (one.ask[language()], [(f"{one.name}={option.code}", option.label[language()]) for option in one.choices])
            for one in before
            if one.kind in CODED
        ]
        self.fields["only_if"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["only_if"]

    def clean_options(self) -> tuple[Option, ...]:
        """Read one choice from each line."""
        lines = [line for line in self.cleaned_data["options"].splitlines() if line.strip()]
        return tuple(_read_option(line) for line in lines)

    def clean_only_if(self) -> Condition | None:
        """Read answers to one question."""
        pairs = [value.partition("=") for value in self.cleaned_data["only_if"]]
        names = {name for name, _sign, _code in pairs}
        if len(names) > 1:
            raise forms.ValidationError(_("Choose answers to one question only."))
        return Condition(names.pop(), frozenset(code for _name, _sign, code in pairs)) if names else None

    def to_question(self, name: str) -> Question:
        """Give the question that was filled in."""
        given = self.cleaned_data
        return Question(
            name=name,
            kind=given["kind"],
            ask=self._words("ask") or {},
            help=self._words("help"),
            topic=self._words("topic"),
            needed=given["needed"],
            options=given["options"] if given["kind"] in CHOICES else (),
            only_if=given.get("only_if"),
            field=given["field"],
        )

    def _words(self, name: str) -> dict[str, str] | None:
        found = {one: " ".join(self.cleaned_data[f"{name}_{one}"].split()) for one in LANGUAGES}
        return found if any(found.values()) else None


def initial_of(question: Question) -> dict[str, Any]:
    """Give what the form begins with for a question that is there."""
    condition = question.only_if
    of_words = {
        f"{name}_{one}": (text or {}).get(one, "")
        for name, text in (("topic", question.topic), ("ask", question.ask), ("help", question.help))
        for one in LANGUAGES
    }
    lines = [f"{one.code} | {one.label.get('nl', '')} | {one.label.get('en', '')}" for one in question.options]
    return {
        **of_words,
        "kind": question.kind,
        "needed": question.needed,
        "options": "\n".join(lines),
        "field": question.field,
        "only_if": [f"{condition.question}={code}" for code in condition.codes] if condition else [],
    }


def _read_option(line: str) -> Option:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != len(LANGUAGES) + 1 or not all(parts) or not CODE.fullmatch(parts[0]):
        raise forms.ValidationError(
            _("“%(line)s” is not a code, a Dutch and an English text with | between them."), params={"line": line[:60]}
        )
    return Option(parts[0], dict(zip(LANGUAGES, parts[1:], strict=True)))
