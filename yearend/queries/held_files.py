"""What a file is that somebody holds against an edition: its print, signed or not, or something else."""

import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pikepdf

from core.documents import document_storage
from core.models import Document
from reports.rules.annual import digest
from signing.models import Paper
from signing.queries import Findings, file_of, findings_of, paper_of
from yearend.models import AnnualEdition
from yearend.printing.paper import FIGURES
from yearend.queries.prints import prints_of

Tone = Literal["ok", "warn", "bad"]


@dataclass(frozen=True)
class Judged:
    """What a file is, in words fit to be shown; `findings` where it bears signatures of this report's paper."""

    tone: Tone
    title: str
    text: str
    sha256: str
    findings: Findings | None = None


@dataclass(frozen=True)
class Kept:
    """What the system keeps of an edition: its prints, and the paper that is signed if it is of this edition."""

    edition: AnnualEdition
    prints: Sequence[Document]
    paper: Paper | None

    @property
    def whole(self) -> bool:
        """Whether the frozen figures still are those of their SHA-256."""
        return digest(self.edition.figures) == self.edition.sha256

    @property
    def newer(self) -> bool:
        """Whether another edition has taken its place."""
        return self.edition.report.edition_id != self.edition.pk


def kept_of(edition: AnnualEdition) -> Kept:
    """Of an edition that came through its door."""
    prints = prints_of(edition)
    paper = paper_of(edition.report)
    ours = paper is not None and paper.issued_sha256 in {print_.sha256 for print_ in prints}
    return Kept(edition, prints, paper if ours else None)


def judged(kept: Kept, content: bytes) -> Judged:
    """What `content` is to the edition. Any bytes may be asked about."""
    sha256 = hashlib.sha256(content).hexdigest()
    if is_figures(content):
        return _figures(kept, sha256)
    for at, issued in enumerate(kept.prints):
        if issued.sha256 == sha256:
            return _print(kept, sha256, latest=at == 0)
    if kept.paper is not None and content.startswith(_beginning(kept.paper)):
        return _of_paper(kept.paper, content, sha256)
    if any(issued.size < len(content) and content.startswith(_bytes_of(issued)) for issued in kept.prints):
        text = (
            "Bản in này đã được hủy hoặc thay bằng bản khác, chữ ký trên đó không còn dùng. Hãy dùng bản đang trình ký."
        )
        return Judged("warn", "Tệp được thêm vào một bản in không còn dùng", text, sha256)
    return _foreign(kept, content, sha256)


def is_print(content: bytes) -> bool:
    """Whether it looks like a PDF."""
    return b"%PDF-" in content[:1024]


def is_figures(content: bytes) -> bool:
    """Whether it looks like figures as they are attached to a print."""
    return content.startswith(b"{") and not is_print(content)


def _figures(kept: Kept, sha256: str) -> Judged:
    if sha256 != kept.edition.sha256:
        text = (
            "Tệp JSON này khác số liệu đã khóa của báo cáo đang xem. Đừng dùng tệp này; hãy tải lại tệp số liệu ở đây."
        )
        return Judged("bad", "Không phải số liệu đã khóa của báo cáo này", text, sha256)
    if kept.newer:
        text = "Tệp đúng từng byte với bản số liệu này, nhưng đã có bản số liệu mới hơn thay cho nó."
        return Judged("warn", "Số liệu cũ, không còn dùng", text, sha256)
    text = "Tệp đúng từng byte với số liệu đã khóa của báo cáo này."
    return Judged("ok", "Đúng số liệu đã khóa", text, sha256)


def _print(kept: Kept, sha256: str, *, latest: bool) -> Judged:
    if not latest or kept.newer or kept.paper is None:
        text = "Tệp đúng từng byte với một bản đã in, nhưng bản in đó đã được hủy hoặc thay bằng bản khác."
        return Judged("warn", "Bản in cũ, không còn dùng", text, sha256)
    text = "Tệp đúng từng byte với bản in mà hệ thống đã phát hành. Bản này chưa có chữ ký số."
    return Judged("ok", "Đúng bản in đã phát hành, chưa ký số", text, sha256)


def _of_paper(paper: Paper, content: bytes, sha256: str) -> Judged:
    """The print with something added: signatures, or what nobody of ours added."""
    if content == file_of(paper, 0):
        text = "Tệp là bản in đã phát hành với các ô chữ ký còn trống, chưa có chữ ký số."
        return Judged("ok", "Đúng bản trình ký, chưa ký số", text, sha256)
    findings = findings_of(paper, content)
    if findings.good:
        text = "Tệp là bản đã phát hành, đủ chữ ký số, không bị sửa sau khi ký."
        return Judged("ok", "Đúng bản đã ký số", text, sha256, findings)
    if findings.sound:
        text = "Tệp là bản đã phát hành, các chữ ký đã có đều hợp lệ, nhưng chưa đủ chữ ký."
        return Judged("warn", "Đúng bản đang ký, chưa đủ chữ ký", text, sha256, findings)
    what = " ".join(dict.fromkeys(found.what for found in findings.problems))
    text = f"{what} Đừng dùng tệp này; hãy mở hồ sơ báo cáo để tải bản đúng, hoặc yêu cầu nơi gửi cung cấp lại."
    return Judged("bad", "Tệp đã bị thay đổi hoặc chữ ký không hợp lệ", text, sha256, findings)


def _foreign(kept: Kept, content: bytes, sha256: str) -> Judged:
    held = _figures_in(content)
    if held and hashlib.sha256(held).hexdigest() == kept.edition.sha256:
        text = "Số liệu đính kèm trong tệp là số liệu của báo cáo này, nhưng tệp khác bản hệ thống đã phát hành."
        title = "Bản nháp, hoặc tệp đã bị thay đổi"
        return Judged("bad", title, f"{text} Đừng dùng tệp này; hãy tải bản đã phát hành.", sha256)
    text = "Hệ thống chưa từng phát hành tệp này cho báo cáo đang xem. Tệp có thể của báo cáo khác hoặc đã bị thay đổi."
    return Judged("bad", "Không phải bản in của báo cáo này", text, sha256)


def _beginning(paper: Paper) -> bytes:
    """The paper as it was put out for signing, without the empty fields: what every signed file begins with."""
    whole = file_of(paper, 0)
    for end in _ends(whole):
        if hashlib.sha256(whole[:end]).hexdigest() == paper.issued_sha256:
            return whole[:end]
    return whole


def _ends(content: bytes) -> Sequence[int]:
    """Where a revision of a PDF may end: after its last line."""
    found, at = [], content.find(b"%%EOF")
    while at >= 0:
        end = at + len(b"%%EOF")
        found += [end, end + 1]
        at = content.find(b"%%EOF", end)
    return found


def _bytes_of(document: Document) -> bytes:
    try:
        with document_storage().open(str(document.file.name)) as file:
            return bytes(file.read())
    except OSError:
        return b"\0"  # a lost file is the beginning of nothing


def _figures_in(content: bytes) -> bytes:
    """The figures that a PDF of ours holds; empty for any other file."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            found = document.attachments.get(FIGURES)
            return bytes(found.get_file().read_bytes()) if found else b""
    except (pikepdf.PdfError, ValueError, RuntimeError):
        return b""
