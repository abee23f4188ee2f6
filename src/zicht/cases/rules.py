"""Who may do what with the register, what must hold in a record, and what follows from it: no database, no request."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache

from rules.permissions import add_perm
from rules.predicates import Predicate

from zicht import words
from zicht.cases.webhooks.addresses import is_address
from zicht.people.rules import AccountLike, compartments_of_role
from zicht.words import Problem

Values = Mapping[str, object]  # field name of an entity -> value

# What a role may do with the register (attribute `register` of list staff_role).
ALL, OPENS, TEAM = "write", "open", "team"
CONSENT_BASES = frozenset({"a6_consent", "a9_explicit"})
# What is told about a person is never anonymous, whatever somebody ticks.
NOT_A_BASIS = frozenset({"anonymous"})


# --- walls ------------------------------------------------------------------------------------------------------
def _walls(account: AccountLike, kinds: Iterable[str]) -> frozenset[str]:
    if account.status != "active":
        return frozenset()
    roles = words.vocabulary().lists["staff_role"].codes
    of_kind = [role for role in account.roles if roles[role].text("register") in kinds]
    each = (compartments_of_role(role, account.org.legal_regime) for role in of_kind)
    return frozenset[str]().union(*each)


def walls_of_all_cases(account: AccountLike) -> frozenset[str]:
    """Give the compartments in which an account sees and changes every case."""
    return _walls(account, (ALL,))


def walls_of_own_cases(account: AccountLike) -> frozenset[str]:
    """Give the compartments in which an account sees the cases that it owns or is in the team of."""
    return _walls(account, (OPENS, TEAM))


def walls_to_open_in(account: AccountLike) -> frozenset[str]:
    """Give the compartments in which an account may open a case."""
    return _walls(account, (ALL, OPENS))


# --- on which basis something is shared -----------------------------------------------------------------------------
def rests_on_consent(basis: Iterable[str]) -> bool:
    """Tell whether something is shared only as long as the person agrees."""
    return bool(CONSENT_BASES & set(basis))


def is_article_9_alone(basis: Iterable[str]) -> bool:
    """Tell whether no basis stands beside those of article 9, which only lift a prohibition (GDPR recital 51)."""
    return all(term.startswith("a9_") for term in basis)


# --- what follows from a record -----------------------------------------------------------------------------------
def terms(value: object) -> tuple[str, ...]:
    """Give the terms of a field, without missing values: ["not_asked"] holds none."""
    given = value if isinstance(value, list | tuple) else [value]
    missing = words.vocabulary().missing_values
    return tuple(item for item in given if isinstance(item, str) and item and item not in missing)


def _marks(list_name: str, value: object, mark: str) -> list[bool]:
    codes = words.vocabulary().lists[list_name].codes
    return [codes[term].is_marked(mark) for term in terms(value) if term in codes]


def is_minor(person: Values) -> bool | None:
    """Tell whether the age band is below 18; None when the band is not known."""
    return next(iter(_marks("age_band", person.get("age_band"), "minor")), None)


def age_class_3(person: Values) -> str | None:
    """Give the class of three (list age_class_3); None for a band that fits none, or that is not known."""
    classes = words.vocabulary().lists["age_class_3"].codes.values()
    band = person.get("age_band")
    return next((code.code for code in classes if band in code.texts("bands")), None)


def act_means_purpose(episode: Values, person: Values) -> bool | None:
    """Tell whether the elements of the Palermo Protocol are there (art. 3a; for a minor without means, art. 3c)."""
    minor = is_minor(person)
    if minor is None:
        return None
    needed = ("acts", "forms") if minor else ("acts", "means", "forms")
    return all(terms(episode.get(name)) for name in needed)


def parent_perpetrator(episode: Values) -> bool | None:
    """Tell whether a (step)parent is among the alleged perpetrators; None when no relation is known."""
    found = _marks("relation", episode.get("relations"), "parent_class")
    return any(found) if found else None


def met_online(episode: Values) -> bool | None:
    """Tell whether victim and recruiter met online; None when that is not known."""
    return next(iter(_marks("recruitment_channel", episode.get("recruitment_channel"), "online")), None)


def image_threat(episode: Values) -> bool | None:
    """Tell whether spreading images was threatened; None when no means is known."""
    found = terms(episode.get("means"))
    return "threat_images" in found if found else None


def is_open(state: str) -> bool:
    """Tell whether a state of a case is one in which somebody works on it."""
    return not state.startswith("closed")


def may_follow(state: str, following: str) -> bool:
    """Tell whether a case may go from one state to another (attribute `next` of list case_state)."""
    return following in words.vocabulary().lists["case_state"].codes[state].texts("next")


# --- what must hold in a record -----------------------------------------------------------------------------------
# Days, months and years in which something happened, as against those that plan ahead.
PAST: Mapping[str, tuple[str, ...]] = {
    "person": ("status_date", "first_registered", "restricted_on"),
    "case": ("opened_on", "incoming_date", "closed_on"),
    "exploitation": ("start_month", "end_month"),
    "place_event": ("period",),
    "assessment": ("made_on",),
    "consent": ("asked_on", "withdrawn_on"),
    "subject_request": ("received_on", "answered_on"),
    "breach": ("found_at", "authority_told_on", "persons_told_on", "closed_on"),
}


def broken_constraints(entity: str, values: Values, today: dt.date) -> dict[str, Problem]:
    """Tell for each field of a record which constraint of its entity it breaks; empty when none.

    `values` hold what `words.check_record` found right one by one.
    """
    return words.check_together(entity, values, today, PAST, CONSTRAINTS)


def _label(entity: str, name: str) -> words.Label:
    return words.vocabulary().entities[entity].fields[name].label


def _closing(case: Values) -> Iterator[tuple[str, Problem]]:
    state = case.get("state")
    closed = isinstance(state, str) and not is_open(state)
    for name in ("closed_on", "closure_reason"):
        if closed and not case.get(name):
            yield name, Problem("needed_with", {"other": _label("case", "state")})
        if not closed and case.get(name):
            yield name, Problem("only_with", {"other": _label("case", "state")})
    yield from _order("case", case, "opened_on", "closed_on")


def _order(entity: str, values: Values, first: str, last: str) -> Iterator[tuple[str, Problem]]:
    begin, end = values.get(first), values.get(last)
    # Texts such as 2025-05 stand in the order of time, like days; a day may come as a text too.
    if begin and end and str(end) < str(begin):
        yield last, Problem("earlier_than", {"other": _label(entity, first)})


def _registration(case: Values) -> Iterator[tuple[str, Problem]]:
    if case.get("registered_national") and not terms(case.get("registered_basis")):
        yield "registered_basis", Problem("needed_with", {"other": _label("case", "registered_national")})


def _main_form(episode: Values) -> Iterator[tuple[str, Problem]]:
    main, forms = terms(episode.get("main_form")), terms(episode.get("forms"))
    if main and main[0] not in forms:
        yield "main_form", Problem("not_among", {"other": _label("exploitation", "forms")})
    yield from _order("exploitation", episode, "start_month", "end_month")


def _law(episode: Values) -> Iterator[tuple[str, Problem]]:
    if terms(episode.get("offence_subs")) and not episode.get("law_version"):
        yield "law_version", Problem("needed_with", {"other": _label("exploitation", "offence_subs")})


def _place(event: Values) -> Iterator[tuple[str, Problem]]:
    code, level = event.get("place_code"), event.get("level")
    known = {"country": words.countries(), "municipality": words.municipalities(), "province": _provinces()}
    if isinstance(level, str) and level in known and code not in known[level]:
        yield (
            "place_code",
            Problem("not_a_place", {"level": words.vocabulary().lists["place_level"].codes[level].label}),
        )


@lru_cache(maxsize=1)
def _provinces() -> frozenset[str]:
    return frozenset(municipality.province for municipality in words.municipalities().values())


def _decided(match: Values) -> Iterator[tuple[str, Problem]]:
    decided = match.get("state") in ("same", "different")
    for name in ("decided_by", "decided_on"):
        if decided and not match.get(name):
            yield name, Problem("needed_with", {"other": _label("match", "state")})


def _withdrawn(consent: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order("consent", consent, "asked_on", "withdrawn_on")
    if consent.get("answer") == "withdrawn" and not consent.get("withdrawn_on"):
        yield "withdrawn_on", Problem("needed_with", {"other": _label("consent", "answer")})
    if consent.get("withdrawn_by") and not consent.get("withdrawn_on"):
        yield "withdrawn_by", Problem("only_with", {"other": _label("consent", "withdrawn_on")})


def _webhook(webhook: Values) -> Iterator[tuple[str, Problem]]:
    if not is_address(str(webhook.get("endpoint"))):
        yield "endpoint", Problem("not_an_address")


def _answered(request: Values) -> Iterator[tuple[str, Problem]]:
    yield from _order("subject_request", request, "received_on", "answered_on")
    if request.get("answered_on"):
        for name in ("outcome", "decided_by"):
            if not request.get(name):
                yield name, Problem("needed_with", {"other": _label("subject_request", "answered_on")})
    if request.get("outcome") in ("refused", "partly") and not request.get("reason"):
        yield "reason", Problem("needed_with", {"other": _label("subject_request", "outcome")})


CONSTRAINTS: Mapping[str, tuple[Callable[[Values], Iterator[tuple[str, Problem]]], ...]] = {
    "case": (_closing, _registration),
    "exploitation": (_main_form, _law),
    "place_event": (_place,),
    "match": (_decided,),
    "consent": (_withdrawn,),
    "subject_request": (_answered,),
    "webhook": (_webhook,),
}


# --- permissions --------------------------------------------------------------------------------------------------
def _sees_cases(account: AccountLike, record: object = None) -> bool:
    """Answer for a record of the register whose walls are known, or whether there is any case to see at all."""
    everywhere, own = walls_of_all_cases(account), walls_of_own_cases(account)
    if record is None:
        return bool(everywhere | own)
    wall, org = getattr(record, "compartment", None), getattr(record, "org_id", None)
    # Whether a case is one's own only the query knows (walls.py): a record got there by it.
    return org == account.org_id and wall in everywhere | own


def _opens_cases(account: AccountLike, record: object = None) -> bool:
    walls = walls_to_open_in(account)
    return bool(walls) and (record is None or getattr(record, "compartment", None) in walls)


def _changes_cases(account: AccountLike, record: object = None) -> bool:
    everywhere, may_open = walls_of_all_cases(account), walls_to_open_in(account)
    if record is None:
        return bool(may_open)
    wall, owner = getattr(record, "compartment", None), getattr(record, "owner_id", None)
    is_own = wall in may_open and owner == account.account_id
    return getattr(record, "org_id", None) == account.org_id and (wall in everywhere or is_own)


PERMISSIONS = {
    "cases.see": Predicate(_sees_cases),
    "cases.open": Predicate(_opens_cases),
    "cases.change": Predicate(_changes_cases),
}
for _name, _predicate in PERMISSIONS.items():
    add_perm(_name, _predicate)  # type: ignore[no-untyped-call]
