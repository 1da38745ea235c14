"""Repairs, as the kit of dossiers knows them."""

from collections.abc import Mapping

from core.models import DocumentKind
from dossiers.kinds import DossierKind, PrintedForm
from repairs.models import Repair
from repairs.policies import REPAIR_CHECKS, repair_rows
from repairs.printing.c54 import FORM
from repairs.printing.forms import completion_minutes_pdf
from repairs.rules.flow import RepairState, Result
from ui.links import Link


def wanted(repair: Repair) -> Mapping[str, bool]:
    """The assessment before the devices go off; before they are back the minutes, and what upgrades and costs need."""
    papers: dict[str, bool] = {DocumentKind.ASSESSMENT: True}
    if repair.state in {RepairState.SENT, RepairState.DONE}:
        lines = list(repair.lines.all())
        papers[DocumentKind.REPAIR_MINUTES] = True
        if any(line.result == Result.UPGRADED for line in lines):
            papers[DocumentKind.VALUE_MINUTES] = True
        if any(line.cost for line in lines):
            papers[DocumentKind.INVOICE] = False
    return papers


REPAIR = DossierKind(
    model=Repair,
    label="hồ sơ sửa chữa",
    namespace="repairs",
    event="repair",
    pages=Link("Sửa chữa", "/sua-chua/"),
    rows=repair_rows,
    checks=REPAIR_CHECKS,
    attachable=(
        DocumentKind.ASSESSMENT,
        DocumentKind.REPAIR_MINUTES,
        DocumentKind.VALUE_MINUTES,
        DocumentKind.INVOICE,
        DocumentKind.CONTRACT,
        DocumentKind.OTHER,
    ),
    wanted=wanted,
    forms={
        DocumentKind.FORM_C54: PrintedForm(
            "Biên bản C54-HD", completion_minutes_pdf, lambda repair: f"{FORM} {repair.number}"
        )
    },
)
