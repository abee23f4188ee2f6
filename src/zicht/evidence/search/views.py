"""Pages of search. What is asked may be a name: it comes in the body of a request and stands in no address."""

from io import StringIO

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from zicht.evidence.screening.forms import NamesForm
from zicht.evidence.search.queries import MOST_SHOWN, Hit, search
from zicht.people.actions import record_access
from zicht.people.code_fields import label_of
from zicht.people.guard import StaffRequest, only
from zicht.reading.tables import write_csv


class SearchForm(forms.Form):
    """Ask for words."""

    use_required_attribute = False
    words = forms.CharField(
        label=gettext_lazy("Words"),
        help_text=gettext_lazy("Every form of a word is found, and from four letters on also inside longer words."),
        max_length=200,
        widget=forms.TextInput({"autocomplete": "off"}),
    )


class NamesToFind(NamesForm):
    """Ask for names, a line each, that are looked for in all documents."""

    kind = None  # type: ignore[assignment]

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        self.fields["names"].help_text = _("A line each, at most 200. Names of protected people are found nowhere.")


@only("evidence.read")
@never_cache
@sensitive_post_parameters("words")
@require_http_methods(["GET", "HEAD", "POST"])
def show_search(request: StaffRequest) -> HttpResponse:
    """Show documents, statements and actors with the words that are asked."""
    form = SearchForm(request.POST if request.method == "POST" else None)
    hits: list[Hit] | None = None
    if request.method == "POST" and form.is_valid():
        record_access(request.user, "searched", "source")
        hits = search(request.user, form.cleaned_data["words"])
    shown = {"form": form, "hits": hits, "is_more": hits is not None and len(hits) >= MOST_SHOWN}
    return render(request, "evidence/search.html", shown)


@only("evidence.read")
@never_cache
@sensitive_post_parameters("names")
@require_http_methods(["GET", "HEAD", "POST"])
def search_names(request: StaffRequest) -> HttpResponse:
    """Look for many names in all documents at once, as a page or as CSV."""
    form = NamesToFind(request.POST if request.method == "POST" else None)
    rows: list[tuple[str, list[Hit]]] | None = None
    if request.method == "POST" and form.is_valid():
        record_access(request.user, "searched", "source")
        rows = [(name, search(request.user, name, is_phrase=True)) for name in form.cleaned_data["names"]]
        if "csv" in request.POST:
            record_access(request.user, "exported", "source")
            return _as_csv(rows)
    return render(request, "evidence/search_names.html", {"form": form, "rows": rows})


def _as_csv(rows: list[tuple[str, list[Hit]]]) -> HttpResponse:
    out = StringIO(newline="")
    columns = [_("Name"), _("What"), _("Source"), _("Code of the source"), _("Words")]
    lines = [
        [name, label_of("search_kind", hit.kind), hit.title, str(hit.source), f"{hit.before}{hit.found}{hit.after}"]
        for name, hits in rows
        for hit in hits
    ]
    missing = [[name, _("not found"), "", "", ""] for name, hits in rows if not hits]
    write_csv(out, columns, [*lines, *missing])
    headers = {"Cache-Control": "no-store", "Content-Disposition": 'attachment; filename="names.csv"'}
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8", headers=headers)
