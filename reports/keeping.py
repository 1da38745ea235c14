"""A sheet as JSON and back: what a worker has made, until somebody looks at it."""

import json
from dataclasses import asdict
from datetime import date
from typing import Any

from orgs.models import OrgUnit
from reports.definition import Col, Line, Part, Sheet

DAY = "day:"


def sheet_as_json(sheet: Sheet) -> bytes:
    """Everything of the sheet but its unit, which the job knows."""
    kept = {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "legal_basis": sheet.legal_basis,
        "form_number": sheet.form_number,
        "warnings": list(sheet.warnings),
        "landscape": sheet.landscape,
        "parts": [
            {
                "title": part.title,
                "note": part.note,
                "columns": [asdict(column) for column in part.columns],
                "lines": [_line(line) for line in part.lines],
                "sum": _line(part.sum) if part.sum else None,
            }
            for part in sheet.parts
        ],
    }
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":"), default=_plain).encode()


def _line(line: Line) -> list[Any]:
    return [dict(line.values), line.level, line.strong, dict(line.links)]


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return f"{DAY}{value.isoformat()}"
    message = f"not a figure: {type(value).__name__}"
    raise TypeError(message)


def sheet_from_json(stored: bytes, unit: OrgUnit | None) -> Sheet:
    """The sheet as it was made."""
    kept = json.loads(stored)
    parts = [
        Part(
            part["title"],
            [Col(**column) for column in part["columns"]],
            [_line_of(line) for line in part["lines"]],
            part["note"],
            _line_of(part["sum"]) if part["sum"] else None,
        )
        for part in kept.pop("parts")
    ]
    return Sheet(parts=parts, unit=unit, **kept)


def _line_of(stored: list[Any]) -> Line:
    values, level, strong, links = stored
    return Line({name: _value(value) for name, value in values.items()}, level, strong, links)


def _value(value: Any) -> Any:
    return date.fromisoformat(value[len(DAY) :]) if isinstance(value, str) and value.startswith(DAY) else value
