"""The forms of a model: a process of one's own, a step, a barrier, and why a version is published."""

import re
from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.barriers.processes.rules import MOST_SIGNALS
from zicht.people.code_fields import label_of, language, offered
from zicht.words import Barrier, Label, Step
from zicht.words.texts import check_text

CODE = re.compile(r"[A-Z][A-Z0-9]{2,19}")
# Characters: of a process, of a step, which stands in an arrow of the chain, and of a line on a poster.
LONGEST_TITLE, LONGEST_NAME, LONGEST = 120, 60, 200
MOST_LINES = 12
BETWEEN = " | "  # between the Dutch and the English wording of a line


def refuse_hidden_signs(text: str) -> None:
    """Refuse signs that nobody sees, among them those that turn the direction of what is read."""
    problem = check_text(text)
    if problem:
        raise forms.ValidationError(problem.in_language(language()))


def _line(label: Any, most: int = LONGEST, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=most, validators=[refuse_hidden_signs], **options)


def _text(label: Any, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label, widget=forms.Textarea({"rows": rows}), validators=[refuse_hidden_signs], **options
    )


class OwnProcessForm(forms.Form):
    """Ask what a process of one's own is called and about which forms of exploitation it is."""

    use_required_attribute = False
    code = _line(
        gettext_lazy("Code"), help_text=gettext_lazy("Capitals and digits, such as HOTELS. It cannot be changed later.")
    )
    nl = _line(gettext_lazy("Name in Dutch"), LONGEST_TITLE)
    en = _line(gettext_lazy("Name in English"), LONGEST_TITLE)
    about = forms.MultipleChoiceField(
        label=gettext_lazy("Forms of exploitation"), widget=forms.CheckboxSelectMultiple({"class": "choices"})
    )
    new_id = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["about"].choices = offered("form", strict=True)  # type: ignore[attr-defined]

    def clean_code(self) -> str:
        """Say at once what a code looks like."""
        code = str(self.cleaned_data["code"]).strip().upper()
        if not CODE.fullmatch(code):
            raise forms.ValidationError(_("Use 3 to 20 capitals and digits, a capital first."))
        return code

    @property
    def label(self) -> Label:
        """Give the name."""
        return Label(self.cleaned_data["en"], self.cleaned_data["nl"])


class StepForm(forms.Form):
    """Ask what a step is called, who sees it, what makes it possible and what shows it."""

    use_required_attribute = False
    nl = _line(gettext_lazy("Name in Dutch"), LONGEST_NAME)
    en = _line(gettext_lazy("Name in English"), LONGEST_NAME)
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Partners who see this step"),
        widget=forms.CheckboxSelectMultiple({"class": "choices"}),
        help_text=gettext_lazy("Online platforms are partners as all others."),
    )
    facilitators = _text(gettext_lazy("Who or what helps it along"), required=False)
    opportunities = _text(gettext_lazy("Gaps that a partner can close"), required=False)
    signals = forms.MultipleChoiceField(
        label=gettext_lazy("Signals that show it"),
        required=False,
        widget=forms.CheckboxSelectMultiple({"class": "choices"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, code: str, step: Step | None, version: int) -> None:
        begin = _write_step(step) if step else {}
        super().__init__(data, initial={**begin, "version": version})
        self.code, self.step = code, step
        hint = _("One a line: the Dutch wording, then “ | ” and the English one. Without it both are the same.")
        for name in ("facilitators", "opportunities"):
            self.fields[name].help_text = hint
        self.fields["partners"].choices = offered("org_type", strict=True)  # type: ignore[attr-defined]
        self.fields["signals"].choices = _signals()  # type: ignore[attr-defined]

    def clean_signals(self) -> list[str]:
        """Refuse more than stand on a poster."""
        signals: list[str] = self.cleaned_data["signals"]
        if len(signals) > MOST_SIGNALS:
            raise forms.ValidationError(_("Choose at most %(most)d.") % {"most": MOST_SIGNALS})
        return signals

    def clean_facilitators(self) -> tuple[Label, ...]:
        """Read the lines."""
        return _read_lines(self.cleaned_data["facilitators"])

    def clean_opportunities(self) -> tuple[Label, ...]:
        """Read the lines."""
        return _read_lines(self.cleaned_data["opportunities"])

    @property
    def value(self) -> Step:
        """Give the step, without its barriers."""
        given = self.cleaned_data
        return Step(
            self.code,
            Label(given["en"], given["nl"]),
            tuple(given["partners"]),
            given["facilitators"],
            given["opportunities"],
            tuple(given["signals"]),
            {},
        )


class BarrierForm(forms.Form):
    """Ask what can block a step, who does that, and how one can tell that it works."""

    use_required_attribute = False
    nl = _line(gettext_lazy("Barrier in Dutch"))
    en = _line(gettext_lazy("Barrier in English"))
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), widget=forms.RadioSelect)
    partners = forms.MultipleChoiceField(
        label=gettext_lazy("Who does it"), widget=forms.CheckboxSelectMultiple({"class": "choices"})
    )
    measure_nl = _line(
        gettext_lazy("How it is measured, in Dutch"),
        help_text=gettext_lazy("How a partner can tell that it works, such as hours from report to action."),
    )
    measure_en = _line(gettext_lazy("How it is measured, in English"))
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, code: str, step: Step, barrier: Barrier | None, version: int) -> None:
        begin: dict[str, Any] = {"version": version}
        if barrier:
            begin |= {"nl": barrier.label.nl, "en": barrier.label.en, "kind": barrier.kind}
            begin |= {"partners": list(barrier.partners)}
            begin |= {"measure_nl": barrier.measure.nl, "measure_en": barrier.measure.en}
        super().__init__(data, initial=begin)
        self.code = code
        self.fields["kind"].choices = offered("barrier_kind", strict=True)  # type: ignore[attr-defined]
        self.fields["partners"].choices = [(one, label_of("org_type", one)) for one in step.partners]  # type: ignore[attr-defined]

    @property
    def value(self) -> Barrier:
        """Give the barrier."""
        given = self.cleaned_data
        label = Label(given["en"], given["nl"])
        measure = Label(given["measure_en"], given["measure_nl"])
        return Barrier(self.code, label, given["kind"], tuple(given["partners"]), measure)


class PublishForm(forms.Form):
    """Ask what changed and why, for those who read it later."""

    use_required_attribute = False
    why = _text(
        gettext_lazy("What changed and why"),
        max_length=2_000,
        help_text=gettext_lazy("Who reads an old evaluation sees from this why the steps are others now. No names."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


# --- parts --------------------------------------------------------------------------------------------------------
def _signals() -> list[tuple[str, str]]:
    told = words.vocabulary().indicators.values()
    return sorted((one.code, f"{one.code} {one.label.in_language(language())}") for one in told if one.is_active)


def _write_step(step: Step) -> dict[str, Any]:
    return {
        "nl": step.label.nl,
        "en": step.label.en,
        "partners": list(step.partners),
        "facilitators": _write_lines(step.facilitators),
        "opportunities": _write_lines(step.opportunities),
        "signals": list(step.signals),
    }


def _write_lines(labels: Iterable[Label]) -> str:
    return "\n".join(f"{one.nl}{BETWEEN}{one.en}" for one in labels)


def _read_lines(text: str) -> tuple[Label, ...]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES or any(len(line) > 2 * LONGEST for line in lines):
        raise forms.ValidationError(_("At most %(most)d lines of one or two sentences.") % {"most": MOST_LINES})
    pairs = [line.partition(BETWEEN.strip()) for line in lines]
    return tuple(Label(en.strip() or nl.strip(), nl.strip()) for nl, _bar, en in pairs)
