"""Pieces of the page of an edition."""

from accounts.models import User
from reports.rules.annual import digest
from ui.blocks import Fact, Rows, Stack, Status
from ui.formats import vndatetime
from ui.links import Empty
from ui.records import Tab
from yearend.blocks.figures import frozen_block
from yearend.models import AnnualEdition
from yearend.tables import PartTable


def status(edition: AnnualEdition) -> Status:
    """Whether it is the one that stands."""
    return Status("Bản đang dùng", "ok") if edition.report.edition_id == edition.pk else Status("Bản trước", "muted")


def facts(edition: AnnualEdition) -> list[Fact]:
    """Who froze it, when and why; whether it still is what was frozen."""
    same = digest(edition.figures) == edition.sha256
    return [
        Fact("Khóa lúc", vndatetime(edition.created_at)),
        Fact("Người khóa", str(edition.created_by or "Hệ thống")),
        Fact("Lý do", edition.reason or "Khóa lần đầu"),
        Fact("SHA-256 của số liệu", edition.sha256, kind="code", copy=True),
        Fact("Đối chiếu", "Khớp với mã SHA-256" if same else "KHÔNG khớp với mã SHA-256"),
    ]


def tabs(user: User, edition: AnnualEdition) -> list[Tab]:
    """The figures, and where they come from."""
    parts = edition.figures["parts"]
    shown = [
        Tab("so-lieu", "Số liệu", lambda: Stack(frozen_block(edition.figures, edition.unit, title="Số liệu đã khóa")))
    ]
    if parts or edition.missing:
        rows = edition.parts.visible_to(user)
        empty = Empty("Chưa có số liệu của cấp dưới", "Khi khóa, chưa đơn vị cấp dưới nào khóa số liệu.")
        shown.append(Tab("cap-duoi", "Cấp dưới", lambda: Rows.of(PartTable, rows, empty=empty), count=len(parts)))
    return shown


def _figures(edition: AnnualEdition) -> list[object]:
    return frozen_block(edition.figures, edition.unit, title="Số liệu đã khóa")
