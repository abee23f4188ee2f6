"""Pages of what leaves: dossiers with who was heard, their release, and exports."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.cases.view_parts import is_done
from zicht.evidence.actors.shown import shown_names
from zicht.evidence.models import Claim, Dossier
from zicht.evidence.releases import actions, exports
from zicht.evidence.releases.contents import contents_of, not_heard
from zicht.evidence.releases.importing import Imported, import_ftm
from zicht.evidence.releases.papers import as_pdf
from zicht.evidence.sources.forms import LONGEST, FileForm, code, day_input, text
from zicht.evidence.sources.queries import statements_seen
from zicht.evidence.statements.claims import weigh
from zicht.evidence.statements.wording import texts_of_claims
from zicht.evidence.view_parts import carry_out, find_actor, say_what_is_wrong
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.sealed import reveal_each


class DossierForm(forms.Form):
    """Ask for a title and the claims."""

    use_required_attribute = False
    title = text("dossier", "title", required=True)
    claims = forms.MultipleChoiceField(label=gettext_lazy("Claims"), widget=forms.CheckboxSelectMultiple)


class ReplyForm(forms.Form):
    """Ask what was asked and answered."""

    use_required_attribute = False
    state = code("right_of_reply", "state", required=True)
    asked_on = forms.DateField(label=gettext_lazy("Asked on"), required=False, widget=day_input())
    answer = text("right_of_reply", "answer", length=4000, widget=forms.Textarea({"rows": 3}))


class EntitiesForm(FileForm):
    """Ask for a file of FollowTheMoney entities."""

    file = forms.FileField(
        label=gettext_lazy("File with FollowTheMoney entities"),
        help_text=gettext_lazy(
            "One JSON object a line, at most 50 MB. Names, kinds, countries, numbers and relations are taken; what "
            "else stands there stays in the text of the source."
        ),
    )


@only("evidence.read")
@require_http_methods(["GET", "HEAD", "POST"])
def list_dossiers(request: StaffRequest) -> HttpResponse:
    """Show dossiers, and make one of claims."""
    seen = statements_seen(request.user)
    found = Claim.objects.visible_to(request.user).filter(parts__statement__in=seen).distinct().order_by("-made_at")
    weighed = weigh(request.user, found.select_related("first")[:200])
    worded = zip(weighed, texts_of_claims(request.user, weighed), strict=True)
    offered = {str(one.claim.pk): words for one, words in worded}
    form = DossierForm(request.POST or None)
    form.fields["claims"].choices = list(offered.items())  # type: ignore[attr-defined]
    made: list[Dossier] = []
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        chosen = Claim.objects.filter(pk__in=given["claims"])
        if is_done(form, lambda: made.append(actions.make_dossier(request.user, given["title"], chosen))):
            return redirect("evidence:dossier", made[0].pk)
    record_access(request.user, "listed", "dossier")
    dossiers = list(Dossier.objects.visible_to(request.user).order_by("-made_at")[:200])
    titles = reveal_each(dossiers, "title")
    rows = [(one, titles.get(one.pk, "")) for one in dossiers]
    return render(request, "evidence/dossiers.html", {"rows": rows, "form": form})


def _find(request: StaffRequest, key: UUID) -> Dossier:
    found: Dossier | None = Dossier.objects.visible_to(request.user).filter(pk=key).first()
    if found is None or found.pk not in reveal_each([found], "title"):
        raise Http404
    return found


@only("evidence.read")
@require_safe
def show_dossier(request: StaffRequest, dossier_id: UUID) -> HttpResponse:
    """Show a dossier as it would leave, and who must be heard first."""
    dossier = _find(request, dossier_id)
    record_access(request.user, "seen", "dossier", dossier.pk, compartment=dossier.compartment)
    contents = contents_of(request.user, dossier)
    unheard = not_heard(contents, dossier)
    names = shown_names(request.user, [actor.pk for actor in unheard])
    waiting = [(actor, names[actor.pk], ReplyForm(auto_id=f"id_{actor.pk}_%s")) for actor in unheard]
    return render(request, "evidence/dossier.html", {"dossier": dossier, "contents": contents, "unheard": waiting})


@only("evidence.record")
@require_POST
def reply(request: StaffRequest, dossier_id: UUID) -> HttpResponse:
    """Record what an actor was asked and answered."""
    dossier = _find(request, dossier_id)
    form = ReplyForm(request.POST)
    try:
        actor = find_actor(request, UUID(request.POST.get("actor", "")))
    except ValueError as error:
        raise Http404 from error
    if form.is_valid():
        given = form.cleaned_data
        told = (given["state"], given["asked_on"], given["answer"] or None)
        carry_out(request, lambda: actions.hear(request.user, dossier, actor, *told), _("Saved."))
    say_what_is_wrong(request, form)
    return redirect("evidence:dossier", dossier.pk)


@only("evidence.record")
@require_POST
def release(request: StaffRequest, dossier_id: UUID) -> HttpResponse:
    """Give a dossier as a page or a PDF, and keep that it left."""
    dossier = _find(request, dossier_id)
    if not carry_out(request, lambda: actions.refuse_unheard(request.user, dossier)):
        return redirect("evidence:dossier", dossier.pk)
    contents = contents_of(request.user, dossier)
    form = "pdf" if "pdf" in request.POST else "html"
    language, day, organisation = get_language() or "nl", timezone.localdate(), request.user.org.org_name
    if form == "pdf":
        content = as_pdf(contents, language, organisation, day)
    else:
        told = {"contents": contents, "language": language, "organisation": organisation, "day": day}
        content = render_to_string("evidence/dossier_paper.html", told).encode()
    kept = actions.let_leave(request.user, content, form, contents.sources, dossier)
    return _file(content, "application/pdf" if form == "pdf" else "text/html", f"dossier-{str(kept.pk)[:8]}.{form}")


@only("evidence.record")
@require_http_methods(["GET", "HEAD", "POST"])
def export(request: StaffRequest) -> HttpResponse:
    """Say what each form leaves out, and give the statements in it."""
    form = next((name for name in ("ftm", "csv") if name in request.POST), "")
    if not form:
        return render(request, "evidence/export.html", {"losses": exports.losses()})
    rows, sources = exports.rows_for_export(request.user)
    content = exports.as_ftm(request.user, rows) if form == "ftm" else exports.as_csv(request.user, rows)
    kept = actions.let_leave(request.user, content, form, sources)
    ending, kind = ("ftm.json", "application/x-ndjson") if form == "ftm" else ("csv", "text/csv")
    return _file(content, kind, f"statements-{str(kept.pk)[:8]}.{ending}")


@only("evidence.record")
@require_http_methods(["GET", "HEAD", "POST"])
def import_entities(request: StaffRequest) -> HttpResponse:
    """Read FollowTheMoney entities in, say what was left out, and lead to the source they became."""
    form = EntitiesForm(request)
    came: list[Imported] = []
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        title = (file.name or "FollowTheMoney")[:LONGEST]
        if is_done(form, lambda: came.append(import_ftm(request.user, file.read(), title))):
            messages.success(request, _said(came[0]))
            return redirect("evidence:source", came[0].source.pk)
    return render(request, "evidence/import.html", {"form": form})


def _said(imported: Imported) -> str:
    left_out = ", ".join(f"{schema} {count}" for schema, count in imported.left_out.items()) or "–"
    told = {"actors": imported.actors, "count": imported.statements, "left_out": left_out}
    return _("Read in: %(actors)s actors and %(count)s statements. Left out: %(left_out)s.") % told


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=kind, headers=headers)
