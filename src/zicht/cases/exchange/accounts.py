"""Find who exchanges, with whom, and behind which wall, for commands that name them."""

from zicht.cases.errors import NotAllowedError
from zicht.cases.exchange.errors import NoSuchAccount, NoSuchOrganisation, WhichWall
from zicht.cases.exchange.permissions import walls_to_exchange
from zicht.people.models import Account, Organisation


def find(login: str) -> Account:
    """Find an account by its sign-in name; raises NoSuchAccount."""
    account = Account.objects.filter(login__iexact=login).select_related("org").first()
    if account is None:
        raise NoSuchAccount
    return account


def find_organisation(name: str) -> Organisation:
    """Find an organisation by its name; raises NoSuchOrganisation, also when two have it."""
    found = list(Organisation.objects.filter(org_name__iexact=name)[:2])
    if len(found) != 1:
        raise NoSuchOrganisation
    return found[0]


def wall_of(account: Account, named: str) -> str:
    """Give the wall behind which an account exchanges: the one that is named, or the only one there is."""
    walls = walls_to_exchange(account)
    if not walls or (named and named not in walls):
        raise NotAllowedError
    if not named and len(walls) > 1:
        raise WhichWall
    return named or next(iter(walls))
