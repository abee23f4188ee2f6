"""What the pages of this room share: finding a version or answering 404, and doing what a button asks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from zicht.barriers.processes.queries import Version, find_version
from zicht.cases import view_parts
from zicht.cases.errors import CasesError, ChangedMeanwhileError, NotAllowedError, NotThereError
from zicht.people.actions import record_access
from zicht.people.guard import StaffRequest

LOOK, KEEP = "barriers.look", "barriers.keep"
ASKS = ["GET", "HEAD", "POST"]
LONGEST_VERSION = 10  # digits
CHANGED = gettext_lazy(
    "Somebody else changed this meanwhile. Nothing was saved. What it says now stands at each field that differs: "
    "save again to put yours in its place."
)
LOOK_FIRST = gettext_lazy("Somebody else changed this meanwhile. Nothing was saved. Look at it and try again.")


def find(request: StaffRequest, process: str, number: int | None = None) -> Version:
    """Find a version of a process that the reader may see, or answer as if it did not exist."""
    found = find_version(request.user, process, number)
    if found is None:
        raise Http404
    return found


def draw(request: StaffRequest, template: str, shown: Mapping[str, object]) -> HttpResponse:
    """Draw a page of this room, which offers changes to those who keep."""
    return render(request, template, {**shown, "may_keep": request.user.has_perm(KEEP)})


def listed(request: StaffRequest, entity: str) -> None:
    """Write down that a list was looked at."""
    record_access(request.user, "listed", entity)


def version_of(request: StaffRequest) -> int:
    """Give the version of a record at which the page with the button was opened."""
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < LONGEST_VERSION):
        raise Http404
    return int(given)


def is_done(form: Any, act: Callable[[], object], *, must_look: bool = False) -> bool:
    """Carry out an action for a form; where somebody else changed the record meanwhile, say what stands there now.

    Whoever then saves again puts the own values in place of it, and knows that. Where the form does not ask what
    changed (`must_look`), it keeps the version that it was opened at, and saving it again is refused again.
    """
    meanwhile: list[ChangedMeanwhileError] = []

    def act_or_tell() -> None:
        try:
            act()
        except ChangedMeanwhileError as changed:
            meanwhile.append(changed)

    is_saved = view_parts.is_done(form, act_or_tell)
    if meanwhile and must_look:
        form.add_error(None, LOOK_FIRST)
    elif meanwhile:
        _show_what_stands_there(form)
    return is_saved and not meanwhile


def carry_out(request: StaffRequest, act: Callable[[], object]) -> bool:
    """Carry out an action of a button; what it refuses is said, what must not be known is a 404."""
    try:
        act()
    except (NotThereError, NotAllowedError) as hidden:
        raise Http404 from hidden
    except ChangedMeanwhileError:
        messages.error(request, LOOK_FIRST)
        return False
    except CasesError as refusal:
        messages.error(request, str(refusal))
        return False
    return True


# --- parts --------------------------------------------------------------------------------------------------------
def _show_what_stands_there(form: Any) -> None:
    form.data = form.data.copy()
    form.data["version"] = form.get_initial_for_field(form.fields["version"], "version")
    stands = {
        name: _written(field, field.prepare_value(form.get_initial_for_field(field, name)))
        for name, field in form.fields.items()
        if name not in ("version", "new_id")
    }
    is_new = not any(stands.values())  # what is added to a record has nothing that stands there
    form.add_error(None, LOOK_FIRST if is_new else CHANGED)
    for name, now in () if is_new else stands.items():
        if now != _written(form.fields[name], form[name].value()):
            form.add_error(name, _("It says now: %(value)s") % {"value": now or "–"})


def _written(field: Any, value: object) -> str:
    """Write a value as it is chosen on the form: options by their labels."""
    labels = dict(_options(getattr(field.widget, "choices", ())))
    if isinstance(value, list | tuple):
        return ", ".join(sorted(labels.get(str(one), str(one)) for one in value))
    if value in (None, ""):
        return ""
    return labels.get(str(value), str(value)).replace("\r\n", "\n").strip()


def _options(choices: Iterable[tuple[Any, Any]]) -> Iterator[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from _options(label)
        else:
            yield str(value), str(label)
