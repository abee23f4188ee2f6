"""What figures need of barriers: states of actions between organisations, and of policy of municipalities."""

from zicht import words
from zicht.barriers.models import BarrierAction, Policy
from zicht.people.models import Organisation


def read_actions(organisation: Organisation) -> list[tuple[str, str, str]]:
    """Give process, step and state of every action, as it stands now."""
    return list(BarrierAction.objects.filter(org=organisation).order_by().values_list("process", "step", "state"))


def read_policies(organisation: Organisation) -> list[tuple[str, str]]:
    """Give state and province of the policy of every municipality that was looked up; nothing where none was."""
    towns = words.municipalities()
    known = dict(Policy.objects.filter(org=organisation).order_by().values_list("municipality", "state"))
    return [(known.get(code, "not_asked"), town.province) for code, town in towns.items()] if known else []
