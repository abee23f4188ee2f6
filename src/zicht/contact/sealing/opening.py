"""OPEN: the first bytes of a conversation, with its secret sealed for a desk."""

import hashlib
from dataclasses import dataclass

from zicht.contact.sealing import hpke
from zicht.contact.sealing.errors import BearerMismatchError, WrongDeskError
from zicht.contact.sealing.parts import VERSION, Reader, check_length, check_name, join, u32
from zicht.contact.sealing.secret_keys import SECRET_LENGTH, keys_of

CONVERSATION_ID_LENGTH = 16
HASH_LENGTH = 32
SEALED_LENGTH = SECRET_LENGTH + hpke.TAG_LENGTH


@dataclass(frozen=True)
class Desk:
    """Where a conversation is addressed to."""

    org: str
    desk: str
    epoch: int


@dataclass(frozen=True)
class Opening:
    """What the server gets first and hands to the desk; bytes unless it says otherwise."""

    conv_id: bytes
    desk: str
    epoch: int
    enc: bytes
    ct: bytes
    h_cap: bytes
    h_wipe: bytes

    def to_bytes(self) -> bytes:
        """Give the one form that is hashed."""
        name = check_name(self.desk).encode("ascii")
        head = bytes([VERSION]) + check_length(self.conv_id, CONVERSATION_ID_LENGTH) + bytes([len(name)]) + name
        sealed = check_length(self.enc, hpke.ENC_LENGTH) + check_length(self.ct, SEALED_LENGTH)
        tokens = check_length(self.h_cap, HASH_LENGTH) + check_length(self.h_wipe, HASH_LENGTH)
        return head + u32(self.epoch) + sealed + tokens

    @classmethod
    def from_bytes(cls, content: bytes) -> "Opening":
        """Read the form of `to_bytes`; raise a FormatError for anything else."""
        reader = Reader(content)
        reader.version()
        opening = cls(
            conv_id=reader.take(CONVERSATION_ID_LENGTH),
            desk=check_name(reader.take(reader.number(1)).decode("latin-1")),
            epoch=reader.number(4),
            enc=reader.take(hpke.ENC_LENGTH),
            ct=reader.take(SEALED_LENGTH),
            h_cap=reader.take(HASH_LENGTH),
            h_wipe=reader.take(HASH_LENGTH),
        )
        reader.end()
        return opening

    @property
    def digest(self) -> bytes:
        """Give the hash that both directions of the conversation start from."""
        return hashlib.sha256(self.to_bytes()).digest()


def seal_opening(secret: bytes, conv_id: bytes, desk: Desk, public_key: bytes) -> Opening:
    """Seal the secret of a new conversation for a desk; who calls this has checked the key (statements.py)."""
    keys = keys_of(secret)
    enc, ct = hpke.seal(public_key, _info(desk, conv_id), secret)
    return Opening(conv_id, desk.desk, desk.epoch, enc, ct, keys.h_cap, keys.h_wipe)


def open_opening(opening: Opening, desk: Desk, private_key: bytes) -> bytes:
    """Give the secret of a conversation.

    Raises WrongDeskError when it names another desk or epoch, DoesNotOpenError when it was sealed for another one or
    changed, and BearerMismatchError when the server was given tokens that do not come from this secret.
    """
    if (opening.desk, opening.epoch) != (desk.desk, desk.epoch):
        raise WrongDeskError
    secret = hpke.unseal(private_key, _info(desk, opening.conv_id), opening.enc, opening.ct)
    check_length(secret, SECRET_LENGTH)
    keys = keys_of(secret)
    if (keys.h_cap, keys.h_wipe) != (opening.h_cap, opening.h_wipe):
        raise BearerMismatchError
    return secret


def _info(desk: Desk, conv_id: bytes) -> bytes:
    check_length(conv_id, CONVERSATION_ID_LENGTH)
    return join("zicht/v1/open", check_name(desk.org), check_name(desk.desk), desk.epoch, conv_id)
