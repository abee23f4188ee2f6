"""Sign statements about the access log with Ed25519, so that only the holder of the key can have made them."""

import base64
import binascii
import datetime as dt
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from zicht.people.keys import KEY_ID
from zicht.people.log.chain import End

# Each kind of statement opens with its own words: a signature under one can never be passed off as another.
DOMAIN = "zicht access log {kind} 1"
HASH = re.compile(r"[0-9a-f]{64}")
MOMENT = "%Y-%m-%dT%H:%M:%SZ"  # UTC, to the second


class Kind(StrEnum):
    """Name what a seal states about the log."""

    CHECKPOINT = "checkpoint"  # the log stood at this line
    PRUNING = "pruning"  # the lines up to and including this one were removed because they were old enough
    RESTORED = "restored"  # the database was put back from a backup that ends at this line


@dataclass(frozen=True, slots=True)
class Seal:
    """Hold one signed statement: its kind, the line it is about, when (UTC, whole seconds) and by which key."""

    kind: Kind
    through_sequence: int
    line_hash: str
    signed_at: dt.datetime
    key_id: str
    signature: str = ""

    @property
    def end(self) -> End:
        """Give the place in the chain that this seal is about."""
        return End(self.through_sequence, self.line_hash)

    def message(self) -> bytes:
        """Give the bytes that are signed: five lines of text, none of which can hold a line break.

        Raises ValueError when a value has not its strict form.
        """
        if not (HASH.fullmatch(self.line_hash) and KEY_ID.fullmatch(self.key_id) and self.through_sequence > 0):
            raise ValueError("a seal needs a line above 0, a hash of 64 and a key of 32 hex digits")
        if self.signed_at.utcoffset() is None or self.signed_at.microsecond:
            raise ValueError("a seal needs a moment in whole seconds that knows its time zone")
        lines = (
            DOMAIN.format(kind=self.kind),
            f"through_sequence {self.through_sequence}",
            f"line_hash {self.line_hash}",
            f"signed_at {_written(self.signed_at)}",
            f"key_id {self.key_id}",
        )
        return "".join(f"{line}\n" for line in lines).encode()

    def signed(self, key: Ed25519PrivateKey) -> "Seal":
        """Give the same statement with its signature."""
        return replace(self, signature=base64.b64encode(key.sign(self.message())).decode())

    def is_genuine(self, key: Ed25519PublicKey) -> bool:
        """Tell whether the signature was made over exactly this statement by the other half of this key."""
        try:
            key.verify(base64.b64decode(self.signature, validate=True), self.message())
        except (InvalidSignature, binascii.Error, ValueError, TypeError):  # a value from the database may be anything
            return False
        return True

    def to_json(self) -> str:
        """Write the seal as one line of JSON."""
        return json.dumps({**asdict(self), "signed_at": _written(self.signed_at)})


def from_json(text: str) -> Seal:
    """Read what `to_json` wrote; raises ValueError for anything else."""
    values = json.loads(text)
    if not isinstance(values, Mapping) or set(values) != set(Seal.__dataclass_fields__):
        raise ValueError("not a seal")
    sequence = values["through_sequence"]
    texts = {name: value for name, value in values.items() if name != "through_sequence"}
    if type(sequence) is not int or not all(isinstance(value, str) for value in texts.values()):
        raise ValueError("not a seal")
    signed_at = dt.datetime.strptime(values["signed_at"], MOMENT).replace(tzinfo=dt.UTC)
    return Seal(**{**values, "kind": Kind(values["kind"]), "signed_at": signed_at})


def _written(at: dt.datetime) -> str:
    # Not strftime: it leaves out the zeros of the years before 1000, which a reader would refuse.
    return f"{at.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec='seconds')}Z"
