"""A conversation is refused, each time by name, when a bit, the order or the place of anything in it is changed."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.contact.sealing import errors, hpke
from zicht.contact.sealing.chain import Transcript
from zicht.contact.sealing.messages import Body, Envelope, Inner, read_inner, write_inner
from zicht.contact.sealing.opening import Desk, Opening, open_opening, seal_opening
from zicht.contact.sealing.padding import BUCKETS, pad, pad_to_bucket, unpad
from zicht.contact.sealing.parts import encode
from zicht.contact.sealing.secret_keys import FROM_VISITOR, TO_VISITOR, keys_of

SECRET = bytes(range(32))
CONV_ID = bytes(range(16))
DESK = Desk("org-1", "desk-a", 7)
PRIVATE, PUBLIC = hpke.make_key()
OPENING = seal_opening(SECRET, CONV_ID, DESK, PUBLIC)
ACK = OPENING.digest
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=3000)


def flipped(content: bytes, place: int) -> bytes:
    changed = bytearray(content)
    changed[place // 8 % len(content)] ^= 1 << place % 8
    return bytes(changed)


def fresh(conv_id: bytes = CONV_ID, secret: bytes = SECRET) -> Transcript:
    return Transcript(keys_of(secret), conv_id, OPENING.digest)


def talk() -> list[Envelope]:
    """Three messages from the visitor, and two back after the first and the third."""
    transcript, made = fresh(), []
    for direction, by in ((0, None), (1, "Anna"), (0, None), (0, None), (1, "Anna")):
        envelope = transcript.seal_next(direction, "text", "words", os.urandom(24), by)
        transcript.receive(envelope)
        made.append(envelope)
    return made


TALK = talk()


@given(place=st.integers(0, len(OPENING.to_bytes()) * 8 - 1))
def test_no_flipped_bit_of_an_opening_opens(place: int) -> None:
    with pytest.raises(
        (errors.FormatError, errors.WrongDeskError, errors.DoesNotOpenError, errors.BearerMismatchError)
    ):
        open_opening(Opening.from_bytes(flipped(OPENING.to_bytes(), place)), DESK, PRIVATE)


@given(place=st.integers(0, len(TALK[0].to_bytes()) * 8 - 1))
def test_no_flipped_bit_of_an_envelope_opens(place: int) -> None:
    with pytest.raises((errors.FormatError, errors.ChainError, errors.DoesNotOpenError, errors.WrongConversationError)):
        fresh().receive(Envelope.from_bytes(flipped(TALK[0].to_bytes(), place)))


def test_an_opening_for_another_desk_epoch_or_organisation_is_refused() -> None:
    for desk in (Desk("org-1", "desk-b", 7), Desk("org-1", "desk-a", 8)):
        with pytest.raises(errors.WrongDeskError):
            open_opening(OPENING, desk, PRIVATE)
    with pytest.raises(errors.DoesNotOpenError):
        open_opening(OPENING, Desk("org-2", "desk-a", 7), PRIVATE)


def test_tokens_of_another_secret_are_refused() -> None:
    other = keys_of(os.urandom(32))
    swapped = Opening(CONV_ID, DESK.desk, DESK.epoch, OPENING.enc, OPENING.ct, other.h_cap, OPENING.h_wipe)
    with pytest.raises(errors.BearerMismatchError):
        open_opening(swapped, DESK, PRIVATE)


def test_a_repeated_message_is_refused_and_what_follows_still_comes_in() -> None:
    transcript = fresh()
    transcript.receive(TALK[0])
    with pytest.raises(errors.ReplayedError):
        transcript.receive(TALK[0])
    assert transcript.receive(TALK[1]).body == "words"


def test_a_message_left_out_is_noticed_at_the_next_one() -> None:
    transcript = fresh()
    transcript.receive(TALK[0])
    with pytest.raises(errors.MissingBeforeError):
        transcript.receive(TALK[3])


def test_a_second_history_is_refused_at_its_first_other_message() -> None:
    transcript, other = fresh(), fresh()
    transcript.receive(TALK[0])
    fork = other.seal_next(FROM_VISITOR, "text", "other words", os.urandom(24))
    other.receive(fork)
    with pytest.raises(errors.BrokenChainError):
        transcript.receive(fork)
    with pytest.raises(errors.BrokenChainError):
        transcript.receive(other.seal_next(FROM_VISITOR, "text", "more", os.urandom(24)))


def test_a_message_of_another_conversation_is_refused() -> None:
    with pytest.raises(errors.WrongConversationError):
        fresh(conv_id=os.urandom(16)).receive(TALK[0])
    with pytest.raises(errors.DoesNotOpenError):
        fresh(secret=os.urandom(32)).receive(TALK[0])


def test_a_message_turned_round_does_not_open() -> None:
    sent = TALK[0]
    turned = Envelope(sent.conv_id, TO_VISITOR, sent.seq, sent.prev, sent.nonce, sent.ct)
    with pytest.raises(errors.DoesNotOpenError):
        fresh().receive(turned)


def test_an_end_that_was_held_back_shows_when_the_other_side_has_seen_it() -> None:
    transcript = fresh()
    for envelope in (TALK[0], TALK[1], TALK[2], TALK[4]):
        transcript.receive(envelope)
    assert not transcript.is_whole()
    with pytest.raises(errors.CutTailError):
        transcript.check_whole()
    transcript.receive(TALK[3])
    transcript.check_whole()
    assert transcript.unseen(FROM_VISITOR) == 0
    assert transcript.unseen(TO_VISITOR) == 1


def test_who_confirms_less_than_before_is_refused() -> None:
    transcript, behind = fresh(), fresh()
    for envelope in TALK:
        transcript.receive(envelope)
    for envelope in (TALK[1], TALK[4]):
        behind.receive(envelope)
    with pytest.raises(errors.AckWentBackError):
        transcript.receive(behind.seal_next(TO_VISITOR, "text", "late", os.urandom(24), "Anna"))


@given(order=st.permutations(range(len(TALK))))
def test_in_whatever_order_they_come_only_the_sent_order_of_each_direction_is_taken(order: list[int]) -> None:
    transcript = fresh()
    for number in order:
        before = [transcript.length(direction) for direction in (0, 1)]
        envelope = TALK[number]
        if envelope.seq == before[envelope.direction]:
            transcript.receive(envelope)
        else:
            with pytest.raises(errors.MissingBeforeError):
                transcript.receive(envelope)
            assert [transcript.length(direction) for direction in (0, 1)] == before


@given(text=TEXTS)
def test_whatever_somebody_writes_comes_out_the_same_and_in_a_bucket(text: str) -> None:
    envelope = fresh().seal_next(FROM_VISITOR, "text", text, os.urandom(24))
    assert fresh().receive(Envelope.from_bytes(envelope.to_bytes())).body == text
    assert len(envelope.ct) - 16 in BUCKETS


def test_what_is_too_long_for_the_largest_bucket_is_refused_before_it_is_sealed() -> None:
    with pytest.raises(errors.TooLongError):
        fresh().seal_next(FROM_VISITOR, "text", "x" * 16384, os.urandom(24))


@given(content=st.binary(max_size=400))
def test_filling_up_can_be_taken_off_again(content: bytes) -> None:
    assert unpad(pad_to_bucket(content)) == content
    assert len(pad_to_bucket(content)) in BUCKETS


@pytest.mark.parametrize("padded", [b"", bytes(256), b"\x01" + bytes(255)])
def test_filling_that_is_none_is_refused(padded: bytes) -> None:
    with pytest.raises(errors.PaddingError):
        unpad(padded)
    with pytest.raises(errors.TooLongError):
        pad(padded, len(padded))


FILE = {"file_id": encode(bytes(16)), "name": "a", "type": "b", "size": 1, "hash": encode(bytes(32))}


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text", ""),
        ("text", 1),
        ("end", "words"),
        ("picture", "words"),
        ("system", {"kind": "unknown", "value": ""}),
        ("system", {"kind": "joined", "value": "", "more": ""}),
        ("file", {**FILE, "size": -1}),
        ("file", {**FILE, "size": 1.5}),
        ("file", {**FILE, "size": True}),
        ("file", {**FILE, "hash": encode(bytes(31))}),
        ("file", {key: value for key, value in FILE.items() if key != "name"}),
        ("text", "\ud83d"),
    ],
)
def test_what_is_written_inside_must_be_one_of_the_kinds_there_are(kind: str, body: Body) -> None:
    with pytest.raises(errors.FormatError):
        write_inner(Inner(kind, body, ACK), FROM_VISITOR)


def test_only_the_desk_says_who_writes() -> None:
    with pytest.raises(errors.UnknownFieldError):
        write_inner(Inner("text", "words", ACK, "Anna"), FROM_VISITOR)
    with pytest.raises(errors.UnknownFieldError):
        write_inner(Inner("text", "words", ACK), TO_VISITOR)


@pytest.mark.parametrize(
    "spelling",
    [
        '{"ack":"%s","body":"words","t":"text"} ',
        '{"body":"words","ack":"%s","t":"text"}',
        '{"ack":"%s","body":"\\u0077ords","t":"text"}',
        '{"ack":"%s","body":"other","body":"words","t":"text"}',
        '{"ack":"%s=","body":"words","t":"text"}',
        '\ufeff{"ack":"%s","body":"words","t":"text"}',
        '["%s"]',
        "%s",
    ],
)
def test_another_spelling_of_what_is_inside_is_refused(spelling: str) -> None:
    with pytest.raises(errors.FormatError):
        read_inner((spelling % encode(ACK)).encode(), FROM_VISITOR)
    right = json.dumps({"ack": encode(ACK), "body": "words", "t": "text"}, separators=(",", ":"))
    assert read_inner(right.encode(), FROM_VISITOR).body == "words"


@given(content=st.binary(max_size=300))
def test_what_is_no_envelope_is_refused_as_such(content: bytes) -> None:
    with pytest.raises(errors.FormatError):
        Envelope.from_bytes(content)
    with pytest.raises(errors.FormatError):
        Opening.from_bytes(content)


def test_another_version_is_refused_by_name() -> None:
    with pytest.raises(errors.WrongVersionError):
        Envelope.from_bytes(b"\x02" + TALK[0].to_bytes()[1:])
    with pytest.raises(errors.WrongVersionError):
        Opening.from_bytes(b"\x02" + OPENING.to_bytes()[1:])
    with pytest.raises(errors.WrongLengthError):
        Opening.from_bytes(OPENING.to_bytes() + b"\x00")


def test_an_error_says_nothing_about_what_was_refused() -> None:
    for error in (errors.DoesNotOpenError, errors.ReplayedError, errors.WrongDeskError):
        assert str(error()) == error.sentence
