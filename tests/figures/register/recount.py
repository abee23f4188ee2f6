"""Count a table of the register the slow and obvious way: person by person, with the rules of the register."""

from collections import Counter, defaultdict
from collections.abc import Iterable

from zicht import words
from zicht.cases import rules
from zicht.cases.models import Case, Consent, Exploitation, Person
from zicht.people.models import Organisation

MISSING = ("declined", "unknown", "withheld", "not_applicable", "not_asked")
PERSON_FIELDS = {"age_band", "gender", "citizenship_group"}
LISTS = {
    "relation": "relations",
    "means": "means",
    "form": "forms",
    "recruitment_channel": "recruitment_channel",
    "duration_band": "duration_band",
    "grooming_interval": "grooming_interval",
}
Cell = tuple[str, str, str, str, str]  # table, rows, row, cols, col


class One:
    """One person: the record that counts, and everything of the records that are the same person."""

    def __init__(self, main: Person, others: list[Person]) -> None:
        self.records = [main, *sorted(others, key=lambda record: (record.first_registered, str(record.pk)))]
        self.main = main
        self.episodes = list(Exploitation.objects.filter(person__in=self.records))
        self.cases = list(Case.objects.filter(persons__in=self.records).distinct())

    @property
    def is_counted(self) -> bool:
        """Tell whether the person may be counted at all."""
        said_no = Consent.objects.filter(person__in=self.records, purpose="statistics", answer__in=("no", "withdrawn"))
        is_limited = any(record.restricted_on for record in self.records)
        return self.main.compartment != "press" and not is_limited and not said_no.exists()

    def values(self, name: str) -> set[str]:
        """Give the rows or columns of an axis that the person stands in, the total included."""
        return self._values(name) | ({"total"} if name != "year" else set())

    def _values(self, name: str) -> set[str]:
        if name == "year":
            return {str(self.main.first_registered)}
        if name == "victim_status":
            return {self._single("status")}
        if name == "org_type":
            own = self.main.org.org_type
            return {case.incoming_from.org_type if case.incoming_from else own for case in self.registered}
        if name in PERSON_FIELDS:
            return self._with_known(name, {self._single(name)})
        if name in ("age_class_3", "is_minor"):
            return self._of_age(name)
        if name in ("parent_perpetrator", "met_online"):
            return self._derived(name)
        list_name, _, attribute = name.partition(".")
        found = self._many(LISTS[list_name])
        terms = words.vocabulary().lists[list_name].codes
        grouped = {terms[one].text(attribute) if attribute and one in terms else one for one in found}
        return self._with_known(name, grouped)

    @property
    def registered(self) -> list[Case]:
        """Give the cases that are registered nationally."""
        return [case for case in self.cases if case.registered_national]

    @property
    def is_of_family(self) -> bool:
        """Tell whether any alleged perpetrator is family."""
        terms = words.vocabulary().lists["relation"].codes
        found = {one for episode in self.episodes for one in rules.terms(episode.relations)}
        return any(terms[one].text("group") == "familial" for one in found)

    def _single(self, name: str) -> str:
        for record in self.records:
            if rules.terms(getattr(record, name)) and getattr(record, name) != "nk":
                return str(getattr(record, name))
        return _reason(getattr(record, name) for record in self.records)

    def _many(self, name: str) -> set[str]:
        found = {one for episode in self.episodes for one in rules.terms(getattr(episode, name))}
        if found:
            return found
        return {_reason(one for episode in self.episodes for one in _listed(getattr(episode, name)))}

    def _with_known(self, name: str, found: set[str]) -> set[str]:
        loose = {"minor_nos", "adult_nos"} if name == "age_band" else set()
        return found | ({"known"} if found - set(MISSING) - loose else set())

    def _of_age(self, name: str) -> set[str]:
        band = self._single("age_band")
        if band in MISSING:
            return {band}
        derived = getattr(rules, name)({"age_band": band})
        if derived is None:
            return {"class_unknown"}
        return {"known", derived if isinstance(derived, str) else "yes" if derived else "no"}

    def _derived(self, name: str) -> set[str]:
        field = {"parent_perpetrator": "relations", "met_online": "recruitment_channel"}[name]
        answers = [getattr(rules, name)({field: getattr(episode, field)}) for episode in self.episodes]
        if True in answers:
            return {"known", "yes"}
        return {"known", "no"} if False in answers else self._many(field)


def _listed(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else [str(value)] if value else []


def _reason(values: Iterable[str]) -> str:
    given = {"unknown" if value == "nk" else value for value in values}
    return next((kind for kind in MISSING if kind in given), "not_asked")


def persons_of(org: Organisation, year: int) -> list[One]:
    """Give the persons of a year who are counted."""
    others: dict[object, list[Person]] = defaultdict(list)
    for record in Person.objects.filter(org=org, merged_into__isnull=False):
        others[record.merged_into_id].append(record)
    mains = Person.objects.filter(org=org, merged_into=None, first_registered=year)
    each = [One(main, others[main.pk]) for main in mains]
    return [one for one in each if one.is_counted]


def is_in(universe: str, one: One) -> bool:
    """Tell whether a table is about somebody."""
    is_victim = one._single("status") in ("possible", "identified")
    return {
        "all": True,
        "possible and identified": is_victim,
        "registered_national": is_victim and bool(one.registered),
        "not family": not one.is_of_family,
    }[universe]


def recount(org: Organisation, year: int, codes: Iterable[str]) -> Counter[Cell]:
    """Count who stands in each cell of the tables of a year; a cell that is not there has nobody."""
    cells: Counter[Cell] = Counter()
    for one in persons_of(org, year):
        for code in codes:
            table = words.vocabulary().tables[code]
            if is_in(table.universe, one):
                cells.update(_cells(one, table))
    return cells


def _cells(one: One, table: words.Table) -> Iterable[Cell]:
    for rows in table.rows:
        for cols in table.cols:
            for row in one.values(rows):
                yield from ((table.code, rows, row, cols, col) for col in one.values(cols))
