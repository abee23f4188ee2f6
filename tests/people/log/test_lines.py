"""What a line of the access log may hold, and how it joins the chain."""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from tests.conftest import QueryLimit
from tests.people.log.conftest import Clock, Look, make_account

from zicht import words
from zicht.people import log
from zicht.people.log import chain, stored
from zicht.people.models import AccessLine, Account

pytestmark = pytest.mark.django_db
RECORD = "6f1e4a52-0c8d-4b43-9a37-2f0f6d1c9e10"


def test_a_line_says_who_did_what_to_which_record_and_why(noor: Account) -> None:
    record = uuid4()

    log.append(noor, "seen", "case", record, purpose="care", compartment="help")

    line = AccessLine.objects.get()
    assert (line.account, line.org, line.verb, line.subject) == (noor, noor.org, "seen", "case")
    assert (line.subject_id, line.purpose, line.compartment) == (str(record), "care", "help")


def test_the_lines_form_one_chain_from_the_first(look: Look) -> None:
    look(5)

    ends = [link.end for link in chain.check(stored.links())]

    assert [end.sequence for end in ends] == [1, 2, 3, 4, 5]
    assert AccessLine.objects.get(sequence=1).previous_hash == "0" * 64


def test_a_line_stands_under_the_organisation_whose_record_it_is(noor: Account) -> None:
    other = make_account("daan").org

    line = log.append(noor, "seen", "case", uuid4(), purpose="care", compartment="help", org=other)

    assert (line.account_id, line.org_id) == (noor.pk, other.pk)


def test_the_time_is_kept_to_the_second(look: Look, clock: Clock) -> None:
    clock(dt.datetime(2026, 3, 2, 10, 0, 0, 999_999, tzinfo=dt.UTC))

    look(1)

    assert AccessLine.objects.get().at == dt.datetime(2026, 3, 2, 10, 0, 0, tzinfo=dt.UTC)


def test_a_failed_sign_in_on_a_word_of_nobody_has_no_account(db: None) -> None:
    line = log.append(None, "sign_in_failed", "account", purpose="security")

    assert (line.account, line.org) == (None, None)


def test_what_the_installation_itself_erased_for_an_organisation_has_no_account(noor: Account) -> None:
    line = log.append(None, "erased", "person", uuid4(), purpose="supervision", compartment="help", org=noor.org)

    assert (line.account, line.org) == (None, noor.org)


@pytest.mark.parametrize("verb", ["seen", "erased"])
def test_nothing_else_is_written_without_an_account(db: None, verb: str) -> None:
    with pytest.raises(log.WrongLine, match="account"):
        log.append(None, verb, "account", uuid4(), purpose="security")


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "peeked"),
        ("verb", ""),
        ("subject", "secret_diary"),
        ("subject", ""),
        ("purpose", "curiosity"),
        ("purpose", ""),
        ("compartment", "cellar"),
    ],
)
def test_what_is_no_term_of_the_vocabulary_is_refused(noor: Account, field: str, value: str) -> None:
    good: dict[str, Any] = {"verb": "seen", "subject": "case", "purpose": "care", "compartment": "help"}

    with pytest.raises(log.WrongLine, match=field):
        log.append(noor, **{**good, field: value})

    assert not AccessLine.objects.exists()


@pytest.mark.parametrize("identifier", ["NL-0363", "Z-1", RECORD, ""])
def test_identifiers_and_short_codes_are_taken(noor: Account, identifier: str) -> None:
    assert log.append(noor, "seen", "case", identifier, purpose="care").subject_id == identifier


@pytest.mark.parametrize(
    "text",
    [
        "Jansen",
        "Maria Lopez",
        "maria@example.org",
        "0612345678",
        "+31612345678",
        "123456782",
        "1990-05-17",
        "NL91ABNA0417164300",
        "NL-0999\n",
        RECORD.upper(),
        f"{RECORD} and more",
        "ÀB-12",
    ],
)
def test_nothing_that_could_be_about_a_person_gets_in_as_an_identifier(noor: Account, text: str) -> None:
    with pytest.raises(log.WrongLine) as refused:
        log.append(noor, "searched", "case", text, purpose="care")

    assert text.strip() not in str(refused.value)
    assert not AccessLine.objects.exists()


def test_a_line_goes_with_the_transaction_it_tells_of_and_leaves_no_gap(look: Look) -> None:
    look(2)
    with transaction.atomic():
        look(3)
        transaction.set_rollback(True)
    look(2)

    assert [link.line.sequence for link in chain.check(stored.links())] == [1, 2, 3, 4]


def test_lines_inside_an_outer_transaction_follow_each_other(look: Look) -> None:
    with transaction.atomic():
        look(2)
        with transaction.atomic():
            look(2)
    look(1)

    assert len(list(chain.check(stored.links()))) == 5


def test_a_line_costs_a_page_at_most_four_queries(look: Look, at_most_queries: QueryLimit) -> None:
    look(1)

    with at_most_queries(4):
        look(1)


def test_the_years_that_lines_are_kept_are_those_of_the_words() -> None:
    retention = words.vocabulary().entities["access_line"].retention

    assert retention.startswith(f"at least {log.RETENTION_YEARS} years")


def test_after_everything_was_pruned_the_chain_goes_on(keys_folder: Path, look: Look, clock: Clock) -> None:
    clock(dt.datetime(2019, 1, 1, tzinfo=dt.UTC))
    look(3)
    checkpoint = log.sign_checkpoint()
    clock(dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    assert checkpoint
    assert log.prune(checkpoint, None) == 3

    line = look(1)[0]

    assert (line.sequence, line.previous_hash) == (4, checkpoint.line_hash)
