"""Make the outlines of countries that the page of places draws, from Natural Earth as world-atlas packs it.

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m tools.world_map package/countries-110m.json

Places are whole and half degrees: nothing closer than a country is drawn, and the page stays small.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from babel.core import get_global

from zicht import words

TARGET = Path("src/zicht/evidence/actors/data/countries.json")
STEPS = 2  # places to a degree
SOUTH = -58  # degrees, below which nobody lives
Ring = list[tuple[float, float]]


def main(source: Path) -> None:
    """Write an SVG path for each country by its code: degrees from 180° west and from the North Pole."""
    told = json.loads(source.read_text(encoding="utf-8"))
    arcs = [list(_places(arc, told["transform"])) for arc in told["arcs"]]
    by_alpha_2 = {country.alpha_2: code for code, country in words.countries().items()}
    found = {}
    for shape in told["objects"]["countries"]["geometries"]:
        code = by_alpha_2.get(next(iter(get_global("territory_aliases").get(shape.get("id", ""), [])), ""))
        if code and (path := "".join(map(_path, _rings(shape, arcs)))):
            found[code] = path
    TARGET.write_text(json.dumps(dict(sorted(found.items())), indent=0) + "\n", encoding="ascii")


def _places(arc: list[list[int]], transform: dict[str, Any]) -> Iterator[tuple[float, float]]:
    """Undo what TopoJSON does to an arc: each place is told by how far it lies from the one before."""
    x = y = 0
    for east, north in arc:
        x, y = x + east, y + north
        (wide, high), (left, low) = transform["scale"], transform["translate"]
        yield x * wide + left, y * high + low


def _rings(shape: dict[str, Any], arcs: list[Ring]) -> Iterator[Ring]:
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    for polygon in polygons:
        for numbers in polygon:
            # A negative number is the arc of its complement, the other way round.
            parts = (arcs[number] if number >= 0 else arcs[~number][::-1] for number in numbers)
            yield [place for part in parts for place in part]


def _path(ring: Ring) -> str:
    if max(north for _east, north in ring) < SOUTH:
        return ""
    rounded = [(round((east + 180) * STEPS) / STEPS, round((90 - north) * STEPS) / STEPS) for east, north in ring]
    kept = [place for at, place in enumerate(rounded) if at == 0 or place != rounded[at - 1]]
    if len(kept) <= 3:
        return ""
    # Over the line of date a country goes on at the other side of the map, and no line is drawn there.
    signs = ("M" if at == 0 or abs(x - kept[at - 1][0]) > 180 else "L" for at, (x, _y) in enumerate(kept))
    return "".join(f"{sign}{x:g} {y:g}" for sign, (x, y) in zip(signs, kept[:-1], strict=False)) + "Z"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
