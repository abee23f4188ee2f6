"""Pages on how many remain unseen: give a table, say what its lists are, wait, and read every method side by side."""

import json
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from zicht.figures import extract
from zicht.figures.estimates import working
from zicht.figures.estimates.forms import CoverageForm, ListsForm, TableForm, TakeForm
from zicht.figures.estimates.pages import make_page
from zicht.figures.estimates.sentences import say_coverage
from zicht.figures.estimates.taking import Taken, take
from zicht.figures.rules import PURPOSE
from zicht.people import waiting
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest, only
from zicht.people.waiting import Waiting
from zicht.stats.errors import StatsError
from zicht.stats.table_files import parse_table
from zicht.stats.tables import OverlapTable

HELD = "zicht_estimates"  # in the session: the key of each table that waits
MOST_HELD = 5
LOOK_AGAIN = 2  # seconds
COVERAGE = {"total": 1300, "low": 2, "high": 4}  # words: seed_figures s004_estimate and s004_coverage


@only("figures.estimate")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_table(request: StaffRequest) -> HttpResponse:
    """Ask for a table, and check it at the door."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("figures:estimate", _keep(request, form))
        except StatsError as refusal:
            form.add_error(None, _(refusal.sentence) % refusal.values)
    page = {"form": form, "coverage": _coverage(request)}
    return render(request, "figures/estimates/ask.html", page)


def _coverage(request: StaffRequest) -> dict[str, object]:
    """Work out what a share in sight means in persons, beginning with the published example."""
    asked = "total" in request.GET
    form = CoverageForm(request.GET if asked else COVERAGE)
    return {"form": form, "said": say_coverage(**form.cleaned_data) if form.is_valid() else ""}


def _keep(request: StaffRequest, form: TableForm) -> UUID:
    given = form.cleaned_data
    if given["year"]:
        table = extract.read_lists(given["year"])
        record_access(request.user, "listed", "estimate", purpose=PURPOSE)
    else:
        table = given["file"].read() if given["file"] else given["table"].encode()
    parse_table(table)  # refuses here, where somebody can mend it
    job, key = waiting.begin()
    held = {**request.session.get(HELD, {}), job.hex: key}
    request.session[HELD] = dict(list(held.items())[-MOST_HELD:])
    order = working.Order(given["release"], given["seed"], str(given["year"] or "file"))
    working.keep(waiting.find(job, key), order, table)
    return job


@only("figures.estimate")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_estimate(request: StaffRequest, job: UUID) -> HttpResponse:
    """Ask what the lists are, say how far the work is, and show what came out."""
    file, order, table, stage = _find(request, job)
    if stage.is_busy:
        response = render(request, "figures/estimates/working.html", {"stage": stage, "job": job})
        response.headers["Refresh"] = str(LOOK_AGAIN)
        return response
    if found := working.result_of(file):
        return _show_result(request, job, found, order, TakeForm(initial={"year": _year_of(order)}))
    form = ListsForm(request.POST or None, lists=table.lists)
    if request.method == "POST" and form.is_valid():
        with file.turn("working") as is_first:
            if is_first:
                order = working.Order(order.release, order.seed, order.source, form.answers)
                working.keep_order(file, order)
                working.start(file, order)
        return redirect("figures:estimate", job)
    page = {"form": form, "table": table, "is_internal": order.release == working.INTERNAL, "stage": stage}
    return render(request, "figures/estimates/lists.html", page)


def _show_result(
    request: StaffRequest, job: UUID, found: dict[str, Any], order: working.Order, form: TakeForm
) -> HttpResponse:
    page = {"result": make_page(found, order), "order": order, "job": job, "form": form}
    return render(request, "figures/estimates/result.html", page)


def _year_of(order: working.Order) -> int:
    return int(order.source) if order.source.isdigit() else timezone.localdate().year - 1


@only("figures.make_report")
@never_cache
@require_POST
def take_estimate(request: StaffRequest, job: UUID) -> HttpResponse:
    """Take an estimate into the reports on a year."""
    file, order, table, _stage = _find(request, job)
    found = working.result_of(file)
    if found is None:
        raise Http404
    form = TakeForm(request.POST)
    if not form.is_valid():
        return _show_result(request, job, found, order, form)
    taken = take(request.user, Taken(**form.cleaned_data), order, found, table)
    messages.success(request, _("Taken. It stands in the next report on %(year)s.") % {"year": taken.year})
    return redirect("figures:reports")


@only("figures.estimate")
@never_cache
@require_safe
def download_estimate(request: StaffRequest, job: UUID) -> HttpResponse:
    """Give the result with what each list was said to be, as JSON."""
    file, order, _table, _stage = _find(request, job)
    found = working.result_of(file)
    if found is None:
        raise Http404
    methods = [{name: value for name, value in one.items() if name != "cautions"} for one in found["methods"]]
    told = {"release": order.release, "source": order.source, "lists": order.answers, "methods": methods}
    return HttpResponse(
        json.dumps(told, ensure_ascii=False, indent=1),
        content_type="application/json",
        headers={"Content-Disposition": f'attachment; filename="estimate-{order.release}.json"'},
    )


def _find(request: StaffRequest, job: UUID) -> tuple[Waiting, working.Order, OverlapTable, waiting.Stage]:
    """Find a table of this session; another session, even of the same account, has no key to it."""
    held = request.session.get(HELD, {}).get(job.hex)
    if held is None:
        raise Http404
    file = waiting.find(job, held)
    order, table, stage = working.order_of(file), working.table_of(file), file.stage()
    if order is None or table is None or stage is None:
        raise Http404
    return file, order, table, stage
