"""Write the report as one file that stands on its own: no address is fetched, and no script runs."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.html import escape

from zicht.figures.yearly.texts import ReportText

STYLES = ("site/zicht.css", "figures/figures.css")
BEGIN, END = '<main class="report">', "</main>"


def as_html(report: ReportText) -> str:
    """Give the whole page."""
    body = render_to_string("figures/yearly/body.html", {"report": report})
    title = f"{escape(report.title)} – {escape(report.organisation)}"
    head = (
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{title}</title>\n<style>\n{_styles()}\n</style>"
    )
    heading = f"<header><p>{escape(report.organisation)}</p>\n<h1>{escape(report.title)}</h1></header>"
    return (
        f'<!doctype html>\n<html lang="{report.language}">\n<head>\n{head}\n</head>\n<body class="report-alone">\n'
        f"{heading}\n{BEGIN}\n{body}\n{END}\n</body>\n</html>\n"
    )


def body_of(page: str) -> str:
    """Give what stands between the frames of a page, to show it inside the frames of the site."""
    return page.partition(BEGIN)[2].rpartition(END)[0]


def _styles() -> str:
    found = [finders.find(name) for name in STYLES]
    return "\n".join(Path(path).read_text(encoding="utf-8") for path in found if path)
