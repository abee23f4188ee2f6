"""Tell in one query who a request comes from: session, account, roles and second factor, anew each time.

For addresses that are asked many times a second. It only ever says yes, under the conditions of the middleware
(`site/middleware.py`, Django's sessions and accounts): whoever gets None here is answered there, with the reason.
"""

from collections import OrderedDict
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from zicht.people.models import Account, Organisation, RoleGrant
from zicht.people.sessions import SessionStore

REMEMBERED = 1000  # sessions
# Asked once: in the loop of a server, Django makes a connection each time to be asked.
IS_POSTGRESQL = connection.vendor == "postgresql"
JOINED = "string_agg" if IS_POSTGRESQL else "group_concat"
QUESTION = f"""
    SELECT session.session_data, account.password, account.status, account.org_id, organisation.legal_regime,
        (SELECT {JOINED}(role, ',') FROM {RoleGrant._meta.db_table} held
         WHERE held.account_id = account.account_id AND held.ended_on IS NULL),
        EXISTS (SELECT 1 FROM {Authenticator._meta.db_table} factor WHERE factor.user_id = account.account_id)
    FROM {Session._meta.db_table} session
    LEFT JOIN {Account._meta.db_table} account ON account.account_id = %s
    LEFT JOIN {Organisation._meta.db_table} organisation ON organisation.org_id = account.org_id
    WHERE session.session_key = %s AND session.expire_date > %s
"""  # noqa: S608 - names of tables
Row = Sequence[Any]
# Whose a session was, so that one query can fetch both; the session itself says each time whose it is.
_whose: OrderedDict[str, UUID] = OrderedDict()


def question(session_key: str) -> tuple[str, list[Any]]:
    """Give the query about a session."""
    account = _whose.get(session_key, UUID(int=0))
    now = timezone.now()
    if not IS_POSTGRESQL:
        return QUESTION, [account.hex, session_key, str(now.replace(tzinfo=None))]  # as Django stores them
    return QUESTION, [account, session_key, now]


def answer(session_key: str, rows: Sequence[Row]) -> Account | None:
    """Give who it is, with roles; None for who is not signed in as the middleware asks, or was not known here yet."""
    if not rows:
        return None
    stored, password, status, org_id, regime, roles, has_factor = rows[0]
    account_id, digest = _of_session(stored)
    if _whose.get(session_key) != account_id:
        _remember(session_key, account_id)
        return None
    if password is None or not (has_factor or not settings.REQUIRE_SECOND_FACTOR):
        return None
    org = Organisation(org_id=UUID(str(org_id)), legal_regime=regime)
    account = Account(account_id=account_id, org=org, password=password, status=status)
    account.__dict__["roles"] = frozenset(roles.split(",")) if roles else frozenset()
    is_same = constant_time_compare(digest, account.get_session_auth_hash())
    return account if is_same and account.is_active else None


def _remember(session_key: str, account_id: UUID | None) -> None:
    _whose.pop(session_key, None)
    if account_id is not None:
        _whose[session_key] = account_id
        while len(_whose) > REMEMBERED:
            _whose.popitem(last=False)


@lru_cache(REMEMBERED)
def _of_session(stored: str) -> tuple[UUID | None, str]:
    """Read whose session it is, and under which password; remembered under what is stored, which is sealed."""
    content = SessionStore().decode(stored)
    if content.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return None, ""
    return UUID(content[SESSION_KEY]), content.get(HASH_SESSION_KEY, "")
