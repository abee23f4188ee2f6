"""Pages of statements: the text beside its statements, one statement with all that is known of it, claims."""

from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.cases.view_parts import is_done
from zicht.evidence import rules
from zicht.evidence.actors.naming import offered_names
from zicht.evidence.models import Anchor, Claim, Source, Statement, Suggestion, TextVersion
from zicht.evidence.sources import actions as sources
from zicht.evidence.sources import queries, texts
from zicht.evidence.statements import actions, claims, wording
from zicht.evidence.statements.actions import Named
from zicht.evidence.statements.forms import AssessForm, CorrectForm, StatementForm, initial_of
from zicht.evidence.statements.reading_page import lay_out, quotation_at, sentence_at, told_by
from zicht.evidence.view_parts import carry_out, find_claim, find_source, find_statement, say_what_is_wrong
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.sealed import reveal


@only("evidence.read")
@require_http_methods(["GET", "HEAD", "POST"])
def show_source(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Show a text beside its statements, with a form for what was selected or suggested."""
    source = find_source(request, source_id)
    if source.state != rules.IN_USE:
        return redirect("evidence:custody", source.pk)
    chosen = _chosen(request, source)
    form = StatementForm(sent(request), initial=chosen)
    if request.method == "POST" and form.is_valid() and is_done(form, lambda: _record(request, source, form)):
        return redirect(f"{reverse('evidence:source', args=[source.pk])}?part={_part(request)}#statements")
    if request.method != "POST":
        sources.note_seen(request.user, source)
    return render(request, "evidence/source.html", _shown(request, source, form, chosen))


def _record(request: StaffRequest, source: Source, form: StatementForm) -> None:
    key = form.cleaned_data["suggestion"]
    if key is None:
        actions.record_statement(request.user, source, form.told)
        return
    suggestion = _suggestion(request, source, key)
    place = form.told.places[0]
    told = form.told if place.end else replace(form.told, places=[actions.Place(suggestion.start, suggestion.end)])
    actions.promote(request.user, suggestion, told)


def _suggestion(request: StaffRequest, source: Source, key: UUID) -> Suggestion:
    found = told_by(request.user, source, key)
    if found is None:
        raise Http404
    return found[0]


def _part(request: StaffRequest) -> int:
    given = request.GET.get("part", "1")
    return int(given) if given.isdecimal() and len(given) < 6 else 1


def _chosen(request: StaffRequest, source: Source) -> dict[str, Any]:
    """Give what the address chooses: a suggestion, a sentence, or words by their place."""
    version = texts.current_text(source)
    asked = request.GET
    if version is None:
        return {}
    key = _uuid(asked, "suggestion")
    found = told_by(request.user, source, key) if key else None
    if found:
        row, told = found
        return {"suggestion": row.pk, "start": row.start, "end": row.end, **initial_of(row.kind, told)}
    numbers = {name: int(asked[name]) for name in ("sentence", "start", "end") if asked.get(name, "").isdecimal()}
    if "sentence" in numbers and (place := sentence_at(version, numbers["sentence"])):
        return {"start": place[0], "end": place[1]}
    moved = quotation_at(version, _uuid(asked, "anchor"))
    if moved is not None and moved.end:
        return {"start": moved.start, "end": moved.end}
    if 0 <= numbers.get("start", -1) < numbers.get("end", 0) <= version.length:
        return {"start": numbers["start"], "end": numbers["end"]}
    return {}


def _uuid(asked: QueryDict, name: str) -> UUID | None:
    try:
        return UUID(asked.get(name, ""))
    except ValueError:
        return None


def _shown(request: StaffRequest, source: Source, form: StatementForm, chosen: dict[str, Any]) -> dict[str, Any]:
    version = texts.current_text(source)
    values = form.data if form.is_bound else chosen
    place = (int(values["start"]), int(values["end"])) if _is_place(values) else None
    page = lay_out(request.user, version, _part(request), place) if version else None
    quote = texts.text_of(version)[place[0] : place[1]] if version and place else ""
    statements = queries.statements_of(request.user, source)
    key = chosen.get("suggestion")
    found = told_by(request.user, source, key) if key else None
    return {
        "source": source,
        "title": reveal(source, "title"),
        "form": form,
        "page": page,
        "quote": quote,
        "suggestion": found[0] if found else None,
        "moved": _moved(request, version),
        "is_chosen": bool(place) or form.is_bound,
        "rows": wording.rows_of(request.user, statements),
        "names": offered_names(request.user),
        "reading": source.readings.filter(reader=request.user).first(),
        "regions": [] if version else wording.regions_of(statements),
    }


def _moved(request: StaffRequest, version: TextVersion | None) -> tuple[Anchor, str] | None:
    """Give the quotation that is to be placed again, with its words as they were."""
    anchor = quotation_at(version, _uuid(request.GET, "anchor")) if version else None
    return (anchor, reveal(anchor.previous or anchor, "exact")) if anchor else None


def _is_place(values: Any) -> bool:
    return all(str(values.get(name) or "0").isdecimal() for name in ("start", "end")) and bool(values.get("end"))


@only("evidence.record")
@require_POST
def decide(request: StaffRequest, source_id: UUID, suggestion_id: UUID) -> HttpResponse:
    """Reject a suggestion, or say which actor a name means."""
    source = find_source(request, source_id, in_use=True)
    suggestion = _suggestion(request, source, suggestion_id)
    if "reject" in request.POST:
        carry_out(request, lambda: actions.reject(request.user, suggestion), _("Rejected."))
    else:
        named = Named(request.POST.get("name", "").strip()[:200], request.POST.get("kind") or "group")
        if not named.name or suggestion.kind != "name":
            raise Http404
        carry_out(request, lambda: actions.promote_name(request.user, suggestion, named), _("Saved."))
    return redirect(
        f"{reverse('evidence:source', args=[source.pk])}?start={suggestion.start}&end={suggestion.end}#text"
    )


# --- one statement ------------------------------------------------------------------------------------------------
@only("evidence.read")
@require_safe
def show_statement(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Show a statement with its words, who says it, how it was assessed, and what it was before."""
    statement = find_statement(request, statement_id)
    sources.note_seen(request.user, statement.source)
    shown = {
        "page": wording.page_of(request.user, statement),
        "assess_form": AssessForm(),
        "correct_form": CorrectForm(initial=wording.values_of(statement)),
        "claims": wording.claims_of(request.user, statement),
    }
    return render(request, "evidence/statement.html", shown)


@only("evidence.record")
@require_POST
def assess(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Add an assessment."""
    statement = find_statement(request, statement_id)
    form = AssessForm(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        scales, reason = (given["reliability"], given["credibility"]), given["reason"] or None
        carry_out(request, lambda: actions.assess(request.user, statement, *scales, reason), _("Saved."))
    say_what_is_wrong(request, form)
    return redirect("evidence:statement", statement.pk)


@only("evidence.record")
@require_POST
def correct(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Record a statement anew, or take it back; the row before stays."""
    statement = find_statement(request, statement_id)
    form = CorrectForm(request.POST)
    if not form.is_valid():
        say_what_is_wrong(request, form)
        return redirect("evidence:statement", statement.pk)
    later: list[Statement] = []
    reason = form.cleaned_data["reason"] or None

    def act() -> None:
        is_retracted = "retract" in request.POST
        make = actions.retract if is_retracted else partial(actions.correct, changes=form.changes)
        later.append(make(request.user, statement, reason=reason))

    is_saved = carry_out(request, act, _("Saved. What stood there before stays below."))
    return redirect("evidence:statement", later[0].pk if is_saved else statement.pk)


@only("evidence.record")
@require_POST
def curate(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Decide between two readers."""
    statement = find_statement(request, statement_id)
    verdict = "accepted" if "accept" in request.POST else "set_aside"
    carry_out(request, lambda: actions.curate(request.user, statement, verdict), _("Saved."))
    return redirect("evidence:agreement", statement.source_id)


@only("evidence.record")
@require_POST
def claim(request: StaffRequest, statement_id: UUID) -> HttpResponse:
    """Make a claim of a statement, or put it in one."""
    statement = find_statement(request, statement_id)
    key = request.POST.get("claim", "")
    if not key:
        made: list[Claim] = []
        carry_out(request, lambda: made.append(claims.make_claim(request.user, statement)))
        return redirect("evidence:claim", made[0].pk) if made else redirect("evidence:statement", statement.pk)
    try:
        found = find_claim(request, UUID(key))
    except ValueError as error:
        raise Http404 from error
    stance = request.POST.get("stance", "")
    carry_out(request, lambda: claims.put_in_claim(request.user, found, statement, stance), _("Saved."))
    return redirect("evidence:claim", found.pk)


# --- claims and readers -------------------------------------------------------------------------------------------
@only("evidence.read")
@require_safe
def show_claim(request: StaffRequest, claim_id: UUID) -> HttpResponse:
    """Show the statements for and against a claim side by side, and from how many roots they come."""
    weighed = claims.weigh(request.user, [find_claim(request, claim_id)])[0]
    shown = {
        "weighed": weighed,
        "text": wording.texts_of_claims(request.user, [weighed])[0],
        "supporting": wording.rows_of(request.user, weighed.supporting),
        "contradicting": wording.rows_of(request.user, weighed.contradicting),
    }
    return render(request, "evidence/claim.html", shown)


@only("evidence.read")
@require_safe
def list_claims(request: StaffRequest) -> HttpResponse:
    """Show every claim with its range of roots."""
    seen = queries.statements_seen(request.user)
    found = Claim.objects.visible_to(request.user).filter(parts__statement__in=seen).distinct().order_by("-made_at")
    weighed = claims.weigh(request.user, found.select_related("first")[:200])
    rows = list(zip(weighed, wording.texts_of_claims(request.user, weighed), strict=True))
    return render(request, "evidence/claims.html", {"rows": rows})


@only("evidence.read")
@require_safe
def show_agreement(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Show how far the readers of a source agree, and their statements beside each other for the curator."""
    source = find_source(request, source_id, in_use=True)
    if source.pk in queries.unfinished_of(request.user):
        raise Http404
    shown = {
        "source": source,
        "title": reveal(source, "title"),
        "agreement": wording.agreement_of(request.user, source),
    }
    return render(request, "evidence/agreement.html", shown)
