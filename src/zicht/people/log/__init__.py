"""The log of who looked at what and for which purpose: written by one function, sealed, checked and pruned by others.

`append` takes its turn behind every other writer until the transaction around it ends, so call it last in an action.
In a transaction the line stays or goes together with what it tells of.
"""

from zicht.people.log.chain import Broken, End, LogError
from zicht.people.log.lines import NotWritten, WrongLine, append
from zicht.people.log.report import Report, State
from zicht.people.log.sealing import (
    RETENTION_YEARS,
    Prunable,
    acknowledge_restore,
    find_prunable,
    prune,
    sign_checkpoint,
)
from zicht.people.log.verification import verify

__all__ = [
    "RETENTION_YEARS",
    "Broken",
    "End",
    "LogError",
    "NotWritten",
    "Prunable",
    "Report",
    "State",
    "WrongLine",
    "acknowledge_restore",
    "append",
    "find_prunable",
    "prune",
    "sign_checkpoint",
    "verify",
]
