"""A set report as a paper: the sheet that the page and the workbook show, with the sheet's figures inside the PDF."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accounts.models import User
from reports.definition import Sheet
from reports.printing.letterhead import letterhead_of, sign_of
from reports.printing.tables import tables_of
from reports.workbook import workbook_of
from ui.exports import XLSX_TYPE
from ui.formats import vndatetime
from ui.pdf import Attached, render_archive

PORTRAIT_ROOM = 165.0  # millimetres between the margins of NĐ 30, and of the same sheet lying on its side
LANDSCAPE_ROOM = 257.0
FIGURES, WORKBOOK = "so-lieu.json", "so-lieu.xlsx"


def sheet_pdf(sheet: Sheet, *, by: User) -> bytes:
    """The PDF/A-3 of a sheet that was made within the scope of `by`, who prints it."""
    unit = sheet.unit or by.unit
    room = LANDSCAPE_ROOM if sheet.landscape else PORTRAIT_ROOM
    context = {
        "sheet": sheet,
        "letter": letterhead_of(unit),
        "sign": sign_of(unit),
        "tables": tables_of(sheet.parts, room),
        "printed": vndatetime(timezone.now()),
        "by": str(by),
        "unit": unit,
    }
    styles = {"print/document.css": {}, "print/nd30.css": {}, "print/report.css": {}, "print/widths.css": context}
    if sheet.landscape:
        styles["print/nd30_wide.css"] = {}
    return render_archive("print/report.html", context, styles=styles, attached=_attached(sheet)).pdf


def _attached(sheet: Sheet) -> list[Attached]:
    about = f"Số liệu của báo cáo: {sheet.title}"
    return [
        Attached(FIGURES, sheet_json(sheet), "application/json", about, "Source"),
        Attached(WORKBOOK, workbook_of(sheet), XLSX_TYPE, f"{about} (bảng tính)", "Data"),
    ]


def sheet_json(sheet: Sheet) -> bytes:
    """The figures of a sheet for programs: heads, rows and totals of each part, unformatted."""
    content = {
        "title": sheet.title,
        "subtitle": sheet.subtitle,
        "unit": {"code": sheet.unit.code, "name": sheet.unit.name} if sheet.unit else None,
        "legal_basis": sheet.legal_basis,
        "parts": [
            {
                "title": part.title,
                "columns": [
                    {"name": column.name, "label": column.label, "group": column.group, "kind": column.kind}
                    for column in part.columns
                ],
                "lines": [dict(line.values) for line in part.lines],
                "sum": dict(part.sum.values) if part.sum else None,
                "note": part.note,
            }
            for part in sheet.parts
        ],
        "warnings": list(sheet.warnings),
    }
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: object) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return int(value) if value == int(value) else str(value)
    message = f"not a figure: {type(value).__name__}"
    raise TypeError(message)
