"""The forms of sources: a file that comes in, who may see it, what it rests on."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from zicht import words
from zicht.evidence.models import Source
from zicht.evidence.models.columns import EDTF_LENGTH, LICENCE_LENGTH
from zicht.people.code_fields import field_label, label_of, language, offered
from zicht.people.models import Account
from zicht.reading.calendar import is_edtf
from zicht.reading.errors import WrongDate
from zicht.reading.formats.bounds import MEGABYTE, MOST_ON_DISK
from zicht.reading.lexicon import LANGUAGES

LONGEST = 500  # characters of a title, a publisher or an address
INTERVIEWS = frozenset({"victim_interview", "witness_interview", "insider_interview"})
SEALED = ("title", "publisher", "locator", "alias", "licence")


def day_input() -> forms.DateInput:
    """Give a field for a day: the browser reads and writes ISO dates, whatever the language of the page."""
    return forms.DateInput({"type": "date"}, format="%Y-%m-%d")


def check_edtf(value: str) -> str:
    """Give a date in EDTF as it was typed; raise ValidationError for what is none."""
    if value and not is_edtf(value):
        raise forms.ValidationError(WrongDate(given=value).in_language(language()))
    return value


def text(entity: str, name: str, *, length: int = LONGEST, **options: Any) -> forms.CharField:
    """Ask for a line of text, with the label of the words."""
    return forms.CharField(**{"label": field_label(entity, name), "required": False, "max_length": length, **options})


def code(entity: str, name: str, **options: Any) -> forms.ChoiceField:
    """Ask for a term, with the label of the words; nothing is chosen beforehand."""
    field = words.vocabulary().entities[entity].fields[name]

    def choices() -> list[tuple[str, Any]]:
        return [("", _("Not chosen yet")), *offered(field.list_name, strict=field.strict)]

    return forms.ChoiceField(**{"label": field_label(entity, name), "required": False, "choices": choices, **options})


class FileForm(forms.Form):
    """Ask for a file."""

    use_required_attribute = False
    file = forms.FileField(label=_("File"), help_text=_("Text, PDF, Word, web page or picture, at most 50 MB."))

    def __init__(self, request: HttpRequest) -> None:
        is_sent = request.method == "POST"
        super().__init__(request.POST if is_sent else None, request.FILES if is_sent else None)

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read; of such a one nothing was kept."""
        file = self.cleaned_data["file"]
        if file and file.size > MOST_ON_DISK:
            size, most = (round(one / MEGABYTE) for one in (file.size, MOST_ON_DISK))
            told = {"size": size, "most": most}
            raise forms.ValidationError(
                _("The file has %(size)s MB; more than %(most)s MB is not read. Nothing of it was kept.") % told
            )
        return file


class SourceForm(FileForm):
    """Ask for a file and where it is from; for an interview what the person agreed to."""

    kind = code("source", "kind", required=True)
    title = text("source", "title", help_text=_("Empty: the first words of the text. No names of a protected source."))
    publisher = text("source", "publisher")
    locator = text("source", "locator", help_text=_("For a web page the address at which it was saved."))
    captured_at = forms.DateTimeField(
        label=field_label("source", "captured_at"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M"],
    )
    published_edtf = text("source", "published_edtf", length=EDTF_LENGTH, help_text=_("Such as 2019 or 2019-06."))
    language = forms.ChoiceField(
        label=field_label("source", "language"),
        required=False,
        choices=lambda: [
            ("", _("Found out by the program")),
            *((tag, label_of("iso639", tag)) for tag in LANGUAGES),
        ],
    )
    licence = text("source", "licence", length=LICENCE_LENGTH)
    protected = forms.BooleanField(label=field_label("source", "protected"), required=False)
    alias = text("source", "alias")
    restricted = forms.BooleanField(label=field_label("source", "restricted"), required=False)
    double_reading = forms.BooleanField(label=field_label("source", "double_reading"), required=False)
    answer = code("interview", "answer", help_text=_("Of an interview only: may it be used as cited testimony?"))
    asked_on = forms.DateField(label=field_label("interview", "asked_on"), required=False, widget=day_input())
    conditions = text("interview", "conditions", widget=forms.Textarea({"rows": 3}), length=4000)

    def clean_published_edtf(self) -> str:
        """Take a date as far as it is known."""
        return check_edtf(self.cleaned_data["published_edtf"])

    def clean(self) -> dict[str, Any]:
        """Ask for the answer of the person whenever it is an interview."""
        given = super().clean() or {}
        if given.get("kind") in INTERVIEWS and not given.get("asked_on"):
            self.add_error("asked_on", _("Say when the person was asked."))
        return given

    @property
    def values(self) -> dict[str, Any]:
        """Give the values of the source."""
        names = ("kind", "captured_at", "published_edtf", "language")
        marks = ("protected", "restricted", "double_reading")
        sealed = {name: self.cleaned_data[name] or None for name in SEALED}
        return {**{name: self.cleaned_data[name] for name in (*names, *marks)}, **sealed}

    @property
    def interview(self) -> dict[str, Any] | None:
        """Give what the person agreed to; None for what is no interview."""
        given = self.cleaned_data
        if given["kind"] not in INTERVIEWS:
            return None
        purposes = ["testimony"] if given["answer"] == "yes" else []
        asked = {"answer": given["answer"] or "no", "asked_on": given["asked_on"], "purposes": purposes}
        return {**asked, "conditions": given["conditions"] or None}


class AnewForm(FileForm):
    """Ask for a changed file; without one, the bytes that are there are read again."""

    file = forms.FileField(
        label=_("Changed file"), required=False, help_text=_("Empty: the file that is here, by the rules of today.")
    )


class ReaderForm(forms.Form):
    """Choose a colleague."""

    use_required_attribute = False
    reader = forms.ModelChoiceField(label=_("Colleague"), queryset=Account.objects.none())

    def __init__(self, data: Any, *, choices: Any) -> None:
        super().__init__(data)
        self.fields["reader"].queryset = choices  # type: ignore[attr-defined]


class RelationForm(forms.Form):
    """Choose another source, and say how it stands to this one."""

    use_required_attribute = False
    other = forms.ChoiceField(label=_("Other source"))
    relation = forms.ChoiceField(
        label=_("How they stand to each other"),
        choices=[
            ("rests_on", _("This source rests on the other")),
            ("independent", _("They are independent")),
            ("dependent", _("Both have one root")),
        ],
    )
    reason = text("source_relation", "reason")

    def __init__(self, data: Any, *, others: list[tuple[str, str]]) -> None:
        super().__init__(data)
        self.fields["other"].choices = others  # type: ignore[attr-defined]


class WithdrawForm(forms.Form):
    """Ask when the source asked for it."""

    use_required_attribute = False
    asked_on = forms.DateField(
        label=field_label("source_withdrawal", "asked_on"), widget=day_input(), initial=timezone.localdate
    )


def title_of(source: Source, titles: dict[Any, str]) -> str:
    """Give a title, or what is left when it cannot be read any more."""
    return titles.get(source.pk) or str(_("withdrawn"))
