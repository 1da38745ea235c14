"""Surveys, as the kit of dossiers knows them: their papers, and the way to them by their number."""

from collections.abc import Mapping

from core.models import DocumentKind
from dossiers.kinds import DossierKind
from reports.bc_forms import bc02
from reports.models import Survey
from reports.policies import SURVEY_CHECKS, survey_rows
from reports.rules.surveys import Form
from ui.links import Link


def wanted(survey: Survey) -> Mapping[str, bool]:
    """The copies that BC02 asks for with a yes; only reminded of: the answer may be no."""
    if survey.form != Form.NETWORK:
        return {}
    return dict.fromkeys((rule.document for rule in bc02() if rule.document), False)


SURVEY = DossierKind(
    model=Survey,
    label="phiếu khảo sát",
    namespace="surveys",
    event="survey",
    pages=Link("Khảo sát BC01, BC02", "/bao-cao/khao-sat/"),
    rows=survey_rows,
    checks=SURVEY_CHECKS,
    attachable=(DocumentKind.SERVER_LOG, DocumentKind.NETWORK_PLAN, DocumentKind.OTHER),
    wanted=wanted,
)
