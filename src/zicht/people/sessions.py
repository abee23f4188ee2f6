"""Sessions that end a shift after signing in, whatever is done meanwhile, and that the database cannot read."""

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore as StoredSession

from zicht.people import secret_box

SIGNED_IN_AT = "zicht_signed_in_at"  # in the session: seconds since 1970


class SessionStore(StoredSession):
    """A session of the database; every save would let Django's own begin its 8 hours anew."""

    def get_expiry_date(self, **given: Any) -> dt.datetime:
        """Give the end: counted from signing in once somebody is."""
        usual = super().get_expiry_date(**given)
        signed_in = self.get(SIGNED_IN_AT)
        if signed_in is None:
            return usual
        return min(usual, dt.datetime.fromtimestamp(signed_in + settings.SESSION_COOKIE_AGE, dt.UTC))


class SealedSerializer:
    """Seal what a session holds: the secret of an authenticator app lies in it while that is set up."""

    def dumps(self, content: object) -> bytes:
        """Write JSON and seal it."""
        return secret_box.seal(json.dumps(content, separators=(",", ":"))).encode("ascii")

    def loads(self, sealed: bytes) -> Any:
        """Unseal it and read JSON; Django takes what cannot be unsealed for an empty session."""
        return json.loads(secret_box.unseal(sealed.decode("ascii")))
