"""A barrier approach to look at: a model in use, a draft beside it, an action, and the policy of a municipality."""

import datetime as dt
from uuid import UUID

from django.utils import timezone

from tests.browser.register import CASE
from zicht.barriers.doing import actions
from zicht.barriers.holding.actions import make_sums
from zicht.barriers.policy.actions import save_policy
from zicht.barriers.processes.actions import begin_draft, publish
from zicht.people.models import Account

DRAFT, ACTION = UUID("a1111111-1111-4111-8111-111111111111"), UUID("a2222222-2222-4222-8222-222222222222")
ROOT = "/staff/barriers/"
OF_A_DRAFT = f"{ROOT}drafts/{DRAFT}/"
OF_CASE_WORKERS = (
    ROOT,
    *(f"{ROOT}{page}" for page in ("actions/", "processes/", "processes/SEXMIN/", "processes/SEXMIN/matrix/")),
    *(
        f"{ROOT}{page}"
        for page in ("processes/SEXMIN/versions/", "processes/SEXMIN/versions/1/", "processes/STATELAB/")
    ),
    f"{ROOT}processes/SEXMIN/versions/1/matrix/",
    *(f"{ROOT}{page}" for page in ("sums/", "policy/", "policy/GM0363/", "policy/GM0014/")),
    f"{ROOT}actions/{ACTION}/",
    f"{ROOT}cases/{CASE}/",
)
OF_COORDINATORS = (
    f"{ROOT}actions/{ACTION}/change/",
    f"{ROOT}actions/{ACTION}/evaluate/",
    f"{ROOT}processes/add/",
    f"{ROOT}processes/SEXMIN/actions/add/",
    OF_A_DRAFT,
    f"{OF_A_DRAFT}publish/",
    f"{OF_A_DRAFT}steps/add/",
    f"{OF_A_DRAFT}steps/L1/",
    f"{OF_A_DRAFT}steps/L1/barriers/add/",
    f"{OF_A_DRAFT}steps/L1/barriers/L1a/",
    f"{ROOT}policy/GM0363/change/",
    f"{ROOT}policy/take-in/",
)


def make_barriers(keeper: Account) -> None:
    """Let there be one of each."""
    today = timezone.localdate()
    draft = begin_draft(keeper, "SEXMIN")
    model = publish(keeper, draft.pk, "Taken over.", draft.version)
    begin_draft(keeper, "FORCEDLAB", model_id=DRAFT)
    agreed: dict[str, object] = {
        "barrier": "S2a",
        "area_code": "Nederland",
        "lead_org": keeper.org_id,
        "what": "Images taken down within a day.",
        "due_on": today - dt.timedelta(days=1),
    }
    actions.add_action(keeper, model.pk, agreed, action_id=ACTION)
    for state in ("agreed", "running"):
        actions.move_action(keeper, ACTION, state)
    policy: dict[str, object] = {"state": "in_use", "source": "Council, file 12", "checked_on": today}
    save_policy(keeper, "GM0363", {**policy, "look_again_on": today})
    make_sums(keeper, f"{today.year - 1}-1")
