"""Put a process on a poster, in the language of the reader."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from zicht.barriers.drawing.poster import Poster, PosterBarrier, PosterRow, PosterStep
from zicht.barriers.processes.pages import signal_names
from zicht.barriers.processes.queries import Version
from zicht.barriers.processes.rules import who_does_what
from zicht.people.code_fields import label_of, language
from zicht.words import Step


def poster_of(version: Version) -> Poster:
    """Give what stands on the sheet."""
    process = version.process
    rows = (
        PosterRow(
            label_of("org_type", row.partner),
            tuple((cell.sees, tuple(one.code for one in cell.barriers)) for cell in row.cells),
        )
        for row in who_does_what(process)
    )
    headings = {
        "gaps": _("What makes it possible"),
        "signals": _("What shows it"),
        "barriers": _("What blocks it"),
        "who": _("Who does what"),
    }
    return Poster(
        language=language(),
        title=process.label.in_language(language()),
        line=_line(version),
        steps=tuple(_step(step) for step in process.steps.values()),
        rows=tuple(rows),
        headings=headings,
        foot=_("A circle: the partner sees this step and holds no barrier in it. Barriers bring help, never measures "
               "against the people who are found."),
    )  # fmt: skip


def _line(version: Version) -> str:
    record = version.record
    if record is None:
        return _("Proposal that comes with Zicht; to be judged by those who do the work")
    if record.published_on is None:
        return _("Version %(number)d, draft") % {"number": record.number}
    day = date_format(record.published_on, "DATE_FORMAT")
    return _("Version %(number)d, in use since %(day)s") % {"number": record.number, "day": day}


def _step(step: Step) -> PosterStep:
    told = language()
    kinds = {one.code: label_of("barrier_kind", one.kind).lower() for one in step.barriers.values()}
    return PosterStep(
        code=step.code,
        name=step.label.in_language(told),
        gaps=tuple(one.in_language(told) for one in (*step.facilitators, *step.opportunities)),
        signals=tuple(signal_names(told).get(code, code) for code in step.signals),
        barriers=tuple(PosterBarrier(b.code, b.label.in_language(told), kinds[b.code]) for b in step.barriers.values()),
    )
