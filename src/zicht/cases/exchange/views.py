"""Pages to take a file in and to give records out."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from zicht.cases.errors import CasesError
from zicht.cases.exchange import exporting, findings, importing, working
from zicht.cases.exchange.forms import ExportForm, ImportForm
from zicht.cases.handing.views import hand_over
from zicht.people import waiting
from zicht.people.code_fields import language
from zicht.people.guard import StaffRequest, only
from zicht.people.locked_files import download
from zicht.people.waiting import Waiting

HELD = "zicht_imports"  # in the session: the key of each file that waits
MOST_HELD = 10
LOOK_AGAIN = 4  # seconds


@only("cases.import")
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: StaffRequest) -> HttpResponse:
    """Ask for a file, and begin to look at it."""
    form = ImportForm(request.POST or None, request.FILES or None, account=request.user)
    if request.method == "POST" and form.is_valid():
        return redirect("cases:import_file", _keep(request, form))
    return render(request, "cases/exchange/import.html", {"form": form})


def _keep(request: StaffRequest, form: ImportForm) -> UUID:
    given, content = form.cleaned_data, form.cleaned_data["file"].read()
    job, key = waiting.begin()
    held = {**request.session.get(HELD, {}), job.hex: key}
    request.session[HELD] = dict(list(held.items())[-MOST_HELD:])
    order = working.Order(
        account=str(request.user.pk),
        standard=given["standard"],
        compartment=form.wall,
        encoding=given["encoding"],
        separator=given["separator"],
        size=len(content),
        language=language(),
    )
    file = waiting.find(job, key)
    working.keep(file, order, content)
    working.start(file, order, importing.CHECKING)
    return job


@only("cases.import")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_file(request: StaffRequest, job: UUID) -> HttpResponse:
    """Show what a file would become, and store it when somebody says so."""
    file = _find(request, job)
    if request.method == "POST":
        return _decide(request, file)
    stage = file.stage()
    if stage is None:
        raise Http404
    page = {"stage": stage, "job": job, "refusal": working.refusal_of(file) if stage.name == "refused" else ""}
    if stage.name in ("checked", "stored"):
        found = findings.read(file.open("findings") or b"{}")
        page |= {"found": found, "lines": list(found.report.lines())}
        page["was_imported"] = stage.name == "checked" and importing.was_imported(request.user, found.file_hash)
    response = render(request, "cases/exchange/file.html", page)
    if stage.is_busy:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


def _decide(request: StaffRequest, file: Waiting) -> HttpResponse:
    order, stage = working.order_of(file), file.stage()
    if order is None or stage is None:
        raise Http404
    if "leave" in request.POST:
        file.forget()
        return redirect("cases:import")
    if stage.name == "checked":
        with file.turn(importing.STORING) as is_first:
            if is_first:
                working.start(file, order, importing.STORING, again="again" in request.POST)
    return redirect("cases:import_file", file.job)


def _find(request: StaffRequest, job: UUID) -> Waiting:
    """Find a file of this session; another session, even of the same account, has no key to it."""
    held = request.session.get(HELD, {}).get(job.hex)
    if held is None:
        raise Http404
    return waiting.find(job, held)


@only("cases.export")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def give_out(request: StaffRequest) -> HttpResponse:
    """Show what would leave; give the file when somebody has seen that and says so."""
    form = ExportForm(request.POST or None, account=request.user)
    page: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        try:
            if "give" in request.POST:
                file, _contents = exporting.export(request.user, form.order)
                return hand_over(request, file, back=reverse("cases:export")) if file.password else download(file)
            contents = exporting.look(request.user, form.order)
            page |= {"contents": contents, "lines": list(contents.report.lines()), "order": form.order}
        except CasesError as refusal:
            form.add_error(None, str(refusal))
    return render(request, "cases/exchange/export.html", page)
