"""Who sees which sources, and what stands on them: every list and every look-up begins here."""

from typing import TYPE_CHECKING, Any, Self, TypeVar

from django.db import models
from django.db.models import Exists, OuterRef, Q

from zicht.evidence import rules
from zicht.people.records import WalledQuerySet, WordsModel, WordsQuerySet
from zicht.people.rules import AccountLike

if TYPE_CHECKING:
    from zicht.evidence.models import Actor, Source  # noqa: F401 - named in quotes below

R = TypeVar("R", bound=WordsModel)


class SourceQuerySet(WalledQuerySet["Source"]):
    """Sources, behind the walls of an organisation and, where one is restricted, of a list of people."""

    def visible_to(self, account: AccountLike) -> Self:
        """Keep the sources that an account may see; the tombstone of a withdrawn one has the walls it had."""
        readers = _related(self.model, "readers").filter(
            source_id=OuterRef("pk"), account_id=account.account_id, ended_at=None
        )
        is_let_in = Q(restricted=False) | Q(collected_by_id=account.account_id) | Q(Exists(readers))
        return self.filter(is_let_in, org_id=account.org_id, compartment__in=rules.walls_of(account))

    def in_use(self) -> Self:
        """Leave out what was withdrawn: nothing of it can be read."""
        return self.filter(state=rules.IN_USE)


class OfSourceQuerySet(WordsQuerySet[R]):
    """What stands on a source, behind the walls of the source."""

    def visible_to(self, account: AccountLike) -> Self:
        """Keep what stands on sources that an account may see and that were not withdrawn."""
        return self.filter(source__in=_related(self.model, "source").visible_to(account).in_use())


class ActorQuerySet(WalledQuerySet["Actor"]):
    """Actors, seen by whoever sees a source that names them."""

    def visible_to(self, account: AccountLike) -> Self:
        """Keep the actors with a name in a source that an account may see."""
        names = _related(self.model, "names").visible_to(account).filter(actor_id=OuterRef("pk"))
        return self.filter(Exists(names), org_id=account.org_id, compartment__in=rules.walls_of(account))


def _related(model: type[models.Model], name: str) -> Any:
    """Give the records that a relation leads to: this file stands before the models and cannot name them."""
    relation: Any = model._meta.get_field(name)
    return relation.related_model._default_manager.all()
