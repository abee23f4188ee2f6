"""Who sees which records of the register: every list and every look-up begins here."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from zicht.cases import rules
from zicht.people.records import WalledQuerySet, WordsModel, WordsQuerySet
from zicht.people.rules import AccountLike

if TYPE_CHECKING:
    from zicht.cases.models import Case, Person  # noqa: F401 - named in quotes below

R = TypeVar("R", bound=WordsModel)


class CaseQuerySet(WalledQuerySet["Case"]):
    """Cases, behind the walls of an organisation and of what the roles of an account may see."""

    def visible_to(self, account: AccountLike) -> Self:
        """Keep every case behind the walls where a role works on all, and behind the others the account's own."""
        own = Q(compartment__in=rules.walls_of_own_cases(account)) & self._is_on_it(account)
        return self.filter(Q(compartment__in=rules.walls_of_all_cases(account)) | own, org_id=account.org_id)

    def with_team_member(self, account: AccountLike) -> Self:
        """Keep the cases whose texts an account may read: it is the owner or in the team."""
        return self.filter(self._is_on_it(account))

    def _is_on_it(self, account: AccountLike) -> Q:
        team = _related(self.model, "team", through=True)
        return Q(owner_id=account.account_id) | Q(
            Exists(team.filter(case_id=OuterRef("pk"), account_id=account.account_id))
        )


class PersonQuerySet(WalledQuerySet["Person"]):
    """Persons, behind the walls of the cases they are in."""

    def visible_to(self, account: AccountLike) -> Self:
        """Keep every person behind the walls where a role works on all cases, else those of the account's own cases."""
        cases = _related(self.model, "cases").visible_to(account).filter(persons=OuterRef("pk"))
        own = Q(compartment__in=rules.walls_of_own_cases(account)) & Q(Exists(cases))
        return self.filter(Q(compartment__in=rules.walls_of_all_cases(account)) | own, org_id=account.org_id)

    def counted_once(self) -> Self:
        """Leave out the records that are counted as one with another."""
        return self.filter(merged_into=None)


class OfPersonQuerySet(WordsQuerySet[R]):
    """What is recorded about persons, behind the walls of the person."""

    def visible_to(self, account: AccountLike) -> Self:
        """Keep what is recorded about persons the account may see."""
        return self.filter(person__in=_related(self.model, "person").visible_to(account))


def begin_at(keys: Any, seen: Any) -> Any:
    """Begin at these few keys, and ask each whether it is among the records that are seen, walls and all.

    Asked together, SQLite would take an index that begins with the walls and go through everything behind them: it does
    not know how much that is.
    """
    return seen.model._default_manager.filter(Exists(seen.filter(pk=OuterRef("pk"))), pk__in=keys)


def _related(model: type[models.Model], name: str, *, through: bool = False) -> Any:
    """Give the records that a relation leads to: this file stands before the models and cannot name them."""
    relation: Any = model._meta.get_field(name)
    return (relation.remote_field.through if through else relation.related_model)._default_manager.all()
