"""Bring together what the page of transfers shows: which case, between whom, in which state, and what one may do."""

from dataclasses import dataclass

from zicht.care.models import Transfer
from zicht.care.transfers import queries
from zicht.people.models import Account
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words

MOST_SHOWN = 100


@dataclass(frozen=True)
class Row:
    """A transfer as one of both sides sees it."""

    record: Transfer
    code: str
    state: str
    may_give: bool
    may_take: bool
    may_refuse: bool
    may_take_back: bool


def rows(reader: Account) -> list[Row]:
    """Give the newest transfers that somebody sees."""
    return [row(reader, one) for one in queries.transfers_for(reader)[:MOST_SHOWN]]


def row(reader: Account, transfer: Transfer) -> Row:
    """Say what somebody may do with a transfer."""
    is_asked, by_receiver = transfer.state == "asked", transfer.is_asked_by_receiver
    gives = is_asked and queries.may_give(reader, transfer.case)
    takes = is_asked and queries.may_take(reader, transfer)
    return Row(
        record=transfer,
        code=short_code(transfer.case_id),
        state=in_words("transfer", "state", transfer.state),
        may_give=gives and by_receiver,
        may_take=takes and not by_receiver,
        may_refuse=gives if by_receiver else takes,
        may_take_back=(is_asked and transfer.to_org_id == reader.org_id) if by_receiver else gives,
    )
