"""Keys with which a program acts as an account: made by the person whose account it is, shown once, kept as a hash."""

from zicht.people.api_tokens.actions import Made, end_token, make_token
from zicht.people.api_tokens.queries import find_good, tokens_of_account, tokens_of_organisation

__all__ = ["Made", "end_token", "find_good", "make_token", "tokens_of_account", "tokens_of_organisation"]
