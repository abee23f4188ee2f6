"""Make a table of two traits whose margins are published out of odds that are assumed."""

from collections.abc import Mapping

ROUNDS = 500
CLOSE = 1e-12

Table = Mapping[str, Mapping[str, float]]  # row -> column -> share of the whole, or odds


def fit(odds: Table, rows: Mapping[str, float], columns: Mapping[str, float]) -> dict[str, dict[str, float]]:
    """Give the shares of a table with the margins `rows` and `columns` that keeps the odds ratios of `odds`.

    Iterative proportional fitting (Deming and Stephan 1940, Annals of Mathematical Statistics 11, 427-444). The margins
    are shares of one whole. Raises ValueError when they cannot both hold, as when a column of zeroes must hold some.
    """
    table = {row: dict(line) for row, line in odds.items()}
    for _ in range(ROUNDS):
        for row, share in rows.items():
            _scale(table, [(row, column) for column in columns], share)
        for column, share in columns.items():
            _scale(table, [(row, column) for row in rows], share)
        if all(abs(sum(table[row].values()) - share) < CLOSE for row, share in rows.items()):
            return table
    raise ValueError("these margins cannot both hold with these odds")


def _scale(table: dict[str, dict[str, float]], cells: list[tuple[str, str]], share: float) -> None:
    present = sum(table[row][column] for row, column in cells)
    for row, column in cells:
        table[row][column] *= share / present if present else 0


def shares(counts: Mapping[str, float]) -> dict[str, float]:
    """Give counts as shares of their sum."""
    whole = sum(counts.values())
    return {key: count / whole for key, count in counts.items()}
