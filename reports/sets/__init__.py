"""The set reports, in the order in which the page lists them: importing this offers them all."""

from reports.sets import (
    ages,
    changes,
    deadlines,
    disposals,
    network,
    norms,
    repairs,
    software,
    states,
    transfers,
    wear,
)

__all__ = [
    "ages",
    "changes",
    "deadlines",
    "disposals",
    "network",
    "norms",
    "repairs",
    "software",
    "states",
    "transfers",
    "wear",
]
