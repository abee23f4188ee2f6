"""Bring together what the pages of intake show, in words and within what their reader may see."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from zicht import words
from zicht.people.code_fields import label_of, language
from zicht.people.models import Account
from zicht.people.sealed import reveal
from zicht.people.short_codes import short_code
from zicht.people.wording import RESTING, in_words, label_of_field, names_of, place_in_words
from zicht.signals import dimensions, rules
from zicht.signals.intake import earlier, queries, suggesting
from zicht.signals.intake.forms import TOPICS
from zicht.signals.models import Intake, IntakeStep, Signal

KINDS = {
    dimensions.NOTHING: gettext_lazy("No dimension is filled: these signals alone suggest nothing."),
    dimensions.PART: gettext_lazy("Part of human trafficking is filled, and not enough of it to suggest it."),
    dimensions.MEANS_AND_PURPOSE: gettext_lazy("Signals of means and of exploitation: this may be human trafficking."),
    dimensions.PURPOSE_OF_MINOR: gettext_lazy(
        "Signals of exploitation of somebody under 18: this may be human trafficking, also without means."
    ),
}
ALERTS = {
    rules.DANGER: gettext_lazy("Immediate danger, and nobody works on it"),
    rules.LATE: gettext_lazy("Late"),
    rules.DUE_SOON: gettext_lazy("Due within the hour"),
}
Seen = Mapping[tuple[UUID, str], list[IntakeStep]]  # (report, kind of alert) -> who acknowledged it
TAGS = {"new": " tag--waiting", "weighing": " tag--ok", "closed": " tag--closed"}


@dataclass(frozen=True)
class Row:
    """Something that came in, as a row of a list."""

    intake: Intake
    code: str
    address: str
    due: str
    is_late: bool
    urgency: str
    source: str
    forms: str
    place: str
    state: str
    tag: str  # the end of the class by which the state is coloured
    handler: str
    alert: "AlertShown | None" = None


@dataclass(frozen=True)
class AlertShown:
    """Why a row stands among what comes first, who acknowledged that, and whether the reader still can."""

    kind: str
    seen: list[str]
    may_acknowledge: bool


@dataclass(frozen=True)
class SuggestionShown:
    """What the signals suggest together, what it rests on, and who confirmed or rejected it."""

    text: str
    rests_on: str
    decided: str
    may_decide: bool


@dataclass(frozen=True)
class SignalShown:
    """A signal of a report, with what it rests on and who judged it."""

    signal: Signal
    text: str
    about: str
    may_judge: bool


@dataclass(frozen=True)
class DimensionShown:
    """A dimension in which signals were noted."""

    label: str
    is_positive: bool
    signals: list[str]


@dataclass(frozen=True)
class TopicShown:
    """A topic with what is known in it."""

    name: str
    label: str
    facts: list[tuple[str, str]]


@dataclass(frozen=True)
class StepShown:
    """A step of the history."""

    step: IntakeStep
    text: str


@dataclass(frozen=True)
class EarlierShown:
    """Another report with the reasons why it is shown."""

    row: Row
    state: str
    reasons: list[str]
    decided: str
    version: int


@dataclass(frozen=True)
class Page:
    """All that the page of something that came in shows."""

    intake: Intake
    row: Row
    topics: list[TopicShown]
    to_ask: list[TopicShown]
    signals: list[SignalShown]
    suggestion: SuggestionShown | None
    dimensions: list[DimensionShown]
    earlier: "EarlierPage"
    colleagues: list[Account]
    reason: str
    steps: list[StepShown]
    is_press: bool
    has_meldcode: bool


@dataclass(frozen=True)
class EarlierPage:
    """Reports that could be about the same situation."""

    sentence: str
    same: list[EarlierShown]
    possible: list[EarlierShown]
    different: list[EarlierShown]


def page_of(reader: Account, intake: Intake) -> Page:
    """Read everything about something that came in."""
    signals = queries.signals_of(intake)
    suggestion = suggesting.suggestion_of(intake, signals)
    steps = list(queries.steps_of(intake))
    topics = [_topic(intake, name) for name in TOPICS]
    return Page(
        intake=intake,
        row=row_of(intake, timezone.now()),
        topics=[topic for topic in topics if topic.facts],
        to_ask=[topic for topic in topics if not topic.facts],
        signals=[_signal(signal) for signal in signals],
        suggestion=_suggestion(intake, suggestion, steps) if signals else None,
        dimensions=[_dimension(one) for one in suggestion.dimensions],
        earlier=earlier_of(reader, intake),
        colleagues=[one for one in queries.colleagues(reader, intake.compartment) if one.pk != intake.handler_id],
        reason=reveal(intake, "reason"),
        steps=steps_in_words(reader, steps),
        is_press=intake.compartment == rules.PRESS,
        has_meldcode=queries.meldcode_of(intake) is not None,
    )


# --- lists ----------------------------------------------------------------------------------------------------------
def rows_of(some: Iterable[Intake]) -> list[Row]:
    """Give the rows of a list."""
    now, queue = timezone.now(), reverse("intake:queue")
    return [row_of(one, now, queue) for one in some]


def alert_rows(reader: Account, kind: str, some: list[Intake], seen: Seen) -> list[Row]:
    """Give the rows of what needs somebody at once for one reason, each with who acknowledged that."""
    rows = []
    for row in rows_of(some):
        steps = seen.get((row.intake.pk, kind), [])
        told = [_who_and_when(step) for step in steps]
        rows.append(replace(row, alert=AlertShown(kind, told, all(step.made_by_id != reader.pk for step in steps))))
    return rows


def _who_and_when(step: IntakeStep) -> str:
    moment = timezone.localtime(step.made_at)
    return _("%(who)s, %(day)s at %(time)s") % {
        "who": step.made_by,
        "day": date_format(moment, "j N"),
        "time": date_format(moment, "H:i"),
    }


def row_of(intake: Intake, now: dt.datetime, queue: str = "") -> Row:
    """Give a row; what is late is said in words and not by a colour alone.

    `queue` is the address under which all of them lie: to look it up for each takes as long as the rest of a row.
    """
    late = intake.is_open and rules.is_late(intake.due_at, now)
    forms = () if intake.forms in RESTING else tuple(intake.forms)
    return Row(
        intake=intake,
        code=short_code(intake.pk),
        address=f"{queue or reverse('intake:queue')}{intake.pk}/",
        due=_due(intake, now, late),
        is_late=late,
        urgency=_term("urgency", intake.urgency).partition(":")[0],
        source=f"{_term('source', intake.source)}, {_day(intake.received_on, language())}",
        forms=", ".join(_term("forms", form) for form in forms),
        place=_place(intake),
        state=_term("state", intake.state),
        tag=TAGS[intake.state],
        handler=str(intake.handler or ""),
    )


def _term(name: str, code: str) -> str:
    """Give a term of a field, which a list shows in row after row."""
    return _term_in("" if code in RESTING else code, name, language())


@lru_cache(maxsize=500)
def _term_in(code: str, name: str, _language: str) -> str:
    return in_words("intake", name, code)


@lru_cache(maxsize=2_000)
def _day(day: dt.date, _language: str) -> str:
    return date_format(day, "j N Y")


def _due(intake: Intake, now: dt.datetime, late: bool) -> str:
    if not intake.is_open:
        return _term("outcome", intake.outcome)
    if intake.due_at is None:
        return _("no term")
    if late:
        return _("%(span)s late") % {"span": _span(now - intake.due_at)}
    moment = timezone.localtime(intake.due_at)
    clock = date_format(moment, "H:i")
    if moment.date() == timezone.localtime(now).date():
        return _("before %(time)s today") % {"time": clock}
    return _("before %(day)s, %(time)s") % {"day": date_format(moment, "j N"), "time": clock}


def _span(span: dt.timedelta) -> str:
    minutes = int(span.total_seconds()) // 60
    if minutes < 120:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    hours = minutes // 60
    if hours < 48:
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    return ngettext("%(n)d day", "%(n)d days", hours // 24) % {"n": hours // 24}


def _place(intake: Intake) -> str:
    unit = _term("police_unit", intake.police_unit)
    return ", ".join(part for part in (place_in_words(intake.place_code) or unit, intake.district) if part)


# --- one ------------------------------------------------------------------------------------------------------------
def _topic(intake: Intake, name: str) -> TopicShown:
    topic = words.vocabulary().entities["intake"].topics[name]
    told = ((label_of_field("intake", field), _fact(intake, field)) for field in topic.fields)
    facts = [(label, text) for label, text in told if text]
    if name == "where" and (intake.spot_mark or intake.spot_mark_before):
        facts.append((_("Postcode and house number"), _("kept as a mark that nobody can read back")))
    return TopicShown(name, label_of_topic(name), facts)


def label_of_topic(name: str) -> str:
    """Give the label of a topic of intake."""
    return words.vocabulary().entities["intake"].topics[name].label.in_language(language())


def _fact(intake: Intake, field: str) -> str:
    """Give what is known of a field; empty for what is not."""
    value = getattr(intake, field)
    if value in RESTING:
        return ""
    if field == "received_hour":
        return _("between %(hour)d:00 and %(next)d:00") % {"hour": value, "next": (value + 1) % 24}
    return in_words("intake", field, value)


def _suggestion(intake: Intake, found: dimensions.Suggestion, steps: list[IntakeStep]) -> SuggestionShown:
    decision = suggesting.decision_on(found, steps)
    decided = ""
    if decision is not None:
        decided = f"{label_of('intake_deed', decision.deed)} ({_who_and_when(decision)})"
    may_decide = intake.is_open and found.kind != dimensions.NOTHING
    return SuggestionShown(str(KINDS[found.kind]), suggesting.rests_on(found), decided, may_decide)


def text_of(code: str) -> str:
    """Give the text of an indicator."""
    indicator = words.vocabulary().indicators.get(code)
    return indicator.label.in_language(language()) if indicator else code


def _signal(signal: Signal) -> SignalShown:
    parts = [in_words("signal", "basis", signal.basis)]
    if signal.observed_on:
        parts.append(_("seen on %(day)s") % {"day": date_format(signal.observed_on, "j F Y")})
    if signal.reviewer:
        parts.append(_("judged by %(who)s") % {"who": signal.reviewer})
    return SignalShown(signal, text_of(signal.indicator), ", ".join(parts), signal.state != "absent")


def _dimension(one: dimensions.Dimension) -> DimensionShown:
    return DimensionShown(label_of("dimension", one.code), one.is_positive, list(one.signals))


def steps_in_words(reader: Account, steps: Iterable[IntakeStep]) -> list[StepShown]:
    """Give the history; other reports by their codes, colleagues by their names."""
    some = list(steps)
    names = names_of(step.detail_code for step in some if step.deed == "handed_on")
    return [StepShown(step, _detail(step, names)) for step in some]


def _detail(step: IntakeStep, names: Mapping[str, str]) -> str:
    code = step.detail_code
    if step.deed in ("closed", "opened_again"):
        return in_words("intake", "outcome", code)
    if step.deed == "taken_in":
        return in_words("intake", "source", code)
    if step.deed == "handed_on":
        return names.get(code, "")
    if step.deed in ("same", "different", "undone"):
        return short_code(UUID(code))
    if step.deed == "alert_seen":
        return str(ALERTS.get(code, ""))
    if step.deed in (suggesting.AGREED, suggesting.DISAGREED):
        return str(KINDS.get(code, ""))
    if step.deed in ("noted", "confirmed", "rejected", "reconsidered"):
        return text_of(code)
    return _of_field(code)


def _of_field(code: str) -> str:
    fields = words.vocabulary().entities["intake"].fields
    if code in ("yes", "no"):
        return _("Yes") if code == "yes" else _("No")
    return ", ".join(label_of_field("intake", name) for name in code.split(",") if name in fields)


# --- earlier reports ------------------------------------------------------------------------------------------------
def earlier_of(reader: Account, intake: Intake) -> EarlierPage:
    """Give reports that could be about the same situation, and a sentence that says what is known and what possible."""
    found = earlier.find(reader, intake)
    now = timezone.now()

    def shown(some: Iterable[earlier.Earlier]) -> list[EarlierShown]:
        return [_earlier(one, now) for one in some]

    return EarlierPage(_sentence(found), shown(found.same), shown(found.possible), shown(found.different))


def _sentence(found: earlier.Found) -> str:
    if found.same:
        told = _("Report %(place)d of %(size)d about this situation, as colleagues confirmed.") % {
            "place": found.place,
            "size": found.size,
        }
    else:
        told = ""
    count = len(found.possible)
    more = ngettext(
        "Possibly %(n)d other report is about it; nobody decided yet.",
        "Possibly %(n)d other reports are about it; nobody decided yet.",
        count,
    ) % {"n": count}
    return " ".join(part for part in (told, more if count else "") if part)


def _earlier(one: earlier.Earlier, now: dt.datetime) -> EarlierShown:
    decided, version = "", 0
    if one.link is not None:
        version = one.link.version
        if one.link.decided_by:
            day = date_format(one.link.decided_on, "j F Y")
            decided = _("decided by %(who)s on %(day)s") % {"who": one.link.decided_by, "day": day}
    return EarlierShown(row_of(one.intake, now), one.state, _in_words(one.reasons), decided, version)


def reasons_of(one: Intake, other: Intake) -> list[str]:
    """Say why two reports could be about the same situation."""
    return _in_words(earlier.suggest(one).get(other.pk, ()))


def _in_words(reasons: Iterable[str]) -> list[str]:
    return [label_of("report_link_reason", reason) for reason in reasons]


def facts_for_comparing(one: Intake, other: Intake) -> list[tuple[str, str, str]]:
    """Give the fields of two reports side by side, with those in which either says something."""
    names = [name for topic in TOPICS for name in words.vocabulary().entities["intake"].topics[topic].fields]
    told = [(label_of_field("intake", name), _fact(one, name), _fact(other, name)) for name in names]
    return [row for row in told if any(row[1:])]
