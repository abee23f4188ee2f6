"""Pages that show a process: all of them, one as a chain, who does what, its versions, and the poster."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from zicht.barriers.drawing.poster import as_pdf
from zicht.barriers.models import BarrierModel
from zicht.barriers.processes.pages import actions_by_barrier, matrix_of, page_of
from zicht.barriers.processes.posters import poster_of
from zicht.barriers.processes.queries import Version, list_processes, versions_of
from zicht.barriers.processes.rules import differences
from zicht.barriers.view_parts import LOOK, draw, find, listed
from zicht.people.actions import record_access
from zicht.people.code_fields import language
from zicht.people.guard import StaffRequest, only
from zicht.people.locked_files import download
from zicht.words import Label

SUBJECT = BarrierModel.words_entity


@only(LOOK)
@require_safe
def list_all(request: StaffRequest) -> HttpResponse:
    """Show every process as a small chain, with how much of it is blocked."""
    listed(request, SUBJECT)
    shown = [(one, page_of(request.user, one)) for one in list_processes(request.user)]
    return draw(request, "barriers/processes.html", {"shown": shown})


@only(LOOK)
@require_safe
def show(request: StaffRequest, process: str, number: int | None = None) -> HttpResponse:
    """Show a process as a chain, and the same as text."""
    version = find(request, process, number)
    record_access(request.user, "seen", SUBJECT, version.record.pk if version.record else "")
    page = page_of(request.user, version)
    return draw(request, "barriers/process.html", {"version": version, "page": page, "process": process})


@only(LOOK)
@require_safe
def show_matrix(request: StaffRequest, process: str, number: int | None = None) -> HttpResponse:
    """Show who does what."""
    version = find(request, process, number)
    record_access(request.user, "seen", SUBJECT, version.record.pk if version.record else "")
    matrix = matrix_of(version.process, actions_by_barrier(request.user, process))
    name, keys = ("barriers:process", [process]) if number is None else ("barriers:version", [process, number])
    return draw(
        request, "barriers/matrix.html", {**_of(version), "matrix": matrix, "chain_address": reverse(name, args=keys)}
    )


@only(LOOK)
@require_safe
def list_versions(request: StaffRequest, process: str) -> HttpResponse:
    """Show the versions of a process, and what changed from one to the next."""
    version = find(request, process)
    listed(request, SUBJECT)
    models = versions_of(request.user, process)
    older = [*models[1:], None]
    rows = [
        (model, [(how, code, name.in_language(language())) for how, code, name in _changes(before, model)])
        for model, before in zip(models, older, strict=True)
    ]
    return draw(request, "barriers/versions.html", {**_of(version), "rows": rows})


@only(LOOK)
@require_safe
def give_poster(request: StaffRequest, process: str, number: int | None = None) -> HttpResponse:
    """Give the poster for the wall: one sheet of A3; of a process that has no steps yet there is none."""
    version = find(request, process, number)
    if not version.process.steps:
        raise Http404
    record_access(request.user, "exported", SUBJECT, version.record.pk if version.record else "")
    return download(as_pdf(poster_of(version), f"{process.lower()}-a3"))


def _of(version: Version) -> dict[str, object]:
    name = version.process.label.in_language(language())
    return {"version": version, "process": version.process.name, "name": name}


def _changes(before: BarrierModel | None, model: BarrierModel) -> list[tuple[str, str, Label]]:
    return list(differences(before.steps, model.steps)) if before else []
