"""Bring together what is shown of accounts: every version beside the others, none marked as the true one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from zicht.care.accounts.actions import NOTES
from zicht.care.plan.doors import Door
from zicht.care.plan.models import AccountVersion, PlanEvent
from zicht.people.code_fields import label_of
from zicht.people.sealed import reveal_each
from zicht.people.wording import in_words, label_of_field

FACTS = ("told_on", "told_to", "setting", "language", "interpreter")


@dataclass(frozen=True)
class AccountShown:
    """One version: how it was told, what was noted of it later, and on its own page what was told."""

    record: AccountVersion
    facts: list[tuple[str, str]]
    line: str
    notes: list[str]
    is_withdrawn: bool
    text: str
    may_note: list[tuple[str, str]]


def accounts_of(door: Door, *, with_texts: bool = False) -> list[AccountShown]:
    """Give the versions to the team only, in the order in which they were written down."""
    if not door.is_own or not door.reads_texts:
        return []
    found = list(AccountVersion.objects.filter(person=door.person, case=door.case).order_by("version"))
    noted = _noted(found)
    texts: Mapping[object, str] = reveal_each(found, "text") if with_texts else {}
    return [_shown(one, noted.get(one.pk, frozenset()), texts.get(one.pk, "")) for one in found]


def _noted(accounts: Iterable[AccountVersion]) -> dict[UUID, frozenset[str]]:
    steps = PlanEvent.objects.filter(record_ref__in=[one.pk for one in accounts], step__in=NOTES.values())
    found: dict[UUID, frozenset[str]] = {}
    for step in steps:
        if step.record_ref:
            found[step.record_ref] = found.get(step.record_ref, frozenset()) | {step.step}
    return found


def _shown(account: AccountVersion, noted: frozenset[str], text: str) -> AccountShown:
    facts = [(label_of_field("account_version", name), _value(account, name)) for name in FACTS]
    is_withdrawn = NOTES["withdrawn"] in noted
    open_notes = [] if is_withdrawn else [what for what, step in NOTES.items() if step not in noted]
    return AccountShown(
        record=account,
        facts=facts,
        line=", ".join(_value(account, name) for name in ("told_on", "told_to", "setting")),
        notes=[label_of("account_state", what) for what, step in NOTES.items() if step in noted],
        is_withdrawn=is_withdrawn,
        text=text,
        may_note=[(what, label_of("account_state", what)) for what in open_notes],
    )


def _value(account: AccountVersion, name: str) -> str:
    return in_words("account_version", name, getattr(account, name))
