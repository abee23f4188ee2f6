"""Pages of actors: the network, a line of it, the timeline, places, a profile and who may be the same."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from zicht.evidence.actors import actions, judging
from zicht.evidence.actors.candidates import reasons
from zicht.evidence.actors.naming import names_by_actor
from zicht.evidence.actors.network import network_of, statements_between
from zicht.evidence.actors.places import countries_of, outlines, statements_in
from zicht.evidence.actors.shown import shown_names
from zicht.evidence.actors.timeline import timeline_of
from zicht.evidence.models import Actor
from zicht.evidence.models.actors import REGISTER_LENGTH
from zicht.evidence.sources.forms import code, text
from zicht.evidence.sources.queries import statements_about, statements_seen
from zicht.evidence.statements.wording import Row, rows_of
from zicht.evidence.view_parts import carry_out, find_actor
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of
from zicht.people.guard import StaffRequest, only
from zicht.people.models import Account
from zicht.people.wording import place_in_words

MOST = 500


class ActorForm(forms.Form):
    """Ask where an actor is from, and by which number a register knows it."""

    use_required_attribute = False
    country = code("actor", "country")
    register_id = text(
        "actor", "register_id", length=REGISTER_LENGTH, help_text=gettext_lazy("Of a ship: IMO 9074729.")
    )


@only("evidence.read")
@require_safe
def show_network(request: StaffRequest) -> HttpResponse:
    """Show who is linked to whom; each line leads to its statements."""
    record_access(request.user, "listed", "actor")
    return render(request, "evidence/network.html", {"network": network_of(request.user)})


@only("evidence.read")
@require_safe
def show_line(request: StaffRequest, subject_id: UUID, object_id: UUID) -> HttpResponse:
    """Show the statements of one line with their words."""
    subject, whom = (find_actor(request, key) for key in (subject_id, object_id))
    rows = rows_of(request.user, statements_between(request.user, subject.pk, whom.pk))
    if not rows:
        raise Http404
    record_access(request.user, "listed", "statement")
    names = shown_names(request.user, [subject.pk, whom.pk])
    shown = {"rows": rows, "subject": names[subject.pk], "object": names[whom.pk]}
    return render(request, "evidence/line.html", shown)


@only("evidence.read")
@require_safe
def show_timeline(request: StaffRequest) -> HttpResponse:
    """Show statements in time."""
    record_access(request.user, "listed", "statement")
    return render(request, "evidence/timeline.html", {"timeline": timeline_of(_rows(request.user, dated=True))})


@only("evidence.read")
@require_safe
def show_places(request: StaffRequest) -> HttpResponse:
    """Show in which countries statements play, no closer than that."""
    record_access(request.user, "listed", "statement")
    return render(request, "evidence/places.html", {"countries": countries_of(request.user), "outlines": outlines()})


@only("evidence.read")
@require_safe
def show_place(request: StaffRequest, code: str) -> HttpResponse:
    """Show the statements that play in one country, with their words."""
    rows = rows_of(request.user, statements_in(request.user, code))
    if not rows:
        raise Http404
    record_access(request.user, "listed", "statement")
    return render(request, "evidence/place.html", {"rows": rows, "name": place_in_words(code)})


def _rows(account: Account, *, dated: bool = False) -> list[Row]:
    found = statements_seen(account).select_related("source")
    found = found.exclude(earliest=None, latest=None) if dated else found
    return rows_of(account, list(found.prefetch_related("anchors__next_ones", "chain__claimant")[:MOST]))


@only("evidence.read")
@require_safe
def list_actors(request: StaffRequest) -> HttpResponse:
    """Show the actors that the reader may see."""
    record_access(request.user, "listed", "actor")
    actors = list(Actor.objects.visible_to(request.user)[:MOST])
    names = shown_names(request.user, [actor.pk for actor in actors])
    rows = sorted(((names[actor.pk], actor) for actor in actors), key=lambda row: row[0].casefold())
    return render(request, "evidence/actors.html", {"rows": rows})


@only("evidence.read")
@require_safe
def show_actor(request: StaffRequest, actor_id: UUID) -> HttpResponse:
    """Show every statement about an actor, and who may be the same."""
    actor = find_actor(request, actor_id)
    record_access(request.user, "seen", "actor", actor.pk, compartment=actor.compartment)
    seen = list(Actor.objects.visible_to(request.user).values_list("pk", flat=True))
    same = judging.same_as([actor.pk, *seen])
    group = {key for key in seen if same[key] == same[actor.pk]}
    names = names_by_actor(request.user, group)
    shown = {
        "actor": actor,
        "name": shown_names(request.user, [actor.pk])[actor.pk],
        "names": [] if actor.protected else sorted({name for each in names.values() for name in each}),
        "rows": rows_of(request.user, statements_about(request.user, group)),
        "same": [(key, name) for key, name in shown_names(request.user, group - {actor.pk}).items()],
        "form": ActorForm(initial={"country": actor.country, "register_id": actor.register_id}),
        "candidates": _candidates(request.user, actor, group),
    }
    return render(request, "evidence/actor.html", shown)


def _candidates(account: Account, actor: Actor, group: set[UUID]) -> list[tuple[UUID, str, list[str]]]:
    """Give who may be the same with the reasons, without those on whom somebody judged; nobody who is protected."""
    if actor.protected:
        return []
    every = names_by_actor(account)
    own = [name for key in group for name in every.get(key, [])]
    judged = judging.verdicts_of(group)
    hidden = set(Actor.objects.filter(org_id=account.org_id, protected=True).values_list("pk", flat=True))
    found = []
    for key, names in every.items():
        verdict = judged.get(frozenset({actor.pk, key}))
        if key in group or key in hidden or verdict == "different":
            continue
        why = list(dict.fromkeys(code for name in names for mine in own for code in reasons(mine, name)))
        if why:
            found.append((key, names[0], [label_of("actor_reason", code) for code in why]))
    return found[:20]


@only("evidence.record")
@require_POST
def judge(request: StaffRequest, actor_id: UUID) -> HttpResponse:
    """Record a judgement on two actors, or undo it."""
    actor = find_actor(request, actor_id)
    try:
        other = find_actor(request, UUID(request.POST.get("other", "")))
    except ValueError as error:
        raise Http404 from error
    verdict = next((name for name in ("same", "different", "undone") if name in request.POST), "")
    carry_out(request, lambda: judging.judge(request.user, actor, other, verdict), _("Saved. It can be undone."))
    return redirect("evidence:actor", actor.pk)


@only("evidence.record")
@require_POST
def describe(request: StaffRequest, actor_id: UUID) -> HttpResponse:
    """Say where an actor is from, and its number in a register."""
    actor, form = find_actor(request, actor_id), ActorForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        told = (given["country"], given["register_id"])
        carry_out(request, lambda: actions.describe(request.user, actor, *told), _("Saved."))
    return redirect("evidence:actor", actor.pk)


@only("evidence.record")
@require_POST
def protect(request: StaffRequest, actor_id: UUID) -> HttpResponse:
    """Protect an actor."""
    actor = find_actor(request, actor_id)
    alias = request.POST.get("alias", "")[:60]
    done = _("From now on the alias stands in everything that leaves.")
    carry_out(request, lambda: actions.protect(request.user, actor, alias), done)
    return redirect("evidence:actor", actor.pk)
