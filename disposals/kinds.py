"""The dossiers of this app, as the kit of dossiers knows them."""

from collections.abc import Mapping

from django.utils import timezone

from core.models import DocumentKind
from disposals.models import Disposal, LossReport
from disposals.policies import DISPOSAL_CHECKS, LOSS_CHECKS, disposal_rows, loss_rows
from disposals.printing import disposal_minutes_pdf
from disposals.queries import NEXT_STAGE, facts_of, lines_of, rules_of
from disposals.rules.flow import DisposalState, LossState
from disposals.rules.procedure import Facts, Stage, wanted_at
from dossiers.kinds import DossierKind, PrintedForm
from ui.links import Link


def wanted_of_disposal(disposal: Disposal) -> Mapping[str, bool]:
    """The papers for the next step, by the law of the day on which the council met."""
    if disposal.state not in NEXT_STAGE:
        return {}
    day = disposal.minutes_date or timezone.localdate()
    rules = rules_of(disposal.act, day)
    return wanted_at(disposal.act, NEXT_STAGE[DisposalState(disposal.state)], facts_of(lines_of(disposal), day), rules)


def wanted_of_loss(report: LossReport) -> Mapping[str, bool]:
    """The minutes; what the law adds is only reminded of."""
    if report.state == LossState.CANCELLED:
        return {}
    rules = rules_of(report.kind, report.happened_on)
    return wanted_at(report.kind, Stage.SUBMIT, Facts(), rules)


DISPOSAL = DossierKind(
    model=Disposal,
    label="hồ sơ thanh lý, hủy",
    namespace="disposals",
    event="disposal",
    pages=Link("Thanh lý", "/thanh-ly/"),
    rows=disposal_rows,
    checks=DISPOSAL_CHECKS,
    attachable=(
        DocumentKind.PROPOSAL,
        DocumentKind.COUNCIL_MINUTES,
        DocumentKind.EXPERT_OPINION,
        DocumentKind.SUPERIOR_OPINION,
        DocumentKind.DECISION,
        DocumentKind.DATA_WIPE,
        DocumentKind.INVOICE,
        DocumentKind.SIGNED_FORM,
        DocumentKind.OTHER,
    ),
    wanted=wanted_of_disposal,
    forms={
        DocumentKind.FORM_C51: PrintedForm(
            "Biên bản C51-HD", disposal_minutes_pdf, lambda disposal: f"C51-HD {disposal.number}"
        )
    },
)
LOSS = DossierKind(
    model=LossReport,
    label="hồ sơ mất, tìm thấy",
    namespace="losses",
    event="loss",
    pages=Link("Thanh lý", "/thanh-ly/"),
    rows=loss_rows,
    checks=LOSS_CHECKS,
    attachable=(
        DocumentKind.LOSS_MINUTES,
        DocumentKind.FOUND_MINUTES,
        DocumentKind.EXPLANATION,
        DocumentKind.DECISION,
        DocumentKind.OTHER,
    ),
    wanted=wanted_of_loss,
)
