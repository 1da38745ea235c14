"""What a report is: one definition that the page, the workbook and the PDF are made of.

A report is declared once (`register`); its `build` reads the figures within the caller's scope and gives a `Sheet`.
Nothing here asks the database.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from django import forms

from accounts.models import User
from orgs.models import OrgUnit

Value = int | float | str | date | None


@dataclass(frozen=True)
class Col:
    """A column. `group` is the head that spans neighbours; `mark` the number or letter under the head (A, B, 1, 2…).

    `kind`: "text", "code", "number", "money", "date" or "percent". `total`: whether the last row adds it up.
    """

    name: str
    label: str
    kind: str = "text"
    group: str = ""
    mark: str = ""
    total: bool = False
    width: int = 0  # relative; 0: by kind


@dataclass(frozen=True)
class Line:
    """A row. `level` 0 is a heading or a total, deeper ones are indented by it; `links` lead from a cell to the devices
    or papers behind it, by the column's name."""

    values: Mapping[str, Value]
    level: int = 1
    strong: bool = False
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A table of a sheet."""

    title: str
    columns: Sequence[Col]
    lines: Sequence[Line]
    note: str = ""
    sum: Line | None = None


@dataclass(frozen=True)
class Sheet:
    """A report with its figures: `subtitle` says of when and of whom."""

    title: str
    subtitle: str
    parts: Sequence[Part]
    unit: OrgUnit | None = None
    legal_basis: str = ""
    form_number: str = ""
    warnings: Sequence[str] = ()
    landscape: bool = True


class Step(Protocol):
    """Told how far a long report is; may stop it."""

    def __call__(self, done: int, total: int = 0, phase: str = "") -> None: ...


def unheard(done: int, total: int = 0, phase: str = "") -> None:
    """Nobody waits for a report that is made at once."""
    del done, total, phase


@dataclass(frozen=True)
class Asked:
    """Who asks for what: the unit came through a door of the asker's scope; `below`: with everything below it."""

    user: User
    unit: OrgUnit
    below: bool
    parameters: Mapping[str, Any]
    step: Step = unheard


@dataclass(frozen=True)
class Report:
    """A set report. `form` asks for its parameters besides the unit; `by_unit`: it is reckoned unit by unit (norms)."""

    key: str
    title: str
    about: str
    form: type[forms.Form]
    build: Callable[[Asked], Sheet]
    group: str = "Sổ sách"
    legal_basis: str = ""
    form_number: str = ""
    landscape: bool = True
    by_unit: bool = False


_reports: dict[str, Report] = {}


def register(report: Report) -> Report:
    """Offer a report; called by `reports.sets` when the app is ready."""
    _reports[report.key] = report
    return report


def reports() -> list[Report]:
    """All set reports in the order in which they were offered."""
    return list(_reports.values())


def report_of(key: str) -> Report | None:
    """The report of that key."""
    return _reports.get(key)
