"""The published tables that come with the program, to try it on and to compare it with what others got."""

from pathlib import Path

from zicht.stats.table_files import read_table
from zicht.stats.tables import OverlapTable

FOLDER = Path(__file__).parent / "data"
PEERS, PEERS_QUIET = FOLDER / "peers.csv", FOLDER / "peers_quiet.csv"
COVARIATES = {"extra_scotpwid_2006_4lists_covariates": ("region", "gender", "age")}


def table_names() -> list[str]:
    """Give the names of the tables."""
    return sorted(file.stem for file in FOLDER.glob("*lists*.csv"))


def read_shipped(name: str) -> OverlapTable:
    """Read a table by its name."""
    return read_table(FOLDER / f"{name}.csv", COVARIATES.get(name, ()))
