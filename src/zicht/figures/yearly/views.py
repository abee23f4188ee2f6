"""Pages of the yearly report: what was published is for everybody, the rest for who may see the own register."""

from collections.abc import Callable
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.figures.errors import NoFigures
from zicht.figures.models import Commitment, SeriesBreak, YearlyReport
from zicht.figures.register.releasing import years_with_data
from zicht.figures.rules import PURPOSE, WALL
from zicht.figures.yearly import actions, queries, working
from zicht.figures.yearly.actions import Asked
from zicht.figures.yearly.errors import Damaged, ReplacedMeanwhile
from zicht.figures.yearly.forms import BreakForm, CommitmentForm, ReportForm
from zicht.figures.yearly.package import hash_of, kind_of, names_in, unpack
from zicht.figures.yearly.standing import body_of
from zicht.people import waiting
from zicht.people.actions import record_access
from zicht.people.code_fields import language
from zicht.people.guard import StaffRequest, only
from zicht.people.models import Account

PACKAGE = "report.zip"
HELD = "zicht_reports"  # in the session: the key of each report that is being made
MOST_HELD = 5
LOOK_AGAIN = 2  # seconds


# --- reading ----------------------------------------------------------------------------------------------------------
@login_not_required
@require_safe
def list_reports(request: HttpRequest) -> HttpResponse:
    """Show the reports that somebody may see, the newest first; who may make one finds the way to it here."""
    reader = _reader(request)
    reports = queries.reports_for(reader).order_by("-year", "release_level", "-version")
    makes = reader is not None and reader.has_perm("figures.make_report")
    return render(request, "figures/yearly/reports.html", {"reports": reports, "makes": makes, "sees_register": makes})


@login_not_required
@require_safe
@gzip_page  # most of the page are drawings; Django hides the length of what it compresses (BREACH)
def show_report(request: HttpRequest, report_id: UUID) -> HttpResponse:
    """Show a report inside the page, word for word as it was made."""
    reader = _reader(request)
    report = _find(reader, report_id)
    package = _package_of(report)
    _write_down(reader, "seen", report)
    page = unpack(package, f"report.{language()}.html").decode()
    is_own = reader is not None and report.org_id == reader.org_id and reader.has_perm("figures.approve_report")
    approvals = list(report.approvals.select_related("by").order_by("at")) if is_own else []
    context = {
        "report": report,
        "body": mark_safe(body_of(page)),  # noqa: S308 - written by our templates, and guarded by its hash since
        "files": [
            name for name in names_in(package) if not name.startswith("data/") or name.endswith(("xlsx", "json"))
        ],
        "file_of_reader": f"report.{language()}.pdf",
        "approvals": approvals,
        "may_approve": is_own and not report.published_at and reader not in [one.by for one in approvals],
        "later": _later(reader, report),
    }
    return render(request, "figures/yearly/report.html", context)


@login_not_required
@require_safe
def download_file(request: HttpRequest, report_id: UUID, name: str) -> HttpResponse:
    """Give one file of a report, or all of them in one."""
    reader = _reader(request)
    report = _find(reader, report_id)
    package = _package_of(report)
    try:
        content = package if name == PACKAGE else unpack(package, name)
    except KeyError as error:
        raise Http404 from error
    _write_down(reader, "exported", report)
    kind = "application/zip" if name == PACKAGE else kind_of(name)
    shown = f"zicht-{report.year}-{report.release_level}-v{report.version}-{name.rpartition('/')[2]}"
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{shown}"'})


def _reader(request: HttpRequest) -> Account | None:
    return request.user if isinstance(request.user, Account) else None


def _find(reader: Account | None, key: UUID) -> YearlyReport:
    report = queries.find_report(reader, key)
    if report is None:
        raise Http404
    return report


def _package_of(report: YearlyReport) -> bytes:
    package = bytes(report.package)
    if hash_of(package) != report.sha256:
        raise Http404(str(Damaged()))
    return package


def _write_down(reader: Account | None, verb: str, report: YearlyReport) -> None:
    """Leave a line in the log for what is not public."""
    if reader is not None and not (report.published_at and report.release_level == queries.PUBLIC):
        record_access(reader, verb, "yearly_report", report.pk, purpose=PURPOSE, compartment=WALL)


def _later(reader: Account | None, report: YearlyReport) -> YearlyReport | None:
    """Give the newest version that was published after this one."""
    same = queries.reports_for(reader).filter(
        org=report.org_id, year=report.year, release_level=report.release_level, version__gt=report.version
    )
    return same.exclude(published_at=None).order_by("-version").first()


# --- making -----------------------------------------------------------------------------------------------------------
@only("figures.make_report")
@require_http_methods(["GET", "HEAD", "POST"])
def make_report(request: StaffRequest) -> HttpResponse:
    """Ask for a year and a level, and let the work begin."""
    form = ReportForm(request.POST or None, years_with_data(request.user.org))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        asked = Asked(given["year"], given["level"], given["reason"])
        try:
            actions.check(request.user, asked)
        except NoFigures as error:
            form.add_error(None, str(error))
        else:
            return redirect("figures:making", _begin(request, asked))
    return render(request, "figures/yearly/make.html", {"form": form})


def _begin(request: StaffRequest, asked: Asked) -> UUID:
    job, key = waiting.begin()
    held = {**request.session.get(HELD, {}), job.hex: key}
    request.session[HELD] = dict(list(held.items())[-MOST_HELD:])
    file = waiting.find(job, key)
    working.keep(file, asked)
    working.start(file, request.user, language())
    return job


@only("figures.make_report")
@never_cache
@require_safe
def show_making(request: StaffRequest, job: UUID) -> HttpResponse:
    """Say how far the work on a report is; when it is done go there, and when it failed say what to do."""
    held = request.session.get(HELD, {}).get(job.hex)
    file = waiting.find(job, held) if held else None
    stage, asked = (file.stage(), working.order_of(file)) if file else (None, None)
    if file is None or stage is None or asked is None:
        raise Http404
    if stage.name == working.DONE:
        if queries.find_report(request.user, UUID(stage.about)):
            return redirect("figures:report", stage.about)
        return redirect("figures:reports")  # somebody threw it away meanwhile
    page = {"stage": stage, "asked": asked, "job": job, "refusal": working.refusal_of(file)}
    response = render(request, "figures/yearly/making.html", page)
    if stage.is_busy:
        response.headers["Refresh"] = str(LOOK_AGAIN)
    return response


@only("figures.approve_report")
@require_POST
def approve_report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Approve a version; the second person publishes it with that."""
    report = _find_own(request, report_id)
    if report is None:
        return _to_the_list(request)
    try:
        approved = actions.approve(request.user, report)
    except ReplacedMeanwhile:
        return _to_the_list(request)
    except NoFigures as error:
        messages.error(request, str(error))
    else:
        said = _("Published.") if approved.published_at else _("Approved. Somebody else must approve it too.")
        messages.success(request, said)
    return redirect("figures:report", report.pk)


def _to_the_list(request: StaffRequest) -> HttpResponse:
    """Say that a draft is gone: another one has another address, and nobody read that one."""
    messages.error(request, str(ReplacedMeanwhile()))
    return redirect("figures:reports")


@only("figures.make_report")
@require_POST
def discard_report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Throw a draft away."""
    report = _find_own(request, report_id)
    if report is None:
        return _to_the_list(request)
    try:
        actions.discard(request.user, report)
    except NoFigures as error:
        messages.error(request, str(error))
        return redirect("figures:report", report.pk)
    messages.success(request, _("The draft is gone."))
    return redirect("figures:reports")


def _find_own(request: StaffRequest, key: UUID) -> YearlyReport | None:
    report = queries.find_report(request.user, key)
    return report if report and report.org_id == request.user.org_id else None


# --- commitments and breaks -------------------------------------------------------------------------------------------
@only("figures.make_report")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_commitments(request: StaffRequest, commitment_id: UUID | None = None) -> HttpResponse:
    """Show the commitments and policy questions, and add or change one."""
    own = Commitment.objects.filter(org=request.user.org_id).order_by("-dated", "-at")
    changed = own.filter(pk=commitment_id).first() if commitment_id else None
    if commitment_id and changed is None:
        raise Http404
    form = CommitmentForm(request.POST or None, instance=changed or Commitment(org=request.user.org, by=request.user))
    if request.method == "POST" and _is_kept(form, lambda: actions.keep_commitment(request.user, form.instance)):
        messages.success(request, _("Saved. It stands in the next report that is made."))
        return redirect("figures:commitments")
    page = {"form": form, "commitments": list(own), "changed": changed}
    return render(request, "figures/yearly/commitments.html", page)


@only("figures.make_report")
@require_http_methods(["GET", "HEAD", "POST"])
def keep_breaks(request: StaffRequest) -> HttpResponse:
    """Show the breaks in series, and add one."""
    form = BreakForm(request.POST or None, instance=SeriesBreak(org=request.user.org, by=request.user))
    if request.method == "POST" and _is_kept(form, lambda: actions.keep_break(request.user, form.instance)):
        messages.success(request, _("Saved. It stands in the next report that is made."))
        return redirect("figures:breaks")
    breaks = SeriesBreak.objects.filter(org=request.user.org_id).order_by("-year", "-at")
    return render(request, "figures/yearly/breaks.html", {"form": form, "breaks": breaks})


def _is_kept(form: "forms.ModelForm[Commitment] | forms.ModelForm[SeriesBreak]", keep: Callable[[], None]) -> bool:
    """Store what a form holds; what the words refuse comes back into the form."""
    if not form.is_valid():
        return False
    try:
        keep()
    except ValidationError as refused:
        form.add_error(None, refused)
        return False
    return True
