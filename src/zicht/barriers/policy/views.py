"""Pages of municipal policy: map and table, one municipality, and tables that are taken in or along."""

import io
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from zicht import words
from zicht.barriers.models import Policy
from zicht.barriers.policy import actions, queries
from zicht.barriers.policy.forms import FilterForm, PolicyForm, TableForm
from zicht.barriers.policy.importing import Findings, columns_of_export, write_cell
from zicht.barriers.view_parts import ASKS, KEEP, LOOK, draw, is_done, listed
from zicht.people import waiting
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of, label_of_field
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.locked_files import File, download
from zicht.people.wording import in_words, list_in_words
from zicht.reading import tables

ON_A_PAGE = 100  # with the map the page stays under 150 kB
SUBJECT = Policy.words_entity
HELD = "zicht_policy_refused"  # in the session: the key of the rows that were refused last
CSV, XLSX = "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@only(LOOK)
@require_safe
def show(request: StaffRequest) -> HttpResponse:
    """Show the map, table F23, and the municipalities that were asked for."""
    listed(request, SUBJECT)
    every = queries.towns(request.user)
    form = FilterForm(request.GET or None)
    found = queries.towns(request.user, form.cleaned_data) if form.is_valid() else every
    f23 = queries.table_f23(request.user, every)
    shown = {
        "form": form,
        "map": queries.map_of(every, _("not looked up yet")),
        "known": sum(town.policy is not None for town in every),
        "count": len(every),
        "f23": f23,
        "states": [(state, label_of("policy_state", state)) for state in f23.states],
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "reminders": queries.reminders_of(request.user),
    }
    return draw(request, "barriers/policy.html", shown)


@only(LOOK)
@require_safe
def show_town(request: StaffRequest, municipality: str) -> HttpResponse:
    """Show what is known of a municipality."""
    town = _find_town(municipality)
    policy = queries.find_policy(request.user, municipality)
    record_access(request.user, "seen", SUBJECT, policy.pk if policy else "")
    facts = []
    if policy:
        names = [name for name in columns_of_export() if name != "municipality"]
        facts = [(label_of_field(SUBJECT, name), in_words(SUBJECT, name, getattr(policy, name))) for name in names]
    shown = {"town": town, "policy": policy, "facts": facts, "municipality": municipality}
    return draw(request, "barriers/town.html", shown)


@only(KEEP)
@require_http_methods(ASKS)
def ask(request: StaffRequest, municipality: str) -> HttpResponse:
    """Ask what is known of a municipality."""
    town = _find_town(municipality)
    policy = queries.find_policy(request.user, municipality)
    form = PolicyForm(sent(request), record=policy, initial=None if policy else {"checked_on": timezone.localdate()})

    def act() -> None:
        actions.save_policy(request.user, municipality, form.values, version=form.version)

    back = reverse("barriers:town", args=[municipality])
    if request.method == "POST" and form.is_valid() and is_done(form, act):
        messages.success(request, _("Saved."))
        return redirect(back)
    heading = _("Policy of %(town)s") % {"town": town.name}
    shown = {"form": form, "heading": heading, "button": _("Save"), "back": back, "line": town.name}
    return draw(request, "barriers/ask.html", shown)


@only(KEEP)
@never_cache
@require_http_methods(ASKS)
def take_table(request: StaffRequest) -> HttpResponse:
    """Take in a table: the rows that are right, and give back the others with their reasons."""
    form = TableForm(request.POST or None, request.FILES or None)
    shown: dict[str, object] = {"form": form}
    if request.method == "POST" and form.is_valid():
        found, taken = form.found, actions.take_in(request.user, form.found.right)
        for municipality, day in taken.older.items():
            told = date_format(day, "DATE_FORMAT")
            found.refuse(municipality, _("Something newer is known: it was looked up on %(day)s.") % {"day": told})
        _tell(request, found, taken)
        if not found.refused:
            return redirect("barriers:policy")
        shown |= {"refused": found.refused, "job": _keep(request, found)}
    return draw(request, "barriers/policy_table.html", shown)


@only(KEEP)
@never_cache
@require_safe
def give_refused(request: StaffRequest, job: UUID) -> HttpResponse:
    """Give the rows that were refused, each with its reasons, so that they can be mended and sent."""
    held = request.session.get(HELD, {})
    content = waiting.find(job, held["key"]).open("file") if held.get("job") == job.hex else None
    if content is None:
        raise Http404
    return download(File(content, "refused.csv", CSV))


@only(LOOK)
@require_safe
def give_table(request: StaffRequest, form: str) -> HttpResponse:
    """Give all municipalities with what is known, as a table that can be taken in again."""
    record_access(request.user, "exported", SUBJECT)
    names = columns_of_export()
    columns = [label_of_field(SUBJECT, name) for name in names]
    rows = [_row(town, names) for town in queries.towns(request.user) if town.policy]
    if form == "xlsx":
        book = io.BytesIO()
        tables.write_xlsx(book, _("Policy"), columns, rows)
        return download(File(book.getvalue(), "municipal-policy.xlsx", XLSX))
    out = io.StringIO(newline="")
    tables.write_csv(out, columns, rows)
    return download(File(("\ufeff" + out.getvalue()).encode(), "municipal-policy.csv", CSV))


# --- parts --------------------------------------------------------------------------------------------------------
def _find_town(municipality: str) -> words.Municipality:
    town = words.municipalities().get(municipality)
    if town is None:
        raise Http404
    return town


def _row(town: queries.TownShown, names: list[str]) -> list[str]:
    lists = {name: words.vocabulary().entities[SUBJECT].fields[name].list_name for name in names}
    values = [(name, getattr(town.policy, name)) for name in names]
    return [label_of(lists[name], value) if lists[name] and value else write_cell(value) for name, value in values]


def _tell(request: StaffRequest, found: Findings, taken: actions.TakenIn) -> None:
    told = ngettext("%(n)d row is taken in.", "%(n)d rows are taken in.", taken.changed) % {"n": taken.changed}
    if taken.same:
        same = ngettext("%(n)d row says nothing new.", "%(n)d rows say nothing new.", taken.same) % {"n": taken.same}
        told = f"{told} {same}"
    messages.success(request, told)
    names = [f"“{name}”" for name in found.left_out if name not in (_("Row"), _("Why not"))]
    if names:
        left_out = _("These columns are none of policy and were left out: %(names)s.")
        messages.warning(request, left_out % {"names": list_in_words(names)})


def _keep(request: StaffRequest, found: Findings) -> UUID:
    out = io.StringIO(newline="")
    rows = [[str(one.row), " ".join(one.reasons), *one.cells] for one in found.refused]
    tables.write_csv(out, [_("Row"), _("Why not"), *found.columns], rows)
    job, key = waiting.begin()
    waiting.find(job, key).keep("file", ("\ufeff" + out.getvalue()).encode())
    request.session[HELD] = {"job": job.hex, "key": key}
    return job
