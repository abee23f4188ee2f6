"""Make a dossier for a partner outside Zicht, and note that the partner was asked to delete it."""

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from zicht.care import events, rules
from zicht.care.dossiers import sealing
from zicht.care.errors import (
    NoMoreSharedError,
    NoSigningKeyError,
    NothingToDeleteError,
    WrongReferralStepError,
)
from zicht.care.models import Referral, SealedDossier
from zicht.care.referrals import queries
from zicht.care.referrals.actions import hold_sent
from zicht.care.referrals.pages import page_received
from zicht.cases.models import Case
from zicht.people import keys
from zicht.people.actions import record_access
from zicht.people.code_fields import language
from zicht.people.locked_files import File
from zicht.people.models import Account
from zicht.people.set_up_codes import make_code, normalise

CONTENT_TYPE = "application/json"
ENDING = "zicht"


@dataclass(frozen=True)
class Made:
    """A dossier that was made, with its file; the code is in the file's `password` and kept nowhere."""

    record: SealedDossier
    file: File = field(repr=False)


@transaction.atomic
def make_dossier(by: Account, case: Case, referral: Referral, days: int) -> Made:
    """Make the dossier of a referral to a partner outside: what goes along, readable for some days with a code.

    It is asked once more whether the person still agrees. Raises NoMoreSharedError where nothing may go (any more),
    NoSigningKeyError where this Zicht has no key to sign with.
    """
    referral = hold_sent(by, case, referral)
    if days not in rules.DOSSIER_DAYS or queries.is_inside(referral.to_org):
        raise WrongReferralStepError
    if referral.share is None or not queries.standing([referral]):
        raise NoMoreSharedError
    expires_on = timezone.localdate() + dt.timedelta(days=days)
    code = make_code()
    try:
        key = keys.signing_key(settings.KEYS_FOLDER)
    except keys.KeysError as error:
        raise NoSigningKeyError from error
    content = sealing.seal(_content(referral, expires_on), normalise(code), key)
    line = SealedDossier(referral=referral, share=referral.share, by=by, expires_on=expires_on)
    line.made_at = rules.whole_hour(timezone.now())
    line.key_id = keys.key_id_of(key.public_key())
    line.file_hash = hashlib.sha256(content).hexdigest()
    line.save(force_insert=True)
    events.remember(by, "dossier", referral, record=line.pk)
    record_access(by, "exported", referral.words_entity, referral.pk, compartment=case.compartment)
    # The name of the file says nothing: it stands in the list of downloads of two computers.
    return Made(line, File(content, f"dossier-{line.file_hash[:8]}.{ENDING}", CONTENT_TYPE, password=code))


def _content(referral: Referral, expires_on: dt.date) -> sealing.Content:
    page = page_received(referral)
    return sealing.Content(
        sender=page.sender,
        receiver=str(referral.to_org),
        case=page.code,
        made_on=timezone.localdate().isoformat(),
        expires_on=expires_on.isoformat(),
        language=language(),
        asked=tuple(page.asked),
        along=tuple(page.along),
    )


@transaction.atomic
def note_recall(by: Account, case: Case, referral: Referral) -> Referral:
    """Note that the partner was asked to delete what it got, and said to have done so or not."""
    referral = hold_sent(by, case, referral, is_ending=True)
    if not queries.is_to_be_recalled(referral):
        raise NothingToDeleteError
    events.remember(by, "recalled", referral)
    record_access(by, "changed", referral.words_entity, referral.pk, compartment=case.compartment)
    return referral
