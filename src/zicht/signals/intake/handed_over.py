"""Codes that another page hands to the page that takes something in: read and judged like what somebody types.

They come in the body of a form, as JSON in the field `taken`, from where somebody opened a report or a checklist in a
browser, or looked at a contact. Nothing is stored by it: the page shows it filled in, and says in a sentence what of it
is not taken. A postcode and a house number go into their inputs once and are not kept.
"""

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from zicht import words
from zicht.people.code_fields import field_label, language
from zicht.signals import rules
from zicht.signals.intake.forms import day_of

MARK = "handed-over"  # in the body: these are codes to begin with, and no form that is sent
FIELD = "taken"
VERSION = 1
LARGEST = 64 * 1024  # characters
MOST_SIGNALS = 200  # the catalogue has about a hundred
CODES = ("source", "channel", "kind", "role", "urgency", "forms", "timing", "age_band", "observer", "situation")
STATES = ("noted", "absent")
# Keys of the JSON beside the codes: read apart, or of no use here.
BESIDE = frozenset(
    {"v", "received_on", "received_hour", "municipality", "postcode", "house_number", "signals", "source_yes", "seen"}
)


@dataclass
class HandedOver:
    """Hold what may be filled in, and a sentence for what may not."""

    values: dict[str, object] = field(default_factory=dict)
    spot: dict[str, str] = field(default_factory=dict)
    signals: list[dict[str, object]] = field(default_factory=list)
    source_yes: bool | None = None
    problems: list[str] = field(default_factory=list)


def read(sent: QueryDict) -> HandedOver | None:
    """Read what was handed over; None for every other form."""
    if MARK not in sent:
        return None
    handed = HandedOver()
    taken = _parse(sent.get(FIELD, ""))
    if taken is None:
        handed.problems.append(
            _("What was handed over cannot be read, so nothing is filled in. It still is where it was opened.")
        )
        return handed
    _take_codes(handed, taken)
    _take_places(handed, taken)
    take_signals(handed, taken.get("signals"))
    if isinstance(taken.get("source_yes"), bool):
        handed.source_yes = taken["source_yes"]
    if set(taken) - BESIDE - set(CODES):
        handed.problems.append(_("Something was handed over that intake is not asked. It was left out."))
    return handed


def _parse(written: str) -> dict[str, Any] | None:
    taken = parse_json(written)
    return taken if isinstance(taken, dict) and taken.get("v") == VERSION else None


def parse_json(written: str) -> object:
    """Read what a form carries as JSON; None for what is none, or too much."""
    try:
        return json.loads(written) if len(written) <= LARGEST else None
    except (ValueError, RecursionError):
        return None


def _take_codes(handed: HandedOver, taken: Mapping[str, Any]) -> None:
    for name in CODES:
        if taken.get(name) not in (None, "", []):
            _take(handed, name, taken[name])
    written = taken.get("received_on")
    if isinstance(written, str) and written:
        _take(handed, "received_on", day_of(written) or written)
    if isinstance(taken.get("received_hour"), int) and not isinstance(taken["received_hour"], bool):
        _take(handed, "received_hour", taken["received_hour"])


def _take(handed: HandedOver, name: str, value: object) -> None:
    problem = words.check_value("intake", name, value)
    broken = None if problem else rules.broken_constraints("intake", {name: value}, _today()).get(name)
    if told := problem or broken:
        handed.problems.append(f"{field_label('intake', name)}: {told.in_language(language())}")
    else:
        handed.values[name] = value


def _take_places(handed: HandedOver, taken: Mapping[str, Any]) -> None:
    if taken.get("municipality"):
        _take(handed, "place_code", taken["municipality"])
    for name in ("postcode", "house_number"):
        if isinstance(taken.get(name), str):
            handed.spot[name] = taken[name][:20]


def take_signals(handed: HandedOver, given: object) -> None:
    """Take the signals that are of the catalogue and complete; say when some are not."""
    signals = given if isinstance(given, list) else []
    left_out = 0 if isinstance(given, list) or given is None else 1
    seen: set[object] = set()
    for one in signals[:MOST_SIGNALS]:
        signal = _signal(one)
        if signal is None or signal["indicator"] in seen:
            left_out += 1
        else:
            seen.add(signal["indicator"])
            handed.signals.append(signal)
    if left_out or len(signals) > MOST_SIGNALS:
        handed.problems.append(_("Some signals are not of the catalogue, or not complete. They were left out."))


def _signal(given: object) -> dict[str, object] | None:
    """Give a signal as an action takes it; None for what is none."""
    if not isinstance(given, dict):
        return None
    code, state, written = given.get("indicator"), given.get("state", "noted"), given.get("observed_on")
    day = day_of(written) if isinstance(written, str) and written else None
    signal = {"indicator": code, "basis": given.get("basis"), "state": state, "observed_on": day}
    is_known = isinstance(code, str) and code in words.vocabulary().indicators and state in STATES
    is_right = is_known and not any(
        words.check_value("signal", name, signal[name]) for name in ("basis", "observed_on")
    )
    is_past = not rules.broken_constraints("signal", signal, _today()) if is_right else False
    return signal if is_past and (day is not None or not written) else None


def _today() -> dt.date:
    return timezone.localdate()
