"""Frozen figures of a report: what is in them, and reading them again. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reports.rules.annual import SCHEMA, AnnualLine, Lines, added, as_json, from_json
from reports.rules.merging import merged
from reports.rules.surveys import Entered
from yearend.rules.terms import closing_day

Counts = Mapping[str, Mapping[str, int]]
"""How terms were kept: by what had to be done, how many stand how."""


@dataclass(frozen=True)
class PartFigures:
    """What an edition of a subordinate brings into its superior's."""

    unit: str  # its code
    name: str
    edition: str  # its public id
    number: str
    sha256: str
    total: Mapping[str, Mapping[str, int]]
    survey: Entered
    deadlines: Counts


@dataclass(frozen=True)
class Words:
    """What the unit says beside its figures; `notes` by the code of the category."""

    notes: Mapping[str, str]
    assessment: str = ""
    proposal: str = ""


def composed(
    *,
    year: int,
    code: str,
    name: str,
    own: Lines,
    parts: Sequence[PartFigures],
    missing: Sequence[str],
    survey: Entered,
    deadlines: Counts,
    words: Words,
) -> dict[str, Any]:
    """The figures as they are frozen: the total is what the unit has itself and what its subordinates have frozen.

    What was entered for the surveys, and how terms were kept, is added up likewise.
    """
    total = added([own, *(from_json(part.total) for part in parts)])
    return {
        "schema": SCHEMA,
        "year": year,
        "as_of": closing_day(year).isoformat(),
        "unit": {"code": code, "name": name},
        "own": as_json(own),
        "total": as_json(total),
        "parts": [
            {
                "unit": part.unit,
                "name": part.name,
                "edition": part.edition,
                "number": part.number,
                "sha256": part.sha256,
                "total": dict(part.total),
            }
            for part in parts
        ],
        "missing": list(missing),
        "survey": merged(survey, [part.survey for part in parts]),
        "deadlines": {"own": deadlines, "total": added_counts([deadlines, *(part.deadlines for part in parts)])},
        "notes": dict(words.notes),
        "assessment": words.assessment,
        "proposal": words.proposal,
    }


def added_counts(several: Iterable[Counts]) -> dict[str, dict[str, int]]:
    """Counts of several units, one by one."""
    found: dict[str, dict[str, int]] = {}
    for counts in several:
        for kind, stands in counts.items():
            kept = found.setdefault(kind, {})
            for stand, many in stands.items():
                kept[stand] = kept.get(stand, 0) + many
    return found


def lines_of(figures: Mapping[str, Any], which: str = "total") -> dict[str, AnnualLine]:
    """Frozen (or drafted) lines by category: the unit's "own", or the "total" with its subordinates."""
    return from_json(figures.get(which, {}))


def faults_of(lines: Lines) -> dict[str, list[str]]:
    """By category, what doesn't add up; empty when the books balance."""
    return {code: found for code, line in lines.items() if (found := line.faults())}
