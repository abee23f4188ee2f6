"""The form of a statement, filled from words that were selected or from a suggestion."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from zicht.evidence.models.columns import EDTF_LENGTH, NUMBER_LENGTH
from zicht.evidence.sources.forms import check_edtf, code, text
from zicht.evidence.statements.actions import Named, Place, Told, Voice
from zicht.people.code_fields import field_label, offered

NAMES = "names"  # identifier of the list that is offered while typing
HIDDEN = ("start", "end", "region", "suggestion")
VALUES = ("predicate", "wording", "value", "polarity", "modality", "closeness", "unit", "counts_what", "per")
PLAIN = ("qty_low", "qty_high", "qty_approx", "when_edtf", "place_code")
SEALED = frozenset({"wording", "value", "unit", "counts_what", "per"})
MORE = (*PLAIN, "unit", "counts_what", "per", "polarity", "modality")


def _named(label: Any, **options: Any) -> forms.CharField:
    widget = forms.TextInput({"list": NAMES, "autocomplete": "off"})
    return forms.CharField(**{"label": label, "required": False, "max_length": 200, "widget": widget, **options})


def _number(name: str) -> forms.CharField:
    return text("statement", name, length=NUMBER_LENGTH, widget=forms.TextInput({"inputmode": "decimal"}))


def _countries() -> list[tuple[str, Any]]:
    return [("", _("Not chosen yet")), *offered("iso3166", strict=True)]


class StatementForm(forms.Form):
    """Ask who does what to whom, or how many of what, and who says it."""

    use_required_attribute = False
    start = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    end = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    region = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)
    suggestion = forms.UUIDField(required=False, widget=forms.HiddenInput)
    subject = _named(field_label("statement", "subject"), required=True)
    subject_kind = code("actor", "kind", label=_("Kind of actor, if it is a new one"))
    predicate = code("statement", "predicate")
    wording = text("statement", "wording", help_text=_("Where no term fits, or to be more exact."))
    object = _named(field_label("statement", "object"))
    object_kind = code("actor", "kind", label=_("Kind of actor, if it is a new one"))
    value = text("statement", "value", label=_("Or what, if it is no actor"))
    said_by = _named(_("Who says it"), help_text=_("Empty: the source itself."))
    said_by_role = code("attribution", "role", label=_("Role of who says it"))
    via = _named(_("Heard through"), help_text=_("Such as the report that a newspaper quotes."))
    via_2 = _named(_("And through"))
    closeness = code("statement", "closeness", required=True)
    qty_low = _number("qty_low")
    qty_high = _number("qty_high")
    qty_approx = forms.BooleanField(label=field_label("statement", "qty_approx"), required=False)
    unit = text("statement", "unit")
    counts_what = text("statement", "counts_what")
    per = text("statement", "per")
    when_edtf = text("statement", "when_edtf", length=EDTF_LENGTH, help_text=_("Such as 2016, 2016/2017 or 2020-12~."))
    place_code = forms.ChoiceField(label=_("Country"), required=False, choices=_countries)
    polarity = code("statement", "polarity", initial="affirmed")
    modality = code("statement", "modality", initial="fact")

    def clean_when_edtf(self) -> str:
        """Take a date as uncertain as the source leaves it."""
        return check_edtf(self.cleaned_data["when_edtf"])

    def clean_region(self) -> tuple[float, float, float, float] | None:
        """Read left, top, width and height."""
        parts = str(self.cleaned_data["region"]).split()
        if not parts:
            return None
        try:
            left, top, width, height = (float(part) for part in parts)
        except ValueError as error:
            raise forms.ValidationError(_("Select a part of the picture.")) from error
        return left, top, width, height

    def clean(self) -> dict[str, Any]:
        """Ask for words, or for a part of the picture."""
        given = super().clean() or {}
        if given.get("region") is None and None in (given.get("start"), given.get("end")):
            self.add_error(None, _("Select the words that the statement stands on. Nothing was saved."))
        return given

    @property
    def more(self) -> list[forms.BoundField]:
        """Give the fields that are folded away."""
        return [self[name] for name in MORE]

    @property
    def main(self) -> list[forms.BoundField]:
        """Give the fields that are always asked."""
        return [self[name] for name in self.fields if name not in (*HIDDEN, *MORE)]

    @property
    def told(self) -> Told:
        """Give what is to be recorded."""
        given = self.cleaned_data
        values = {name: given[name] or (None if name in SEALED else given[name]) for name in (*VALUES, *PLAIN)}
        values = {name: value for name, value in values.items() if value not in ("", None)}
        place = Place(given["start"] or 0, given["end"] or 0, given["region"])
        whom = Named(given["object"], given["object_kind"] or "group") if given["object"] else None
        return Told(Named(given["subject"], given["subject_kind"] or "group"), values, [place], whom, self._chain())

    def _chain(self) -> list[Voice]:
        """Give who says it, the first first; a group that is not named is told in words."""
        given = self.cleaned_data
        role = given["said_by_role"] or "author"
        first = given["said_by"]
        voices = [Voice(role, unnamed=first) if role == "group" else Voice(role, name=first)] if first else []
        through = [given[name] for name in ("via", "via_2") if given[name]]
        roles = ("report", "publication")
        return voices + [Voice(role, name=name) for role, name in zip(roles, through, strict=False)]


def initial_of(kind: str, told: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a suggestion fills in; everything can be changed before it is recorded."""
    if kind == "figure":
        return {
            "qty_low": number(told.get("low")),
            "qty_high": number(told.get("high")),
            "qty_approx": bool(told.get("approx")),
            "unit": told.get("unit") or "",
            "counts_what": told.get("what") or "",
            "per": told.get("per") or "",
            "when_edtf": told.get("period") or "",
            "said_by": told.get("attributed_to") or "",
            "via": told.get("via") or "",
            "closeness": "repeated" if told.get("attributed_to") else "",
        }
    return {"when_edtf": told.get("edtf") or ""} if kind == "date" else {"subject": told.get("text") or ""}


def number(value: object) -> str:
    """Write a number without a needless point: 200.0 is 200."""
    if not isinstance(value, int | float):
        return ""
    return str(int(value)) if float(value).is_integer() else repr(float(value))


class AssessForm(forms.Form):
    """Ask for both scales and why."""

    use_required_attribute = False
    reliability = code("statement_assessment", "reliability", required=True)
    credibility = code("statement_assessment", "credibility", required=True)
    reason = text("statement_assessment", "reason")


class CorrectForm(forms.Form):
    """Ask what the statement should say, and why."""

    use_required_attribute = False
    predicate = code("statement", "predicate")
    wording = text("statement", "wording")
    value = text("statement", "value")
    qty_low = _number("qty_low")
    qty_high = _number("qty_high")
    when_edtf = text("statement", "when_edtf", length=EDTF_LENGTH)
    closeness = code("statement", "closeness", required=True)
    reason = text("statement", "reason", required=True)

    def clean_when_edtf(self) -> str:
        """Take a date as uncertain as the source leaves it."""
        return check_edtf(self.cleaned_data["when_edtf"])

    @property
    def changes(self) -> dict[str, Any]:
        """Give what is to be recorded in place of what stood there."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "reason"}
        return {name: value or (None if name in SEALED else value) for name, value in given.items()}
