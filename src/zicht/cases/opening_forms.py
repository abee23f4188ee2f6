"""The forms with which a case is opened, also with codes that another page handed over."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht import words
from zicht.cases.forms import RESTING, TopicForm
from zicht.cases.handed_over import HandedOver, purposes
from zicht.cases.rights.consent import rules as consent_rules
from zicht.people.asked_fields import AskedTerms
from zicht.people.code_fields import field_label, language

WITH_CODES = "with-codes"  # in the form: it began with codes that were handed over
WITH_EPISODE = "with-episode"  # in the form: among them were codes of what happened
RESTING_TERMS = ("", "not_asked")


class WallForm(forms.Form):
    """Ask behind which wall a case stands, where an account may open cases behind several."""

    compartment = forms.ChoiceField(label=field_label("case", "compartment"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, walls: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        known = words.vocabulary().lists["compartment"].codes
        choices = [(wall, known[wall].label.in_language(language())) for wall in sorted(walls)]
        self.fields["compartment"].choices = choices  # type: ignore[attr-defined]


class AgreedForm(TopicForm):
    """Ask what somebody agreed to before the case was opened; one answer for several purposes."""

    ASKED = ("given_by", "asked_on", "wording_version", "why_able")

    def __init__(self, data: Any, begin: dict[str, object]) -> None:
        today = {"asked_on": timezone.localdate()}
        super().__init__(
            data, entity="consent", topic="consent", only=self.ASKED, prefix="agreed", initial=today | begin
        )
        boxes = forms.CheckboxSelectMultiple({"class": "choices"}, choices=purposes())
        asked = AskedTerms(label=gettext_lazy("What the person said yes to"), widget=boxes, required=False)
        asked.initial = begin.get("purpose")
        self.fields = {"purposes": asked, **self.fields}
        self.fields["wording_version"].help_text = _("Which text was shown or read, and in which language.")

    def clean(self) -> dict[str, Any]:
        """Refuse a purpose that is not offered."""
        given = super().clean()
        if not set(given.get("purposes") or ()) <= {value for value, _label in purposes()}:
            self.add_error("purposes", _("Choose among what is offered."))
        return given

    @property
    def has_answer(self) -> bool:
        """Tell whether anything was agreed to."""
        return bool(self["purposes"].data)

    @property
    def consents(self) -> list[dict[str, object]]:
        """Give a yes for each purpose, as the action takes it."""
        return [{**self.values, "answer": "yes", "purpose": purpose} for purpose in self.cleaned_data["purposes"]]

    def ask_why_able(self, age_band: object) -> None:
        """Ask why the giver could decide where the age asks for it; before an episode no parent is suspected."""
        today = timezone.localdate()
        ages = consent_rules.ages_on({"age_band": age_band, "first_registered": today.year}, today)
        giver = str(self.cleaned_data.get("given_by"))
        if consent_rules.needs_reason(giver, ages, is_parent_suspected=False) and not self.cleaned_data.get("why_able"):
            self.add_error("why_able", _("Write down why this person could decide: age, understanding, authority."))


class OpeningForms:
    """Ask on one page what is needed to begin a case, and its first person where somebody is known already.

    With codes that were handed over the page asks these too, filled in, and what the person agreed to.
    """

    TO_BEGIN = ("opened_on", "incoming_from", "incoming_reason")
    OF_THE_FIRST = ("status", "status_by", "status_date")
    CODES = ("age_band", "gender", "citizenship_group", "language")
    OF_THE_EPISODE = ("forms", "means")

    def __init__(self, data: Any, walls: Iterable[str], handed: HandedOver | None = None) -> None:
        self.walls, self.handed = sorted(walls), handed or HandedOver()
        self.is_with_codes = handed is not None or WITH_CODES in (data or {})
        begin = self.handed.values
        case = {"opened_on": timezone.localdate(), **begin["case"]}
        to_begin = (*self.TO_BEGIN, "incoming_date") if self.is_with_codes else self.TO_BEGIN
        self.wall = WallForm(data, walls=self.walls) if len(self.walls) > 1 else None
        self.case = TopicForm(data, entity="case", topic="intake", only=to_begin, prefix="case", initial=case)
        self.person = TopicForm(data, entity="person", topic="status", only=self.OF_THE_FIRST, prefix="person")
        self.who = _ask_codes(data, self.CODES, begin["person"]) if self.is_with_codes else None
        self.agreed = AgreedForm(data, begin["consent"]) if self.is_with_codes else None
        is_told = bool(begin["exploitation"]) or WITH_EPISODE in (data or {})
        self.episode = self._ask_episode(data, begin["exploitation"]) if is_told else None

    def _ask_episode(self, data: Any, begin: dict[str, object]) -> TopicForm:
        names = self.OF_THE_EPISODE
        return TopicForm(data, entity="exploitation", only=names, prefix="episode", initial=begin)

    @property
    def has_person(self) -> bool:
        """Tell whether anything was said about a person."""
        has_codes = self.who is not None and any((self.who[name].data or "") not in RESTING for name in self.CODES)
        return has_codes or self.has_answer or any(self.person[name].data for name in self.OF_THE_FIRST)

    @property
    def has_answer(self) -> bool:
        """Tell whether the person agreed to anything."""
        return self.agreed is not None and self.agreed.has_answer

    @property
    def has_episode(self) -> bool:
        """Tell whether anything was said about what happened to the person; without one it has no place."""
        asked = self.episode
        said = asked is not None and any(set(asked[name].data or ()) - set(RESTING_TERMS) for name in asked.names)
        return said and self.has_person

    @property
    def forms(self) -> list[forms.Form]:
        """Give the forms that count."""
        of_person = (self.person, self.who) if self.has_person else ()
        answer = self.agreed if self.has_answer else None
        episode = self.episode if self.has_episode else None
        return [form for form in (self.wall, self.case, *of_person, answer, episode) if form]

    def are_valid(self) -> bool:
        """Check all of them, so that everything wrong is said at once."""
        valid = [form.is_valid() for form in self.forms]
        if self.agreed and self.who and self.has_answer:
            self.agreed.ask_why_able(self.who.cleaned_data.get("age_band"))
        return all(valid) and not any(form.errors for form in self.forms)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Give everything wrong as the address of the field, if it has one, and a sentence."""
        told = [("", sentence) for sentence in self.handed.problems]
        told += [("", str(sentence)) for form in self.forms for sentence in form.non_field_errors()]
        fields = [field for form in self.forms for field in form]
        return told + [(f"#{field.auto_id}", f"{field.label}: {text}") for field in fields for text in field.errors]

    @property
    def values(self) -> dict[str, Any]:
        """Give what the action takes."""
        person = {**(self.who.values if self.who else {}), **self.person.values} if self.has_person else None
        return {
            "values": self.case.values,
            "person": person,
            "person_id": self.person.new_id if self.has_person else None,
            "wall": self.wall.cleaned_data["compartment"] if self.wall else self.walls[0],
            "consents": self.agreed.consents if self.agreed and self.has_answer else [],
            "episode": self.episode.values if self.episode and self.has_episode else None,
        }


def _ask_codes(data: Any, names: Iterable[str], begin: dict[str, object]) -> TopicForm:
    return TopicForm(data, entity="person", topic="who", only=names, prefix="who", initial=begin)
