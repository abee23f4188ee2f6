"""Erase the cases, persons and reports whose retention is over, with their keys; run it every day."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from zicht.cases.errors import CasesError
from zicht.cases.rights.erasing import Eraser, organisation_of
from zicht.cases.rights.retention.actions import Retained, erase_due
from zicht.cases.rights.retention.bookkeeping import old_bookkeeping
from zicht.cases.rights.retention.match_keys import destroy_match_keys, old_match_keys
from zicht.cases.rights.retention.queries import Due, DueRecord, find_due, term_of
from zicht.cases.rights.retention.sweeping import DoubtfulKeysError, sweep
from zicht.people.management.typed import is_typed
from zicht.people.models import Account, Organisation
from zicht.people.tables import look_at_tables
from zicht.signals.intake.retaining import count_old_reports, erase_old_reports, forget_spots


class Command(BaseCommand):
    """Show what is past its term, ask, and erase it for good."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        """Add preview, in whose name it is done, and confirmation."""
        parser.add_argument("--preview", action="store_true", help="only show what would be erased, and why")
        parser.add_argument(
            "--by", metavar="LOGIN", help="privacy officer in whose name and for whose organisation it is done"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask for a typed confirmation")

    def handle(self, *_args: Any, preview: bool, by: str | None, yes: bool, **_options: Any) -> None:
        """Erase, or say what would be erased, or say why not."""
        with translation.override("en"):  # as all that commands say
            if preview:
                return self._preview(by)
            for eraser in [_find(by)] if by else _keeping():
                self._erase(eraser, yes, alone=bool(by))
            if count := forget_spots():
                self.stdout.write(f"Forgot {count} marks of places of closed years.")
            self._sweep()
            return look_at_tables()

    def _preview(self, by: str | None) -> None:
        for organisation in [_find(by).org] if by else _keeping():
            self.stdout.write(f"{organisation}: {_term(organisation)}")
            due = find_due(organisation)
            for line in _lines(due):
                self.stdout.write(f"  {line}")
            for entity, count in old_bookkeeping(organisation).items():
                self.stdout.write(f"  {count} of {entity}")
            if count := old_match_keys(organisation).count():
                self.stdout.write(f"  {count} match keys of closed years")
            if count := count_old_reports(organisation, term_of(organisation).years):
                self.stdout.write(f"  {count} reports that were weighed and closed")
            self.stdout.write(f"  {due.records} records would be erased, {len(due.kept)} are kept.")

    def _erase(self, eraser: Eraser, yes: bool, *, alone: bool) -> None:
        organisation = organisation_of(eraser)
        if not alone:
            self.stdout.write(f"{organisation}: {_term(organisation)}")
        if alone or term_of(organisation).years is not None:
            self._erase_due(eraser, yes)
        if count := destroy_match_keys(eraser):
            self.stdout.write(f"Destroyed {count} match keys of closed years.")
        if count := erase_old_reports(eraser, term_of(organisation).years):
            self.stdout.write(f"Erased {count} reports that were weighed and closed.")

    def _erase_due(self, eraser: Eraser, yes: bool) -> None:
        """Ask for the number of records: a habit of typing yes does not help here."""
        due = find_due(organisation_of(eraser))
        if due.records:
            self.stdout.write(f"{due.records} records are past their term. They cannot be brought back.")
        if due.records and not yes and not is_typed("Type the number of records to go on: ", str(due.records)):
            raise CommandError("Nothing was erased.")
        try:
            # Where nobody was asked, nobody has seen a number that could have changed.
            self._say(erase_due(eraser, expected=None if yes else due.records, tell=self._tell))
        except CasesError as refusal:
            raise CommandError(str(refusal)) from refusal

    def _sweep(self) -> None:
        try:
            sweep()
        except DoubtfulKeysError as doubt:
            raise CommandError(str(doubt)) from doubt
        # Not how many: keys of news desks are among them, and of those nobody outside learns a number.
        self.stdout.write("Destroyed the keys that belonged to no record.")

    def _tell(self, count: int) -> None:
        if self.stderr.isatty():
            self.stderr.write(f"\r{count} records erased", ending="")

    def _say(self, done: Retained) -> None:
        self.stdout.write(f"Erased {done.records.cases} cases and {done.records.persons} persons for good.")
        for entity, count in done.bookkeeping.items():
            self.stdout.write(f"Erased {count} of {entity}.")


def _find(login: str) -> Account:
    """Find the privacy officer in whose name it is done."""
    account = Account.objects.filter(login=login.lower(), status="active").first()
    if account is None or not account.has_perm("cases.erase_after_retention"):
        raise CommandError(
            "Name a privacy officer with --by LOGIN: it has to be an active account with that role. Nothing was erased."
        )
    return account


def _keeping() -> list[Organisation]:
    """Give every organisation that keeps records: those without accounts are only named in records."""
    return list(Organisation.objects.filter(accounts__isnull=False).distinct().order_by("org_name"))


def _term(organisation: Organisation) -> str:
    term = term_of(organisation)
    if term.years is None:
        return "no term is set, so nothing is erased by itself."
    source = f"set on {term.rule.set_at:%Y-%m-%d}" if term.rule else f"of regime {organisation.legal_regime}"
    return f"kept for {term.years} years after closing or the last change ({source})."


def _lines(due: Due) -> list[str]:
    going = [f"{_name(one)} term ended on {one.ended_on}" for one in (*due.cases, *due.persons)]
    return going + [f"{_name(one)} is kept: {one.kept_because}" for one in due.kept]


def _name(record: DueRecord) -> str:
    return f"{record.entity} {record.code}, last changed {record.last_day},"
