"""Pages of the register of breaches: for people who see no case."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht import words
from zicht.cases.errors import CasesError, NotAllowedError, NotThereError
from zicht.cases.forms import TopicForm
from zicht.cases.models import Breach
from zicht.cases.rights.breaches import actions, queries, rules
from zicht.cases.view_parts import is_done
from zicht.people.actions import record_access
from zicht.people.code_fields import entity_label, language
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.sealed import reveal
from zicht.people.wording import in_words


@only("cases.keep_breaches")
@require_safe
def list_breaches(request: StaffRequest) -> HttpResponse:
    """Show the breaches, newest first, with what is left of their 72 hours."""
    record_access(request.user, "listed", "breach")
    breaches = queries.shown(queries.breaches_of(request.user)[: queries.BREACHES_ON_A_PAGE])
    return render(request, "cases/rights/breaches.html", {"breaches": breaches})


@only("cases.keep_breaches")
@require_http_methods(["GET", "HEAD", "POST"])
def add_breach(request: StaffRequest) -> HttpResponse:
    """Ask what happened."""
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    form = _form(sent(request), "found", initial={"found_at": now})
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _add(request, form)):
        messages.success(request, _("The breach is recorded, and its 72 hours run."))
        return redirect("cases:breach", form.new_id)
    return render(request, "cases/rights/breach_add.html", {"form": form})


def _add(request: StaffRequest, form: TopicForm) -> Breach:
    return actions.record_breach(request.user, form.values, breach_id=form.new_id)


@only("cases.keep_breaches")
@require_safe
def show_breach(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Show a breach."""
    breach = _find(request, breach_id)
    (shown,) = queries.shown([breach])
    page = {
        "shown": shown,
        "breach": breach,
        "entities": ", ".join(entity_label(name) for name in breach.entities),
        "kind": in_words("breach", "kind", breach.kind),
        "risk": in_words("breach", "risk", breach.risk),
        "facts": reveal(breach, "facts"),
        "must_tell_persons": rules.must_tell_persons(breach),
        "must_be_told": rules.must_be_told(breach),
        "is_finished": rules.is_finished(breach),
    }
    return render(request, "cases/rights/breach.html", page)


@only("cases.keep_breaches")
@require_http_methods(["GET", "HEAD", "POST"])
def change_breach(request: StaffRequest, breach_id: UUID, topic: str) -> HttpResponse:
    """Ask what is known by now (found), or who was told (told)."""
    breach = _find(request, breach_id)
    if topic not in words.vocabulary().entities["breach"].topics or breach.closed_on:
        raise Http404
    form = _form(sent(request), topic, record=breach)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _change(request, breach, form)):
        messages.success(request, _("The breach is changed."))
        return redirect("cases:breach", breach.pk)
    label = words.vocabulary().entities["breach"].topics[topic].label.in_language(language())
    return render(request, "cases/rights/breach_change.html", {"form": form, "breach": breach, "label": label})


def _change(request: StaffRequest, breach: Breach, form: TopicForm) -> Breach:
    return actions.change_breach(request.user, breach, form.values, version=form.version)


@only("cases.keep_breaches")
@require_POST
def close_breach(request: StaffRequest, breach_id: UUID) -> HttpResponse:
    """Close a breach."""
    breach = _find(request, breach_id)
    return _do(request, breach, lambda: actions.close_breach(request.user, breach, version=breach.version))


def _do(request: StaffRequest, breach: Breach, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except CasesError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The breach is closed."))
    return redirect("cases:breach", breach.pk)


def _form(data: object, topic: str, **options: object) -> TopicForm:
    """Ask a topic; which kinds of records were touched is chosen among all there are."""
    entities = [(name, entity_label(name)) for name in words.vocabulary().entities]
    kinds = {"entities": sorted(entities, key=lambda pair: pair[1])} if topic == "found" else {}
    return TopicForm(data, entity="breach", topic=topic, options=kinds, **options)  # type: ignore[arg-type]


def _find(request: StaffRequest, breach_id: UUID) -> Breach:
    breach = queries.find_breach(request.user, breach_id)
    if breach is None:
        raise Http404
    record_access(request.user, "seen", "breach", breach.pk)
    return breach
