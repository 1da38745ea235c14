"""Transfers, as the kit of dossiers knows them."""

from collections.abc import Mapping

from core.models import DocumentKind
from dossiers.kinds import DossierKind, PrintedForm
from transfers.models import Transfer
from transfers.policies import TRANSFER_CHECKS, transfer_rows
from transfers.printing.minutes import minutes_pdf
from transfers.rules import State
from ui.links import Link

LIST = Link("Điều chuyển", "/dieu-chuyen/")


def _wanted(transfer: Transfer) -> Mapping[str, bool]:
    """Art. 9, and the papers of a transfer (Luật Quản lý, sử dụng tài sản công, art. 42; NĐ 151/2017, art. 21)."""
    if transfer.state == State.DRAFT:
        return {DocumentKind.DECISION: True, DocumentKind.PROPOSAL: False, DocumentKind.ACCEPTANCE: False}
    if transfer.state == State.DECIDED:
        stores = transfer.lines.filter(category__stores_data=True).exists()
        return {DocumentKind.DECISION: True, **({DocumentKind.DATA_WIPE: True} if stores else {})}
    if transfer.state == State.CANCELLED:
        return {}
    return {DocumentKind.SIGNED_FORM: False}


TRANSFER = DossierKind(
    model=Transfer,
    label="hồ sơ điều chuyển",
    namespace="transfers",
    event="transfer",
    pages=LIST,
    rows=transfer_rows,
    checks=TRANSFER_CHECKS,
    attachable=(
        DocumentKind.DECISION,
        DocumentKind.DATA_WIPE,
        DocumentKind.PROPOSAL,
        DocumentKind.ACCEPTANCE,
        DocumentKind.SUPERIOR_OPINION,
        DocumentKind.SIGNED_FORM,
        DocumentKind.DIFFERENCE,
        DocumentKind.LOSS_MINUTES,
        DocumentKind.OTHER,
    ),
    wanted=_wanted,
    forms={
        DocumentKind.FORM_HANDOVER: PrintedForm(
            "Mẫu 01/TSC-BBGN", minutes_pdf, lambda transfer: f"01-TSC-BBGN {transfer.number}"
        )
    },
)
