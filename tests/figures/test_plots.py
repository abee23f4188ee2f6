"""Plots as they stand in a page."""

import re
from xml.etree import ElementTree

import pytest
from django.utils import translation
from tests.figures.test_breakdowns import cell, censored, figure

from zicht.figures.breakdowns import Breakdown
from zicht.figures.cells import FEMALE, MALE, OTHER, Cell
from zicht.figures.drawing import draw
from zicht.figures.plots import LEAST_BAR, NARROW, SIZES, WIDE, Size, describe_plot, make_ticks

SVG = "{http://www.w3.org/2000/svg}"
CELLS = (
    cell(1711, 2012), cell(1501, 2012, sex=FEMALE), cell(197, 2012, sex=MALE), censored(2013, sex=FEMALE),
    cell(0, 2013, sex=MALE), cell(1372, 2019), cell(814, 2022), cell(500, 2022, sex=FEMALE), cell(308, 2022, sex=MALE),
)  # fmt: skip


def drawing(
    code: str = "sex",
    size: Size = WIDE,
    language: str = "en",
    label: str = "By sex",
    cells: tuple[Cell, ...] = CELLS,
) -> ElementTree.Element:
    with translation.override(language):
        spec = describe_plot(figure(code, *cells), size)
        return ElementTree.fromstring(draw(spec, name=f"{code}-{size.code}", label=label, language=language))


def texts(root: ElementTree.Element) -> list[str]:
    return ["".join(element.itertext()) for element in root.iter(f"{SVG}text")]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", ["year", "sex", "age", "form"])
def test_a_plot_has_nothing_that_the_security_policy_forbids(code: str, size: Size) -> None:
    root = drawing(code, size)
    allowed = {"svg", "g", "path", "rect", "line", "text", "defs", "pattern", "tspan"}
    assert {element.tag.removeprefix(SVG) for element in root.iter()} <= allowed
    names = {name for element in root.iter() for name in element.attrib}
    assert not {name for name in names if name == "style" or name.startswith("on") or "href" in name}


@pytest.mark.parametrize("size", SIZES)
def test_a_plot_takes_its_colours_and_font_from_the_page(size: Size) -> None:
    elements = list(drawing("sex", size).iter())
    assert {value for element in elements for value in map(element.get, ("fill", "stroke")) if value} == {
        "none", "var(--ink)", "var(--muted)", "var(--line)", "var(--data-1)", "var(--data-2)", "var(--data-other)",
        f"url(#hatch-sex-{size.code})",
    }  # fmt: skip
    assert not [element for element in elements if element.get("font-family")]


@pytest.mark.parametrize("size", SIZES)
def test_a_plot_fits_its_place(size: Size) -> None:
    assert float(drawing("sex", size).get("width", "")) <= size.width


def test_no_other_library_can_put_prefixes_before_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library that draws the code for a second factor registers `svg:`; a page then showed text and no plot."""
    names = ElementTree._namespace_map  # type: ignore[attr-defined]
    monkeypatch.setitem(names, SVG.strip("{}"), "svg")
    spec = describe_plot(figure("year", *CELLS), WIDE)
    drawn = draw(spec, name="with-a-prefix", label="x", language="en")
    assert drawn.startswith("<svg width=")
    assert "svg:" not in drawn


def test_a_screen_reader_hears_the_sentence_instead() -> None:
    label = "Nederland. “500 < 808” & more"
    root = drawing(label=label)
    assert (root.get("role"), root.get("aria-label")) == ("img", label)
    assert not [element for element in root.iter() if element is not root and element.get("role")]


def test_what_has_no_bar_is_written_and_a_missing_year_is_left_open() -> None:
    written = texts(drawing())
    assert written.count("<5") == 1
    assert "0" in written
    points = describe_plot(figure("year", *CELLS), WIDE)["data"]["values"]
    assert {point["year"] for point in points} == {"2012", "2019", "2022"}
    assert "2015" in texts(drawing("year"))


def test_every_series_is_named_in_words_beside_its_bars() -> None:
    assert {"Women and girls: 500 in 2022", "Men and boys: 308 in 2022", "Not known or not stated: 6 in 2022"} <= set(
        texts(drawing())
    )


def test_a_part_that_ends_earlier_says_of_which_year_its_last_count_is() -> None:
    written = texts(drawing(cells=(*CELLS, censored(2013, sex=OTHER))))
    assert {"Women and girls: 500 in 2022", "Other: <5 in 2013"} <= set(written)


@pytest.mark.parametrize(("language", "number"), [("nl", "1.000"), ("en", "1,000")])
def test_numbers_on_the_axis_have_the_separators_of_the_language(language: str, number: str) -> None:
    assert number in texts(drawing("year", language=language))


@pytest.mark.parametrize("size", SIZES)
def test_every_step_of_the_axis_is_written_in_every_panel(size: Size) -> None:
    written = texts(drawing("sex", size))
    assert [written.count(number) for number in ("1,000", "2,000")] == [3, 3]


def test_bars_begin_at_zero() -> None:
    for layer in describe_plot(figure("sex", *CELLS), NARROW)["spec"]["layer"]:
        assert layer["encoding"]["y"]["scale"]["domain"][0] == 0


@pytest.mark.parametrize(
    ("highest", "ticks"),
    [(0, [0, 2, 4, 6]), (5, [0, 2, 4, 6]), (6, [0, 2, 4, 6]), (814, [0, 500, 1000]), (1711, [0, 1000, 2000]),
     (1478, [0, 500, 1000, 1500]), (62, [0, 25, 50, 75]), (123_456, [0, 50_000, 100_000, 150_000])],
)  # fmt: skip
def test_the_axis_ends_just_over_the_largest_number(highest: int, ticks: list[int]) -> None:
    assert make_ticks(figure("year", cell(highest))) == ticks


def test_a_plot_is_drawn_once_for_each_language() -> None:
    breakdown: Breakdown = figure("year", *CELLS)
    spec = describe_plot(breakdown, WIDE)
    first = draw(spec, name="year", label="x", language="nl")
    assert draw(spec, name="year", label="x", language="nl") is first
    assert draw(spec, name="year", label="x", language="en") is not first


def test_no_number_of_a_plot_is_lost_when_it_is_cleaned() -> None:
    found = heights(drawing("year"))
    assert [round(height / found[0], 2) for height in found] == [1.0, round(1372 / 1711, 2), round(814 / 1711, 2)]


def test_a_few_people_among_many_have_a_bar_that_can_be_seen() -> None:
    root = drawing("year", cells=(cell(10_000, 2019), cell(3, 2020), cell(0, 2021)))
    assert [round(height, 1) for height in heights(root)] == [190, LEAST_BAR]


@pytest.mark.parametrize("size", SIZES)
def test_where_every_count_is_masked_every_panel_is_drawn(size: Size) -> None:
    root = drawing("sex", size, cells=(censored(2013, sex=FEMALE), censored(2015, sex=MALE)))
    assert heights(root) == []
    assert {"Female", "Women and girls"} & {text.partition(":")[0] for text in texts(root)}
    assert [text for text in texts(root) if text.startswith(("Unknown", "Not known"))]
    assert float(root.get("width", "")) > size.width - 10


def test_a_mark_wider_than_its_year_stands_upright_so_that_none_is_on_top_of_another() -> None:
    few, many = (tuple(censored(year, sex=FEMALE) for year in range(last - 15, last + 1, step)) for last, step in
                 ((2015, 5), (2022, 1)))  # fmt: skip
    assert turned(drawing(size=NARROW, cells=few[-2:])) == [False, False]
    assert turned(drawing(size=NARROW, cells=many)) == [True] * 16
    assert turned(drawing(size=WIDE, cells=many)) == [False] * 16


@pytest.mark.parametrize("size", SIZES)
def test_no_text_in_a_plot_is_smaller_than_eleven_pixels(size: Size) -> None:
    sizes = {float(text.get("font-size", "0px").removesuffix("px")) for text in drawing(size=size).iter(f"{SVG}text")}
    assert min(sizes) >= 11


def test_a_drawing_has_no_attribute_that_changes_nothing_and_no_number_longer_than_a_tenth_of_a_pixel() -> None:
    root = drawing("form")
    assert not [group for group in root.iter(f"{SVG}g") if not group.attrib or not len(group)]
    written = [value for element in root.iter() for value in element.attrib.values()]
    assert not [value for value in written if re.search(r"\.\d\d", value)]
    assert "1" not in {element.get("opacity") for element in root.iter()}


def heights(root: ElementTree.Element) -> list[float]:
    """Give the heights of the bars in pixels, from left to right."""
    paths = [path.get("d", "") for path in root.iter(f"{SVG}path")]
    return [float(match[1]) for path in paths if (match := re.search(r"v([0-9.]+)h-", path))]


def turned(root: ElementTree.Element) -> list[bool]:
    """Tell of every `<5` whether it is written upright."""
    return ["rotate" in text.get("transform", "") for text in root.iter(f"{SVG}text") if text.text == "<5"]
