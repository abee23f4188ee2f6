"""Which codes of a report go along when somebody opens a case from it, named as the words name fields: entity.field.

What is sent is a form like any other: the room that opens cases judges it, and knows nothing of where it came from.
"""

from collections.abc import Mapping

from zicht.people.models import Account
from zicht.people.wording import RESTING, in_words, label_of_field
from zicht.signals import rules
from zicht.signals.intake import queries
from zicht.signals.models import Intake

OPENS_CASES = "cases.open"  # the right, as its own room calls it


def may_open_case(reader: Account, intake: Intake) -> bool:
    """Tell whether somebody can open a case from a report: a news desk has no register, and what is closed rests."""
    return intake.is_open and intake.compartment != rules.PRESS and reader.has_perm(OPENS_CASES)


def codes_along(intake: Intake) -> dict[str, list[tuple[str, str]]]:
    """Give the codes as fields of a form, and what they say; what is not known stays behind."""
    known: Mapping[str, Mapping[str, object]] = {
        "case": {"incoming_date": intake.received_on},
        "person": {"age_band": intake.age_band},
        "exploitation": {"forms": intake.forms, "means": means_of(intake)},
    }
    codes: list[tuple[str, str]] = []
    facts: list[tuple[str, str]] = []
    for entity, values in known.items():
        for name, value in values.items():
            if value in RESTING:
                continue
            items = value if isinstance(value, list) else [value]
            codes += [(f"{entity}.{name}", str(item)) for item in items]
            facts.append((label_of_field(entity, name), in_words(entity, name, value)))
    return {"codes": codes, "facts": facts}


def means_of(intake: Intake) -> list[str]:
    """Give the means that confirmed signals point to, in the order of the catalogue (column suggests_means)."""
    found = [signal for signal in queries.signals_of(intake) if signal.state == "confirmed"]
    return list(dict.fromkeys(means for signal in found for means in queries.means_of(signal.indicator)))
