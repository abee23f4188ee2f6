"""Draw a plot as SVG inside the page: the page's own colours and font, and nothing its security policy forbids."""

import json
import re
from functools import lru_cache
from xml.etree import ElementTree

import vl_convert
from django.utils.safestring import SafeString, mark_safe

from zicht.figures.plots import DATA, HATCHED, INK, LINE, MUTED, Spec

SVG = "http://www.w3.org/2000/svg"
COLOURS = {INK: "var(--ink)", MUTED: "var(--muted)", LINE: "var(--line)"} | {
    colour: f"var(--data-{number})" for number, colour in enumerate(DATA, start=1)
}
# Separators of numbers, by language; D3's default is the English one.
SEPARATORS = {"nl": (",", "."), "en": (".", ",")}
KEPT_DRAWINGS = 400  # of about 7 kB: fifty countries in one language
# What Vega writes for its own tooltips, and the font, which comes from the page.
LEFT_OUT = {"class", "role", "pointer-events", "font-family", "style", "version", "aria-label", "aria-hidden"}
LEFT_OUT |= {"aria-roledescription"}
# What SVG assumes anyway.
ASSUMED = {("opacity", "1"), ("stroke-width", "1"), ("x2", "0"), ("y2", "0"), ("transform", "translate(0,0)")}
LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}(?:e-?\d+)?")  # a tenth of a pixel is enough


def draw(spec: Spec, *, name: str, label: str, language: str) -> SafeString:
    """Give the SVG of a plot; `name` is unique in the page, `label` is what a screen reader says instead."""
    return _draw(json.dumps(spec, sort_keys=True), name, label, language)


@lru_cache(maxsize=KEPT_DRAWINGS)
def _draw(spec: str, name: str, label: str, language: str) -> SafeString:
    decimal, thousands = SEPARATORS.get(language, SEPARATORS["en"])
    numbers = {"decimal": decimal, "thousands": thousands, "grouping": [3], "currency": ["", ""]}
    # No address may be fetched while drawing: all data is in the specification.
    svg = vl_convert.vegalite_to_svg(spec, format_locale=numbers, allowed_base_urls=[])
    return mark_safe(adapt(svg, name, label))  # noqa: S308  drawn here; every text in it went through an XML writer


def adapt(svg: str, name: str, label: str) -> str:
    """Turn Vega's SVG into one for our pages."""
    root = ElementTree.fromstring(svg)  # noqa: S314  drawn by us a moment ago
    hatch = f"hatch-{name}"
    _clean(root, hatch)
    root.set("xmlns", SVG)
    root.set("role", "img")
    root.set("aria-label", label)
    root.set("class", "plot__drawing")
    root.insert(0, _hatching(hatch))
    return ElementTree.tostring(root, encoding="unicode")


def _clean(element: ElementTree.Element, hatch: str) -> None:
    # Plain names: with prefixes, which any library can set for the whole process, a page shows only the text.
    element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    children: list[ElementTree.Element] = []
    for child in element:
        if child.get("class") not in ("background", "foreground"):
            _clean(child, hatch)
            children += _without_idle_group(child)
    element[:] = children
    kept = {name: _value(value, hatch) for name, value in element.attrib.items() if name not in LEFT_OUT}
    element.attrib = {name: value for name, value in kept.items() if (name, value) not in ASSUMED}


def _without_idle_group(element: ElementTree.Element) -> list[ElementTree.Element]:
    """Give the element, or what is in it when it is a group that changes nothing."""
    return list(element) if element.tag == "g" and not element.attrib else [element]


def _value(value: str, hatch: str) -> str:
    return LONG_NUMBER.sub(lambda number: f"{float(number[0]):.1f}".removesuffix(".0"), _colour(value, hatch))


def _colour(value: str, hatch: str) -> str:
    return f"url(#{hatch})" if value == HATCHED else COLOURS.get(value, value)


def _hatching(name: str) -> ElementTree.Element:
    """Make the pattern of what is not known: grey lines on the ground of the page, which a photocopy keeps."""
    definitions = ElementTree.Element("defs")
    attributes = {"id": name, "width": "5", "height": "5", "patternUnits": "userSpaceOnUse"}
    pattern = ElementTree.SubElement(definitions, "pattern", attributes, patternTransform="rotate(45)")
    line = {"width": "2.5", "height": "5", "fill": "var(--data-other)"}
    ElementTree.SubElement(pattern, "rect", line)
    return definitions
