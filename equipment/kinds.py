"""The dossiers of this app, as the kit of dossiers knows them."""

from collections.abc import Mapping

from core.models import DocumentKind
from dossiers.kinds import DossierKind, PrintedForm
from equipment.models import Intake
from equipment.policies import INTAKE_CHECKS, intake_rows
from equipment.printing.forms import handover_minutes_pdf
from equipment.rules.intake import REQUIRED_DOCUMENTS, expected_documents
from ui.links import Link


def _wanted(intake: Intake) -> Mapping[str, bool]:
    software = intake.lines.filter(category__software=True).exists()
    return {kind: kind in REQUIRED_DOCUMENTS for kind in expected_documents(software=software)}


INTAKE = DossierKind(
    model=Intake,
    label="hồ sơ tiếp nhận",
    namespace="intakes",
    event="intake",
    pages=Link("Tiếp nhận", "/tiep-nhan/"),
    rows=intake_rows,
    checks=INTAKE_CHECKS,
    attachable=(DocumentKind.MINUTES, DocumentKind.CONTRACT, DocumentKind.LICENCE, DocumentKind.OTHER),
    wanted=_wanted,
    forms={
        DocumentKind.FORM_C50: PrintedForm(
            "Biên bản C50-HD", handover_minutes_pdf, lambda intake: f"C50-HD {intake.number}"
        )
    },
)
