"""Write the report in the language of the reader: every figure with its sentence, plots, trend, tables and notes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.formats import date_format
from django.utils.text import slugify
from django.utils.translation import gettext as _

from zicht import words
from zicht.figures.beside_register import ACTION, CLAIM, POLICY
from zicht.figures.models import Commitment, Estimate
from zicht.figures.register.pages import draw_rows, make_texts
from zicht.figures.register.releases import Release, ShownTable
from zicht.figures.yearly import estimates, methods
from zicht.figures.yearly.breaks import Break, breaks_of
from zicht.figures.yearly.chapters import CHAPTERS, left_out, tables_at
from zicht.figures.yearly.keyfigures import key_figures
from zicht.figures.yearly.papering import bars_of
from zicht.figures.yearly.series import Year, make_series
from zicht.figures.yearly.texts import Chapter, CommitmentText, FigureText, PlotText, ReportText, TrendText
from zicht.figures.yearly.trends import write_trend
from zicht.people.code_fields import label_of, language
from zicht.people.models import Organisation


@dataclass(frozen=True)
class Material:
    """Hold what a report is made of, before any language."""

    organisation: Organisation
    release: Release
    earlier: tuple[Year, ...]
    version: int
    reason: str = ""
    waiting: tuple[str, ...] = ()  # tables that keep their earlier numbers in a correction
    estimate: Estimate | None = None
    estimates_before: tuple[Estimate, ...] = ()  # of the years before, the oldest first

    @property
    def identifier(self) -> str:
        """Name this version so that it can be cited."""
        name = slugify(self.organisation.org_name) or "zicht"
        return f"{name}-{self.release.year}-{self.release.level}-v{self.version}"


def write_report(material: Material) -> ReportText:
    """Write the whole report."""
    release = material.release
    shown = tables_at(release)
    years = [*material.earlier, *(Year(one.year, {}) for one in material.estimates_before)]
    breaks = breaks_of(material.organisation, years, release.year, release.version)
    commitments = list(Commitment.objects.filter(org=material.organisation).order_by("dated", "at"))
    series = make_series(release, material.earlier)
    drawn = _first_of_universe(sorted(shown), release)
    trends = {code: write_trend(one, breaks, is_drawn=code in drawn) for code, one in series.items() if code in shown}
    figures = {code: _figure(release, code, trends.get(code)) for code in sorted(shown)}
    if material.estimate:
        figures |= estimates.write_figures(material.estimate, material.estimates_before, breaks)
    figures = {code: replace(figure, commitments=_of_table(code, commitments)) for code, figure in figures.items()}
    return ReportText(
        language=language(),
        title=_("Human trafficking in sight: figures of %(year)s") % {"year": release.year},
        organisation=str(material.organisation),
        year=release.year,
        version=material.version,
        identifier=material.identifier,
        level=label_of("release_level", release.level),
        cutoff=date_format(release.cutoff),
        citation=_citation(material),
        key_figures=(*key_figures(release), *([estimates.say_shortly(material.estimate)] if material.estimate else [])),
        chapters=tuple(_chapters(figures)),
        left_out=tuple((f"{one.code} {_heading(one.code)}", one.reason) for one in left_out(release, figures.keys())),
        commitments=tuple(map(_commitment, commitments)),
        breaks=tuple((str(one.year), _break(one)) for one in breaks),
        method=tuple(methods.rules_of(release)),
        definitions=tuple(methods.definitions_of(release, sorted(shown))),
        hidden_note=methods.why_hidden(release),
        correction=tuple(_correction(material)),
    )


def _first_of_universe(codes: Iterable[str], release: Release) -> set[str]:
    """Give the first table about each group of people: its plot over the years is that of the others too."""
    first: dict[str, str] = {}
    for code in codes:
        first.setdefault(release.tables[code].table.universe, code)
    return set(first.values())


def _chapters(figures: dict[str, FigureText]) -> Iterable[Chapter]:
    for heading, codes in CHAPTERS:
        found = tuple(figures[code] for code in codes if code in figures)
        if found:
            yield Chapter(str(heading), found)


def _of_table(code: str, commitments: Sequence[Commitment]) -> tuple[CommitmentText, ...]:
    return tuple(_commitment(one) for one in commitments if code in one.table_codes.split())


def _figure(release: Release, code: str, trend: TrendText | None) -> FigureText:
    table, texts = release.tables[code], make_texts(release, code)
    cells = [cell for block in table.blocks for line in block.cells for cell in line]
    return FigureText(
        code=code,
        heading=texts.heading,
        unit=_unit(table),
        head=texts.said.head,
        rest=texts.said.rest,
        universe=texts.universe,
        plots=tuple(_plots(table, f"{texts.heading}. {texts.said}")),
        trend=trend,
        tables=texts.tables,
        notes=texts.notes,
        commitments=(),
        hidden=sum(cell.value is None for cell in cells),
        cells=len(cells),
    )


def _unit(table: ShownTable) -> str:
    """Name what is counted; the words have no counting unit for what is neither a person nor a report."""
    own = {CLAIM: _("Claim"), ACTION: _("Action of partners"), POLICY: _("Municipality")}
    return own.get(table.table.universe) or label_of("counting_unit", table.table.unit)


def _plots(table: ShownTable, label: str) -> Iterable[PlotText]:
    blocks = {block.rows: block for block in reversed(table.blocks) if any(bar.length for bar in bars_of(block))}
    # Where every row is hidden there is nothing to look at.
    for number, block in enumerate(reversed(blocks.values())):
        heading = block.rows.label.in_language(language())
        drawn = draw_rows(block, f"{table.table.code}-{number}", f"{heading}. {label}")
        yield PlotText(heading, f"{heading}. {label}", bars_of(block), drawn)


def _heading(code: str) -> str:
    return words.vocabulary().tables[code].label.in_language(language())


def _commitment(one: Commitment) -> CommitmentText:
    return CommitmentText(
        kind=label_of("commitment_kind", one.kind),
        text=one.text_nl if language() == "nl" else one.text_en,
        made_to=one.made_to,
        source=one.source,
        dated=date_format(one.dated),
        due=date_format(one.due) if one.due else "",
        state=_("%(state)s on %(day)s")
        % {"state": label_of("commitment_state", one.state), "day": date_format(one.state_on)},
        tables=tuple(one.table_codes.split()),
    )


def _break(one: Break) -> str:
    tables = _("Tables %(codes)s.") % {"codes": ", ".join(one.codes)} if one.codes else _("All tables.")
    return " ".join(part for part in (one.text, tables, one.source) if part)


def _citation(material: Material) -> str:
    values = {
        "organisation": material.organisation,
        "made": material.release.cutoff.year,
        "year": material.release.year,
        "version": material.version,
        "level": label_of("release_level", material.release.level),
        "identifier": material.identifier,
        "day": date_format(material.release.cutoff),
    }
    sentence = _(
        "%(organisation)s (%(made)s). Human trafficking in sight: figures of %(year)s. Version %(version)s "
        "(%(level)s), %(identifier)s. Data as of %(day)s."
    )
    return sentence % values


def _correction(material: Material) -> Iterable[str]:
    if material.version == 1:
        return
    yield _("This version corrects version %(version)s: %(reason)s") % {
        "version": material.version - 1,
        "reason": material.reason,
    }
    yield _(
        "A number that changed by fewer than %(least)s people is hidden in a correction: the difference between the "
        "two versions would tell of single people."
    ) % {"least": material.release.least}
    if material.waiting:
        yield _(
            "Unchanged, because the whole changed by fewer than %(least)s, so that the correction waits for the next "
            "version: %(tables)s."
        ) % {"least": material.release.least, "tables": ", ".join(material.waiting)}
