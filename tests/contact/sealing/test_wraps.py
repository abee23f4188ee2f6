"""Files, codes and wrapped keys open for whom they were made, and for nobody else."""

import os
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zicht.contact.sealing import codes, errors, hpke, return_codes, wraps
from zicht.contact.sealing.files import CHUNK, LARGEST, SEALED_CHUNK, FilePlace, open_file, seal_file
from zicht.contact.sealing.opening import Desk
from zicht.contact.sealing.secret_keys import file_key

KEY = bytes(range(32))
PLACE = FilePlace(bytes(16), 0, bytes([1]) * 16)
OWNER = wraps.User("org-1", "user-1")
KEYS = wraps.UserKeys(bytes([1]) * 32, bytes([2]) * 32, bytes([3]) * 32)
SALT = bytes(16)


@pytest.mark.parametrize("length", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_a_file_of_any_length_opens_and_shows_only_its_number_of_chunks(length: int) -> None:
    content = os.urandom(length)
    sealed = seal_file(KEY, PLACE, content)
    assert open_file(KEY, PLACE, sealed) == content
    assert len(sealed) == 16 + (length // CHUNK + 1) * SEALED_CHUNK


def test_chunks_cannot_be_moved_left_out_cut_off_or_added() -> None:
    sealed = seal_file(KEY, PLACE, os.urandom(2 * CHUNK))
    prefix, chunks = sealed[:16], [sealed[16 + i * SEALED_CHUNK : 16 + (i + 1) * SEALED_CHUNK] for i in range(3)]
    for order in ([1, 0, 2], [0, 2], [0, 1], [0, 1, 2, 2], [0, 0, 1, 2]):
        with pytest.raises(errors.DoesNotOpenError):
            open_file(KEY, PLACE, prefix + b"".join(chunks[number] for number in order))
    with pytest.raises(errors.WrongLengthError):
        open_file(KEY, PLACE, sealed[:-1])


def test_a_file_opens_only_in_its_place() -> None:
    sealed = seal_file(KEY, PLACE, b"image")
    for other in (
        replace(PLACE, conv_id=os.urandom(16)),
        replace(PLACE, direction=1),
        replace(PLACE, file_id=KEY[:16]),
    ):
        with pytest.raises(errors.DoesNotOpenError):
            open_file(KEY, other, sealed)
    assert file_key(KEY, 0, PLACE.file_id) != file_key(KEY, 1, PLACE.file_id)


def test_a_file_of_more_than_ten_mebibytes_is_refused() -> None:
    with pytest.raises(errors.TooLongError):
        seal_file(KEY, PLACE, bytes(LARGEST + 1))
    with pytest.raises(errors.WrongLengthError):
        open_file(KEY, PLACE, bytes(16))


@given(code=st.text(codes.ALPHABET, min_size=16, max_size=16))
def test_a_code_is_read_however_it_is_copied(code: str) -> None:
    copied = codes.show_code(code).lower().replace("0", "o").replace("1", "l").replace("-", " ")
    assert codes.read_code(copied, 16) == code


@pytest.mark.parametrize("typed", ["", "7K3M-9PQR-0T1V-WXY", "7K3M-9PQR-0T1V-WXYZ-0", "UUUU-9PQR-0T1V-WXYZ", "é" * 16])
def test_what_is_no_code_is_refused_by_name(typed: str) -> None:
    with pytest.raises(errors.CodeError):
        codes.read_code(typed, codes.RETURN_CODE_LENGTH)


def test_a_made_code_has_the_length_that_was_asked_for() -> None:
    assert len(codes.make_code(codes.RECOVERY_CODE_LENGTH)) == 26
    assert codes.make_code(16) != codes.make_code(16)


def test_a_return_code_opens_only_its_own_conversation_in_its_own_organisation() -> None:
    keys = return_codes.return_keys("7K3M9PQR0T1VWXYZ", "org-1")
    sealed = return_codes.seal_return(keys.k_ret, "org-1", bytes(16), KEY)
    assert return_codes.open_return(keys.k_ret, "org-1", bytes(16), sealed) == KEY
    assert return_codes.return_keys("7K3M9PQR0T1VWXYZ", "org-2").lookup != keys.lookup
    for org, conv_id in (("org-2", bytes(16)), ("org-1", os.urandom(16))):
        with pytest.raises(errors.DoesNotOpenError):
            return_codes.open_return(keys.k_ret, org, conv_id, sealed)


def test_a_desk_key_opens_for_one_counsellor_of_one_desk_in_one_epoch() -> None:
    private, public = hpke.make_key()
    desk = Desk("org-1", "desk-a", 7)
    wrapped = wraps.wrap_desk_key(public, desk, "user-1", KEY)
    assert wraps.unwrap_desk_key(private, desk, "user-1", wrapped) == KEY
    for other, user in ((replace(desk, epoch=8), "user-1"), (replace(desk, desk="desk-b"), "user-1"), (desk, "user-2")):
        with pytest.raises(errors.DoesNotOpenError):
            wraps.unwrap_desk_key(private, other, user, wrapped)


def test_a_passphrase_opens_however_its_letters_are_composed() -> None:
    composed, apart = "caf\u00e9", "cafe\u0301"
    assert wraps.secret_of_passphrase(composed, SALT) == wraps.secret_of_passphrase(apart, SALT)


def test_a_counsellors_keys_open_for_her_alone_in_the_way_they_were_sealed() -> None:
    wrapped = wraps.wrap_user_keys(wraps.PASSKEY, KEY, SALT, OWNER, KEYS)
    assert wraps.unwrap_user_keys(wraps.PASSKEY, KEY, OWNER, wrapped, KEYS.root) == KEYS
    with pytest.raises(errors.DoesNotOpenError):
        wraps.unwrap_user_keys(wraps.PASSKEY, KEY, replace(OWNER, user="user-2"), wrapped, KEYS.root)
    with pytest.raises(errors.DoesNotOpenError):
        wraps.unwrap_user_keys(wraps.PASSKEY, bytes(32), OWNER, wrapped, KEYS.root)
    with pytest.raises(errors.FormatError):
        wraps.unwrap_user_keys(wraps.RECOVERY, KEY, OWNER, wrapped, KEYS.root)


def test_a_server_that_shows_another_root_is_found_out_at_unlocking() -> None:
    wrapped = wraps.wrap_user_keys(wraps.PASSKEY, KEY, SALT, OWNER, KEYS)
    with pytest.raises(errors.WrongRootError):
        wraps.unwrap_user_keys(wraps.PASSKEY, KEY, OWNER, wrapped, bytes(32))


@settings(max_examples=30)
@given(place=st.integers(0, wraps.USER_WRAP_LENGTH * 8 - 1))
def test_no_flipped_bit_of_a_wrap_opens(place: int) -> None:
    changed = bytearray(wraps.wrap_user_keys(wraps.PASSKEY, KEY, SALT, OWNER, KEYS))
    changed[place // 8] ^= 1 << place % 8
    with pytest.raises((errors.FormatError, errors.DoesNotOpenError)):
        wraps.unwrap_user_keys(wraps.PASSKEY, KEY, OWNER, bytes(changed), KEYS.root)


def test_without_the_shred_key_a_wrap_is_gone() -> None:
    layer = wraps.seal_layer(KEY, "open", b"conversation", b"wrap")
    assert wraps.open_layer(KEY, "open", b"conversation", layer) == b"wrap"
    for key, purpose, subject in (
        (bytes(32), "open", b"conversation"),
        (KEY, "return", b"conversation"),
        (KEY, "open", b"x"),
    ):
        with pytest.raises(errors.DoesNotOpenError):
            wraps.open_layer(key, purpose, subject, layer)
    with pytest.raises(errors.WrongVersionError):
        wraps.open_layer(KEY, "open", b"conversation", b"\x02" + layer[1:])
