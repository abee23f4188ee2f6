"""Draw the municipalities as tiles, each province a block about where it lies: a cartogram, since no shapes are needed.

Every municipality is as large as every other one: what is counted is what a council decided, not land.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

TILE, GAP = 11, 3  # px, of a tile and between two
# Of each province: column and row of its first tile, and how many tiles stand beside each other. Drawn after where the
# provinces lie; rows of names stand above the blocks.
PLACES: Mapping[str, tuple[int, int, int]] = {
    "Friesland": (9, 1, 5), "Groningen": (16, 1, 4), "Drenthe": (16, 6, 4), "Noord-Holland": (1, 4, 6),
    "Flevoland": (9, 8, 3), "Overijssel": (15, 11, 5), "Utrecht": (8, 13, 5), "Gelderland": (14, 18, 8),
    "Zuid-Holland": (0, 14, 7), "Zeeland": (0, 25, 5), "Noord-Brabant": (6, 22, 7), "Limburg": (15, 27, 4),
}  # fmt: skip
COLUMNS, ROWS = 22, 35


@dataclass(frozen=True, slots=True)
class TileToDraw:
    """One municipality: its name with what is known, and how it is drawn."""

    words: str
    look: str


@dataclass(frozen=True, slots=True)
class Tile:
    """A tile with its place, in px."""

    x: int
    y: int
    look: str
    words: str


@dataclass(frozen=True, slots=True)
class Block:
    """A province with its name and tiles."""

    name: str
    x: int
    y: int
    tiles: tuple[Tile, ...]


@dataclass(frozen=True, slots=True)
class Map:
    """All provinces, with the size of the picture, in px."""

    blocks: tuple[Block, ...]
    width: int
    height: int


def draw_map(provinces: Mapping[str, Sequence[TileToDraw]]) -> Map:
    """Give the picture; a province that is not known here is left out."""
    step = TILE + GAP
    blocks = tuple(_block(name, provinces[name], *PLACES[name]) for name in PLACES if name in provinces)
    return Map(blocks, COLUMNS * step, ROWS * step)


def _block(name: str, tiles: Sequence[TileToDraw], column: int, row: int, wide: int) -> Block:
    step = TILE + GAP
    drawn = tuple(
        Tile((column + place % wide) * step, (row + place // wide) * step, one.look, one.words)
        for place, one in enumerate(tiles)
    )
    return Block(name, column * step, row * step - 4, drawn)
