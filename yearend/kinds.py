"""Yearly reports, as the kit of dossiers knows them."""

from collections.abc import Mapping

from core.models import DocumentKind
from dossiers.kinds import DossierKind
from ui.links import Link
from yearend.models import AnnualReport
from yearend.policies import REPORT_CHECKS, report_rows

LIST = Link("Báo cáo năm", "/bao-cao-nam/")


def _wanted(_report: AnnualReport) -> Mapping[str, bool]:
    """No paper is needed for a step: the report itself is printed by the system."""
    return {}


REPORT = DossierKind(
    model=AnnualReport,
    label="báo cáo năm",
    namespace="yearend",
    event="annual",
    pages=LIST,
    rows=report_rows,
    checks=REPORT_CHECKS,
    attachable=(DocumentKind.EXPLANATION, DocumentKind.OTHER),
    wanted=_wanted,
)
