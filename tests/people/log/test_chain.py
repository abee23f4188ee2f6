"""The chain of hashes, without a database."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zicht.people.log import chain
from zicht.people.log.chain import Broken, End, Fault, Line, Link

AT = dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC)
TEXTS = ("account_id", "org_id", "compartment", "verb", "subject", "subject_id", "purpose")
storable = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
moments = st.datetimes(timezones=st.just(dt.UTC))
lines = st.builds(
    Line, st.integers(1, 2**63 - 1), moments, storable, storable, storable, storable, storable, storable, storable
)


def chained(count: int, start: End = chain.START) -> list[Link]:
    """Give a sound chain of some lines behind a place."""
    links = []
    for sequence in range(start.sequence + 1, start.sequence + count + 1):
        at = AT + dt.timedelta(seconds=sequence)
        line = Line(sequence, at, "noor", "house", "help", "seen", "case", f"Z-{sequence}", "care")
        links.append(Link(line, start.line_hash, chain.link(start.line_hash, line)))
        start = links[-1].end
    return links


def fault_of(links: Iterable[Link], start: End = chain.START) -> tuple[int, Fault]:
    """Give number and kind of the first break."""
    with pytest.raises(Broken) as broken:
        list(chain.check(links, start))
    return broken.value.sequence, broken.value.fault


def netstrings(data: bytes) -> Iterator[str]:
    """Take netstrings apart again, as their author describes them."""
    while data:
        length, _, rest = data.partition(b":")
        size = int(length)
        assert rest[size : size + 1] == b","
        yield rest[:size].decode()
        data = rest[size + 1 :]


def test_the_byte_form_of_a_line_never_changes() -> None:
    # The hash was made outside Python: printf '64:0000…,19:zicht access line 1,1:7,…' | sha256sum
    line = Line(7, AT, "a", "", "help", "seen", "case", "Z-1", "care")

    content = b"1:7,32:2026-03-02T09:30:00.000000+00:00,1:a,0:,4:help,4:seen,4:case,3:Z-1,4:care,"
    assert line.canonical() == b"19:zicht access line 1," + content
    assert chain.link("0" * 64, line) == "45ae5077abbabdce6f4f4ccae5be55673d143c13f6c8f5ead5e9e2aeadc31e08"


@given(lines)
def test_the_byte_form_can_be_read_back_so_no_two_lines_share_one(line: Line) -> None:
    name, sequence, at, *texts = netstrings(line.canonical())

    again = Line(int(sequence), dt.datetime.fromisoformat(at), *texts)
    assert (name, again) == ("zicht access line 1", line)


@given(lines, lines)
def test_two_different_lines_never_give_the_same_bytes(one: Line, other: Line) -> None:
    assert (one.canonical() == other.canonical()) == (one == other)


@given(lines, st.sampled_from(TEXTS), st.sampled_from(TEXTS), storable)
def test_moving_text_from_one_field_to_another_gives_other_bytes(line: Line, here: str, there: str, text: str) -> None:
    one = dataclasses.replace(line, **{here: getattr(line, here) + text})
    other = dataclasses.replace(line, **{there: text + getattr(line, there)})

    assert (one.canonical() == other.canonical()) == (one == other)


@given(st.lists(lines, max_size=6))
def test_a_hash_covers_all_lines_before_it(content: list[Line]) -> None:
    by_hand = "0" * 64
    end = chain.START
    for number, line in enumerate(content, start=1):
        numbered = dataclasses.replace(line, sequence=number)
        by_hand = hashlib.sha256(b"64:" + by_hand.encode() + b"," + numbered.canonical()).hexdigest()
        end = End(number, chain.link(end.line_hash, numbered))

    assert end.line_hash == by_hand


def test_the_same_moment_in_another_time_zone_is_the_same_line() -> None:
    amsterdam = AT.astimezone(dt.timezone(dt.timedelta(hours=1)))
    line = chained(1)[0].line

    assert dataclasses.replace(line, at=amsterdam).canonical() == dataclasses.replace(line, at=AT).canonical()


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        chain.moment(AT.replace(tzinfo=None))


def test_a_sound_chain_comes_through_whole() -> None:
    links = chained(20)

    assert list(chain.check(links)) == links


def test_an_empty_log_is_sound() -> None:
    assert list(chain.check([])) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [("at", AT + dt.timedelta(microseconds=1)), *((name, "other") for name in TEXTS)],
)
def test_a_change_in_any_field_shows_at_that_line(field: str, value: Any) -> None:
    links = chained(5)
    links[2] = dataclasses.replace(links[2], line=dataclasses.replace(links[2].line, **{field: value}))

    assert fault_of(links) == (3, Fault.CHANGED)


@pytest.mark.parametrize("field", ["previous_hash", "line_hash"])
def test_a_change_in_a_hash_shows_at_that_line(field: str) -> None:
    links = chained(5)
    other: dict[str, Any] = {field: "f" * 64}
    links[2] = dataclasses.replace(links[2], **other)

    assert fault_of(links) == (3, Fault.CHANGED)


def test_a_line_that_was_rewritten_with_its_hash_shows_at_the_next() -> None:
    links = chained(5)
    line = dataclasses.replace(links[2].line, account_id="somebody else")
    links[2] = Link(line, links[2].previous_hash, chain.link(links[2].previous_hash, line))

    assert fault_of(links) == (4, Fault.REPLACED)


@pytest.mark.parametrize("gone", [1, 3])
def test_a_missing_line_is_named(gone: int) -> None:
    links = chained(5)
    del links[gone - 1]

    assert fault_of(links) == (gone, Fault.MISSING)


def test_lines_that_were_renumbered_over_a_gap_show() -> None:
    links = chained(5)
    renumbered = [
        dataclasses.replace(link, line=dataclasses.replace(link.line, sequence=number))
        for number, link in enumerate([links[0], links[2], links[3]], start=1)
    ]

    assert fault_of(renumbered) == (2, Fault.REPLACED)


def test_lines_in_another_order_show() -> None:
    links = chained(5)

    assert fault_of([links[0], links[1], links[1]]) == (2, Fault.ORDER)
    assert fault_of([links[0], links[2], links[1]]) == (2, Fault.MISSING)


def test_two_lines_that_swapped_their_content_show_at_the_first() -> None:
    links = chained(5)
    links[1], links[2] = (
        dataclasses.replace(links[1], line=dataclasses.replace(links[2].line, sequence=2)),
        dataclasses.replace(links[2], line=dataclasses.replace(links[1].line, sequence=3)),
    )

    assert fault_of(links) == (2, Fault.CHANGED)


def test_a_chain_may_start_behind_a_pruned_part() -> None:
    links = chained(8)

    assert list(chain.check(links[5:], links[4].end)) == links[5:]


def test_a_chain_of_another_log_shows_at_the_start() -> None:
    links = chained(3, End(5, "e" * 64))

    assert fault_of(links, End(5, "d" * 64)) == (6, Fault.WRONG_START)


def test_lines_that_should_have_been_pruned_show() -> None:
    links = chained(8)

    assert fault_of(links[4:], links[4].end) == (5, Fault.ORDER)


def test_a_check_never_reads_further_than_it_has_to() -> None:
    def endless() -> Iterator[Link]:
        yield from chained(3)
        raise AssertionError("read on behind what was asked")

    stream = chain.check(endless())

    assert [next(stream).line.sequence for _ in range(3)] == [1, 2, 3]


@pytest.mark.parametrize("fault", list(Fault))
def test_every_fault_has_a_sentence_with_the_number_of_the_line(fault: Fault) -> None:
    assert "42" in str(Broken(42, fault))
