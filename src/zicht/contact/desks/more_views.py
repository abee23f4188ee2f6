"""What a desk prepared to say, and how much there is to do: counts only, no conversation and nobody's name."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.contact.desk.queries import show_load
from zicht.contact.desks import actions, queries
from zicht.contact.desks.forms import AnswerForm
from zicht.contact.models import Desk
from zicht.contact.rules import wall_of
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of
from zicht.people.guard import StaffRequest, only

ARRANGE = "contact.arrange"


@only(ARRANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show_answers(request: StaffRequest, slug: str) -> HttpResponse:
    """Show the prepared answers of a desk, and take one more."""
    desk = _find(request, slug)
    form = AnswerForm(request.POST or None, desk=desk)
    if request.method == "POST" and form.is_valid():
        actions.add_answer(request.user, desk, form.cleaned_data)
        return redirect("desks:answers", desk.slug)
    record_access(request.user, "seen", "desk", desk.pk, compartment=wall_of(request.user))
    answers = [(one, label_of("iso639", one.language)) for one in desk.answers.all()]
    return render(request, "contact/desks/answers.html", {"desk": desk, "form": form, "answers": answers})


@only(ARRANGE)
@require_POST
def remove_answer(request: StaffRequest, slug: str, answer_id: int) -> HttpResponse:
    """Take an answer away."""
    desk = _find(request, slug)
    answer = desk.answers.filter(pk=answer_id).first()
    if answer is None:
        raise Http404
    actions.remove_answer(request.user, answer)
    return redirect("desks:answers", desk.slug)


@only("contact.lead")
@require_safe
def show_load_of_desks(request: StaffRequest) -> HttpResponse:
    """Show how many wait, talk and answer at the desks somebody leads."""
    record_access(request.user, "listed", "desk", compartment=wall_of(request.user))
    return render(request, "contact/desks/load.html", {"desks": show_load(request.user)})


def _find(request: StaffRequest, slug: str) -> Desk:
    desk = queries.find_desk(request.user, slug)
    if desk is None:
        raise Http404
    return desk
