"""Pages that ask one topic each, and what happens when two people change the same field."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from zicht import words
from zicht.cases import actions, history
from zicht.cases.errors import ChangedMeanwhileError
from zicht.cases.forms import RecordForm, TopicForm
from zicht.cases.models import Case, Kept
from zicht.cases.pages import TOPICS_OF_A_CASE
from zicht.cases.view_parts import find_case, find_episode, find_person, is_done, look
from zicht.people.code_fields import language
from zicht.people.guard import StaffRequest, only
from zicht.people.kept_forms import sent
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words, label_of_field, list_in_words, names_of

THEIRS = "theirs"  # the choice to leave what a colleague filled in
Save = Callable[[Mapping[str, object], int], object]  # values, version -> done


@dataclass(frozen=True)
class Clash:
    """A field that two people changed: what each filled in, in words."""

    name: str
    label: str
    before: str
    theirs: str
    mine: str
    by: str


@dataclass(frozen=True)
class Edited:
    """What a page changes, where to go from there, and how it is saved."""

    case: Case
    record: Kept
    heading: str
    about: str
    back: str
    further: tuple[str, str] | None  # label and address of the next topic
    save: Save


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_case(request: StaffRequest, case_id: UUID, topic: str) -> HttpResponse:
    """Ask one topic of a case."""
    case = find_case(request, case_id, "cases.change")
    form = _topic_form(request, case, topic, TOPICS_OF_A_CASE)
    edited = Edited(
        case=case,
        record=case,
        heading=_label("case", topic),
        about=_("Case %(code)s") % {"code": short_code(case.pk)},
        back=reverse("cases:case", args=[case.pk]),
        further=None,
        save=lambda values, version: actions.change_case(request.user, case, values, version=version),
    )
    return edit(request, edited, form)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_person(request: StaffRequest, case_id: UUID, person_id: UUID, topic: str) -> HttpResponse:
    """Ask one topic of a person."""
    case = find_case(request, case_id, "cases.change")
    person = find_person(request, case, person_id)
    form = _topic_form(request, person, topic)
    edited = Edited(
        case=case,
        record=person,
        heading=_label("person", topic),
        about=_("Person %(code)s") % {"code": short_code(person.pk)},
        back=f"{reverse('cases:case', args=[case.pk])}#{short_code(person.pk)}",
        further=_next_topic(
            "person", topic, lambda name: reverse("cases:edit_person", args=[case.pk, person.pk, name])
        ),
        save=lambda values, version: actions.change_person(request.user, case, person, values, version=version),
    )
    return edit(request, edited, form)


@only("cases.see")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_episode(request: StaffRequest, case_id: UUID, episode_id: UUID, topic: str) -> HttpResponse:
    """Ask one topic of an episode."""
    case = find_case(request, case_id, "cases.change")
    episode = find_episode(request, case, episode_id)
    form = _topic_form(request, episode, topic)
    code = short_code(episode.person_id)
    edited = Edited(
        case=case,
        record=episode,
        heading=_label("exploitation", topic),
        about=_("Exploitation of person %(code)s") % {"code": code},
        back=f"{reverse('cases:case', args=[case.pk])}#{short_code(episode.pk)}",
        further=_next_topic(
            "exploitation", topic, lambda name: reverse("cases:edit_episode", args=[case.pk, episode.pk, name])
        ),
        save=lambda values, version: actions.change_episode(request.user, case, episode, values, version=version),
    )
    return edit(request, edited, form)


# --- parts: for other pages that change fields of a record too ----------------------------------------------------
def edit(request: StaffRequest, edited: Edited, form: RecordForm) -> HttpResponse:
    """Show a form, or save what was changed in it; a field that a colleague changed too is asked about."""
    look(request, edited.case, edited.record)
    if request.method == "POST" and form.is_valid():
        mine = _changed_here(request, edited.record, form)
        if undecided := _undecided(request, edited.record, form, mine):
            return _ask_which(request, edited, form, _clashes(edited.record, mine, undecided))
        seen = _version_seen(request, form)
        clashes: list[Clash] = []

        def save() -> None:
            try:
                edited.save(mine, seen)
            except ChangedMeanwhileError as clash:
                clashes.extend(_clashes(edited.record, mine, clash.theirs))

        if is_done(form, save) and not clashes:
            _tell_of_colleagues(request, edited.record, form, mine)
            return _onward(request, edited)
        if clashes:
            return _ask_which(request, edited, form, clashes)
    is_limited = bool(getattr(edited.record, "restricted_on", None))
    return render(request, "cases/edit.html", {"edited": edited, "form": form, "is_limited": is_limited})


def _topic_form(request: StaffRequest, record: Kept, topic: str, known: Any = None) -> TopicForm:
    entity = record.words_entity
    if topic not in (known or words.vocabulary().entities[entity].topics):
        raise Http404
    return TopicForm(sent(request), entity=entity, topic=topic, record=record)


def _changed_here(request: StaffRequest, record: Kept, form: RecordForm) -> dict[str, object]:
    """Give what this form changed since it was opened, without what its writer gave up for a colleague's."""
    opened = history.values_at(record, form.version, form.names)
    kept = {name for name in form.names if request.POST.get(f"keep-{name}") == THEIRS}
    different = {name: value for name, value in form.values.items() if not _is_same(value, opened[name])}
    return {name: value for name, value in different.items() if name not in kept}


def _undecided(request: StaffRequest, record: Kept, form: RecordForm, mine: Mapping[str, object]) -> dict[str, Any]:
    """Give the changes of colleagues about which the page of the choice was sent without an answer."""
    if "seen" not in request.POST:
        return {}
    theirs = history.changes_since(record, form.version)
    open_ones = [name for name in mine if name in theirs and f"keep-{name}" not in request.POST]
    return {name: theirs[name] for name in open_ones if not _is_same(mine[name], theirs[name].after)}


def _is_same(one: object, other: object) -> bool:
    return history.write(one) == history.write(other)


def _version_seen(request: StaffRequest, form: RecordForm) -> int:
    """Give the version up to which the writer saw what colleagues did: that of the form, or of a choice after it."""
    seen = request.POST.get("seen", "")
    return max(form.version, int(seen)) if seen.isascii() and seen.isdigit() and len(seen) < 10 else form.version


def _clashes(record: Kept, mine: Mapping[str, object], theirs: Mapping[str, Any]) -> list[Clash]:
    values = [[mine[name], told.before, told.after] for name, told in theirs.items()]
    names = names_of(_keys(values)) if record.words_entity == "case" else {}
    entity = record.words_entity
    return [
        Clash(
            name=name,
            label=label_of_field(entity, name),
            before=in_words(entity, name, told.before, names),
            theirs=in_words(entity, name, told.after, names),
            mine=in_words(entity, name, mine[name], names),
            by=told.change.changed_by.shown_as,
        )
        for name, told in theirs.items()
    ]


def _keys(values: Iterable[object]) -> Iterator[object]:
    """Give what stands in values and in lists of values."""
    for value in values:
        if isinstance(value, list):
            yield from _keys(value)
        else:
            yield value


def _ask_which(request: StaffRequest, edited: Edited, form: RecordForm, clashes: list[Clash]) -> HttpResponse:
    """Put what a colleague filled in beside what was filled in here."""
    edited.record.refresh_from_db()
    page = {"edited": edited, "form": form, "clashes": clashes, "seen": edited.record.version}
    return render(request, "cases/clash.html", page)


def _tell_of_colleagues(request: StaffRequest, record: Kept, form: RecordForm, mine: Mapping[str, object]) -> None:
    """Say what others changed since the form was opened; that a text was changed is for the team alone."""
    fields = words.vocabulary().entities[record.words_entity].fields
    told = [
        (item.change.changed_by.shown_as, label_of_field(record.words_entity, name))
        for name, item in history.changes_since(record, form.version).items()
        if name not in mine and item.change.changed_by_id != request.user.pk and fields[name].sensitivity != "P3"
    ]
    if told:
        who, what = list_in_words(dict.fromkeys(by for by, _label in told)), list_in_words(label for _by, label in told)
        messages.warning(
            request, _("Saved. Meanwhile %(who)s changed: %(what)s. Both stand now.") % {"who": who, "what": what}
        )
    else:
        messages.success(request, _("Saved."))


def _onward(request: StaffRequest, edited: Edited) -> HttpResponseRedirect:
    further = edited.further if "further" in request.POST else None
    return redirect(further[1] if further else edited.back)


def _label(entity: str, topic: str) -> str:
    return words.vocabulary().entities[entity].topics[topic].label.in_language(language())


def _next_topic(entity: str, topic: str, address: Callable[[str], str]) -> tuple[str, str] | None:
    """Give label and address of the topic after this one."""
    topics = list(words.vocabulary().entities[entity].topics)
    after = topics[topics.index(topic) + 1 :]
    return (_label(entity, after[0]), address(after[0])) if after else None
