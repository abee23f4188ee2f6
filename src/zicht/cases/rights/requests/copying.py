"""Copy what is recorded about a person for that person: in words, with its history, its shares and who looked at it.

Left out is what belongs to others (GDPR art. 15(4)): who else is in a case or a household, whom a record was compared
with, and which member of staff did something (the organisation answers for that, CJEU C-579/21). What was left out is
said.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht import words
from zicht.cases import history
from zicht.cases.models import (
    Assessment,
    Case,
    Change,
    Consent,
    Exploitation,
    Match,
    Person,
    PlaceEvent,
    Share,
    SubjectRequest,
)
from zicht.cases.related import later_records_about
from zicht.cases.rights.requests.queries import cases_of
from zicht.people.code_fields import entity_label, label_of, language
from zicht.people.models import AccessLine, Account
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, in_words, label_of_field, names_of

MINUTE = "%Y-%m-%d %H:%M"
# Kinds of records that say when and how somebody can be found.
KEEPS_SAFE = frozenset({"safety_plan", "safe_contact"})


@dataclass(frozen=True)
class Fact:
    """One field: its name and value as stored, and its label and value in words."""

    name: str
    label: str
    value: object
    text: str


@dataclass(frozen=True)
class Item:
    """One record, change or line."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Section:
    """The records of a kind."""

    title: str
    items: tuple[Item, ...]


@dataclass
class Copy:
    """Everything that is given, and what was left out."""

    organisation: str
    codes: list[str]
    made_on: dt.date
    language: str
    sections: list[Section] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Give it for a machine (GDPR art. 20), texts included."""
        return {
            "organisation": self.organisation,
            "records": self.codes,
            "made_on": self.made_on.isoformat(),
            "language": self.language,
            "vocabulary": words.vocabulary().version,
            "sections": [
                {"title": section.title, "items": [_as_json(item) for item in section.items]}
                for section in self.sections
            ],
            "left_out": self.left_out,
        }


def _as_json(item: Item) -> dict[str, Any]:
    facts = [{"field": one.name, "label": one.label, "value": one.value, "text": one.text} for one in item.facts]
    return {"title": item.title, "facts": facts}


@dataclass
class _About:
    """What was found about a person."""

    persons: list[Person]
    cases: list[Case]
    reads_texts: bool
    for_somebody_else: bool
    shared_cases: frozenset[UUID]  # with somebody else in them
    left_out: list[str] = field(default_factory=list)

    @property
    def keys(self) -> list[UUID]:
        return [person.pk for person in self.persons]


def copy_for_person(
    reader: Account, persons: list[Person], *, only_who_saw: bool = False, for_somebody_else: bool = False
) -> Copy:
    """Copy all records that are counted as one person, as far as the reader may open their texts.

    `for_somebody_else` is for a parent or guardian: what keeps the person safe is not in it.
    """
    about = _find(reader, persons, for_somebody_else=for_somebody_else)
    cases = about.cases
    copied = Copy(str(reader.org), [short_code(one.pk) for one in persons], timezone.localdate(), language())
    records = [] if only_who_saw else list(_records(about))
    own = {record.pk for record in [*persons, *cases, *records]}
    sections = [] if only_who_saw else [*_sections([*persons, *cases, *records], about), _changes(own, about)]
    shares = list(Share.objects.filter(record_ref__in=own).order_by("shared_at"))
    sections += [*_sections(shares, about), _who_saw(own | {share.pk for share in shares})]
    copied.sections = [section for section in sections if section.items]
    copied.left_out = [*dict.fromkeys(about.left_out), *_always_left_out()]
    return copied


def _find(reader: Account, persons: list[Person], *, for_somebody_else: bool) -> _About:
    cases = cases_of(persons)
    keys, own = [case.pk for case in cases], [person.pk for person in persons]
    visible = set(Case.objects.visible_to(reader).filter(pk__in=keys).values_list("pk", flat=True))
    reads_texts = Case.objects.filter(pk__in=visible).with_team_member(reader).exists()
    pairs = Case.persons.through.objects.filter(case__in=keys).exclude(person__in=own)
    shared = frozenset(pairs.values_list("case_id", flat=True))
    found = [case for case in cases if case.pk in visible]
    return _About(persons, found, reads_texts, for_somebody_else, shared)


def _records(about: _About) -> Iterator[Any]:
    """Give what hangs on the person, kind by kind."""
    keys, oldest = about.keys, "pk"
    kinds: tuple[QuerySet[Any], ...] = (
        Exploitation.objects.filter(person__in=keys).order_by("start_month", oldest),
        PlaceEvent.objects.filter(exploitation__person__in=keys).order_by("period", oldest),
        Assessment.objects.filter(person__in=keys).order_by("made_on", oldest),
        Consent.objects.filter(person__in=keys).order_by("asked_on", oldest),
        SubjectRequest.objects.filter(person__in=keys).order_by("received_on", oldest),
        Match.objects.filter(person_a__in=keys) | Match.objects.filter(person_b__in=keys),
    )
    for kind in kinds:
        yield from kind
    for kind in later_records_about(about.persons, _cases_of_these_only(about)):
        if about.for_somebody_else and kind.model.words_entity in KEEPS_SAFE:
            about.left_out.append(_("What keeps the person safe: it is given to nobody else, also not to a parent."))
        else:
            yield from kind


def _cases_of_these_only(about: _About) -> list[Case]:
    return [case for case in about.cases if case.pk not in about.shared_cases]


# --- records ------------------------------------------------------------------------------------------------------
def _sections(records: Iterable[Any], about: _About) -> Iterator[Section]:
    some = list(records)
    names = names_of(key for record in some for key in _organisations_in(record))
    kinds: dict[str, list[Item]] = {}
    for record in some:
        facts = tuple(_facts(record, about, names))
        if facts:
            kinds.setdefault(record.words_entity, []).append(Item(short_code(record.pk), facts))
    return (Section(entity_label(entity), tuple(items)) for entity, items in kinds.items())


def _organisations_in(record: Any) -> Iterator[object]:
    fields, columns = words.vocabulary().entities[record.words_entity].fields, record.words_columns()
    return (
        getattr(record, columns[name]) for name, one in fields.items() if one.ref == "organisation" and name in columns
    )


def _facts(record: Any, about: _About, names: dict[str, str]) -> Iterator[Fact]:
    for name, column in record.words_columns().items():
        if is_given(record.words_entity, name) and _may_give(record, name, about):
            if getattr(record, column) in RESTING:
                continue
            value = history.value_of(record, name)
            text = _in_words(record.words_entity, name, value, names)
            yield Fact(name, label_of_field(record.words_entity, name), _plain(value), text)


def _in_words(entity: str, name: str, value: object, names: dict[str, str]) -> str:
    if isinstance(value, dt.datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    return in_words(entity, name, value, names)


def is_given(entity: str, name: str) -> bool:
    """Tell whether a field is about the person: an identifier is of another record, of staff, or means nothing."""
    one = words.vocabulary().entities[entity].fields.get(name)
    return one is not None and (one.type not in ("id", "ref", "hash") or one.ref == "organisation")


def _may_give(record: Any, name: str, about: _About) -> bool:
    """Tell whether a text may be given, and remember where not: it is the team's, or about others too."""
    if words.vocabulary().entities[record.words_entity].fields[name].sensitivity != "P3":
        return True
    if not getattr(record, record.words_columns()[name]):
        return True
    if not about.reads_texts:
        about.left_out.append(_("Texts of a case team: whoever made this copy is in no team of these cases."))
        return False
    return not isinstance(record, Case) or _is_of_these_only(record, about)


def _is_of_these_only(case: Case, about: _About) -> bool:
    if case.pk in about.shared_cases:
        code = short_code(case.pk)
        about.left_out.append(_("Notes of case %(code)s: they are about others too.") % {"code": code})
        return False
    return True


def _plain(value: object) -> object:
    return value if isinstance(value, str | int | bool | list | None) else str(value)


# --- history and log ------------------------------------------------------------------------------------------------
def _changes(own: set[UUID], about: _About) -> Section:
    lines = Change.objects.filter(record_ref__in=own).exclude(field="").order_by("changed_at", "field")
    cases = {case.pk: case for case in about.cases}
    items = []
    for told in history.told(lines):
        change = told.change
        title = f"{timezone.localtime(change.changed_at).strftime(MINUTE)} · {entity_label(change.entity)}"
        if change.field == history.CREATED:
            items.append(Item(title, (Fact(change.field, _("Recorded"), None, short_code(change.record_ref)),)))
        elif is_given(change.entity, change.field) and _may_tell(change, cases.get(change.record_ref), about):
            items.append(Item(title, tuple(_before_and_after(change, told))))
    return Section(_("History of changes"), tuple(items))


def _may_tell(change: Change, case: Case | None, about: _About) -> bool:
    if words.vocabulary().entities[change.entity].fields[change.field].sensitivity != "P3":
        return True
    return about.reads_texts and (case is None or _is_of_these_only(case, about))


def _before_and_after(change: Change, told: history.Told) -> Iterator[Fact]:
    label = label_of_field(change.entity, change.field)
    for moment, value in ((_("before"), told.before), (_("after"), told.after)):
        text = in_words(change.entity, change.field, value) or _("empty")
        yield Fact(change.field, f"{label}, {moment}", value, text)


def _who_saw(own: set[UUID]) -> Section:
    lines = AccessLine.objects.filter(subject_id__in=[str(key) for key in own]).select_related("org")
    return Section(_("Who looked at it or changed it"), tuple(_line(line) for line in lines.order_by("sequence")))


def _line(line: AccessLine) -> Item:
    told = (
        ("verb", label_of("access_verb", line.verb), line.verb),
        ("subject", entity_label(line.subject), line.subject),
        ("purpose", label_of("access_purpose", line.purpose), line.purpose),
        ("org_id", str(line.org), str(line.org)),
    )
    facts = tuple(Fact(name, label_of_field("access_line", name), value, text) for name, text, value in told)
    return Item(date_format(timezone.localtime(line.at), "DATETIME_FORMAT"), facts)


def _always_left_out() -> list[str]:
    return [
        _("Which member of staff did something: the organisation answers for it."),
        _("Who else is in the same case, household or situation, and other records it was compared with."),
    ]
