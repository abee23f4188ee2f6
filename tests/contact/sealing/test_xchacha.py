"""XChaCha20-Poly1305 against the vectors of draft-irtf-cfrg-xchacha-03 (sections 2.2.1 and A.3.1)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.contact.sealing import xchacha
from zicht.contact.sealing.errors import DoesNotOpenError, WrongLengthError

KEY = bytes(range(0x80, 0xA0))
NONCE = bytes(range(0x40, 0x58))
AAD = bytes.fromhex("50515253c0c1c2c3c4c5c6c7")
TEXT = (
    b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, "
    b"sunscreen would be it."
)
SEALED = bytes.fromhex(
    "bd6d179d3e83d43b9576579493c0e939572a1700252bfaccbed2902c21396cbb731c7f1b0b4aa6440bf3a82f4eda7e39"
    "ae64c6708c54c216cb96b72e1213b4522f8c9ba40db5d945b11b69b982c1bb9e3f3fac2bc369488f76b2383565d3fff9"
    "21f9664c97637da9768812f615c68b13b52e"
    "c0875924c1c7987947deafd8780acf49"
)


def test_hchacha20_gives_the_subkey_of_the_draft() -> None:
    nonce = bytes.fromhex("000000090000004a0000000031415927")
    subkey = "82413b4227b27bfed30e42508a877d73a0f9e4d58a74a853c12ec41326d3ecdc"
    assert xchacha.hchacha20(bytes(range(32)), nonce).hex() == subkey


def test_sealing_gives_the_ciphertext_of_the_draft() -> None:
    assert xchacha.seal(KEY, NONCE, TEXT, AAD) == SEALED
    assert xchacha.unseal(KEY, NONCE, SEALED, AAD) == TEXT


@given(place=st.integers(0, len(SEALED) * 8 - 1))
def test_no_flipped_bit_opens(place: int) -> None:
    changed = bytearray(SEALED)
    changed[place // 8] ^= 1 << place % 8
    with pytest.raises(DoesNotOpenError):
        xchacha.unseal(KEY, NONCE, bytes(changed), AAD)


def test_other_lengths_than_the_right_ones_are_refused() -> None:
    for key, nonce, sealed in ((KEY[1:], NONCE, SEALED), (KEY, NONCE[1:], SEALED), (KEY, NONCE, SEALED[:15])):
        with pytest.raises(WrongLengthError):
            xchacha.unseal(key, nonce, sealed, AAD)
