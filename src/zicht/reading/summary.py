"""Show a reading to a person: counts, and every sentence that holds a figure, with the figures marked."""

from zicht.reading.figures import Figure
from zicht.reading.read import Reading


def summarise(doc: str, reading: Reading) -> str:
    """Give the text that `zicht read` prints of one document."""
    published = f", published {reading.published}" if reading.published else ""
    counts = f"{len(reading.figures)} figures, {len(reading.dates)} dates, {len(reading.names)} names"
    lines = [f"{doc} ({reading.language}{published}): {counts}", ""]
    for sentence in reading.sentences:
        inside = [one for one in reading.figures if sentence.start <= one.start < sentence.end]
        if inside:
            lines += [_mark(reading.text, sentence.start, sentence.end, inside), *map(_tell, inside), ""]
    dates = ", ".join(f"{date.text} = {date.edtf}" for date in reading.dates if date.edtf)
    names = ", ".join(f"{name.text} ({name.type})" for name in reading.names)
    return "\n".join([*lines, *([f"Dates: {dates}"] if dates else []), *([f"Names: {names}"] if names else []), ""])


def _mark(text: str, start: int, end: int, figures: list[Figure]) -> str:
    parts, at = [], start
    for figure in figures:
        parts += [text[at : figure.start], "[", figure.text, "]"]
        at = figure.end
    return " ".join("".join([*parts, text[at:end]]).split())


def _tell(figure: Figure) -> str:
    said = f", says {figure.attributed_to}" if figure.attributed_to else ""
    via = f" (via {figure.via})" if figure.via else ""
    per = f" per {figure.per}" if figure.per else ""
    when = f", {figure.period}" if figure.period else ""
    return f"  - {_value(figure)} {figure.unit or 'of something'}{per}{when}{said}{via}"


def _value(figure: Figure) -> str:
    low, high = (None if value is None else f"{value:,.10g}" for value in (figure.low, figure.high))
    about = "about " if figure.approx else ""
    if low == high:
        return f"{about}{low}"
    if high is None:
        return f"{about}at least {low}"
    return f"{about}at most {high}" if low is None else f"{about}{low} to {high}"
