"""Seal the access log with signed checkpoints, and prune what is old enough.

Every step that touches both the database and the file of seals is ordered so that a crash in between never looks like
tampering, and never lets tampering look like a crash.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zicht.people import keys
from zicht.people.log import anchors, chain, stored
from zicht.people.log.chain import End, LogError
from zicht.people.log.lines import append, take_turn
from zicht.people.log.seals import Kind, Seal
from zicht.people.models import AccessLine, Account, LogCheckpoint, LogPruning

MOST_YEARS: Final = 100
RETENTION_YEARS: Final = 5  # words: entity access_line, retention ("at least 5 years")


@dataclass(frozen=True, slots=True)
class Prunable:
    """Hold what a pruning would remove: all lines from `first` up to the checkpoint."""

    checkpoint: LogCheckpoint
    first: int
    lines: int

    def __str__(self) -> str:
        return f"Lines that are old enough: {self.lines}, from {self.first} to {self.checkpoint.through_sequence}."


def sign_checkpoint() -> LogCheckpoint | None:
    """Seal the log up to its newest line, when it is sound; None when there is nothing new.

    Raises Broken or LogError instead of sealing what does not fit the seals before it.
    """
    key = keys.signing_key(settings.KEYS_FOLDER)
    with anchors.locked(settings.KEYS_FOLDER, alone=True):
        start = _newest_sealed()
        end = _walk(start)
        if end == start:
            return None
        seal = _seal(Kind.CHECKPOINT, end, key)
        with transaction.atomic(durable=True):
            checkpoint = LogCheckpoint.objects.create(
                through_sequence=seal.through_sequence,
                line_hash=seal.line_hash,
                signed_at=seal.signed_at,
                key_id=seal.key_id,
                signature=seal.signature,
            )
        # After the commit: what the file promises, the database must have. A crash in between is made good next time.
        anchors.add(settings.KEYS_FOLDER, seal)
    return checkpoint


def acknowledge_restore() -> Seal:
    """Seal that the database was put back from a backup: later seals no longer stand, and every report says so."""
    key = keys.signing_key(settings.KEYS_FOLDER)
    with anchors.locked(settings.KEYS_FOLDER, alone=True):
        start = stored.pruned_end()
        end = _walk(start)
        if end == chain.START:
            raise LogError("The log has no line yet; sign in once, so that there is a line to seal.")
        seal = _seal(Kind.RESTORED, end, key)
        anchors.add(settings.KEYS_FOLDER, seal)
    return seal


def find_prunable(years: int = RETENTION_YEARS) -> Prunable | None:
    """Find the newest checkpoint of which every line is more than so many years old; None when there is none."""
    if not RETENTION_YEARS <= years <= MOST_YEARS:
        raise LogError(f"Lines of the access log are kept at least {RETENTION_YEARS} and at most {MOST_YEARS} years.")
    lines = AccessLine.objects.order_by("sequence")
    young = lines.filter(at__gte=_years_ago(years)).values_list("sequence", flat=True).first()
    reachable = LogCheckpoint.objects.filter(through_sequence__gt=stored.pruned_end().sequence)
    if young is not None:
        reachable = reachable.filter(through_sequence__lt=young)
    checkpoint = reachable.order_by("-through_sequence").first()
    if checkpoint is None:
        return None
    first = lines.values_list("sequence", flat=True)[0]
    return Prunable(checkpoint, first, lines.filter(sequence__lte=checkpoint.through_sequence).count())


def prune(checkpoint: LogCheckpoint, by: Account | None, *, years: int = RETENTION_YEARS) -> int:
    """Remove the lines up to a checkpoint for good and give their number; the removal itself is sealed and recorded.

    Raises Broken or LogError, and removes nothing, when a line is too young, the checkpoint was not signed by us, or
    the lines do not lead up to it: what may be evidence is not thrown away.
    """
    folder = settings.KEYS_FOLDER
    key = keys.signing_key(folder)
    with anchors.locked(folder, alone=True):
        prunable = find_prunable(years)
        if prunable is None or checkpoint.through_sequence > prunable.checkpoint.through_sequence:
            raise LogError("Some of these lines are not old enough to be removed.")
        _refuse_unless_sealed(checkpoint)
        end = stored.seal_of(checkpoint).end
        if _walk(stored.pruned_end(), through=end.sequence) != end:
            raise LogError("The lines do not lead up to this checkpoint. Run: zicht verify-log")
        seal = _seal(Kind.PRUNING, end, key)
        # Before the deletion: a pruning that was not announced here is one that nobody was allowed to do.
        anchors.add(folder, seal)
        return _remove(checkpoint, by, seal.signed_at)


def _newest_sealed() -> End:
    """Give the end of the newest checkpoint that database and file agree on; a half-made one is finished first."""
    folder = settings.KEYS_FOLDER
    in_file = [seal for seal in anchors.standing(anchors.read(folder)) if seal.kind is Kind.CHECKPOINT][-1:]
    in_database = [stored.seal_of(checkpoint) for checkpoint in stored.newest_checkpoints(2)]
    for seal in in_database[:1]:
        _refuse_unless_genuine(seal)
    if in_database[:1] == in_file:
        return in_file[0].end if in_file else chain.START
    if in_database[1:] == in_file:  # the machine stopped between the database and the file
        anchors.add(folder, in_database[0])
        return in_database[0].end
    raise LogError("The checkpoints in the database and in the file beside it differ. Run: zicht verify-log")


def _refuse_unless_sealed(checkpoint: LogCheckpoint) -> None:
    seal = stored.seal_of(checkpoint)
    _refuse_unless_genuine(seal)
    if seal not in anchors.standing(anchors.read(settings.KEYS_FOLDER)):
        raise LogError("This checkpoint is not in the file beside the database. Run: zicht verify-log")


def _refuse_unless_genuine(seal: Seal) -> None:
    if not seal.is_genuine(keys.public_key(settings.KEYS_FOLDER, seal.key_id)):
        raise LogError(f"The checkpoint through line {seal.through_sequence} was not signed by its key.")


def _walk(start: End, through: int | None = None) -> End:
    """Check the lines behind a place in the chain and give the last of them."""
    end = start
    for link in chain.check(stored.links(start.sequence, through), start):
        end = link.end
    return end


def _seal(kind: Kind, end: End, key: Ed25519PrivateKey) -> Seal:
    now = timezone.now().replace(microsecond=0)
    return Seal(kind, end.sequence, end.line_hash, now, keys.key_id_of(key.public_key())).signed(key)


def _remove(checkpoint: LogCheckpoint, by: Account | None, at: dt.datetime) -> int:
    through = checkpoint.through_sequence
    with transaction.atomic(durable=True):
        take_turn()
        pruning = LogPruning.objects.create(checkpoint=checkpoint, through_sequence=through, pruned_at=at, pruned_by=by)
        removed, _ = AccessLine.objects.filter(sequence__lte=through).delete()
        if by:
            append(by, "changed", "log_pruning", pruning.pk, purpose="administration")
    return removed


def _years_ago(years: int) -> dt.datetime:
    now = timezone.now()
    day = min(now.day, 28) if now.month == 2 else now.day  # 29 February exists only in some years
    return now.replace(year=now.year - years, day=day)
