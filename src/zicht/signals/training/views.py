"""Training for everybody: recognise, decide, what next. No login, no cookie; nothing that is chosen is kept."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from zicht import words
from zicht.contact import help_lines
from zicht.people.code_fields import label_of, language
from zicht.signals.checklist.building import FILE_OF, Group, groups_in
from zicht.signals.checklist.choosing import is_offered
from zicht.signals.dimensions import COMBINATIONS, CONTEXT, Suggestion, suggest
from zicht.signals.training.situations import Situation, situations

EXAMPLE = "flat"  # with which the page on deciding explains the rule


@dataclass(frozen=True)
class Choice:
    """An indicator that is offered in an exercise, with what the answer tells about it."""

    code: str
    label: str
    is_chosen: bool
    is_in_text: bool
    why: str

    @property
    def is_right(self) -> bool:
        """Tell whether it was chosen exactly when it is in the text."""
        return self.is_chosen == self.is_in_text


@require_safe
def show_start(request: HttpRequest) -> HttpResponse:
    """Lead to the three parts and the exercises."""
    shown = [(one, _say(one)["title"]) for one in situations().values()]
    return render(request, "signals/training/start.html", {"situations": shown})


@require_safe
def recognise(request: HttpRequest) -> HttpResponse:
    """Show which signals somebody can see, by who looks and the form of exploitation."""
    observer, form = request.GET.get("observer", ""), request.GET.get("form", "")
    shown = {
        "groups": _groups(observer, form),
        "observers": words.choices("observer", language()),
        "forms": words.choices("form", language()),
        "observer": observer,
        "form": form,
    }
    return render(request, "signals/training/recognise.html", shown)


@require_safe
def practise(request: HttpRequest, code: str) -> HttpResponse:
    """Show an invented situation; with an answer, say at once of each signal why it is in it or not."""
    situation = situations().get(code)
    if situation is None:
        raise Http404
    chosen = set(request.GET.getlist("seen")) & set(situation.offered)
    shown = {
        **_say(situation),
        "choices": _choices(situation, chosen),
        "is_answered": "answered" in request.GET,
        "suggestion": _explain(suggest(situation.seen, words.vocabulary().indicators)),
        "following": _following(code),
    }
    return render(request, "signals/training/practise.html", shown)


@require_safe
def decide(request: HttpRequest) -> HttpResponse:
    """Explain the dimension rule with an example."""
    example = situations()[EXAMPLE]
    shown = {
        **_say(example),
        "combinations": COMBINATIONS,
        "dimensions": words.choices("dimension", language()),
        "suggestion": _explain(suggest(example.seen, words.vocabulary().indicators)),
    }
    return render(request, "signals/training/decide.html", shown)


@require_safe
def show_next(request: HttpRequest) -> HttpResponse:
    """Say whom to tell, how fast, and the five steps of the reporting code."""
    shown = {
        "urgencies": words.choices("urgency", language()),
        "help_lines": help_lines.FOR_REPORTS,
        "checklist": FILE_OF[language()],
    }
    return render(request, "signals/training/next.html", shown)


# --- parts ------------------------------------------------------------------------------------------------------
def _groups(observer: str, form: str) -> list[Group]:
    catalogue = words.vocabulary().indicators

    def fits(code: str) -> bool:
        one = catalogue[code]
        return is_offered(one, observer, (), "") and (not form or form in one.forms or "any" in one.forms)

    every = groups_in(language())
    found = [Group(one.code, one.label, tuple(each for each in one.signs if fits(each.code))) for one in every]
    return [one for one in found if one.signs]


def _say(situation: Situation) -> dict[str, str]:
    return {
        "code": situation.code,
        "title": situation.title.in_language(language()),
        "text": situation.text.in_language(language()),
        "observers": ", ".join(label_of("observer", one) for one in situation.observers),
    }


def _choices(situation: Situation, chosen: set[str]) -> list[Choice]:
    catalogue = words.vocabulary().indicators
    return [
        Choice(
            code,
            catalogue[code].label.in_language(language()),
            code in chosen,
            code in situation.seen,
            situation.why(code).in_language(language()),
        )
        for code in situation.offered
    ]


def _explain(suggestion: Suggestion) -> dict[str, object]:
    """Give a suggestion in words, dimension by dimension."""
    catalogue = words.vocabulary().indicators
    dimensions = [
        {
            "label": label_of("dimension", one.code),
            "is_positive": one.is_positive,
            "is_context": one.code == CONTEXT,
            "signals": [
                (catalogue[code].label.in_language(language()), label_of("strength", catalogue[code].strength))
                for code in one.signals
            ],
        }
        for one in suggestion.dimensions
    ]
    return {"kind": suggestion.kind, "dimensions": dimensions}


def _following(code: str) -> str:
    codes = list(situations())
    return codes[(codes.index(code) + 1) % len(codes)]
