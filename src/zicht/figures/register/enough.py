"""Say a share only where enough people stand under it: of eleven people, one more is nine percent."""

from dataclasses import replace

from zicht.figures.register.releases import Cell, Release, ShownBlock, ShownTable

LEAST_BASE = 30  # persons; with fewer, one person is worth more than three percent


def with_enough(release: Release) -> Release:
    """Leave out the shares of a release that are taken of too few."""
    return replace(release, tables={code: _table(table) for code, table in release.tables.items()})


def _table(table: ShownTable) -> ShownTable:
    measures = tuple(one for one in table.measures if not one.whole or one.whole >= LEAST_BASE)
    return replace(table, blocks=tuple(_block(block) for block in table.blocks), measures=measures)


def _block(block: ShownBlock) -> ShownBlock:
    return replace(block, cells=tuple(tuple(_cell(cell) for cell in line) for line in block.cells))


def _cell(cell: Cell) -> Cell:
    return replace(cell, share=None) if (cell.base or 0) < LEAST_BASE else cell
