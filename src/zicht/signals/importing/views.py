"""Pages on which a table is taken in: the file, the columns with what they would become, and the refused rows."""

import io
import json
from dataclasses import asdict, dataclass, replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zicht.people import waiting
from zicht.people.guard import StaffRequest, only
from zicht.people.locked_files import File, download
from zicht.people.waiting import Waiting
from zicht.reading import tables
from zicht.signals import rules
from zicht.signals.importing.columns import guess
from zicht.signals.importing.forms import FileForm, PlanForm
from zicht.signals.importing.reading import Findings, Plan, columns_of, examine
from zicht.signals.importing.storing import store

HELD = "zicht_intake_tables"  # in the session: the key of each table that waits
MOST_HELD = 10
MOST_SHOWN = 50  # refused rows on the page; the file has all of them


@dataclass(frozen=True)
class Order:
    """Hold how a table is written, behind which wall its rows go, and which column holds what."""

    wall: str
    encoding: str
    separator: str
    plan: Plan

    @property
    def form(self) -> tables.TextForm:
        """Give how its text is written."""
        return tables.TextForm(self.encoding, self.separator)


@only("signals.lead")
@require_http_methods(["GET", "HEAD", "POST"])
def take_table(request: StaffRequest) -> HttpResponse:
    """Ask for a table, and keep it until somebody has looked at what it would become."""
    form = FileForm(request.POST or None, request.FILES or None, walls=rules.walls_of(request.user))
    if request.method == "POST" and form.is_valid():
        return redirect("intake:import_table", _keep(request, form))
    return render(request, "signals/importing/file.html", {"form": form})


@only("signals.lead")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def show_table(request: StaffRequest, job: UUID) -> HttpResponse:
    """Show what the rows of a table would become, and take them in when somebody says so."""
    file, order, content = _find(request, job)
    if "leave" in request.POST:
        file.forget()
        return redirect("intake:import")
    form = PlanForm(request.POST or None, columns=columns_of(content, order.form), plan=order.plan)
    if request.method == "POST" and form.is_valid():
        if "store" in request.POST and form.plan == order.plan:
            return _store(request, job, order, content)
        _write(file, replace(order, plan=form.plan))
        if "store" in request.POST:
            messages.warning(request, _("The columns were changed, so nothing was taken in. Look once more."))
        return redirect("intake:import_table", job)
    found = _examine(request, order, content) if order.plan.columns and not form.errors else None
    shown = {"form": form, "found": found, "job": job, "refused": found.refused[:MOST_SHOWN] if found else []}
    return render(request, "signals/importing/table.html", shown)


@only("signals.lead")
@never_cache
@require_safe
def give_refused(request: StaffRequest, job: UUID) -> HttpResponse:
    """Give the rows that are not taken in as they came, each with its reasons, so that they can be mended and sent."""
    _file, order, content = _find(request, job)
    found = _examine(request, order, content)
    out = io.StringIO(newline="")
    rows = [[str(one.row), " ".join(one.reasons), *one.cells] for one in found.refused]
    tables.write_csv(out, [_("Row"), _("Why not"), *found.columns], rows)
    return download(File(("\ufeff" + out.getvalue()).encode(), "refused.csv", "text/csv; charset=utf-8"))


def _store(request: StaffRequest, job: UUID, order: Order, content: bytes) -> HttpResponse:
    count = store(request.user, _examine(request, order, content).right, order.wall)
    told = ngettext("%(n)d row is taken in.", "%(n)d rows are taken in.", count) % {"n": count}
    messages.success(request, told)
    return redirect("intake:import_table", job)


def _examine(request: StaffRequest, order: Order, content: bytes) -> Findings:
    if order.wall not in rules.walls_of(request.user):
        raise Http404
    return examine(request.user, content, order.form, order.wall, order.plan)


# --- the table that waits -------------------------------------------------------------------------------------------
def _keep(request: StaffRequest, form: FileForm) -> UUID:
    job, key = waiting.begin()
    held = {**request.session.get(HELD, {}), job.hex: key}
    request.session[HELD] = dict(list(held.items())[-MOST_HELD:])
    file = waiting.find(job, key)
    file.keep("file", form.content)
    plan = Plan(guess(columns_of(form.content, form.form)))
    _write(file, Order(form.wall, form.form.encoding, form.form.separator, plan))
    return job


def _write(file: Waiting, order: Order) -> None:
    file.keep("order", json.dumps(asdict(order)).encode())


def _find(request: StaffRequest, job: UUID) -> tuple[Waiting, Order, bytes]:
    """Find a table of this session; another session, even of the same account, has no key to it."""
    held = request.session.get(HELD, {}).get(job.hex)
    file = waiting.find(job, held) if held else None
    told, content = (file.open("order"), file.open("file")) if file else (None, None)
    if file is None or told is None or content is None:
        raise Http404
    kept = json.loads(told)
    return file, Order(**{**kept, "plan": Plan(**kept["plan"])}), content
