"""Keep the five steps of the Dutch reporting code at a report: when, advice of whom, weighing, decision.

Besluit verplichte meldcode huiselijk geweld en kindermishandeling, art. 2. Nothing is sent from here: whether somebody
reports to Veilig Thuis is that person's decision, and is done outside this system.
"""

from django.db import transaction

from zicht.people.models import Account
from zicht.people.wording import RESTING
from zicht.signals.intake.errors import ChangedMeanwhileError
from zicht.signals.intake.saving import Values, lock, log_change, remember
from zicht.signals.models import Intake, Meldcode

TYPED = (
    *("mapped_on", "advice_on", "advice_of", "advice", "talked_on", "is_not_talked", "weighed_on", "weighing"),
    *("grounds", "decided_on", "decision"),
)


@transaction.atomic
def keep_steps(by: Account, intake: Intake, values: Values, *, version: int) -> Meldcode:
    """Keep the steps that were taken; whoever first fills in the decision is the one who decided.

    `version` is that of the steps as they were read, 0 where there were none.
    """
    found = lock(by, intake.pk)
    kept = Meldcode.objects.select_for_update().filter(intake=found).first()
    if (kept.version if kept else 0) != version:
        raise ChangedMeanwhileError
    record = kept or Meldcode(intake=found, version=0)
    before = record.decision
    for name in TYPED:
        setattr(record, name, values[name])
    if record.decision != before:
        record.decided_by = None if record.decision in RESTING else by
    record.version += 1
    record.save()
    remember(by, found, "meldcode")
    log_change(by, found)
    return record
