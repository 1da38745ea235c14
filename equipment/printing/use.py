"""The minutes of handing devices over for use, or of taking them back; in the layout of NĐ 30/2020/NĐ-CP."""

from core.errors import DomainError
from equipment.models import Assignment
from equipment.printing.minutes import written_date
from equipment.rules.assignment import AssignmentKind
from orgs.models import OrgUnit
from ui.formats import number
from ui.pdf import render_pdf

MAX_ROWS = 1000


def use_minutes_pdf(dossier: Assignment) -> bytes:
    """Biên bản bàn giao (thu hồi) thiết bị: A4, one row for each device. Raises DomainError beyond MAX_ROWS devices."""
    lines = list(dossier.lines.order_by("code"))
    if len(lines) > MAX_ROWS:
        raise DomainError(f"Biên bản in được nhiều nhất {number(MAX_ROWS)} thiết bị.", code="too_many")
    parent = OrgUnit.objects.get_parent(dossier.unit)
    context = {
        "dossier": dossier,
        "handed_over": dossier.kind == AssignmentKind.HAND_OVER,
        "superior": parent.name.upper() if parent else "",
        "unit": dossier.unit.name.upper(),
        "day": written_date(dossier.on).replace("Ngày", "ngày", 1),
        "lines": lines,
        "count": number(len(lines)),
    }
    return render_pdf("print/use.html", context, styles={"print/document.css": {}, "print/use.css": {}})
