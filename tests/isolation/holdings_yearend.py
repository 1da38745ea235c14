"""Yearly reports of the units of the country, with the unit's own marker in every text: a draft of the year before
last, and one of last year whose figures are frozen. The unit in the middle holds those of the district below it.
"""

from typing import Any

from django.utils import timezone

from accounts.models import User
from core.models import DocumentKind
from core.transitions import lock, save_with_reason, transition
from dossiers import actions as papers
from tests.world import pdf_file
from yearend.actions.drafting import start_report
from yearend.actions.editions import freeze, outdate_above
from yearend.actions.reports import consolidate
from yearend.models import AnnualReport
from yearend.rules import FLOW, State

CLERKS = {"01.001": "nghiepvu_badinh", "01.002": "nghiepvu_hoankiem", "01": "nghiepvu_hanoi",
          "48": "nghiepvu_danang", "00.PC": "vanphong"}  # fmt: skip
"""From below upwards: a superior takes in what is frozen."""


def furnish(country: Any) -> None:
    """`annual` is frozen, `annual_draft` isn't; `annual_paper` is a paper of the frozen one."""
    year = timezone.localdate().year - 1
    for code, name in CLERKS.items():
        holding = country.holdings[code]
        by = User.objects.select_related("unit").get(pk=country.world.users[name].pk)
        draft = described(start_report(holding.unit, year - 1, by=by), holding.marker, by=by)
        report = described(start_report(holding.unit, year, by=by), holding.marker, by=by)
        paper = papers.attach(
            report, paper=DocumentKind.OTHER, file=pdf_file(f"Giải trình {holding.marker}.pdf"), by=by
        )
        report = frozen(report, holding.marker, by=by)
        holding.more |= {"annual": report, "annual_draft": draft, "annual_paper": paper}
        holding.told += [draft.number, report.number, str(report.edition.public_id), str(paper.public_id)]
    below = country.holdings["01.001"].more["annual"]
    # What the reader above is told is the reader's own text: the district's marker isn't for its superior's peers.
    outdate_above(below, why=f"Cấp dưới thay đổi {country.middle.marker}")
    country.middle.more["annual"] = AnnualReport.objects.get(pk=country.middle.more["annual"].pk)


def described(report: AnnualReport, marker: str, *, by: User) -> AnnualReport:
    """The report with the marker in whatever people write or the paper says."""
    report = lock(report)
    report.notes, report.assessment = {"MAY_TINH_BAN": f"Ghi chú {marker}"}, f"Đánh giá {marker}"
    report.proposal, report.outdated_why = f"Kiến nghị {marker}", f"Đổi {marker}"
    report.document_number, report.place, report.preparer = f"1/{marker}", f"Nơi {marker}", f"Lập {marker}"
    report.competence, report.position, report.signatory = f"Q {marker}", f"Chức {marker}", f"Ký {marker}"
    report.return_reason, report.recipients = f"Trả {marker}", f"- Nơi nhận {marker}"
    save_with_reason(report, by=by, reason=f"Soạn {marker}")
    return report


def frozen(report: AnnualReport, marker: str, *, by: User) -> AnnualReport:
    """With its figures frozen twice, the second time for a reason of its own."""
    freeze(lock(report), by=by, reason=f"Khóa {marker}")
    report = transition(lock(report), State.LOCKED, flow=FLOW, by=by, reason=f"Khóa {marker}", event="annual.locked")
    consolidate(report, reason=f"Tổng hợp {marker}", by=by, version=report.version)
    report = lock(report)
    report.outdated_why = f"Đổi {marker}"
    save_with_reason(report, by=by, reason=f"Soạn {marker}")
    return AnnualReport.objects.select_related("unit", "edition").get(pk=report.pk)
