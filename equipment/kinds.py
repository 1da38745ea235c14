"""The dossiers of this app, as the kit of dossiers knows them."""

from collections.abc import Mapping

from core.models import DocumentKind
from dossiers.kinds import DossierKind, PrintedForm
from equipment.models import Assignment, Intake
from equipment.policies import ASSIGNMENT_CHECKS, INTAKE_CHECKS, assignment_rows, intake_rows
from equipment.printing.forms import handover_minutes_pdf
from equipment.printing.use import use_minutes_pdf
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


def _signed(_dossier: Assignment) -> Mapping[str, bool]:
    """The signed paper is reminded of: it is signed after it was printed from here."""
    return {DocumentKind.SIGNED_FORM: False}


ASSIGNMENT = DossierKind(
    model=Assignment,
    label="hồ sơ bàn giao sử dụng",
    namespace="assignments",
    event="assignment",
    pages=Link("Bàn giao", "/ban-giao/"),
    rows=assignment_rows,
    checks=ASSIGNMENT_CHECKS,
    attachable=(DocumentKind.SIGNED_FORM, DocumentKind.OTHER),
    wanted=_signed,
    forms={
        DocumentKind.FORM_USE: PrintedForm(
            "Biên bản bàn giao sử dụng", use_minutes_pdf, lambda dossier: f"Bien ban {dossier.number}"
        )
    },
)
