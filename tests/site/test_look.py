"""The colours keep the contrast that the look promises, by day and in the dark, and both sides use the same ones."""

import re
from pathlib import Path

import pytest

import zicht

PACKAGE = Path(zicht.__file__).parent
STAFF_SIDE = PACKAGE / "site" / "static" / "site" / "zicht.css"
VISITORS_SIDE = PACKAGE / "contact" / "static" / "contact" / "contact.css"
# Ratio of text to its ground: what the design states, at most a tenth less because it rounds.
PROMISED = {
    ("ink", "paper"): 14.1,
    ("muted", "paper"): 6.0,
    ("teal", "paper"): 7.1,
    ("waiting", "waiting-ground"): 6.8,
    ("stop", "stop-ground"): 6.3,
    ("ok", "ok-ground"): 5.7,
}
# Whatever else carries words: WCAG 2.2, 1.4.3, asks for 4.5.
TEXT = [
    ("ink", "surface"),
    ("ink", "teal-weak"),
    ("ink", "waiting-ground"),
    ("ink", "stop-ground"),
    ("ink", "ok-ground"),
    ("muted", "surface"),
    ("muted", "teal-weak"),
    ("teal", "surface"),
    ("teal", "teal-weak"),
    ("on-teal", "teal"),
    ("paper", "ink"),
    ("stop", "paper"),
    ("stop", "surface"),
]
SCHEMES = ("light", "dark")
DATA = ["data-1", "data-2", "data-3", "data-4", "data-5", "data-other"]


def tokens(file: Path) -> dict[str, dict[str, str]]:
    """Read the colours of both schemes; the dark ones stand on top of the light ones."""
    css = file.read_text(encoding="utf-8")
    light, dark = (dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in css.split("@media", 2)[:2])
    return {"light": light, "dark": {**light, **dark}}


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of WCAG 2.2: (lighter + 0.05) / (darker + 0.05)."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    """Compute the relative luminance of an sRGB colour, as WCAG 2.2 defines it."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_contrast_is_computed_as_wcag_says() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), PROMISED)
def test_text_keeps_the_promised_contrast_in_daylight_and_in_the_dark(text: str, ground: str, scheme: str) -> None:
    colours = tokens(STAFF_SIDE)[scheme]
    assert contrast(colours[text], colours[ground]) >= PROMISED[text, ground]


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_all_text_can_be_read_on_every_ground_it_stands_on(text: str, ground: str, scheme: str) -> None:
    colours = tokens(STAFF_SIDE)[scheme]
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_border_of_a_field_can_be_seen(scheme: str) -> None:
    colours = tokens(STAFF_SIDE)[scheme]
    assert contrast(colours["muted"], colours["surface"]) >= 3
    assert contrast(colours["muted"], colours["paper"]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("colour", DATA)
def test_every_colour_of_a_plot_can_be_seen_on_its_ground(colour: str, scheme: str) -> None:
    colours = tokens(STAFF_SIDE)[scheme]
    assert contrast(colours[colour], colours["surface"]) >= 3


@pytest.mark.parametrize("scheme", SCHEMES)
def test_both_sides_wear_the_same_colours_though_they_share_no_file(scheme: str) -> None:
    visitors = tokens(VISITORS_SIDE)[scheme]
    assert visitors.items() <= tokens(STAFF_SIDE)[scheme].items()
    assert "ink" in visitors
