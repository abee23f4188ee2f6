"""The page that tells every change of every field of a case: who, when, what it was and what it became."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from django import forms
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from zicht import words
from zicht.cases import history, queries
from zicht.cases.history import CREATED, Told
from zicht.cases.models import Case, Change
from zicht.cases.view_parts import find_case, look
from zicht.cases.wording import kind_in_words
from zicht.people.guard import StaffRequest, only
from zicht.people.short_codes import short_code
from zicht.people.wording import Names, in_words, label_of_field, names_of

OF_KEYS = ("id", "ref")  # types of fields that hold accounts, organisations and other records


@dataclass(frozen=True)
class ChangeShown:
    """One line of the history in words."""

    change: Change
    record: str
    field: str
    before: str
    after: str
    is_lost: bool  # the key was destroyed


class PositionForm(forms.Form):
    """Read from the address where a page of the history begins."""

    before = forms.DateTimeField(required=False, input_formats=["%Y-%m-%dT%H:%M:%S.%f%z"])
    last = forms.UUIDField(required=False)


@only("cases.see")
@require_safe
def show_history(request: StaffRequest, case_id: UUID) -> HttpResponse:
    """Show the changes of a case and its persons, newest first; changes of texts to the team only."""
    case = find_case(request, case_id)
    position = PositionForm(request.GET)
    if not position.is_valid():
        raise Http404
    reads_texts = queries.may_read_text(request.user, case)
    page = queries.page_of_changes(case, reads_texts, **position.cleaned_data)
    look(request, case)
    shown = {"lines": _in_words(case, page.changes), "page": page, "case": case, "code": short_code(case.pk)}
    return render(request, "cases/history.html", shown)


def _in_words(case: Case, changes: list[Change]) -> list[ChangeShown]:
    lines = history.told(changes)
    names = names_of(_keys_in(lines))
    return [_line(case, line, names) for line in lines]


def _keys_in(lines: Iterable[Told]) -> Iterator[object]:
    """Give the identifiers in the values that hold some."""
    for line in lines:
        field = words.vocabulary().entities[line.change.entity].fields.get(line.change.field)
        if field and field.type in OF_KEYS:
            for value in (line.before, line.after):
                yield from value if isinstance(value, list) else [value]


def _line(case: Case, line: Told, names: Names) -> ChangeShown:
    change, is_new = line.change, line.change.field == CREATED
    kind = kind_in_words(change.entity)
    before, after = ("", "") if is_new else _values(line, names)
    return ChangeShown(
        change=change,
        record=kind if change.record_ref == case.pk else f"{kind} {short_code(change.record_ref)}",
        field=_("Registered") if is_new else label_of_field(change.entity, change.field),
        before=before,
        after=after,
        is_lost=line.is_lost and not is_new,
    )


def _values(line: Told, names: Names) -> tuple[str, str]:
    """Give both values; of a text that was written on, only what came to it."""
    entity, field = line.change.entity, line.change.field
    before, after = (in_words(entity, field, value, names) for value in (line.before, line.after))
    is_text = queries.is_text(words.vocabulary().entities[entity].fields[field])
    return ("", after.removeprefix(before).strip()) if is_text and after.startswith(before) else (before, after)
