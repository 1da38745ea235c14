"""What the verification page shows."""

from typing import Any

from reports.rules.annual import total
from signing.queries import findings_of
from ui.blocks import Fact, FactList, Status
from ui.formats import EMPTY, number, vndate, vndatetime
from yearend.blocks import issuing
from yearend.blocks.sending import signature_row
from yearend.printing.columns import values_of
from yearend.queries.held_files import Judged, Kept
from yearend.rules.figures import lines_of


def shown_check(kept: Kept, found: Judged | None) -> dict[str, Any]:
    """The context of the page."""
    findings = found.findings if found else findings_of(kept.paper) if kept.paper else None
    return {
        "found": found,
        "warnings": _warnings(kept),
        "facts": FactList(_facts(kept), title="Bản số liệu"),
        "printed": FactList(_printed(kept), title="Bản in"),
        "signatures": [signature_row(one) for one in findings.signatures] if findings else [],
        "of_file": found is not None and found.findings is not None,
        "files": issuing.files(kept.edition, draft=not kept.prints),
    }


def _facts(kept: Kept) -> list[Fact]:
    edition = kept.edition
    values = values_of(total(lines_of(edition.figures).values()))
    return [
        Fact("Số hồ sơ", edition.report.number, kind="code"),
        Fact("Khóa lúc", vndatetime(edition.created_at)),
        Fact("Người khóa", str(edition.created_by or "Hệ thống")),
        Fact("Số lượng cuối kỳ", number(values["closing_quantity"])),  # type: ignore[arg-type]  # a figure
        Fact("Nguyên giá cuối kỳ", f"{number(values['closing_value'])} đ"),  # type: ignore[arg-type]  # a figure
        Fact("Đơn vị cấp dưới đã tổng hợp", number(len(edition.figures["parts"]))),
        Fact("SHA-256 của số liệu", edition.sha256, kind="code", copy=True),
        Fact("Tính lại bây giờ", str(Status("Khớp", "ok") if kept.whole else Status("KHÔNG khớp", "bad"))),
    ]


def _printed(kept: Kept) -> list[Fact]:
    if not kept.prints:
        return [Fact("Bản in", "chưa phát hành")]
    report, issued = kept.edition.report, kept.prints[0]
    signing = kept.paper.get_state_display() if kept.paper else "Bản in đã hủy hoặc được thay bằng bản khác"
    dated = f"{report.document_number} ngày {vndate(report.document_date)}" if kept.paper else EMPTY
    return [
        Fact("Số, ngày văn bản", dated),
        Fact("Phát hành lúc", vndatetime(issued.created_at)),
        Fact("Số trang", number(issued.pages)),
        Fact("SHA-256 của bản in", issued.sha256, kind="code", copy=True),
        Fact("Ký số", signing),
    ]


def _warnings(kept: Kept) -> list[str]:
    """What whoever holds the paper must know first."""
    edition, found = kept.edition, []
    if not kept.whole:
        found.append("Số liệu đã khóa không còn khớp với mã SHA-256. Hãy báo Trung tâm CNTT ngay.")
    if kept.newer:
        found.append("Đã có bản số liệu mới hơn thay cho bản này. Hãy dùng bản mới trong hồ sơ báo cáo năm.")
    elif edition.report.outdated_at:
        found.append(f"Số liệu cấp dưới đã thay đổi sau khi tổng hợp: {edition.report.outdated_why}")
    if edition.missing:
        found.append(f"Bản này chưa gồm số liệu của {len(edition.missing)} đơn vị cấp dưới.")
    return found
