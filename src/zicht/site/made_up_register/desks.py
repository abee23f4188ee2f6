"""Whose made-up registers there are in the demo."""

from zicht.site.made_up_register.cases import Desk

HELP = Desk(
    org="help",
    compartment="help",
    owners={"case_worker": 0.5, "care_coordinator": 0.35, "counsellor": 0.1, "desk_lead": 0.05},
    team=("shelter_worker", "case_worker", "counsellor"),
)
# A handful, so that it can be seen that nobody looks through the wall between them.
POLICE = Desk(
    org="police",
    compartment="enforce",
    owners={"signal_officer": 1},
    chat_share=0,
    has_partners=False,
    asks_consent=False,
)
