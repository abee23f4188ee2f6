"""Pages of what came in: taking in, one with everything about it, its topics, signals, outcome, and what follows."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.models import Account
from zicht.signals import rules
from zicht.signals.intake import actions, handed_over, handing_on, pages, queries, suggesting
from zicht.signals.intake.forms import TOPICS, FieldsForm, SignalsForm, TopicForm
from zicht.signals.intake.new_forms import NewForms
from zicht.signals.intake.view_parts import find_intake, is_done, look, refusals_of, version_of
from zicht.signals.models import Intake

ON = "on"  # the button that saves and goes on to the next topic
SIGNALS = "signals"
ORDER = (*TOPICS, SIGNALS)


@only("signals.weigh")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: StaffRequest) -> HttpResponse:
    """Ask what is needed to take something in; codes that another page handed over are filled in."""
    handed = handed_over.read(request.POST)
    data = None if handed else sent(request)
    asked = NewForms(data, rules.walls_of(request.user), handed)
    is_sent = request.method == "POST" and data is not None and asked.are_valid()
    if is_sent and is_done(asked.topics[0], lambda: actions.take_in(request.user, **asked.taken)):
        messages.success(request, _("It is taken in. What is not asked yet can follow later."))
        return _next(request, asked.new.key, "" if asked.is_whole else TOPICS[0])
    return render(request, "signals/new.html", {"asked": asked})


@only("signals.weigh")
@require_safe
def show(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Show something that came in with everything needed to weigh it."""
    intake = find_intake(request, intake_id)
    look(request, intake)
    may_open_case = handing_on.may_open_case(request.user, intake)
    page = {"page": pages.page_of(request.user, intake), "intake": intake, "may_open_case": may_open_case}
    return render(request, "signals/intake.html", page)


@only("signals.weigh")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_topic(request: StaffRequest, intake_id: UUID, topic: str) -> HttpResponse:
    """Ask one topic."""
    intake = find_intake(request, intake_id)
    if topic not in TOPICS or not intake.is_open:
        raise Http404
    look(request, intake)
    form = TopicForm(sent(request), topic=topic, wall=intake.compartment, record=intake)

    def save() -> None:
        actions.change(request.user, intake, form.values, version=form.version, spot=form.spot)

    if request.method == "POST" and form.is_valid() and is_done(form, save):
        messages.success(request, _("Saved."))
        return _next(request, intake.pk, topic)
    shown = {"form": form, "intake": intake, "row": pages.rows_of([intake])[0], "topic": pages.label_of_topic(topic)}
    return render(request, "signals/topic.html", {**shown, "is_last": False})


@only("signals.weigh")
@require_http_methods(["GET", "HEAD", "POST"])
def add_signals(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Ask which signals of the catalogue were reported."""
    intake = find_intake(request, intake_id)
    if not intake.is_open:
        raise Http404
    look(request, intake)
    standing = [signal.indicator for signal in queries.signals_of(intake)]
    form = SignalsForm(sent(request), standing=standing)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: actions.note_signals(request.user, intake, form.noted)):
        messages.success(request, _("The signals are noted. Confirm or reject each."))
        return redirect("intake:intake", intake.pk)
    return render(request, "signals/add_signals.html", {"form": form, "row": pages.rows_of([intake])[0]})


@only("signals.weigh")
@require_POST
def judge_signal(request: StaffRequest, intake_id: UUID, signal_id: UUID) -> HttpResponse:
    """Confirm or reject a signal, or take that back."""
    intake = find_intake(request, intake_id)
    version, state = version_of(request.POST), request.POST.get("state", "")

    def judge() -> None:
        actions.judge_signal(request.user, intake, signal_id, state, version=version)

    return _done(request, intake, judge, "#signals")


@only("signals.weigh")
@require_POST
def decide_suggestion(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Confirm or reject what the dimension rule suggests."""
    intake = find_intake(request, intake_id)
    version, deed, shown = version_of(request.POST), request.POST.get("deed", ""), request.POST.get("shown", "")

    def decide() -> None:
        suggesting.decide(request.user, intake, deed, shown, version=version)

    return _done(request, intake, decide, "#signals")


@only("signals.weigh")
@require_POST
def set_handler(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Take something on, hand it to a colleague, or put it back."""
    intake = find_intake(request, intake_id)
    version, deed = version_of(request.POST), request.POST.get("deed", "")

    def act() -> None:
        if deed == "take_on":
            actions.take_on(request.user, intake, version=version)
        elif deed == "put_back":
            actions.put_back(request.user, intake, version=version)
        elif deed == "hand_on":
            actions.hand_on(request.user, intake, _colleague(request, intake), version=version)
        else:
            raise Http404

    return _done(request, intake, act)


@only("signals.weigh")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Ask the outcome and the reason, and close."""
    intake = find_intake(request, intake_id)
    if not intake.is_open:
        raise Http404
    look(request, intake)
    form = FieldsForm(sent(request), entity="intake", names=["outcome", "reason"], needed=["outcome", "reason"])
    version = request.POST.get("version", str(intake.version))
    form.fields["version"] = forms.IntegerField(widget=forms.HiddenInput, initial=version)

    def act() -> None:
        given = form.cleaned_data
        actions.close(request.user, intake, given["outcome"], given["reason"], version=given["version"])

    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, _("Closed. It can be opened again."))
        return redirect("intake:intake", intake.pk)
    shown = {
        "form": form,
        "intake": intake,
        "row": pages.rows_of([intake])[0],
        "topic": pages.label_of_topic("closing"),
    }
    return render(request, "signals/topic.html", {**shown, "is_last": True})


@only("signals.weigh")
@require_POST
def open_again(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Open something that was closed."""
    intake = find_intake(request, intake_id)
    version = version_of(request.POST)
    return _done(request, intake, lambda: actions.open_again(request.user, intake, version=version))


@only("signals.weigh")
@require_POST
def keep_answer_of_source(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Keep whether the source of a news desk agreed that it leaves the desk."""
    intake = find_intake(request, intake_id)
    version, answer = version_of(request.POST), request.POST.get("answer")
    if answer not in ("yes", "no"):
        raise Http404

    def keep() -> None:
        actions.keep_answer_of_source(request.user, intake, answer == "yes", version=version)

    return _done(request, intake, keep)


@only("signals.weigh")
@require_safe
def make_case(request: StaffRequest, intake_id: UUID) -> HttpResponse:
    """Show which codes would go along to a new case."""
    intake = find_intake(request, intake_id)
    if not handing_on.may_open_case(request.user, intake):
        raise Http404
    look(request, intake)
    page = {"row": pages.rows_of([intake])[0], "intake": intake, **handing_on.codes_along(intake)}
    return render(request, "signals/make_case.html", page)


# --- parts ----------------------------------------------------------------------------------------------------------
def _next(request: StaffRequest, key: UUID, topic: str) -> HttpResponse:
    """Go on to the next topic where that was asked, else to the page with everything."""
    if topic and ON in request.POST:
        following = ORDER[ORDER.index(topic) + 1]
        return redirect("intake:signals", key) if following == SIGNALS else redirect("intake:ask", key, following)
    return redirect("intake:intake", key)


def _done(request: StaffRequest, intake: Intake, act: Callable[[], object], anchor: str = "") -> HttpResponse:
    """Carry out what a button asks; what is refused is said on the page."""
    for sentence in refusals_of(act):
        messages.error(request, sentence)
    return redirect(f"{reverse('intake:intake', args=[intake.pk])}{anchor}")


def _colleague(request: StaffRequest, intake: Intake) -> Account:
    key = request.POST.get("to", "")
    found = next((one for one in queries.colleagues(request.user, intake.compartment) if str(one.pk) == key), None)
    if found is None:
        raise Http404
    return found
