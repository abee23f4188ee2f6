"""Who acts in the tests of barriers: the helpline keeps a model, the shelter must see nothing of it."""

import datetime as dt
from functools import cached_property

from tests.cases.cast import Cast as CasesCast
from tests.people.cast import colleague

from zicht.barriers.doing import actions
from zicht.barriers.models import BarrierAction, BarrierModel
from zicht.barriers.policy.actions import save_policy
from zicht.barriers.processes.actions import begin_draft, publish
from zicht.people.models import Account

TODAY = dt.date.today()  # noqa: DTZ011 - the day of the machine, as the actions take it
AGREED: dict[str, object] = {
    "barrier": "S1b",
    "area_code": "GM0363",
    "what": "Answer every report of approach within a day.",
    "lead_role": "trust and safety",
}
POLICY: dict[str, object] = {"state": "adopted", "source": "Council, file 12", "checked_on": TODAY}


class Cast(CasesCast):
    """Everybody in the tests of this room; somebody comes into being when a test first names them."""

    @cached_property
    def keeper(self) -> Account:
        """Keeps the model, the actions and the policy of the helpline."""
        return colleague(self.administrator, "petra", "policy_officer")

    @cached_property
    def stranger_keeper(self) -> Account:
        """Keeps a model at the shelter: must see nothing of the helpline."""
        return colleague(self.stranger, "paul", "care_coordinator")

    @cached_property
    def model(self) -> BarrierModel:
        """The first version of the model about minors."""
        return self.published("SEXMIN")

    def make_episode(self) -> None:
        """Let something have happened to the person of the case."""
        assert self.episode.person_id == self.person.pk

    def published(self, process: str, by: Account | None = None) -> BarrierModel:
        """Give a version in use, as Zicht brings it."""
        draft = begin_draft(by or self.keeper, process)
        return publish(by or self.keeper, draft.pk, "Taken over as it is.", draft.version)

    def action(self, **values: object) -> BarrierAction:
        """Give an action under that version."""
        wanted = {**AGREED, "lead_org": self.administrator.org_id, **values}
        return actions.add_action(self.keeper, self.model.pk, wanted)

    def running(self, since: dt.date, **values: object) -> BarrierAction:
        """Give an action that runs since a day."""
        action = self.action(start_on=since, **values)
        actions.move_action(self.keeper, action.pk, "agreed")
        return actions.move_action(self.keeper, action.pk, "running")

    def policy(self, municipality: str = "GM0363", **values: object) -> None:
        """Write down what is known of a municipality."""
        save_policy(self.keeper, municipality, {**POLICY, **values})
