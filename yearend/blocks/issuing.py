"""Steps and files around the paper of a report."""

from collections.abc import Sequence

from django.urls import reverse

from signing.queries import paper_of
from ui.actions import Action
from ui.links import Link
from yearend.blocks.shown import Shown
from yearend.kinds import REPORT
from yearend.models import AnnualEdition
from yearend.rules import State

WITHDRAWABLE = (State.ISSUED, State.SIGNED, State.RETURNED)


def steps(shown: Shown) -> Sequence[Action | Link]:
    """Issuing what is frozen, setting a print aside; the paper, or its draft."""
    report, found = shown.report, list[Action | Link]()
    if report.state == State.LOCKED and "issue" in shown.may:
        url = REPORT.url("issue", report)
        style = "secondary" if report.outdated_at else "primary"
        found.append(Action("Ban hành, trình ký", url, style=style, icon="file-check", method="get"))  # type: ignore[arg-type]  # one of the styles
    if report.state == State.ISSUED and (paper := paper_of(report)):
        url = reverse("signing:detail", args=[paper.public_id])
        signs = Action("Ký số", url, style="primary", icon="edit", method="get")
        found.append(signs if "sign" in shown.may else Link("Văn bản đang ký", url, icon="edit"))
    if report.state in WITHDRAWABLE and "withdraw" in shown.may:
        url = REPORT.url("withdraw", report)
        found.append(Action("Hủy bản in", url, style="danger", icon="x", confirm=f"Hủy bản in {report.number}"))
    if report.edition is not None and report.state != State.DRAFT:
        found += files(report.edition, draft=report.state == State.LOCKED)[:1]
        found.append(Link("Kiểm tra bản in", check_url(report.edition), icon="qrcode"))
    return found


def files(edition: AnnualEdition, *, draft: bool = False) -> list[Link]:
    """What an edition can be had as."""
    return [
        Link("Bản nháp (PDF)" if draft else "Bản in (PDF)", _url("edition_pdf", edition), icon="file-type-pdf"),
        Link("Bảng tính (XLSX)", _url("edition_xlsx", edition), icon="download"),
        Link("Số liệu (JSON)", _url("edition_json", edition), icon="download"),
    ]


def check_url(edition: AnnualEdition) -> str:
    """Where a paper of the edition is checked."""
    return reverse("verification:edition", args=[edition.public_id])


def _url(name: str, edition: AnnualEdition) -> str:
    return reverse(f"yearend:{name}", args=[edition.public_id])
