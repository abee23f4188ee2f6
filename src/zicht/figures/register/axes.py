"""What stands along a table: the terms of the words as groups of people, with those of whom it is not known."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from zicht import words
from zicht.figures import came_in, extract
from zicht.figures.bits import Column, Flags, codes_of
from zicht.words import Label

Kind: TypeAlias = Literal["value", "beside", "missing", "known", "total", "field"]
SHOWN_MISSING = ("unknown", "not_asked", "declined", "not_applicable", "withheld")  # begins as standard table F25
YES, NO = Label("Yes", "Ja"), Label("No", "Nee")
WORDED: Mapping[str, tuple[Label, Label]] = {
    "is_minor": (Label("Under 18", "Jonger dan 18"), Label("18 or over", "18 of ouder"))
}
KNOWN, TOTAL, YEAR = Label("Known", "Bekend"), Label("Total", "Totaal"), Label("Year", "Jaar")
# Of contacts: some visitors came without a code, so distinct people are fewer or as many, and never more.
UNITS = Label("What is counted", "Wat is geteld")
VISITORS = Label("Unique visitors (at most)", "Unieke bezoekers (ten hoogste)")
CAME_BACK = Label("Came back this year", "Dit jaar teruggekomen")
CONTACTS = Label("Contacts", "Contacten")
MONTH = Label("Month", "Maand")
STAGES: Mapping[str, Label] = {
    came_in.VISITOR: Label("Stage, of visitors", "Stap, van bezoekers"),
    extract.PERSON: Label("Stage, of persons in the register", "Stap, van personen in het register"),
}
MONTH_NAMES: Mapping[str, tuple[str, str]] = {
    "01": ("January", "Januari"),
    "02": ("February", "Februari"),
    "03": ("March", "Maart"),
    "04": ("April", "April"),
    "05": ("May", "Mei"),
    "06": ("June", "Juni"),
    "07": ("July", "Juli"),
    "08": ("August", "Augustus"),
    "09": ("September", "September"),
    "10": ("October", "Oktober"),
    "11": ("November", "November"),
    "12": ("December", "December"),
}
OF_UNKNOWN_DISTRICT = Label(", district not known", ", district niet bekend")
GROUPS = Label("Group of signals", "Groep signalen")
CLASS_UNKNOWN = Label("Minor, class unknown", "Minderjarig, klasse onbekend")
SPLITS = {
    "nl_main": Label("Dutch main groups", "Nederlandse hoofdindeling"),
    "eu": Label("groups of the EU directive", "indeling van de EU-richtlijn"),
}


@dataclass(frozen=True, slots=True)
class People:
    """Say who is meant, by one field: who has any of some terms, or of whom nothing is known for one reason.

    Two groups with the same terms are the same people, whatever a table calls them.
    """

    field: str
    terms: frozenset[str] = frozenset()
    reason: str = ""
    # Known, and none of these: "no (step)parent" is what is left of those of whom a relation is known.
    is_rest: bool = False

    def among(self, columns: Mapping[str, Column]) -> Flags:
        """Tell for each person whether it is meant."""
        column = columns[self.field]
        if self.reason:
            return column.missing(self.reason)
        has = column.having(self.terms)
        return column.known() & ~has if self.is_rest else has


@dataclass(frozen=True, slots=True)
class Place:
    """Name one row or column; without `people` it is everybody."""

    code: str
    label: Label
    kind: Kind
    people: People | None


@dataclass(frozen=True, slots=True)
class Axis:
    """Hold the rows or the columns of a table; `adds_up`: who is known stands in exactly one value or beside it.

    `is_nested`: whoever stands in a place stands in every place before it too.
    """

    name: str
    label: Label
    places: tuple[Place, ...]
    field: str
    adds_up: bool
    is_nested: bool = False
    has_shares: bool = True  # stages of a court are no parts of one whole
    is_single: bool = False  # each stands in one place at most, though not everybody in any

    def of_kind(self, *kinds: Kind) -> tuple[Place, ...]:
        """Give the rows or columns of some kinds."""
        return tuple(place for place in self.places if place.kind in kinds)

    @property
    def base(self) -> Place:
        """Give the row or column that shares are taken of: who is known, or everybody where nobody is unknown."""
        return (*self.of_kind("known"), *self.of_kind("total"), *self.places)[0]


def make_axis(name: str, year: int, *, of_victims: bool = False) -> Axis:
    """Make the axis that a standard table calls by a name; raises KeyError for a name that no field answers to.

    `of_victims`: the table holds possible and identified victims only, so that everybody has one of two statuses.
    """
    if name == "year":
        return Axis(name, YEAR, (Place(str(year), Label(str(year), str(year)), "value", None),), "", True)
    if name == came_in.UNIT:
        return _units()
    if name in extract.DERIVED:
        return _derived(name)
    list_name, _, attribute = name.partition(".")
    field = field_named(list_name)
    if attribute:
        return _grouped(field, attribute)
    # Each case came from somebody, if only from the organisation itself.
    is_closed = field.name == extract.REPORTED_BY or (of_victims and field.name == "status")
    return _listed(name, field, is_closed)


def make_care_axis(name: str) -> Axis:
    """Make the axis of a table about referrals or stays: each of them has exactly one of these terms."""
    label, codes = MONTH, {month: Label(*names) for month, names in MONTH_NAMES.items()}
    if name != "month":
        code_list = words.vocabulary().lists[name]
        label, codes = code_list.label, {code: term.label for code, term in code_list.codes.items()}
    values = [Place(code, told, "value", People(name, frozenset([code]))) for code, told in codes.items()]
    return Axis(name, label, (*values, _total()), name, True)


def make_stages(unit: str) -> Axis:
    """Make the stages from contact to care of visitors or of persons: each counts who came that far or further."""
    code_list, codes = words.vocabulary().lists[extract.STAGE], extract.stages_of(unit)
    further = [None, *(People(extract.STAGE, frozenset(codes[number:])) for number in range(1, len(codes)))]
    labels = [code_list.codes[code].label for code in codes]
    places = [Place(code, label, "value", who) for code, label, who in zip(codes, labels, further, strict=True)]
    return Axis(extract.STAGE, STAGES[unit], tuple(places), extract.STAGE, adds_up=False, is_nested=True)


def make_report_axis(name: str, columns: Mapping[str, Column]) -> Axis:
    """Make the axis of a table about reports, which can have several forms, or about signals."""
    fields = words.vocabulary().entities["intake"].fields
    if name == came_in.DISTRICT:
        return _districts(fields[name], columns[name].codes)
    list_name, _, attribute = name.partition(".")
    if attribute:
        return _grouped(next(one for one in fields.values() if one.list_name == list_name), attribute)
    if name != came_in.GROUP:
        return make_care_axis(name)
    groups = came_in.indicator_groups()
    values = [Place(code, told, "value", People(name, frozenset([code]))) for code, told in groups.items()]
    return Axis(name, GROUPS, (*values, _total()), name, True)


def make_field_axis(name: str, field: words.Field) -> Axis:
    """Make the axis of one field with everything that can stand in it, and of how many it is not known."""
    return _listed(name, field, is_closed=False)


def fields() -> dict[str, words.Field]:
    """Give every field that can be counted, those of a person first."""
    cases, bodies = (words.vocabulary().entities[name].fields for name in ("case", "organisation"))
    found = extract.fields_of("person") | extract.fields_of("exploitation")
    return found | {extract.REGISTERED: cases[extract.REGISTERED], extract.REPORTED_BY: bodies[extract.REPORTED_BY]}


def field_named(name: str) -> words.Field:
    """Find the field of a name, or the first field of a list: tables name the list where the name is a plural."""
    known = fields() | extract.fields_of(extract.CONTACT)
    field = known.get(name) or next((one for one in known.values() if one.list_name == name), None)
    if field is None:
        raise KeyError(name)
    return field


def is_single(field: str) -> bool:
    """Tell whether a person has one term at most: what happened can have happened several times."""
    if field in (came_in.UNIT, extract.STAGE):
        return True
    own = extract.fields_of("person") | extract.fields_of(extract.CONTACT)
    return field in own and own[field].type != "multi"


def _districts(field: words.Field, codes: Iterable[str]) -> Axis:
    """Put districts before the units within which no district is known; each report came from one place."""
    units = words.vocabulary().lists["police_unit"].codes
    listed = list(codes)
    has_districts = any(not code.startswith(came_in.UNIT_OF_POLICE) for code in listed)

    def label(code: str) -> Label:
        unit = units.get(code.removeprefix(came_in.UNIT_OF_POLICE))
        if unit is None:
            return Label(code, code)
        rest = OF_UNKNOWN_DISTRICT if has_districts else Label("", "")
        return Label(f"{unit.label.en}{rest.en}", f"{unit.label.nl}{rest.nl}")

    places = [_place(field, code, label(code), {code}) for code in listed]
    return replace(_axis(field.name, field.label, field, places), adds_up=True)


# --- kinds of axes --------------------------------------------------------------------------------------------------
def _listed(name: str, field: words.Field, is_closed: bool) -> Axis:
    code_list = words.vocabulary().lists[field.list_name]
    values: list[Place] = []
    beside: list[Place] = []
    for code in codes_of(field):
        term = code_list.codes[code]
        # Of a band without bounds, such as "under 18, exact band unknown", only that much is known.
        is_loose = field.list_name == "age_band" and term.number("min") is None
        (beside if is_loose else values).append(_place(field, code, term.label, {code}, is_loose))
    if not is_closed:
        return _axis(name, code_list.label, field, [*values, *beside])
    if field.name == "status":
        values = [place for place in values if place.code in extract.COUNTED_STATUS]
    return Axis(name, code_list.label, (*values, _total()), field.name, is_single(field.name))


def _grouped(field: words.Field, attribute: str) -> Axis:
    """Bring terms together that an outside classification brings together; it calls them by one of the terms."""
    code_list = words.vocabulary().lists[field.list_name]
    groups: dict[str, set[str]] = {}
    for code in codes_of(field):
        groups.setdefault(code_list.codes[code].text(attribute), set()).add(code)
    values = [_place(field, group, code_list.codes[group].label, terms) for group, terms in groups.items()]
    split = SPLITS[attribute]
    label = Label(f"{code_list.label.en} ({split.en})", f"{code_list.label.nl} ({split.nl})")
    return _axis(f"{field.list_name}.{attribute}", label, field, values)


def _units() -> Axis:
    """Put contacts beside visitors; visitors stand last, where shares are taken of."""
    returned = Place(came_in.RETURNED, CAME_BACK, "value", People(came_in.UNIT, frozenset([came_in.RETURNED])))
    visitors = Place(came_in.VISITOR, VISITORS, "value", People(came_in.UNIT, frozenset([came_in.VISITOR])))
    everything = Place(extract.CONTACT, CONTACTS, "total", None)
    return Axis(came_in.UNIT, UNITS, (everything, returned, visitors), came_in.UNIT, True)


def _derived(name: str) -> Axis:
    """Bring terms together by what a rule of the register makes of each."""
    field, made = extract.derived_from(name)
    if name not in words.vocabulary().lists:
        return _yes_or_no(name, field, _made(made, True))
    classes = words.vocabulary().lists[name]
    values = [_place(field, code, term.label, _made(made, code)) for code, term in classes.codes.items()]
    if rest := _made(made, None):
        values.append(_place(field, "class_unknown", CLASS_UNKNOWN, rest, is_beside=True))
    return _axis(name, classes.label, field, values)


def _yes_or_no(name: str, field: words.Field, terms: set[str]) -> Axis:
    yes, no = WORDED.get(name, (YES, NO))
    others = frozenset(codes_of(field)) - terms
    # One parent among several alleged perpetrators is enough; "no" is said of who is known and has none.
    rest = People(field.name, others) if is_single(field.name) else People(field.name, frozenset(terms), is_rest=True)
    axis = _axis(name, _label_of(name), field, [_place(field, "yes", yes, terms), Place("no", no, "value", rest)])
    return Axis(name, axis.label, axis.places, field.name, True)


def _label_of(name: str) -> Label:
    entities = words.vocabulary().entities.values()
    return next(entity.derived[name].label for entity in entities if name in entity.derived)


def _made(made: Mapping[str, object], wanted: object) -> set[str]:
    return {term for term, value in made.items() if value == wanted}


# --- places -----------------------------------------------------------------------------------------------------------
def _axis(name: str, label: Label, field: words.Field, places: Iterable[Place]) -> Axis:
    listed = list(places)
    groups = [place.people for place in listed if place.kind == "value" and place.people]
    stated = [frozenset(codes_of(field))] if any(group.is_rest for group in groups) else [one.terms for one in groups]
    everybody = People(field.name, frozenset[str]().union(*stated))
    missing = words.vocabulary().missing_values
    reasons = [Place(kind, missing[kind], "missing", People(field.name, reason=kind)) for kind in SHOWN_MISSING]
    ends = (Place("known", KNOWN, "known", everybody), *reasons, _total())
    values = [place for place in listed if place.kind == "value"]
    beside = [place for place in listed if place.kind == "beside"]
    return Axis(name, label, (*values, ends[0], *beside, *ends[1:]), field.name, is_single(field.name))


def _place(field: words.Field, code: str, label: Label, terms: Iterable[str], is_beside: bool = False) -> Place:
    return Place(code, label, "beside" if is_beside else "value", People(field.name, frozenset(terms)))


def _total() -> Place:
    return Place("total", TOTAL, "total", None)
