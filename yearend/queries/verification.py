"""Whether a signed report is what was frozen and issued: its signatures, its figures, its file."""

import io
from dataclasses import dataclass

import pikepdf

from reports.rules.annual import canonical, digest
from signing.models import Paper
from signing.queries import Findings, file_of, findings_of, paper_of
from signing.rules import PaperState
from yearend.models import AnnualEdition, AnnualReport
from yearend.printing.paper import FIGURES
from yearend.querysets import SIGNED


@dataclass(frozen=True)
class Checked:
    """What was found. `problems` are sentences fit to be shown; none means that it can be relied on."""

    paper: Paper | None
    findings: Findings | None
    problems: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Everything holds."""
        return not self.problems


def verify(report: AnnualReport, pdf: bytes | None = None) -> Checked:
    """Check the report's own file, or `pdf` that somebody presents as this report.

    The caller got `report` through a door, or runs elevated and holds its row.
    """
    paper = paper_of(report)
    if paper is None or report.state not in SIGNED:
        return Checked(None, None, ("Báo cáo chưa được phát hành và ký số. Hãy phát hành bản in, rồi ký đủ các bước.",))
    findings = findings_of(paper, pdf)
    problems = [found.text for found in findings.problems]
    if paper.state != PaperState.COMPLETE and not problems:
        problems.append("Văn bản chưa đủ chữ ký. Hãy ký đủ các bước còn lại.")
    if report.edition is None:
        problems.append("Báo cáo chưa khóa số liệu.")
    elif not problems:
        problems += _of_figures(report.edition, file_of(paper))
    return Checked(paper, findings, tuple(dict.fromkeys(problems)))


def _of_figures(edition: AnnualEdition, pdf: bytes) -> list[str]:
    """The frozen figures are what their hash says, and the very bytes that are attached to the signed file."""
    if digest(edition.figures) != edition.sha256:
        return ["Số liệu đã khóa không còn khớp với mã SHA-256 của chúng. Hãy báo Trung tâm CNTT ngay."]
    if attached(pdf) != canonical(edition.figures):
        message = f"Số liệu kèm trong văn bản đã ký không phải bản số liệu đang dùng (lần {edition.edition})."
        return [f"{message} Hãy lập lại bản in từ số liệu đang dùng, rồi ký và gửi lại."]
    return []


def attached(pdf: bytes) -> bytes:
    """The figures within a file of ours; empty when it holds none."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        found = document.attachments.get(FIGURES)
        return bytes(found.get_file().read_bytes()) if found else b""


def pages_of(pdf: bytes) -> int:
    """How many pages a file of ours has."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return len(document.pages)
