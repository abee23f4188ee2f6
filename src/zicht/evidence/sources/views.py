"""Pages of sources: the list, a file that comes in, what is known of a source, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.cases.view_parts import is_done
from zicht.evidence import rules
from zicht.evidence.models import Source
from zicht.evidence.sources import actions, custody, queries, texts, withdrawing
from zicht.evidence.sources.forms import SEALED, AnewForm, ReaderForm, RelationForm, SourceForm, WithdrawForm
from zicht.evidence.statements.reading_page import anchors_to_look_at
from zicht.evidence.view_parts import carry_out, find_source, say_what_is_wrong
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.models import Account
from zicht.people.sealed import reveal, reveal_each

A_PAGE = 50
TYPES = {"png": "image/png", "jpeg": "image/jpeg"}


@only("evidence.read")
@require_safe
def list_sources(request: StaffRequest) -> HttpResponse:
    """Show the sources that the reader may see."""
    part = request.GET.get("part", "1")
    first = (max(1, int(part)) - 1) * A_PAGE if part.isdecimal() and len(part) < 6 else 0
    found = list(queries.newest_sources(request.user)[first : first + A_PAGE + 1])
    titles = reveal_each(found[:A_PAGE], "title")
    record_access(request.user, "listed", "source")
    rows = [(source, titles.get(source.pk, "")) for source in found[:A_PAGE]]
    shown = {"rows": rows, "further": first // A_PAGE + 2 if len(found) > A_PAGE else 0}
    return render(request, "evidence/sources.html", shown)


@only("evidence.record")
@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: StaffRequest) -> HttpResponse:
    """Take a file in, with where it is from."""
    form = SourceForm(request)
    if request.method == "POST" and form.is_valid():
        came: list[actions.Received] = []
        data = form.cleaned_data["file"].read()
        if is_done(
            form, lambda: came.append(actions.receive(request.user, data, form.values, interview=form.interview))
        ):
            if not came[0].is_new:
                messages.info(request, _("The same file is here already. This is it."))
            if came[0].is_read_in_part:
                told = {"most": intcomma(actions.MOST_READ)}
                messages.info(
                    request,
                    _(
                        "The whole text is here, can be searched and quoted. Figures, dates and names were looked for "
                        "in its first %(most)s characters."
                    )
                    % told,
                )
            return redirect("evidence:source", came[0].source.pk)
    return render(request, "evidence/add.html", {"form": form})


@only("evidence.read")
@require_safe
def show_custody(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Show where a source came from, who may see it, on what it rests, and its chain of custody."""
    source = find_source(request, source_id)
    actions.note_seen(request.user, source)
    lines = list(source.custody.order_by("number").select_related("by", "about"))
    is_open = source.state == rules.IN_USE
    version = texts.current_text(source) if is_open else None
    shown = {
        "source": source,
        "facts": {name: reveal(source, name) for name in SEALED} if is_open else {},
        "lines": lines,
        "is_whole": custody.is_whole(lines),
        "is_open": is_open,
        "original": source.originals.order_by("-number").first(),
        "readers": source.readers.filter(ended_at=None).select_related("account"),
        "relations": _relations(request, source),
        "look_at": [(one, reveal(one, "exact")) for one in anchors_to_look_at(version)] if version else [],
        "releases": withdrawing.releases_of(source),
        "readings": source.readings.select_related("reader"),
        **_forms(request, source),
    }
    return render(request, "evidence/custody.html", shown)


def _forms(request: StaffRequest, source: Source) -> dict[str, object]:
    return {
        "reader_form": ReaderForm(None, choices=_colleagues(source)),
        "relation_form": RelationForm(None, others=_others(request, source)),
        "anew_form": AnewForm(request),
        "withdraw_form": WithdrawForm(),
    }


def _colleagues(source: Source) -> object:
    """Give who of the organisation may work with sources behind this wall."""
    active = Account.objects.filter(org_id=source.org_id, status="active").prefetch_related("grants")
    keys = [one.pk for one in active if source.compartment in rules.walls_of(one)]
    return Account.objects.filter(pk__in=keys).exclude(pk=source.collected_by_id).order_by("shown_as")


def _others(request: StaffRequest, source: Source) -> list[tuple[str, str]]:
    found = list(queries.newest_sources(request.user).filter(state=rules.IN_USE).exclude(pk=source.pk)[:500])
    titles = reveal_each(found, "title")
    return [(str(one.pk), titles.get(one.pk, "")) for one in found]


def _relations(request: StaffRequest, source: Source) -> list[tuple[str, str, object]]:
    """Give what this source rests on and what was judged, with sources that the reader may see only."""
    rests = [("rests_on", one.from_source_id, one) for one in source.rests_on.all()]
    judged = [(one.verdict, one.other_id, one) for one in source.judged.all()]
    seen = {one.pk: one for one in queries.sources_in_use(request.user, [key for _kind, key, _row in rests + judged])}
    titles = reveal_each(seen.values(), "title")
    return [(kind, titles[key], row) for kind, key, row in rests + judged if key in titles]


@only("evidence.record")
@require_POST
def change_reader(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Open a restricted source to a colleague, or close it again."""
    source = find_source(request, source_id, in_use=True)
    form = ReaderForm(request.POST, choices=_colleagues(source))
    if form.is_valid():
        act = actions.close_to if "close" in request.POST else actions.open_to
        carry_out(request, lambda: act(request.user, source, form.cleaned_data["reader"]), _("Saved."))
    say_what_is_wrong(request, form)
    return redirect("evidence:custody", source.pk)


@only("evidence.record")
@require_POST
def relate(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Record how two sources stand to each other."""
    source = find_source(request, source_id, in_use=True)
    form = RelationForm(request.POST, others=_others(request, source))
    if not form.is_valid():
        raise Http404
    given = form.cleaned_data
    other = find_source(request, UUID(given["other"]), in_use=True)
    if given["relation"] == "rests_on":
        carry_out(request, lambda: actions.rest_on(request.user, source, other), _("Saved."))
    else:
        verdict, reason = given["relation"], given["reason"] or None
        carry_out(request, lambda: actions.judge_relation(request.user, source, other, verdict, reason), _("Saved."))
    return redirect("evidence:custody", source.pk)


@only("evidence.record")
@require_POST
def read_apart(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Begin to read a source apart from another reader, or say that one is finished."""
    source = find_source(request, source_id, in_use=True)
    carry_out(request, lambda: actions.read_apart(request.user, source, is_finished="finish" in request.POST))
    return redirect("evidence:source", source.pk)


@only("evidence.record")
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Ask for the day, and destroy the key of a source for good."""
    source = find_source(request, source_id, in_use=True)
    form = WithdrawForm(request.POST or None)
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and is_done(form, lambda: withdrawing.withdraw(request.user, source, form.cleaned_data["asked_on"])):
        messages.success(request, _("The source is withdrawn. Nobody can read anything of it any more."))
        return redirect("evidence:custody", source.pk)
    shown = {"form": form, "source": source, "releases": withdrawing.releases_of(source)}
    return render(request, "evidence/withdraw.html", shown)


@only("evidence.read")
@require_safe
def show_picture(request: StaffRequest, source_id: UUID) -> HttpResponse:
    """Give the picture of a source, as it came."""
    source = find_source(request, source_id, in_use=True)
    original = source.originals.order_by("-number").first()
    if original is None or original.media_type not in TYPES:
        raise Http404
    headers = {"Cache-Control": "no-store", "Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(texts.bytes_of(original), content_type=TYPES[original.media_type], headers=headers)
