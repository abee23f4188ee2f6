"""Bring together what the page of transfers shows: which case, between whom, in which state, and what one may do."""

from dataclasses import dataclass

from django.urls import reverse

from zicht.care.models import Transfer
from zicht.care.transfers import queries
from zicht.cases.models import Case
from zicht.people.models import Account
from zicht.people.short_codes import short_code
from zicht.people.wording import in_words

MOST_SHOWN = 100


@dataclass(frozen=True)
class Row:
    """A transfer as one of both sides sees it: without its code where that may not be known (any more)."""

    record: Transfer
    code: str
    address: str
    state: str
    may_give: bool
    may_take: bool
    may_refuse: bool
    may_take_back: bool


def rows(reader: Account) -> list[Row]:
    """Give the newest transfers that somebody sees."""
    found = list(queries.transfers_for(reader)[:MOST_SHOWN])
    seen = Case.objects.visible_to(reader).filter(pk__in=[one.case_id for one in found])
    open_to = set(seen.values_list("pk", flat=True))
    return [row(reader, one, is_seen=one.case_id in open_to) for one in found]


def row(reader: Account, transfer: Transfer, *, is_seen: bool = False) -> Row:
    """Say what somebody may do with a transfer; the case is led to where they see it."""
    is_asked, by_receiver = transfer.state == "asked", transfer.is_asked_by_receiver
    gives = is_asked and queries.may_give(reader, transfer.case)
    takes = is_asked and queries.may_take(reader, transfer)
    return Row(
        record=transfer,
        code=short_code(transfer.case_id) if queries.may_know_case(reader, transfer) else "",
        address=reverse("cases:case", args=[transfer.case_id]) if is_seen else "",
        state=in_words("transfer", "state", transfer.state),
        may_give=gives and by_receiver,
        may_take=takes and not by_receiver,
        may_refuse=gives if by_receiver else takes,
        may_take_back=(is_asked and transfer.to_org_id == reader.org_id) if by_receiver else gives,
    )
