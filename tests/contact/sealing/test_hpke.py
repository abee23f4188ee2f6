"""HPKE beside a second implementation: what one seals, the other opens."""

import os

import pytest
from pyhpke import AEADId, CipherSuite, KDFId, KEMId

from zicht.contact.sealing import hpke
from zicht.contact.sealing.errors import DoesNotOpenError, WrongLengthError

INFO = b"zicht/v1/test"
SECOND = CipherSuite.new(KEMId.DHKEM_X25519_HKDF_SHA256, KDFId.HKDF_SHA256, AEADId.CHACHA20_POLY1305)


def test_the_second_implementation_opens_what_the_first_sealed() -> None:
    private, public = hpke.make_key()
    enc, ct = hpke.seal(public, INFO, b"one")
    key = SECOND.kem.deserialize_private_key(private)
    assert SECOND.create_recipient_context(enc, key, INFO).open(ct) == b"one"


def test_the_first_implementation_opens_what_the_second_sealed() -> None:
    private, public = hpke.make_key()
    enc, sender = SECOND.create_sender_context(SECOND.kem.deserialize_public_key(public), INFO)
    assert hpke.unseal(private, INFO, enc, sender.seal(b"two")) == b"two"


def test_another_key_or_another_info_does_not_open() -> None:
    private, public = hpke.make_key()
    enc, ct = hpke.seal(public, INFO, b"three")
    with pytest.raises(DoesNotOpenError):
        hpke.unseal(private, INFO + b"!", enc, ct)
    with pytest.raises(DoesNotOpenError):
        hpke.unseal(os.urandom(32), INFO, enc, ct)


def test_a_point_of_small_order_is_refused_like_any_other_wrong_key() -> None:
    private, _ = hpke.make_key()
    with pytest.raises(DoesNotOpenError):
        hpke.unseal(private, INFO, bytes(32), bytes(48))
    with pytest.raises(WrongLengthError):
        hpke.unseal(private, INFO, bytes(31), bytes(48))
